/// The query of a list, checked: unknown names are refused, not ignored (fact 6).
struct Parameters: Sendable {
    private let values: [String: String]

    /// - Parameter allowed: the names this list knows besides `page` and `per_page`.
    init(_ call: Call, allowed: Set<String>, paged: Bool = true) throws(Refusal) {
        var values: [String: String] = [:]
        var unknown: [Refusal.Field] = []
        for (name, value) in call.query {
            guard allowed.contains(name) || (paged && (name == "page" || name == "per_page")) else {
                unknown.append(Refusal.Field(field: name, message: "Unexpected/invalid field in request", code: "invalid_field"))
                continue
            }
            values[name] = value
        }
        guard unknown.isEmpty else { throw Refusal.invalid(unknown) }
        self.values = values
    }

    subscript(name: String) -> String? {
        guard let value = values[name], !value.isEmpty else { return nil }
        return value
    }

    func page() throws(Refusal) -> Page {
        let page = try positive("page", default: 1, upTo: Int.max)
        let size = try positive("per_page", default: 30, upTo: 100)
        return Page(number: page, size: size)
    }

    func positive(_ name: String, default standard: Int, upTo limit: Int) throws(Refusal) -> Int {
        guard let text = values[name] else { return standard }
        guard let number = Int(text), number > 0, number <= limit else {
            let message =
                limit == Int.max ? "It should be a Positive Integer" : "It should be a Positive Integer less than or equal to \(limit)"
            throw Refusal.invalid(name, message)
        }
        return number
    }

    func id(_ name: String) throws(Refusal) -> Int64? {
        guard let text = self[name] else { return nil }
        guard let id = Int64(text), id > 0 else { throw Refusal.invalid(name, "It should be a Positive Integer", "datatype_mismatch") }
        return id
    }

    func moment(_ name: String) throws(Refusal) -> Moment? {
        guard let text = values[name] else { return nil }
        guard let moment = Moment(text) else {
            throw Refusal.invalid(name, "It should be in the 'combined date and time ISO8601' format", "invalid_value")
        }
        return moment
    }

    /// A comma-separated list of known words.
    func words(_ name: String, known: [String]) throws(Refusal) -> Set<String> {
        guard let text = self[name] else { return [] }
        let words = text.split(separator: ",").map { $0.filter { $0 != " " } }
        for word in words where !known.contains(word) {
            throw Refusal.invalid(name, "It should be one of these values: '\(known.joined(separator: ","))'")
        }
        return Set(words)
    }

    func word(_ name: String, known: [String]) throws(Refusal) -> String? {
        guard let word = self[name] else { return nil }
        guard known.contains(word) else {
            throw Refusal.invalid(name, "It should be one of these values: '\(known.joined(separator: ","))'")
        }
        return word
    }
}

/// A part of a list.
struct Page: Sendable {
    let number: Int
    let size: Int

    var skipped: Int {
        let (product, overflow) = (number - 1).multipliedReportingOverflow(by: size)
        return overflow ? Int.max - size : product
    }

    func cut<Element>(_ elements: [Element]) -> (rows: ArraySlice<Element>, more: Bool) {
        let start = min(skipped, elements.count)
        let end = min(start + size, elements.count)
        return (elements[start..<end], end < elements.count)
    }
}
