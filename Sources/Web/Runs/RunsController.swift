import Domain
import Hummingbird
import Store

/// The sync history and one run of it.
struct RunsController: Sendable {
    let site: Site

    private static let pageLength = 50

    func list(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let place = ListPlace(Form(urlEncoded: request.uri.query ?? "")["cursor"])
        let runs = place.placed(try await site.runs.list(viewer.workspace.id, before: place.id(), limit: Self.pageLength))
        let page = RunsPage(
            runs: runs, now: site.now, previous: place.isFirst ? nil : Route.runs.link, next: Route.runs.link(cursor: runs.next))
        return try await PageMaker(site: site).page(page, request, context)
    }

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let id = try context.id(of: SyncRun.self)
        let run = try await site.runs.get(viewer.workspace.id, id)
        let failures = try await site.runs.failures(viewer.workspace.id, id)
        return try await PageMaker(site: site).page(RunPage(run: run, failures: failures, now: site.now), request, context)
    }
}
