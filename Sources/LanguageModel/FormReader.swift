/// Finds the JSON object in what a model wrote and checks it: models put fences, thoughts and courtesies around it.
struct FormReader {
    /// Objects tried before a text is given up.
    private static let candidates = 32

    let form: ChatRequest.AnswerForm

    struct Fault: Error { let reasons: [String] }

    func value(in text: String) throws(Fault) -> JSONValue {
        var reasons = ["there is no JSON object"]
        for object in Self.objects(in: text) {
            let faults = form.schema.faults(of: object)
            if faults.isEmpty { return object }
            reasons = faults
        }
        throw Fault(reasons: reasons)
    }

    func value(checking arguments: JSONValue?) throws(Fault) -> JSONValue {
        guard let arguments else { throw Fault(reasons: ["there is no JSON object"]) }
        let faults = form.schema.faults(of: arguments)
        if !faults.isEmpty { throw Fault(reasons: faults) }
        return arguments
    }

    /// Sentences for the prompt of an endpoint that does not bind the model to the schema.
    var instruction: String {
        "Answer with one JSON object and nothing else: no explanation, no code fence. It must fit this JSON schema:\n\(form.schema.definition.text)"
    }

    /// The outermost objects of the text, in order.
    private static func objects(in text: String) -> [JSONValue] {
        let bytes = Array(text.utf8)
        var found: [JSONValue] = []
        var index = 0
        var tries = 0
        while index < bytes.count, tries < candidates {
            guard bytes[index] == UInt8(ascii: "{") else {
                index += 1
                continue
            }
            tries += 1
            if let end = closing(of: index, in: bytes), let value = JSONValue(parsing: String(decoding: bytes[index...end], as: UTF8.self))
            {
                found.append(value)
                index = end + 1
            } else {
                index += 1
            }
        }
        return found
    }

    /// The place of the brace that closes the one at `start`, strings left out.
    private static func closing(of start: Int, in bytes: [UInt8]) -> Int? {
        var depth = 0
        var isInString = false
        var isEscaped = false
        for index in start..<bytes.count {
            let byte = bytes[index]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
        }
        return nil
    }
}
