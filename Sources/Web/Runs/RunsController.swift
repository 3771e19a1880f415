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
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let id = try context.id(of: SyncRun.self)
        let workspace = viewer.workspace.id
        let run = try await site.runs.get(workspace, id)
        let query = Form(urlEncoded: request.uri.query ?? "")
        var log = RunLog(run: id, now: site.now)
        log.text = String((query["log"] ?? "").trimmed.prefix(200))
        log.level = query["level"].flatMap(RunEvent.Level.init)
        log.events = try await site.runs.events(workspace, id, level: log.level, text: log.text.nilIfEmpty)
        let connection = try await site.connections.find(workspace)
        let diagnostics = Diagnostics(
            workspace: viewer.workspace.name, subdomain: connection?.subdomain, lastSyncAt: connection?.lastSyncAt, run: run)
        let page = RunPage(
            run: run, failures: try await site.runs.failures(workspace, id), log: log, diagnostics: diagnostics,
            mayManage: viewer.role.can(.manageConnection), csrf: session.csrf, now: site.now)
        return try await PageMaker(site: site).page(page, request, context)
    }

    /// Retries or dismisses one failure of a run, or all that are open.
    func decide(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageConnection)
        let id = try context.id(of: SyncRun.self)
        _ = try await site.runs.get(viewer.workspace.id, id)
        guard let settlement = RunFailure.Settlement(rawValue: context.form.text("decision")) else {
            throw Failure(.invalid, "Choose to retry or to dismiss.")
        }
        let chosen = Int64(context.form.text("failure")).map { Set([$0]) }
        let count = try await site.runs.settle(viewer.workspace.id, id, chosen, as: settlement, now: site.realNow)
        if count > 0 {
            try await site.audit.append(
                viewer.workspace.id, actor: viewer.displayName, action: "freshdesk.failures", subject: "run \(id)",
                detail: "\(settlement.rawValue): \(count)", now: site.realNow)
        }
        return PageAnswer.redirect(Route.run(id).link, saying: Self.notice(settlement, count), site)
    }

    private static func notice(_ settlement: RunFailure.Settlement, _ count: Int) -> Notice {
        guard count > 0 else { return Notice(.info, "There was nothing to do: only tickets can be read again by themselves.") }
        switch settlement {
        case .retried: return Notice(.positive, "\(count.counted("ticket")) will be read again within seconds.")
        case .dismissed: return Notice(.positive, "\(count.counted("failure")) dismissed.")
        }
    }
}
