/// A record of the wire: decoded from one JSON object with every key optional except the id.
package protocol WireRecord: Sendable {
    /// - Throws: `JSONFault` when the record has no usable id; nothing else makes a record unreadable.
    init(_ json: JSONObject) throws(JSONFault)
}

extension WireRecord {
    /// Decodes a record from its stored text.
    package init(json text: String) throws(JSONFault) {
        try self.init(JSONObject(text))
    }
}

extension JSONObject {
    /// The record's own id.
    func requiredID() throws(JSONFault) -> Int64 {
        guard let id = int("id") else { throw JSONFault(reason: has("id") ? "the id is not a whole number" : "no id") }
        return id
    }

    func records<Value: WireRecord>(_ key: String, as type: Value.Type = Value.self) -> [Value] {
        objects(key).compactMap { try? Value($0) }
    }
}
