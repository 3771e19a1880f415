import Domain
import Hummingbird
import Markup
import Store
import Sync

/// The workspace itself, and the log of what was done in it.
struct WorkspaceController: Sendable {
    let site: Site

    private static let pageLength = 100

    func show(_ request: Request, _ context: WebContext) async throws -> Response { try await page(request, context) }

    func rename(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.renameWorkspace)
        let name = context.form.text("name")
        do {
            let isNew = try await site.workspaces.rename(viewer.workspace.id, to: name, actor: viewer.displayName, now: site.realNow)
            guard isNew else { return PageAnswer.redirect(Route.workspace.link) }
        } catch let failure as Failure where failure.kind == .invalid || failure.code == "name_taken" {
            return try await page(request, context, draft: .init(name: name, fault: failure.message))
        }
        return PageAnswer.redirect(Route.workspace.link, saying: Notice(.positive, "The workspace has its new name."), site)
    }

    func setZone(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageConnection)
        let name = context.form.text("zone").trimmed
        do {
            let isNew = try await site.workspaces.setZone(viewer.workspace.id, to: name, actor: viewer.displayName, now: site.realNow)
            guard isNew else { return PageAnswer.redirect(Route.workspace.link) }
        } catch let failure as Failure where failure.kind == .invalid {
            return try await page(request, context, zoneFault: failure.message)
        }
        return PageAnswer.redirect(
            Route.workspace.link, saying: Notice(.positive, "Larry's days now begin at midnight in \(name)."), site)
    }

    private func page(_ request: Request, _ context: WebContext, draft: WorkspacePage.Draft? = nil, zoneFault: String? = nil) async throws
        -> Response
    {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let workspace = viewer.workspace.id
        let glance = try await site.glance(context)
        let page = WorkspacePage(
            workspace: viewer.workspace, role: viewer.role, memberCount: try await site.members.list(workspace).count,
            zone: try await site.workspaces.assistant(of: workspace).zone, zoneFault: zoneFault, draft: draft,
            csrf: session.csrf)
        return try await PageMaker(site: site).page(
            page, request, context, status: draft == nil && zoneFault == nil ? .ok : .unprocessableContent, glance: glance)
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
