import Domain
import Foundation
import Hummingbird
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
        let glance = try await site.glance(workspace)
        let showsImages = query["images"] == "1"
        let page = TicketPage(
            detail: detail, thread: thread, order: query["order"].flatMap(TicketThread.Order.init) ?? .oldest, showsImages: showsImages,
            showsAll: query["all"] == "1", address: site.address(glance)?(id), lastSyncAt: glance.connection?.lastSyncAt, now: site.now)
        return try await PageMaker(site: site).page(
            page, request, context, glance: glance, policy: showsImages ? ContentPolicy.pageWithRemoteImages : nil)
    }
}
