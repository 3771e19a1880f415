import Foundation

extension TicketQuery {
    /// The parameters of the query string, in the order they are printed.
    package enum Parameter: String, CaseIterable, Sendable {
        case status, priority, source, agent, account, company, group, requester, type, tag, match, csat
        case created, updated, resolved, q, sort, cursor, limit
    }

    /// What could be read of a query string, and one fault for every parameter that could not.
    ///
    /// The API answers faults with 422; the page ignores those parameters with a notice.
    package static func parse(_ items: [(name: String, value: String)]) -> (query: TicketQuery, faults: [Failure.Field]) {
        var query = TicketQuery()
        var faults: [Failure.Field] = []
        var seen: Set<Parameter> = []
        for (name, value) in items {
            guard let parameter = Parameter(rawValue: name) else {
                faults.append(.init(name, "There is no filter called “\(name.shortened)”.", code: "unknown_parameter"))
                continue
            }
            // An empty value is what an untouched form field sends: no filter.
            if value.isEmpty { continue }
            guard seen.insert(parameter).inserted else {
                faults.append(.init(name, "“\(name)” is given twice; separate several values by commas.", code: "repeated"))
                continue
            }
            if let message = query.set(parameter, to: value) { faults.append(.init(name, message)) }
        }
        if let cursor = query.cursor, cursor.fingerprint != query.fingerprint {
            query.cursor = nil
            faults.append(.init("cursor", "This page marker belongs to other filters. Start from the first page.", code: "stale_cursor"))
        }
        return (query, faults)
    }

    /// Sets one parameter; returns a sentence when the value cannot be read.
    private mutating func set(_ parameter: Parameter, to value: String) -> String? {
        switch parameter {
        case .status: return Self.read(value, into: &status)
        case .priority: return Self.read(value, into: &priority)
        case .source: return Self.read(value, into: &source)
        case .agent: return Self.read(value, into: &agent)
        case .account: return Self.read(value, into: &account)
        case .company: return Self.read(value, into: &company)
        case .group: return Self.read(value, into: &group)
        case .requester: return Self.read(value, into: &requester)
        case .type: type = Self.list(value, reading: { $0 }).0
        case .tag: tag = Self.list(value, reading: { $0 }).0
        case .match: return Self.read(value, into: &match)
        case .csat: return Self.read(value, into: &csat)
        case .created: return Self.read(value, into: &created)
        case .updated: return Self.read(value, into: &updated)
        case .resolved: return Self.read(value, into: &resolved)
        case .q:
            let text = value.trimmed
            guard text.count <= Self.longestSearch else { return "Search for at most \(Self.longestSearch) characters." }
            search = text.nilIfEmpty
        case .sort:
            let name = value.hasPrefix("-") ? String(value.dropFirst()) : value
            guard let key = Sort.Key(rawValue: name) else { return Self.sentence(value, Sort.Key.allCases.map(\.rawValue)) }
            sort = Sort(key, descending: value.hasPrefix("-"))
        case .limit:
            guard let number = Int(value), Self.limits.contains(number) else {
                return "Use a number from \(Self.limits.lowerBound) to \(Self.limits.upperBound)."
            }
            limit = number
        case .cursor:
            guard let decoded = TicketCursor(value) else { return "This page marker cannot be read. Start from the first page." }
            cursor = decoded
        }
        return nil
    }

    // MARK: Lists

    private static func read<Value: RawRepresentable & CaseIterable & Hashable & Sendable>(
        _ text: String, into filter: inout AnyOf<Value>?
    ) -> String? where Value.RawValue == String {
        let (list, unread) = list(text, reading: { Value(rawValue: $0) })
        if let unread { return sentence(unread, Value.allCases.map(\.rawValue)) }
        filter = list
        return nil
    }

    private static func read<Subject>(_ text: String, into filter: inout AnyOf<Reference<Subject>>?) -> String? {
        let (list, unread) = list(text, reading: { $0 == "none" ? Reference<Subject>.none : ID($0).map(Reference.id) })
        if let unread { return "“\(unread.shortened)” is neither an id nor “none”." }
        filter = list
        return nil
    }

    /// Splits at commas (`\,` stands for a comma) and reads each part; also the first part that could not be read.
    private static func list<Value>(_ text: String, reading read: (String) -> Value?) -> (AnyOf<Value>?, unread: String?) {
        let isNegated = text.hasPrefix("!")
        var values: [Value] = []
        for part in parts(of: isNegated ? String(text.dropFirst()) : text) {
            guard let value = read(part) else { return (nil, part) }
            if !values.contains(value) { values.append(value) }
        }
        return (values.isEmpty ? nil : AnyOf(values, isNegated: isNegated), nil)
    }

    private static func parts(of text: String) -> [String] {
        var parts = [""]
        var isEscaped = false
        for character in text {
            if isEscaped {
                parts[parts.count - 1].append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "," {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
        }
        return parts.map(\.trimmed).filter { !$0.isEmpty }
    }

    private static func sentence(_ value: String, _ known: [String]) -> String {
        "“\(value.shortened)” is not one of \(known.joined(separator: ", "))."
    }

    // MARK: Periods

    /// Longest period in days that `30d` may name.
    private static let longestPeriod = 36_500

    private static func read(_ text: String, into filter: inout Period?) -> String? {
        let form = "Use days such as 2026-01-01..2026-02-01 (either side may be empty) or 30d."
        if text.hasSuffix("d"), let days = Int(text.dropLast()) {
            guard (1...longestPeriod).contains(days) else { return form }
            filter = .lastDays(days)
            return nil
        }
        guard let dots = text.range(of: "..") else { return form }
        let (left, right) = (String(text[..<dots.lowerBound]), String(text[dots.upperBound...]))
        let (from, to) = (moment(left), moment(right))
        guard from != nil || left.isEmpty, to != nil || right.isEmpty, from != nil || to != nil else { return form }
        if let from, let to, from >= to { return "The period ends before it begins." }
        filter = .interval(from: from, to: to)
        return nil
    }

    private static func moment(_ text: String) -> Date? { Day(text)?.start ?? Date(rfc3339: text) }
}

extension String {
    /// At most 40 characters, for quoting input back.
    var shortened: String { count > 40 ? prefix(40) + "…" : self }
}
