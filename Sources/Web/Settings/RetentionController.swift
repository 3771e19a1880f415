import Domain
import Hummingbird
import Store
import Sync

/// How long the workspace keeps what it could let go.
struct RetentionController: Sendable {
    let site: Site

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try await page(request, context, fault: nil)
    }

    private func page(_ request: Request, _ context: WebContext, fault: String?) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageConnection)
        let page = RetentionPage(
            retention: try await site.retention.get(viewer.workspace.id), role: viewer.role, csrf: session.csrf, fault: fault)
        return try await PageMaker(site: site).page(page, request, context, status: fault == nil ? .ok : .unprocessableContent)
    }

    func save(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageConnection)
        do {
            let retention = try Retention(
                historyDays: Self.days("history_days", context.form), ticketDays: Self.days("ticket_days", context.form))
            try await site.retention.set(viewer.workspace.id, to: retention)
            let words = "history \(Self.words(retention.historyDays)), tickets outside the window \(Self.words(retention.ticketDays))"
            try await site.audit.append(
                viewer.workspace.id, actor: viewer.displayName, action: "workspace.retention", subject: "data", detail: words,
                now: site.realNow)
        } catch let failure as Failure where failure.kind == .invalid {
            return try await page(request, context, fault: failure.message)
        }
        return PageAnswer.redirect(Route.retention.link, saying: Notice(.positive, "Saved. What is older goes within the hour."), site)
    }

    /// Nil for `forever`.
    private static func days(_ name: String, _ form: Form) throws -> Int? {
        let text = form.text(name)
        if text.isEmpty || text == RetentionPage.forever { return nil }
        guard let days = Int(text) else { throw Failure(.invalid, "Choose a number of days, or forever.") }
        return days
    }

    private static func words(_ days: Int?) -> String { days.map { "\($0) days" } ?? "for good" }
}
