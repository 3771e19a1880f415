import Foundation

extension TicketQuery {
    /// Name and value of every parameter that differs from its default, in a fixed order.
    package var items: [(name: String, value: String)] {
        var items: [(String, String)] = filterItems
        if sort != Sort() { items.append(("sort", (sort.isDescending ? "-" : "") + sort.key.rawValue)) }
        if let cursor { items.append(("cursor", cursor.description)) }
        if limit != Self.defaultLimit { items.append(("limit", String(limit))) }
        return items
    }

    /// The query string without its question mark; empty for the plain list.
    package var queryString: String {
        items.map { "\($0.name)=\($0.value.encodedForQuery)" }.joined(separator: "&")
    }

    /// The filters alone, without sort, cursor and limit.
    package var filterItems: [(name: String, value: String)] {
        var items: [(String, String)] = []
        func add(_ parameter: Parameter, _ value: String?) {
            if let value { items.append((parameter.rawValue, value)) }
        }
        add(.status, Self.print(status, \.rawValue))
        add(.priority, Self.print(priority, \.rawValue))
        add(.source, Self.print(source, \.rawValue))
        add(.agent, Self.print(agent, Self.print))
        add(.account, Self.print(account, Self.print))
        add(.company, Self.print(company, Self.print))
        add(.group, Self.print(group, Self.print))
        add(.requester, Self.print(requester, Self.print))
        add(.type, Self.print(type, { $0 }))
        add(.tag, Self.print(tag, { $0 }))
        add(.match, Self.print(match, \.rawValue))
        add(.csat, Self.print(csat, \.rawValue))
        add(.created, created.map(Self.print))
        add(.updated, updated.map(Self.print))
        add(.resolved, resolved.map(Self.print))
        add(.q, search)
        return items
    }

    /// A stable number of filters and sort, by which a cursor knows the list it belongs to.
    package var fingerprint: UInt64 {
        let text = (filterItems + [("sort", (sort.isDescending ? "-" : "") + sort.key.rawValue)])
            .map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        // FNV-1a: stable across processes and versions, which Swift's own hashing is not.
        return text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }

    private static func print<Value>(_ filter: AnyOf<Value>?, _ text: (Value) -> String) -> String? {
        guard let filter, !filter.values.isEmpty else { return nil }
        let list = filter.values.map { listed(text($0)) }.joined(separator: ",")
        // A plain list that begins with an exclamation mark must not read as a negated one.
        return filter.isNegated ? "!" + list : list.hasPrefix("!") ? "\\" + list : list
    }

    /// One value of a list as the address writes it: its own commas and backslashes escaped.
    package static func listed(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\\") }) else { return value }
        return value.replacing("\\", with: "\\\\").replacing(",", with: "\\,")
    }

    private static func print<Subject>(_ reference: Reference<Subject>) -> String {
        switch reference {
        case .id(let id): id.description
        case .none: "none"
        }
    }

    private static func print(_ period: Period) -> String {
        switch period {
        case .lastDays(let days): "\(days)d"
        case .interval(let from, let to): "\(from.map(print) ?? "")..\(to.map(print) ?? "")"
        }
    }

    private static func print(_ date: Date) -> String {
        let day = Day(containing: date)
        return day.start == date ? day.description : date.rfc3339
    }
}
