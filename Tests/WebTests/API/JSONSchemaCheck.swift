@testable import Web

/// As much of JSON Schema as the document uses. Returns one sentence for each place that does not fit.
struct JSONSchemaCheck {
    /// The whole document, in which references lead to their schemas.
    let document: JSON

    func faults(in value: JSON, against schema: JSON, at path: String = "$") -> [String] {
        if let reference = schema["$ref"]?.text { return follow(reference, value, path) }
        if let choices = schema["anyOf"]?.elements {
            let tries = choices.map { faults(in: value, against: $0, at: path) }
            return tries.contains { $0.isEmpty } ? [] : tries.min { $0.count < $1.count } ?? []
        }
        if let words = schema["enum"]?.elements, !words.contains(value) { return ["\(path): \(value) is not one of \(words)"] }
        switch (schema["type"]?.text, value) {
        case ("object", .object(let members)): return object(members, schema, path)
        case ("array", .array(let elements)):
            guard let items = schema["items"] else { return ["\(path): the schema names no items"] }
            return elements.enumerated().flatMap { faults(in: $1, against: items, at: "\(path)[\($0)]") }
        case ("string", .string(let text)): return string(text, schema["format"]?.text, path)
        case ("boolean", .bool), ("null", .null), ("number", .integer), ("number", .decimal): return []
        case ("integer", .integer(let number)):
            if case .integer(let least) = schema["minimum"], number < least { return ["\(path): \(number) is below \(least)"] }
            return []
        default: return ["\(path): \(value) is not \(schema["type"]?.text ?? "described")"]
        }
    }

    private func follow(_ reference: String, _ value: JSON, _ path: String) -> [String] {
        let name = reference.split(separator: "/").last.map(String.init) ?? ""
        guard reference.hasPrefix("#/components/schemas/"), let schema = document["components"]?["schemas"]?[name] else {
            return ["\(path): \(reference) leads nowhere"]
        }
        return faults(in: value, against: schema, at: path)
    }

    private func object(_ members: [JSON.Member], _ schema: JSON, _ path: String) -> [String] {
        let properties = schema["properties"]?.members ?? []
        var faults: [String] = []
        for name in schema["required"]?.elements?.compactMap(\.text) ?? [] where !members.contains(where: { $0.name == name }) {
            faults.append("\(path).\(name) is missing")
        }
        for member in members {
            if let property = properties.first(where: { $0.name == member.name }) {
                faults += self.faults(in: member.value, against: property.value, at: "\(path).\(member.name)")
            } else if schema["additionalProperties"] == false {
                faults.append("\(path).\(member.name) is not described")
            }
        }
        return faults
    }

    private func string(_ text: String, _ format: String?, _ path: String) -> [String] {
        switch format {
        case "date-time":
            return text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/) == nil ? ["\(path): \(text) is no time in UTC"] : []
        case "date": return text.wholeMatch(of: /\d{4}-\d\d-\d\d/) == nil ? ["\(path): \(text) is no day"] : []
        default: return []
        }
    }
}
