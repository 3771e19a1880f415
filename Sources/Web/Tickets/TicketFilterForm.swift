package import Domain
package import Markup
import Foundation

/// What the filter bar's form sends, and the address it means.
///
/// A plain form repeats a field for every ticked box, sends untouched fields empty, and cannot join two date fields. So the names of
/// the form are a little wider than those of the address: a field may repeat; `!` among its values, or `not.status=1`, negates it;
/// `created.from` and `created.to` are the sides of `created`. The address is the one form of `TicketQuery`.
package enum TicketFilterForm {
    package typealias Items = [(name: String, value: String)]

    /// The value of the box that negates a filter; first among its field's values, as a plain list would begin.
    static let negation = "!"
    /// The value of a period's menu that says: the days typed below it.
    static let days = "dates"

    /// The query that the fields mean; what cannot be read is left out.
    package static func canonical(_ items: Items) -> TicketQuery {
        TicketQuery.parse(canonicalItems(items)).query
    }

    /// Where to send a browser that came with the form's own names; nil when the address is one already.
    ///
    /// What cannot be read stays in the address, so that the page can say it was ignored.
    package static func destination(_ items: Items) -> Link? {
        guard isForm(items) else { return nil }
        let canonical = canonicalItems(items)
        let (query, faults) = TicketQuery.parse(canonical)
        if faults.isEmpty { return Route.tickets(query).link }
        let text = canonical.map { $0.name.encodedForQuery + "=" + $0.value.encodedForQuery }.joined(separator: "&")
        return .path(Route.allTickets.path + "?" + text)
    }

    /// One item a parameter: repeated fields joined, negation in front, both sides of a period in one, empty fields gone.
    static func canonicalItems(_ items: Items) -> Items {
        var order: [String] = []
        var values: [String: [String]] = [:]
        var negated: Set<String> = []
        for (name, value) in items where !value.isEmpty {
            if name.hasPrefix(prefix) {
                negated.insert(String(name.dropFirst(prefix.count)))
            } else if value == negation {
                negated.insert(name)
            } else {
                if values[name] == nil { order.append(name) }
                values[name, default: []].append(value)
            }
        }
        for period in periods { join(period, &order, &values) }
        return order.compactMap { name in
            guard let list = values[name], !list.isEmpty else { return nil }
            let isList = lists.contains(name)
            // A field that is no list counts once: a browser sends a second one only when somebody wrote the address by hand.
            let text = isList ? list.joined(separator: ",") : list[0]
            return (name, isList && negated.contains(name) && !text.hasPrefix(negation) ? negation + text : text)
        }
    }

    /// Whether any item is the form's own way of writing.
    private static func isForm(_ items: Items) -> Bool {
        var seen: Set<String> = []
        return items.contains { name, value in
            value.isEmpty || value == negation || value == days && periods.contains(name) || name.hasPrefix(prefix)
                || periods.contains { name == $0 + from || name == $0 + to } || !seen.insert(name).inserted
        }
    }

    /// A span of the menu wins over days typed beside it; the days count when the menu says so or says nothing.
    private static func join(_ period: String, _ order: inout [String], _ values: inout [String: [String]]) {
        let (start, end) = (values[period + from]?.first ?? "", values[period + to]?.first ?? "")
        for side in [period + from, period + to] {
            values[side] = nil
            order.removeAll { $0 == side }
        }
        guard values[period] == nil || values[period] == [days] else { return }
        values[period] = nil
        order.removeAll { $0 == period }
        guard !start.isEmpty || !end.isEmpty else { return }
        values[period] = [start + ".." + end]
        order.append(period)
    }

    private static let prefix = "not."
    static let from = ".from"
    static let to = ".to"
    private static let periods = ["created", "updated", "resolved"]
    private static let lists: Set<String> = [
        "status", "priority", "source", "agent", "account", "company", "group", "requester", "type", "tag", "match", "csat"
    ]
}
