import Domain
import Hummingbird
import Store
import Sync

/// What a workspace says about matching; everything is matched anew in the same transaction.
struct MatchingSettingsController: Sendable {
    let site: Site

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let workspace = try context.requireViewer().workspace.id
        let settings = try await site.database.read { try MatchSettings.get(workspace, $0) }
        return try await page(request, context, MatchingSettingsPage.Fields(settings), faults: [])
    }

    private func page(
        _ request: Request, _ context: WebContext, _ fields: MatchingSettingsPage.Fields, faults: [Failure.Field]
    ) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        let workspace = viewer.workspace.id
        let known = try await site.database.read { try MatchSettings.fields(workspace, $0) }
        let page = MatchingSettingsPage(
            fields: fields, knownFields: known, role: viewer.role, csrf: session.csrf, faults: faults)
        return try await PageMaker(site: site).page(page, request, context, status: faults.isEmpty ? .ok : .unprocessableContent)
    }

    func save(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        let fields = MatchingSettingsPage.Fields(context.form)
        let faults = fields.faults
        guard faults.isEmpty else { return try await page(request, context, fields, faults: faults) }
        let (workspace, actor, now) = (viewer.workspace.id, viewer.displayName, site.realNow)
        do {
            let moved = try await site.database.write { db in
                try MatchSettings.set(fields.settings, of: workspace, db)
                let moved = try AccountMatching.apply(workspace, db)
                let field = fields.settings.externalIDField.map { "external id in \($0)" } ?? "no field for external ids"
                try db.appendAudit(
                    workspace, actor: actor, action: "workspace.matching", subject: "matching",
                    detail: "\(field), \(fields.settings.excludedDomains.count) excluded domains", now: now)
                try db.bumpVersion(of: workspace)
                return moved
            }
            let tickets = moved > 0 ? " \(moved.counted("ticket")) changed account." : ""
            return PageAnswer.redirect(Route.matchingSettings.link, saying: Notice(.positive, "Saved.\(tickets)"), site)
        } catch let failure as Failure where failure.kind == .invalid {
            return try await page(request, context, fields, faults: failure.fields)
        }
    }
}
