import Domain
import Foundation
import Hummingbird
import Markup
import Store

/// The list of tickets.
struct TicketsController: Sendable {
    let site: Site
    private let counts = WorkspaceCache<String, Total>(limit: 500)
    private let orphans = WorkspaceCache<String, OrphanGroups>(limit: 100)
    private let choices = WorkspaceCache<String, Offered>(limit: 100)

    /// What the menus offer, and the same as markup.
    private struct Offered: Sendable {
        let choices: DirectoryStore.Choices
        let frozen: TicketChoices.Frozen

        init(_ choices: DirectoryStore.Choices) {
            self.choices = choices
            frozen = TicketChoices.Frozen(choices)
        }
    }

    init(site: Site) { self.site = site }

    func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let items = Form(urlEncoded: request.uri.query ?? "").items
        if let destination = TicketFilterForm.destination(items) { return PageAnswer.redirect(destination) }
        let (query, faults) = TicketQuery.parse(items)
        let workspace = viewer.workspace.id
        let now = site.now
        let glance = try await site.glance(context)
        let version = glance.version
        let total = try await counts.value(workspace, Self.key(query, now), version: version) {
            try await site.tickets.count(workspace, query, now: now)
        }
        let tickets = try await site.tickets.list(workspace, query, now: now, total: total)
        let offered = try await choices.value(workspace, "", version: version) {
            Offered(try await site.directory.choices(workspace, mostAccounts: TicketChoices.mostAccounts))
        }
        var named = TicketChoices(
            agents: offered.choices.agents, accounts: offered.choices.accounts, accountsInAll: offered.choices.accountsInAll,
            groups: offered.choices.groups,
            chosenAccounts: try await site.directory.names(workspace, ofAccounts: query.account?.ids() ?? []),
            companies: try await site.directory.names(workspace, ofCompanies: query.company?.ids() ?? []),
            requesters: try await site.directory.names(workspace, ofContacts: query.requester?.ids() ?? []))
        named.frozen = offered.frozen
        var page = TicketsPage(
            query: query, faults: faults, tickets: tickets, choices: named,
            standing: MirrorStanding(card: glance.card), mayConnect: viewer.role.can(.manageConnection),
            portal: site.portal(glance.connection), now: now)
        if query.account == TicketPreset.withoutAccount.query.account {
            let groups = try await orphans.value(workspace, Self.key(query, now), version: version) {
                try await OrphanGroups.read(workspace, query, site)
            }
            page.orphans = OrphanList(
                groups: groups, most: OrphanList.mostOnTickets, mayCreate: viewer.role.can(.manageAccounts), back: query,
                csrf: try context.requireSession().csrf)
        }
        return try await PageMaker(site: site).page(page, request, context, search: query.search ?? "", glance: glance)
    }

    /// The filters as text; windows that move with the clock count by the minute.
    private static func key(_ query: TicketQuery, _ now: Date) -> String {
        let filters = query.filterItems.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        let isMoving = [query.created, query.updated, query.resolved].contains { if case .lastDays = $0 { true } else { false } }
        return isMoving ? "\(filters)@\(Int(now.timeIntervalSince1970 / 60))" : filters
    }
}

extension Site {
    /// What the address of each ticket in the connected portal begins with, its id after it; nil before the first connection.
    func portal(_ connection: Connection?) -> String? {
        guard let connection else { return nil }
        let id: ID<Ticket> = 1
        // Asked once a page and not once a row: the address is checked anew each time.
        return ticketURL(connection.subdomain, id).trimmingSuffix(id.description)
    }
}

extension TicketQuery.AnyOf {
    /// The ids among the values.
    func ids<Subject>() -> [ID<Subject>] where Value == TicketQuery.Reference<Subject> {
        values.compactMap { if case .id(let id) = $0 { id } else { nil } }
    }
}
