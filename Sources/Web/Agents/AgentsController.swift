import Domain
import Hummingbird
import Store

/// The agents directory and one agent.
struct AgentsController: Sendable {
    let site: Site

    /// Tickets shown beside an agent.
    private static let mostTickets = 25

    func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let agents = try await site.agents.list(viewer.workspace.id, now: site.now)
        let glance = try await site.glance(context)
        let page = AgentsPage(
            agents: agents, search: Form(urlEncoded: request.uri.query ?? "").trimmed("q"), standing: MirrorStanding(card: glance.card),
            mayConnect: viewer.role.can(.manageConnection))
        return try await PageMaker(site: site).page(page, request, context, glance: glance)
    }

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let id = try context.id(of: Agent.self)
        let workspace = viewer.workspace.id
        let agent = try await site.agents.get(workspace, id, now: site.now)
        var query = TicketQuery()
        query.agent = .init([.id(id)])
        query.limit = Self.mostTickets
        let tickets = try await site.tickets.list(workspace, query, now: site.now)
        let glance = try await site.glance(context)
        let page = AgentPage(
            agent: agent, tickets: tickets.rows, total: tickets.total, portal: site.portal(glance.connection), now: site.now)
        return try await PageMaker(site: site).page(page, request, context, glance: glance)
    }
}
