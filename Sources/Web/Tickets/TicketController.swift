import Domain
import Foundation
import Hummingbird
import Larry
import Store

/// One ticket with its thread.
struct TicketController: Sendable {
    let site: Site

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let id = try context.id(of: Ticket.self)
        let query = Form(urlEncoded: request.uri.query ?? "")
        let workspace = viewer.workspace.id
        let detail = try await site.tickets.get(workspace, id)
        let thread = try await site.tickets.thread(workspace, id)
        let glance = try await site.glance(context)
        // The list the ticket was opened from, as its links carry it; what of it cannot be read is left out.
        let list = query["list"].map { TicketQuery.parse(Form(urlEncoded: $0).items).query.fromFirstPage }
        let beside = try await neighbours(of: id, in: list, workspace)
        let showsImages = query["images"] == "1"
        let page = TicketPage(
            detail: detail, thread: thread, order: query["order"].flatMap(TicketThread.Order.init) ?? .oldest, showsImages: showsImages,
            showsAll: query["all"] == "1", neighbours: beside, list: list,
            address: site.portal(glance.connection).map { $0 + id.description },
            lastSyncAt: glance.connection?.lastSyncAt, now: site.now,
            summaryToken: site.larry.canSummarise ? context.session?.csrf : nil)
        return try await PageMaker(site: site).page(
            page, request, context, glance: glance, policy: showsImages ? ContentPolicy.pageWithRemoteImages : nil)
    }

    private func neighbours(of ticket: ID<Ticket>, in list: TicketQuery?, _ workspace: ID<Workspace>) async throws -> TicketPage.Neighbours
    {
        guard let list else { return .init() }
        let found = try await site.tickets.neighbours(of: ticket, in: list, workspace, now: site.now)
        return .init(
            previous: found.previous.map { Route.ticket($0).link(in: list) }, next: found.next.map { Route.ticket($0).link(in: list) },
            position: found.position.map { "\($0.grouped) of \(found.total.text)" })
    }
}
