import Domain
import Foundation
import Sandbox
import Store
import Sync
import TestDatabases
import TestSupport
import Testing

/// Whatever breaks, a run goes on at its checkpoint or ends with the exact sentence, and the next one puts it right.
@Suite(.serialized, .timeLimit(.minutes(5))) struct TroubleTests {
    private static func options(_ tickets: Int = 40) -> SandboxOptions { FirstSyncTests.options(tickets: tickets, companies: 5) }

    @Test(arguments: ["server_error=3", "html=3", "truncate=3", "reset=3", "server_error=1/7", "truncate=1/9"])
    func passingTroubleIsOutlasted(_ fault: String) async throws {
        try await SyncWorld.with(Self.options()) { world in
            try await world.connect(backfillDays: .some(nil))
            try await world.change("faults", #"{"set": ["\#(fault)"]}"#)
            let run = try await world.carryOut()
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
            try await world.connect(backfillDays: .some(nil))
            try await world.change("faults", #"{"set": ["\#(fault)"]}"#)
            let failed = try await world.carryOut()
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
        try await SyncWorld.with(Self.options(300), on: .sqlite) { world in
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

    /// A limit that lasts an hour is waited out over many windows without holding a worker, starting over or running backwards.
    @Test func manyLongWaitsAreSatOutWithoutAWorker() async throws {
        let time = ScriptedTime(product: Date())
        try await SyncWorld.with(Self.options(150), clock: time.clock) { world in
            _ = try await world.connector.connect(
                viewer: world.viewer, typedSubdomain: "demo", key: Secret("test-key"), backfillDays: .some(nil))
            var (windows, threads) = (0, 0)
            while windows < 30 {
                try await world.change("events", #"[{"do": "faults", "set": ["rate_limit=3600"], "after": {"requests": 40}}]"#)
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
                #expect(until.timeIntervalSince(Date()) > 3_000)
                windows += 1
                time.moveRealTime(ahead: 3_700)
                try await world.database.letTimePass(3_700)
                try await world.change("faults", #"{"clear": true}"#)
            }
            let run = try #require(try await world.runs.current(world.workspace))
            #expect(run.state == .succeeded)
            #expect(windows >= 3)
            // What flies when the limit comes is refused and asked for again; nothing else is asked for twice.
            let truth = try await Truth.read(world)
            #expect(run.requests <= truth.tickets.count + 45 + windows * 13, "\(run.requests) requests in \(windows) windows")
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }
}
