import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import Testing

@testable import Web

@Suite("Health and metrics")
struct HealthTests {
    @Test func aliveAndReady() async throws {
        try await withAPI { api in
            #expect(try await api.stranger.get("/healthz").json == ["status": "alive"])
            let ready = try await api.stranger.get("/readyz")
            #expect(ready.status == 200 && ready.json["checks"]?["database"] == "ok" && ready.json["checks"]?["schema"] == "ok")
        }
    }

    @Test("not ready: an older schema, a foreign key file, no database")
    func notReady() async throws {
        try await withAPI { api in
            // The connection's key was sealed by another vault than this one, which is opened on a database without secrets.
            let path = FileManager.default.temporaryDirectory.appending(path: "clynto-empty-\(UUID().uuidString).sqlite").path
            let empty = try SQLiteDatabase(path: path)
            try await Migrations.apply(to: empty)
            let foreign = try await Vault.open(.value(Secret(Data(repeating: 7, count: 32).base64EncodedString())), database: empty)
            try await empty.close()
            for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
            let old = api.site
            let site = Site(
                database: old.database, connector: old.connector, notices: old.notices, cards: old.cards, clock: old.clock,
                publicURL: old.publicURL, ticketURL: old.ticketURL, checkKeys: { try await foreign.check(database: old.database) },
                logger: old.logger)
            try await Application(router: makeRouter(site: site), logger: site.logger).test(.router) { client in
                let reply = try await APICaller(client: client, token: nil).get("/readyz")
                #expect(reply.status == 503 && reply.json["checks"]?["key"] == "wrong_key" && reply.json["checks"]?["schema"] == "ok")
            }
            _ = try await api.site.database.write { try $0.run("UPDATE schema_version SET number = number - 1") }
            let outdated = try await api.stranger.get("/readyz")
            #expect(outdated.status == 503 && outdated.json["checks"]?["schema"] == "outdated")
            try await api.site.database.close()
            let closed = try await api.stranger.get("/readyz")
            #expect(closed.status == 503 && closed.json["checks"]?["database"] == "unavailable")
            #expect(try await api.stranger.get("/healthz").status == 200)
        }
    }

    @Test func metrics() async throws {
        try await withAPI { api in
            _ = try await api.member.get("/api/v1/tickets/101")
            _ = try await api.member.get("/api/v1/tickets/102")
            _ = try await api.stranger.get("/api/v1/tickets/102")
            _ = try await api.stranger.get("/nowhere/at/all")
            let reply = try await api.stranger.get("/metrics")
            #expect(reply.headers[.contentType]?.hasPrefix("text/plain; version=0.0.4") == true)
            let lines = Set(reply.text.split(separator: "\n").map(String.init))
            #expect(lines.contains(#"clynto_http_requests_total{route="/api/v1/tickets/{id}",method="GET",status="200"} 2"#))
            #expect(lines.contains(#"clynto_http_requests_total{route="/api/v1/tickets/{id}",method="GET",status="401"} 1"#))
            #expect(lines.contains(#"clynto_http_request_duration_seconds_count{route="/api/v1/tickets/{id}"} 3"#))
            #expect(lines.contains(#"clynto_sync_runs{state="succeeded"} 1"#))
            #expect(lines.contains(#"clynto_sync_runs{state="failed"} 0"#))
            #expect(lines.contains("clynto_webhook_tickets_waiting 0"))
            #expect(reply.text.contains("process_resident_memory_bytes ") && reply.text.contains("clynto_uptime_seconds "))
            // Neither paths of callers nor anything of a workspace.
            #expect(!reply.text.contains("nowhere") && !reply.text.contains("Northwind"))
            // Every sample belongs to a family that was announced.
            for line in lines where !line.hasPrefix("#") {
                let name = line.prefix { $0 != "{" && $0 != " " }.replacing(/_(bucket|sum|count)$/, with: "")
                #expect(lines.contains { $0.hasPrefix("# TYPE \(name)") }, "\(line)")
            }
        }
    }

    @Test("labels stay few, whatever is asked")
    func bounds() {
        let metrics = Metrics()
        for number in 0..<(Metrics.mostRoutes * 2) {
            metrics.record(route: "/\(number)\"\n", method: "X\(number)", status: number, duration: .milliseconds(3))
        }
        let lines = metrics.lines().map(\.text)
        #expect(lines.filter { $0.contains("_duration_seconds_count{") }.count == Metrics.mostRoutes + 1)
        #expect(lines.contains { $0.contains(#"route="other""#) } && !lines.contains { $0.contains(#"method="X1""#) })
        #expect(lines.filter { $0.contains("\n") }.allSatisfy { $0.hasPrefix("# HELP") })
    }
}
