import Domain
import Hummingbird
import Store
import Sync

/// Setting webhooks up: the recipe, the first event awaited, the last deliveries, a new secret.
struct WebhookSetupController: Sendable {
    let site: Site

    private static let shown = 20

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageConnection)
        let card = try await site.cards.card(for: viewer)
        let page = WebhookSetupPage(
            url: card.connection?.state == .connected ? card.webhookURL : nil, deliveries: try await list(viewer), csrf: session.csrf)
        return try await PageMaker(site: site).page(page, request, context)
    }

    /// The deliveries alone, for a page that is open.
    func deliveries(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageConnection)
        return PageAnswer.bare(try await list(viewer).html)
    }

    private func list(_ viewer: Viewer) async throws -> DeliveryList {
        DeliveryList(rows: try await site.deliveries.list(viewer.workspace.id, limit: Self.shown), now: site.realNow)
    }

    func rotate(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try await site.connector.rotateWebhookKey(viewer: viewer)
        return PageAnswer.redirect(
            Route.webhookSetup.link,
            saying: Notice(
                .positive, "The webhook has a new secret. Put it into both Freshdesk rules; the old one is refused from now on."),
            site)
    }
}
