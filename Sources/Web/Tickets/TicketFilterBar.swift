import Domain
import Foundation
import Markup

/// Search, menus and sort of the Tickets page: one GET form.
struct TicketFilterBar {
    var query: TicketQuery
    var choices: TicketChoices

    var html: HTML {
        form(
            .method("get"), .action(Route.allTickets.link), .class("filters"), .data("filters", ""), .role("search"),
            .aria("label", "Filter tickets")
        ) {
            SearchBox(value: query.search ?? "", placeholder: "Search these tickets").html
            Fold("Filters", id: "show-filters", count: query.filterItems.count { $0.name != "q" }).html
            div(.class("folded", "filter-menus")) {
                menu("Status", "status", query.status, \.rawValue, \.label)
                menu("Priority", "priority", query.priority, \.rawValue, \.label, order: TicketPriority.allCases.reversed())
                menu("Source", "source", query.source, \.rawValue, \.label)
                agent
                account
                MoreTicketFilters(query: query, choices: choices).html
            }
            if query.limit != TicketQuery.defaultLimit { HiddenField("limit", String(query.limit)).html }
            for item in hidden { HiddenField(item.name, item.value).html }
            span(.class("line", "sort")) {
                SelectMenu("Sort by", name: "sort", choices: Self.sorts, chosen: chosenSort, submitsOnChange: true).compact
                noscript { button("Apply", .type("submit"), .class("button")) }
            }
        }
    }

    private var agent: HTML {
        let list = ReferenceOptions(filter: query.agent, named: choices.agents, frozen: choices.frozen?.agents, none: "Nobody")
        return FilterMenu(
            "Agent", name: "agent", options: list.options, others: list.others, isNegated: query.agent?.isNegated == true,
            note: list.note(which: "by name")
        ).html
    }

    private var account: HTML {
        let list = ReferenceOptions(
            filter: query.account, named: choices.accounts, frozen: choices.frozen?.accounts, unlisted: choices.chosenAccounts,
            inAll: choices.accountsInAll, none: "No account")
        return FilterMenu(
            "Account", name: "account", options: list.options, others: list.others, isNegated: query.account?.isNegated == true,
            note: list.note(which: "with the most unresolved tickets")
        ).html
    }

    /// Filters that have no control here but must not be lost: companies and requesters come from links.
    private var hidden: [(name: String, value: String)] {
        query.filterItems.filter { ["company", "requester"].contains($0.name) }
    }

    private static let sorts: [Choice] = [
        Choice("", "Last updated"), Choice("updated", "Least recently updated"), Choice("-created", "Newest"), Choice("created", "Oldest"),
        Choice("-priority", "Highest priority"), Choice("priority", "Lowest priority"), Choice("due", "Due first"),
        Choice("-due", "Due last"),
        Choice("waiting", "Waiting longest"), Choice("-waiting", "Waiting shortest")
    ]

    private var chosenSort: String {
        query.sort == .init() ? "" : (query.sort.isDescending ? "-" : "") + query.sort.key.rawValue
    }

    private func menu<Value: CaseIterable & Hashable>(
        _ text: String, _ name: String, _ filter: TicketQuery.AnyOf<Value>?, _ value: (Value) -> String, _ label: (Value) -> String,
        order: [Value]? = nil
    ) -> HTML {
        FilterMenu(
            text, name: name,
            options: (order ?? Array(Value.allCases)).map {
                FilterOption(value: value($0), text: label($0), isChosen: filter?.values.contains($0) == true)
            }, isNegated: filter?.isNegated == true
        ).html
    }
}

/// The options of a menu of people or accounts: none, what is chosen, then the others by name.
struct ReferenceOptions<Subject> {
    var filter: TicketQuery.AnyOf<TicketQuery.Reference<Subject>>?
    /// What can be listed.
    var named: [Named<Subject>]
    /// The same as markup, for a menu in which none of them is chosen.
    var frozen: FrozenOptions?
    /// Names of what may be chosen although it is not listed.
    var unlisted: [Named<Subject>] = []
    /// How many there are, when `named` has not all of them.
    var inAll: Int?
    var none: String

    /// What can be listed, as options of which none is chosen.
    static func unchosen(_ named: [Named<Subject>]) -> [FilterOption] {
        named.prefix(TicketChoices.mostOptions).map { FilterOption(value: $0.id.description, text: $0.name, isChosen: false) }
    }

    /// What stands after `options`.
    var others: FrozenOptions { usesFrozen ? frozen ?? FrozenOptions() : FrozenOptions() }

    private var usesFrozen: Bool {
        frozen != nil && filter?.values.contains { if case .id = $0 { true } else { false } } != true
    }

    var options: [FilterOption] {
        let values = filter?.values ?? []
        var chosen: [FilterOption] = []
        var ids: Set<ID<Subject>> = []
        for case .id(let id) in values {
            let name = (named.first { $0.id == id } ?? unlisted.first { $0.id == id })?.name
            chosen.append(FilterOption(value: id.description, text: name ?? "#\(id)", isChosen: true))
            ids.insert(id)
        }
        let first = [FilterOption(value: "none", text: none, isChosen: values.contains(.none))]
        if usesFrozen { return first }
        return first + chosen + Self.unchosen(named.filter { !ids.contains($0.id) })
    }

    /// Said when not all are listed.
    ///
    /// - Parameter which: the ones that are: `by name`.
    func note(which: String) -> String? {
        let (listed, all) = (min(named.count, TicketChoices.mostOptions), inAll ?? named.count)
        guard listed < all else { return nil }
        return "The first \(listed) of \(all.grouped) are listed, \(which). Others: open one and follow its tickets."
    }
}
