import Domain
import Markup

/// The active filters as chips, each with the list that would be left without it.
struct TicketFilterChips {
    struct Entry: Equatable {
        var text: String
        /// The same list without this filter, from its first page.
        var rest: TicketQuery
    }

    var query: TicketQuery
    var choices: TicketChoices

    var entries: [Entry] {
        var entries: [Entry] = []
        func add(_ text: String?, _ clear: (inout TicketQuery) -> Void) {
            guard let text else { return }
            var rest = query.fromFirstPage
            clear(&rest)
            entries.append(Entry(text: text, rest: rest))
        }
        add(query.search.map { "Search: \($0)" }) { $0.search = nil }
        add(words("Status", query.status, \.label)) { $0.status = nil }
        add(words("Priority", query.priority, \.label)) { $0.priority = nil }
        add(words("Source", query.source, \.label)) { $0.source = nil }
        add(words("Agent", query.agent, choices.agents, none: "nobody")) { $0.agent = nil }
        add(words("Account", query.account, choices.chosenAccounts + choices.accounts, none: "none")) { $0.account = nil }
        add(words("Company", query.company, choices.companies, none: "none")) { $0.company = nil }
        add(words("Group", query.group, choices.groups, none: "none")) { $0.group = nil }
        add(words("Requester", query.requester, choices.requesters, none: "none")) { $0.requester = nil }
        add(words("Type", query.type, { $0 == "none" ? "No type" : $0 })) { $0.type = nil }
        add(words("Tag", query.tag, { $0 == "none" ? "No tag" : $0 })) { $0.tag = nil }
        add(words("Match", query.match, \.label)) { $0.match = nil }
        add(words("CSAT", query.csat, \.label)) { $0.csat = nil }
        add(query.created.map { "Created: \($0.label)" }) { $0.created = nil }
        add(query.updated.map { "Updated: \($0.label)" }) { $0.updated = nil }
        add(query.resolved.map { "Resolved: \($0.label)" }) { $0.resolved = nil }
        return entries
    }

    /// The list without any filter, in the same order.
    var cleared: TicketQuery {
        var cleared = TicketQuery()
        cleared.sort = query.sort
        cleared.limit = query.limit
        return cleared
    }

    var html: HTML {
        let entries = entries
        if entries.isEmpty { return .empty }
        return div(.class("chips"), .role("group"), .aria("label", "Active filters")) {
            for entry in entries { Chip(entry.text, removal: Route.tickets(entry.rest).link).html }
            a("Clear all", .class("button", "quiet"), .href(Route.tickets(cleared).link))
        }
    }

    private func words<Value>(_ name: String, _ filter: TicketQuery.AnyOf<Value>?, _ text: (Value) -> String) -> String? {
        guard let filter, !filter.values.isEmpty else { return nil }
        let shown = filter.values.prefix(3).map(text).joined(separator: ", ")
        let rest = filter.values.count > 3 ? " +\(filter.values.count - 3)" : ""
        return name + (filter.isNegated ? " is not " : ": ") + shown + rest
    }

    private func words<Subject>(
        _ name: String, _ filter: TicketQuery.AnyOf<TicketQuery.Reference<Subject>>?, _ named: [Named<Subject>], none: String
    ) -> String? {
        words(name, filter) { reference in
            switch reference {
            case .none: none
            case .id(let id): named.first { $0.id == id }?.name ?? "#\(id)"
            }
        }
    }
}
