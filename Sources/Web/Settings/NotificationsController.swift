import Domain
import Hummingbird
import Store
import Sync

/// What the workspace was told, and where it is told besides.
struct NotificationsController: Sendable {
    let site: Site

    private static let shown = 50

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try await page(request, context)
    }

    private func page(_ request: Request, _ context: WebContext, fault: String? = nil) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let workspace = viewer.workspace.id
        let page = NotificationsPage(
            notices: try await site.noticeStore.list(workspace, limit: Self.shown),
            channelHost: try await site.noticeStore.channel(workspace)?.host, role: viewer.role, csrf: session.csrf, now: site.realNow,
            fault: fault)
        try await site.noticeStore.markSeen(workspace, person: session.person.id)
        return try await PageMaker(site: site).page(page, request, context, status: fault == nil ? .ok : .unprocessableContent)
    }

    func save(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageConnection)
        do {
            try await site.notices.setChannel(viewer: viewer, typedURL: context.form.text("url"))
        } catch let failure as Failure where failure.kind == .invalid {
            return try await page(request, context, fault: failure.message)
        }
        return PageAnswer.redirect(Route.notifications.link, saying: Notice(.positive, "Saved. Send a test to see that it arrives."), site)
    }

    func remove(_ request: Request, _ context: WebContext) async throws -> Response {
        try await site.notices.removeChannel(viewer: try context.requireViewer())
        return PageAnswer.redirect(Route.notifications.link, saying: Notice(.positive, "The webhook is removed."), site)
    }

    func test(_ request: Request, _ context: WebContext) async throws -> Response {
        do {
            try await site.notices.test(viewer: try context.requireViewer())
        } catch let failure as Failure where failure.kind == .conflict {
            return PageAnswer.redirect(Route.notifications.link, saying: Notice(.warning, failure.message), site)
        }
        return PageAnswer.redirect(
            Route.notifications.link, saying: Notice(.info, "A test is on its way. Its line below says how it went."), site)
    }
}
