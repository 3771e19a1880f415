/// A JSON schema: what a tool takes or an answer must look like, and the check that it does.
///
/// The check knows `type` (one or several), `enum`, `const`, `properties`, `required`, `additionalProperties`, `items`, `minItems`,
/// `maxItems`, `minLength`, `maxLength`, `minimum`, `maximum` and `anyOf`; other keywords are sent and not checked. For an endpoint's
/// strict mode every object lists all of its properties as required and allows no others.
package struct JSONSchema: Sendable, Hashable {
    package let definition: JSONValue

    package init(_ definition: JSONValue) { self.definition = definition }

    /// An object of exactly these members; those not in `optional` are required.
    package static func object(_ properties: [String: JSONValue], optional: Set<String> = []) -> JSONSchema {
        JSONSchema([
            "type": "object", "properties": .object(properties), "additionalProperties": false,
            "required": .array(properties.keys.filter { !optional.contains($0) }.sorted().map(JSONValue.string))
        ])
    }

    /// What is wrong with `value`, as phrases such as “choice must be one of …”; empty when it fits.
    package func faults(of value: JSONValue) -> [String] { Self.faults(of: value, by: definition, at: "the answer") }

    private static func faults(of value: JSONValue, by schema: JSONValue, at place: String) -> [String] {
        if let options = schema["anyOf"]?.array {
            let fits = options.contains { faults(of: value, by: $0, at: place).isEmpty }
            if !fits { return ["\(place) fits none of its forms"] }
        }
        if let type = schema["type"] {
            let names = type.array?.compactMap(\.string) ?? [type.string].compactMap(\.self)
            guard names.contains(where: { value.isOfType($0) }) else {
                return ["\(place) must be of type \(names.joined(separator: " or "))"]
            }
        }
        if let allowed = schema["enum"]?.array, !allowed.contains(where: { $0.equals(value) }) {
            return ["\(place) must be one of \(JSONValue.array(allowed).text)"]
        }
        if let only = schema["const"], !only.equals(value) { return ["\(place) must be \(only.text)"] }
        switch value {
        case .object(let members): return objectFaults(members, by: schema, at: place)
        case .array(let items): return arrayFaults(items, by: schema, at: place)
        case .string(let text):
            return limits(text.unicodeScalars.count, schema, "minLength", "maxLength", "\(place) is too", ["short", "long"])
        case .integer, .number: return rangeFaults(value.number ?? 0, by: schema, at: place)
        case .null, .bool: return []
        }
    }

    private static func objectFaults(_ members: [String: JSONValue], by schema: JSONValue, at place: String) -> [String] {
        let properties = schema["properties"]?.object ?? [:]
        var faults = (schema["required"]?.array ?? []).compactMap(\.string).filter { members[$0] == nil }.map { "\($0) is missing" }
        for (name, member) in members.sorted(by: { $0.key < $1.key }) {
            if let property = properties[name] {
                faults += Self.faults(of: member, by: property, at: name)
            } else if let others = schema["additionalProperties"] {
                if others == false {
                    faults.append("\(name.prefix(40)) is not known")
                } else if others.object != nil {
                    faults += Self.faults(of: member, by: others, at: name)
                }
            }
        }
        return faults
    }

    private static func arrayFaults(_ items: [JSONValue], by schema: JSONValue, at place: String) -> [String] {
        let count = limits(items.count, schema, "minItems", "maxItems", "\(place) has too", ["few items", "many items"])
        guard let item = schema["items"] else { return count }
        return count + items.flatMap { faults(of: $0, by: item, at: "an item of \(place)") }
    }

    private static func rangeFaults(_ number: Double, by schema: JSONValue, at place: String) -> [String] {
        var faults: [String] = []
        if let least = schema["minimum"]?.number, number < least { faults.append("\(place) must be at least \(least)") }
        if let most = schema["maximum"]?.number, number > most { faults.append("\(place) must be at most \(most)") }
        return faults
    }

    private static func limits(
        _ count: Int, _ schema: JSONValue, _ least: String, _ most: String, _ start: String, _ ends: [String]
    ) -> [String] {
        if let bound = schema[least]?.integer, count < bound { return ["\(start) \(ends[0])"] }
        if let bound = schema[most]?.integer, count > bound { return ["\(start) \(ends[1])"] }
        return []
    }
}

extension JSONValue {
    fileprivate func isOfType(_ name: String) -> Bool {
        switch name {
        case "null": self == .null
        case "boolean": bool != nil
        case "integer": integer != nil
        case "number": number != nil
        case "string": string != nil
        case "array": array != nil
        case "object": object != nil
        default: false
        }
    }

    /// As JSON means it: 1 and 1.0 are the same number.
    fileprivate func equals(_ other: JSONValue) -> Bool {
        if let number, let theirs = other.number { return number == theirs }
        return self == other
    }
}
