import Domain
import Foundation
import HTTPTypes
import Sandbox
import Store
import Sync
import Testing
import TestSupport

@testable import Web

@Suite("The connection through the API")
struct ConnectionAPITests {
    static let base = "/api/v1/integrations/freshdesk"

    @Test func syncCancelDisconnectDelete() async throws {
        try await withAPI { api in
            let first = try await api.admin.send(.post, "\(Self.base)/sync")
            #expect(first.status == 202 && first.json["run"]?["state"] == "queued" && first.json["skipped"] == nil)
            let second = try await api.admin.send(.post, "\(Self.base)/sync")
            #expect(second.status == 200 && second.json["skipped"] == true && second.json["run"]?["id"] == first.json["run"]?["id"])
            #expect(try await api.member.get(Self.base).json["state"] == "syncing")

            let cancelled = try await api.admin.send(.post, "\(Self.base)/cancel")
            #expect(cancelled.status == 200 && cancelled.json["state"] == "connected")
            #expect(cancelled.json["run"]?["state"] == "cancelled" && cancelled.json["error"] == .null)
            #expect(try await api.admin.send(.post, "\(Self.base)/cancel").status == 200)

            let early = try await api.owner.send(.delete, "\(Self.base)/data", body: #"{"confirm":"acme"}"#)
            #expect(early.status == 409)
            let disconnected = try await api.admin.send(.post, "\(Self.base)/disconnect")
            #expect(disconnected.json["state"] == "disconnected" && disconnected.json["records"]?["tickets"] == 12)
            #expect(try await api.admin.send(.post, "\(Self.base)/sync").code == "not_connected")
            #expect(try await api.member.get("/api/v1/tickets").ids.count == 12)

            let unconfirmed = try await api.owner.send(.delete, "\(Self.base)/data", body: #"{"confirm":"other"}"#)
            #expect(unconfirmed.status == 422 && unconfirmed.faults == ["confirm"])
            #expect(try await api.owner.send(.delete, "\(Self.base)/data", body: #"{"confirm":"acme"}"#).status == 204)
            #expect(try await api.member.get(Self.base).json["state"] == "not_connected")
            #expect(try await api.member.get("/api/v1/tickets").ids.isEmpty)
            #expect(try await api.member.get("/api/v1/accounts").ids == [1])
        }
    }

    @Test func settings() async throws {
        try await withAPI { api in
            #expect(try await api.admin.send(.patch, Self.base, body: #"{"backfill_days":null,"reserve_percent":10}"#).status == 200)
            let connection = try await api.site.connections.get(api.workspace.id)
            #expect(connection.backfillDays == nil && connection.reservePercent == 10)
            #expect(try await api.admin.send(.patch, Self.base, body: #"{"reserve_percent":15}"#).status == 200)
            #expect(try await api.site.connections.get(api.workspace.id).backfillDays == nil)
            for (body, field) in [
                (#"{"backfill_days":0}"#, "backfill_days"), (#"{"reserve_percent":91}"#, "reserve_percent"),
                (#"{"backfill_days":"all"}"#, "backfill_days"), (#"{"hour":3}"#, "hour")
            ] {
                let reply = try await api.admin.send(.patch, Self.base, body: body)
                #expect(reply.status == 422 && reply.faults == [field], "\(body)")
            }
            #expect(try await api.other.send(.patch, Self.base, body: #"{"reserve_percent":10}"#).status == 409)
            #expect(try await api.other.send(.post, "\(Self.base)/sync").code == "not_connected")
        }
    }

    @Test("connecting says what is wrong with what was typed")
    func refusals() async throws {
        try await withAPI { api in
            let path = "\(Self.base)/connect"
            #expect(Set(try await api.other.send(.post, path, body: "{}").faults) == ["subdomain", "api_key"])
            #expect(try await api.other.send(.post, path, body: #"{"subdomain":"a b","api_key":"x"}"#).faults == ["subdomain"])
            let different = try await api.admin.send(.post, path, body: #"{"subdomain":"umbrella","api_key":"x"}"#)
            #expect(different.status == 409 && different.code == "different_portal")
            // Nothing listens there.
            let network = try await api.other.send(.post, path, body: #"{"subdomain":"acme","api_key":"x"}"#)
            #expect(network.status == 502 && network.code == "network", "\(network.text)")
            #expect(try await api.other.get(Self.base).json["state"] == "not_connected")
        }
    }

    @Test("a portal over HTTP: a wrong key, then the right one")
    func connect() async throws {
        var options = SandboxOptions(seed: 3)
        options.tickets = 20
        options.companies = 3
        let key = options.apiKey
        try await SyncWorld.with(options) { world in
            try await withAPI(portals: world.portalURL + "/{subdomain}", isSeeded: false) { api in
                let path = "\(Self.base)/connect"
                let wrong = try await api.admin.send(.post, path, body: #"{"subdomain":"demo","api_key":"wrong"}"#)
                #expect(wrong.status == 422 && wrong.code == "invalid_credentials")
                #expect(wrong.json["detail"] == "Invalid Freshdesk credentials. Check your domain and API key.")
                let right = try await api.admin.send(
                    .post, path, body: "{\"subdomain\":\"demo\",\"api_key\":\"\(key)\",\"backfill_days\":30}")
                #expect(right.status == 200, "\(right.text)")
                #expect(right.json["state"] == "syncing" && right.json["subdomain"] == "demo")
                #expect(right.json["run"]?["trigger"] == "first" && right.json["webhook_url"]?.text != nil)
                #expect(!right.text.contains(key))
                #expect(try await api.site.connections.get(api.workspace.id).backfillDays == 30)
                let actions = try await api.admin.get("/api/v1/audit").json["data"]?.elements?.compactMap { $0["action"]?.text }
                #expect(actions == ["freshdesk.connect"])
            }
        }
    }

    @Test("a check before connecting says what the key may read and what a sync would cost, and stores nothing")
    func preflight() async throws {
        var options = SandboxOptions(seed: 5)
        options.tickets = 120
        options.companies = 10
        options.plan = try Plan.named("pro")
        let key = options.apiKey
        try await SyncWorld.with(options) { world in
            try await withAPI(portals: world.portalURL + "/{subdomain}", isSeeded: false) { api in
                let path = "\(Self.base)/preflight"
                #expect(try await api.member.send(.post, path, body: "{}").status == 403)
                #expect(Set(try await api.admin.send(.post, path, body: "{}").faults) == ["subdomain", "api_key"])
                let wrong = try await api.admin.send(.post, path, body: #"{"subdomain":"demo","api_key":"wrong"}"#)
                #expect(wrong.status == 422 && wrong.code == "invalid_credentials")

                let right = try await api.admin.send(.post, path, body: "{\"subdomain\":\"demo\",\"api_key\":\"\(key)\"}")
                #expect(right.status == 200, "\(right.text)")
                #expect(right.json["ready"] == true && right.json["allowance_per_minute"] == 400 && right.json["plan_hint"] == "Pro")
                let states = right.json["endpoints"]?.elements?.compactMap { $0["state"]?.text }
                #expect(states == Array(repeating: "readable", count: Preflight.Subject.allCases.count), "\(right.text)")
                let everything = right.json["estimates"]?.elements?.last
                #expect(everything?["backfill_days"] == .null && everything?["tickets"] == 120, "\(right.text)")
                #expect(!right.text.contains(key))
                #expect(try await api.site.connections.find(api.workspace.id) == nil)
                #expect(try await api.admin.get(Self.base).json["state"] == "not_connected")
                #expect(try await api.admin.get("/api/v1/audit").json["data"]?.elements?.isEmpty == true)
            }
        }
    }

    @Test("what a key may not read is said in the portal's words and does not stop the check")
    func preflightRefusals() async throws {
        var options = SandboxOptions(seed: 5)
        options.tickets = 20
        options.companies = 3
        options.faults = [try Fault(parsing: "csat_403")]
        let key = options.apiKey
        try await SyncWorld.with(options) { world in
            try await withAPI(portals: world.portalURL + "/{subdomain}", isSeeded: false) { api in
                let reply = try await api.admin.send(
                    .post, "\(Self.base)/preflight", body: "{\"subdomain\":\"demo\",\"api_key\":\"\(key)\"}")
                let ratings = reply.json["endpoints"]?.elements?.first { $0["name"] == "satisfaction_ratings" }
                #expect(ratings?["state"] == "refused" && ratings?["message"]?.text?.isEmpty == false, "\(reply.text)")
                #expect(reply.json["ready"] == true)
            }
        }
    }
}
