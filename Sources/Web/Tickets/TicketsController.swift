import Domain
import Foundation
import Hummingbird
import Markup
import Store

/// The list of tickets.
struct TicketsController: Sendable {
    let site: Site
    private let counts = WorkspaceCache<String, Total>(limit: 500)
    private let choices = WorkspaceCache<String, DirectoryStore.Choices>(limit: 100)

    init(site: Site) { self.site = site }

    func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let items = Form(urlEncoded: request.uri.query ?? "").items
        if let destination = TicketFilterForm.destination(items) { return PageAnswer.redirect(destination) }
        let (query, faults) = TicketQuery.parse(items)
        let workspace = viewer.workspace.id
        let now = site.now
        let glance = try await site.glance(workspace)
        let version = try await site.workspaces.version(of: workspace)
        let total = try await counts.value(workspace, Self.key(query, now), version: version) {
            try await site.tickets.count(workspace, query, now: now)
        }
        let tickets = try await site.tickets.list(workspace, query, now: now, total: total)
        let offered = try await choices.value(workspace, "", version: version) { try await site.directory.choices(workspace) }
        let named = TicketChoices(
            agents: offered.agents, accounts: offered.accounts, groups: offered.groups,
            companies: try await site.directory.names(workspace, ofCompanies: query.company?.ids() ?? []),
            requesters: try await site.directory.names(workspace, ofContacts: query.requester?.ids() ?? []))
        let page = TicketsPage(
            query: query, faults: faults, tickets: tickets, choices: named,
            standing: MirrorStanding(card: glance), mayConnect: viewer.role.can(.manageConnection), address: site.address(glance), now: now)
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
    /// Where tickets are in the connected portal; nil before the first connection.
    func address(_ card: IntegrationCard) -> (@Sendable (ID<Ticket>) -> String)? {
        guard let subdomain = card.connection?.subdomain else { return nil }
        let ticketURL = ticketURL
        return { ticketURL(subdomain, $0) }
    }
}

extension TicketQuery.AnyOf {
    /// The ids among the values.
    func ids<Subject>() -> [ID<Subject>] where Value == TicketQuery.Reference<Subject> {
        values.compactMap { if case .id(let id) = $0 { id } else { nil } }
    }
}
