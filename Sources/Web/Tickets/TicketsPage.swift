import Domain
import Foundation
import Markup

/// The list of tickets with its filters; all of its state is in the address.
struct TicketsPage: ShellPage {
    var query: TicketQuery
    /// What of the address could not be read and was ignored.
    var faults: [Failure.Field] = []
    var tickets: Page<TicketSummary>
    var choices: TicketChoices
    var standing: MirrorStanding
    /// Whether the viewer may connect a portal.
    var mayConnect: Bool
    /// What the address of each ticket in Freshdesk begins with, its id after it; nil while no portal is connected.
    var portal: String?
    /// Who wrote what belongs to no account, where that is the list.
    var orphans: OrphanList?
    var now: Date

    var pageTitle: String { "Tickets" }
    var section: Section? { .tickets }

    @HTMLBuilder var html: HTML {
        PageHeader("Tickets", count: isBare ? nil : count).html
        if !faults.isEmpty { ignored }
        if isBare {
            Card { NoTickets(standing: standing, mayConnect: mayConnect).html }.html
        } else {
            TicketPreset.tabs(query)
            TicketFilterBar(query: query, choices: choices).html
            chips.html
            if let orphans { orphans.html }
            list
        }
    }

    /// Nothing to filter: the page only says why.
    private var isBare: Bool { tickets.rows.isEmpty && !query.isFiltered && query.cursor == nil && standing != .filled }

    private var count: String {
        tickets.total.isExact ? tickets.total.count.counted("ticket") : "\(tickets.total.text) tickets"
    }

    private var chips: TicketFilterChips { TicketFilterChips(query: query, choices: choices) }

    @HTMLBuilder private var list: HTML {
        if tickets.rows.isEmpty {
            Card { nothing }.html
        } else {
            TicketsTable(
                caption: "Tickets", rows: tickets.rows, query: query, portal: portal,
                footer: Pagination(
                    offset: tickets.offset, count: tickets.rows.count, total: tickets.total, previous: link(tickets.previous),
                    next: link(tickets.next)
                ).html,
                now: now
            ).html
        }
    }

    @HTMLBuilder private var nothing: HTML {
        if query.cursor != nil {
            EmptyState(.tickets, "This page is empty now", "The tickets that stood here have moved to other pages of the list.") {
                LinkButton("Go to the first page", to: Route.tickets(query.fromFirstPage).link).html
            }.html
        } else if query.isFiltered {
            let filters = chips.entries.count
            EmptyState(.filter, "No ticket matches", "There are tickets, but none for \(filters == 1 ? "this filter" : "these filters").") {
                LinkButton("Clear \(filters.counted("filter"))", to: Route.tickets(chips.cleared).link, .primary).html
            }.html
        } else {
            NoTickets(standing: standing, mayConnect: mayConnect).html
        }
    }

    private var ignored: HTML {
        Banner(.warning, heading: "Part of the address was ignored", isDismissible: true) {
            ul { for fault in faults { li("\(fault.name): \(fault.message)") } }
        }.html
    }

    private func link(_ cursor: String?) -> Link? {
        guard let cursor = cursor.flatMap(TicketCursor.init) else { return nil }
        return Route.tickets(query.with { $0.cursor = cursor }).link
    }
}

/// Why there are no tickets at all, and what to do.
struct NoTickets {
    var standing: MirrorStanding
    var mayConnect: Bool

    var html: HTML {
        switch standing {
        case .notConnected:
            EmptyState(
                .integrations, "Nothing is synced yet",
                mayConnect
                    ? "Connect your Freshdesk portal and its tickets appear here, beside the accounts they belong to."
                    : "No Freshdesk portal is connected. An owner or admin of this workspace can connect one."
            ) {
                if mayConnect { LinkButton("Connect Freshdesk", to: Route.integrations.link, .primary).html }
            }.html
        case .syncing:
            EmptyState(.sync, "The first sync is running", "Tickets appear here as they are read. You can leave this page meanwhile.") {
                LinkButton("See its progress", to: Route.integrations.link).html
            }.html
        case .notSynced:
            EmptyState(.warning, "The first sync has not finished", "The portal is connected, but nothing was read yet.") {
                LinkButton("See what happened", to: Route.integrations.link).html
            }.html
        case .noTickets(let days):
            EmptyState(.tickets, "No tickets in the window", window(days)) {
                if mayConnect { LinkButton("Change the window", to: Route.integrations.link).html }
            }.html
        case .filled:
            EmptyState(.tickets, "No tickets", "There is no ticket in this list.").html
        }
    }

    private func window(_ days: Int?) -> String {
        guard let days else { return "The portal is synced and has no tickets." }
        return "The portal is synced, but none of its tickets is unresolved and none was updated in the last \(days.counted("day"))."
            + (mayConnect ? " A longer window reads older ones." : "")
    }
}
