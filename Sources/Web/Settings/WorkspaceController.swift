import Domain
import Hummingbird
import Markup
import Store
import Sync

/// The workspace itself, and the log of what was done in it.
struct WorkspaceController: Sendable {
    let site: Site

    private static let pageLength = 100

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let workspace = viewer.workspace.id
        let glance = try await site.glance(workspace)
        let page = WorkspacePage(
            workspace: viewer.workspace, role: viewer.role, memberCount: try await site.members.list(workspace).count)
        return try await PageMaker(site: site).page(page, request, context, glance: glance)
    }

    func audit(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.readAudit)
        let place = ListPlace(Form(urlEncoded: request.uri.query ?? "")["cursor"])
        let entries = place.placed(
            try await site.audit.list(viewer.workspace.id, cursor: place.after.map(String.init), limit: Self.pageLength))
        let page = AuditPage(
            entries: entries, role: viewer.role, now: site.realNow, previous: place.isFirst ? nil : Route.audit.link,
            next: Route.audit.link(cursor: entries.next))
        return try await PageMaker(site: site).page(page, request, context)
    }
}
