import Domain
import Foundation
import Sandbox
import Store
import Sync
import TestSupport
import Testing

/// Whatever breaks, a run goes on at its checkpoint or ends with the exact sentence, and the next one puts it right.
@Suite(.serialized) struct TroubleTests {
    private static func options(_ tickets: Int = 40) -> SandboxOptions { FirstSyncTests.options(tickets: tickets, companies: 5) }

    @Test(arguments: ["server_error=3", "html=3", "truncate=3", "reset=3", "server_error=1/7", "truncate=1/9"])
    func passingTroubleIsOutlasted(_ fault: String) async throws {
        try await SyncWorld.with(Self.options()) { world in
            try await world.change("faults", #"{"set": ["\#(fault)"]}"#)
            let run = try await world.connectAndSync(backfillDays: .some(nil))
            #expect(run.state == .succeeded)
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    @Test(arguments: [
        ("server_error=/tickets", SyncRun.Problem.Code.unexpected, "answered with 5"), ("html=/companies", .unexpected, "not its JSON"),
        ("truncate=/contacts", .unexpected, "the text ends early"), ("reset=/agents", .network, "127.0.0.1")
    ])
    func lastingTroubleEndsTheRunWithWhatHappened(_ fault: String, _ code: SyncRun.Problem.Code, _ words: String) async throws {
        try await SyncWorld.with(Self.options(20)) { world in
            try await world.change("faults", #"{"set": ["\#(fault)"]}"#)
            let failed = try await world.connectAndSync(backfillDays: .some(nil))
            #expect(failed.state == .failed)
            #expect(failed.error?.code == code)
            #expect(failed.error?.message.contains(words) == true, "\(failed.error?.message ?? "")")
            try await world.change("faults", #"{"clear": true}"#)
            let mended = try await world.sync()
            #expect(mended.state == .succeeded)
            #expect(mended.resumedFrom == failed.id)
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    @Test func aTicketThatAlwaysFailsIsListedAndTriedAgain() async throws {
        try await SyncWorld.with(Self.options(12)) { world in
            let id = try #require(try await Truth.read(world).tickets.map(\.id).min())
            try await world.change("faults", #"{"set": ["bulk_500_ticket=\#(id)"]}"#)
            let partial = try await world.connectAndSync(backfillDays: .some(nil))
            #expect(partial.state == .partial)
            let failures = try await world.runs.failures(world.workspace, partial.id)
            #expect(failures.map(\.record) == ["ticket \(id)"])
            #expect(failures.first?.reason.contains("500") == true)
            try await world.change("faults", #"{"clear": true}"#)
            let mended = try await world.sync()
            #expect(mended.state == .succeeded)
            #expect(mended.phases.first { $0.name == .conversations }?.counts.failed == 0)
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    @Test func aFullDiskIsSaidAndNothingSavedIsLost() async throws {
        try await SyncWorld.with(Self.options(300)) { world in
            let pages = try await world.database.write { db in
                try db.first("PRAGMA page_count")?.get("page_count", as: Int.self) ?? 0
            }
            try await world.database.write { try $0.script("PRAGMA max_page_count = \(pages + 150)") }
            let failed = try await world.connectAndSync(backfillDays: .some(nil))
            #expect(failed.state == .failed)
            #expect(failed.error?.message.hasPrefix("The disk is full.") == true, "\(failed.error?.message ?? "")")
            let records = try await ConnectionStore(database: world.database).records(world.workspace)
            #expect(records.companies > 0)
            try await world.database.write { try $0.script("PRAGMA max_page_count = 1000000") }
            let mended = try await world.sync()
            #expect(mended.state == .succeeded)
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    /// An hourly plan is waited out over many windows without holding a worker, starting over or losing the order.
    @Test func aSmallHourlyPlanIsCaughtUpOverManyWindows() async throws {
        var options = Self.options(150)
        options.plan = try Plan.named("free")
        let time = ScriptedTime(product: Date())
        try await SyncWorld.with(options, clock: time.clock) { world in
            _ = try await world.connector.connect(
                viewer: world.viewer, typedSubdomain: "demo", key: Secret("test-key"), backfillDays: .some(nil))
            var windows = 0
            var threads = 0
            while windows < 30 {
                // Another process each time: what it knows comes from the database alone.
                let portals = PortalDirectory(
                    template: world.portalURL + "/{subdomain}", http: world.http, vault: world.vault,
                    connections: ConnectionStore(database: world.database))
                let engine = SyncEngine(database: world.database, portals: portals, clock: world.clock, logger: world.logger)
                let worker = Worker(database: world.database, engine: engine, clock: world.clock, logger: world.logger)
                let outcome = try #require(await worker.runOnce(workspace: world.workspace))
                let run = try #require(try await world.runs.current(world.workspace))
                let done = try #require(run.phases.first { $0.name == .conversations }).counts.done
                #expect(done >= threads, "progress runs backwards")
                threads = done
                guard case .waits(let until) = outcome else { break }
                #expect(run.state == .waiting)
                #expect(run.rateLimit.resumesAt != nil)
                windows += 1
                time.moveRealTime(ahead: max(0, until.timeIntervalSince(world.clock.real())) + 1)
                try await world.change("clock", #"{"advance": 3600}"#)
            }
            let run = try #require(try await world.runs.current(world.workspace))
            #expect(run.state == .succeeded)
            #expect(windows >= 4)
            // A fifth of fifty is left to others; of the rest next to everything is used: 40 credits a window.
            #expect(windows <= 8, "\(windows) windows, \(run.requests) requests")
            let refused = try await world.look("stats")
            #expect(refused.contains("\"rate_limited\":0") || refused.contains("\"rate_limited\": 0"), "\(refused)")
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }
}
