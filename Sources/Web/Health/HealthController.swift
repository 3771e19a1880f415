import Domain
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Store

/// Answers to machines that watch the process: is it alive, is it ready, what has it done. For everybody, so they tell nothing private.
struct HealthController: Sendable {
    let site: Site
    let metrics: Metrics
    private let keyCheck: KeyCheck

    init(site: Site, metrics: Metrics) {
        self.site = site
        self.metrics = metrics
        keyCheck = KeyCheck(site.checkKeys)
    }

    func addRoutes(to router: some RouterMethods<WebContext>) {
        router.get(RouterPath(Route.Pattern.healthz.rawValue)) { _, _ in Self.answer(["status": "alive"]) }
        router.get(RouterPath(Route.Pattern.readyz.rawValue)) { _, _ in await readiness() }
        router.get(RouterPath(Route.Pattern.metrics.rawValue)) { _, _ in try await exposition() }
    }

    /// 200 when requests can be served, else 503; either way with every check by name.
    private func readiness() async -> Response {
        var (database, schema, key) = ("ok", "ok", "ok")
        do {
            if try await !Migrations.isCurrent(site.database) {
                (schema, key) = ("outdated", "unknown")
            } else if try await !keyCheck.fits() {
                key = "wrong_key"
            }
        } catch {
            site.logger.warning("Not ready", metadata: ["cause": .string(String(reflecting: error))])
            (database, schema, key) = ("unavailable", "unknown", "unknown")
        }
        let isReady = [database, schema, key].allSatisfy { $0 == "ok" }
        return Self.answer(
            [
                "status": .string(isReady ? "ready" : "not_ready"),
                "checks": ["database": .string(database), "schema": .string(schema), "key": .string(key)]
            ], status: isReady ? .ok : .serviceUnavailable)
    }

    private func exposition() async throws -> Response {
        var lines = metrics.lines()
        let runs = try await site.runs.tally()
        lines.append(.head("clynto_sync_runs", "gauge", "Sync runs on record, by state."))
        lines += SyncRun.State.allCases.map { .sample("clynto_sync_runs", [("state", $0.rawValue)], Double(runs[$0, default: 0])) }
        let waiting = try await EventStore(database: site.database).backlog()
        lines += .gauge("clynto_webhook_tickets_waiting", "Tickets that webhooks named and nobody has read yet.", Double(waiting))
        let text = lines.map(\.text).joined(separator: "\n") + "\n"
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private static func answer(_ json: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: json.buffer))
    }
}
