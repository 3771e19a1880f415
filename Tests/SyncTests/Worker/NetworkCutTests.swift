import Domain
import Foundation
import Freshdesk
import Sandbox
import Store
import Sync
import Synchronization
import TestDatabases
import TestSupport
import Testing

/// The network goes away in the middle of a sync.
@Suite(.serialized) struct NetworkCutTests {
    private func options() -> SandboxOptions {
        var options = FirstSyncTests.options(tickets: 120, companies: 8)
        options.latency = 10
        return options
    }

    @Test func toTheDatabase() async throws {
        try await SyncWorld.with(options(), on: .postgresql) { world in
            try await world.connect(backfillDays: .some(nil))
            let place = try await PostgresServer.shared.place()
            let proxy = try await CutProxy.start(to: place.port)
            let name = try #require(world.home.address?.databaseName)
            let address = try #require(place.network(name, port: proxy.port, options: "pool=4"))
            let database = PostgresDatabase(address)
            let there = world.elsewhere(database: database)
            try await world.slowDown(after: 45)
            async let turn = there.worker.runOnce(workspace: world.workspace)
            let before = try await world.run { $0.done(.conversations) > 10 }
            await proxy.cut()
            // It is left as it stands, not failed, and nothing hangs.
            #expect(await turn == .released)
            let left = try #require(try await world.runs.current(world.workspace))
            #expect(left.id == before.id)
            #expect(left.state.isActive && left.error == nil)
            let refused = await #expect(throws: Failure.self) { try await there.runs.current(world.workspace) }
            #expect(refused?.kind == .unavailable)
            #expect(refused?.message.isEmpty == false && refused?.message.contains(place.password) == false)
            try await proxy.mend()
            try await world.speedUp()
            let run = try await there.carryOut()
            #expect(run.id == before.id)
            #expect(run.state == .succeeded)
            try await database.close()
            await proxy.cut()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    /// Cut after so many bytes, wherever in a transaction that is, again and again.
    @Test func toTheDatabaseInTheMiddleOfATransaction() async throws {
        try await SyncWorld.with(options(), on: .postgresql) { world in
            try await world.connect(backfillDays: .some(nil))
            let place = try await PostgresServer.shared.place()
            let line = try NetworkLine(to: place.port)
            defer { line.end() }
            let name = try #require(world.home.address?.databaseName)
            let address = try #require(place.network(name, port: line.port, options: "pool=4"))
            let database = PostgresDatabase(address)
            let there = world.elsewhere(database: database)
            // What is sent to save a page of tickets is some hundred thousand bytes, so that each of these ends in another statement.
            var cuts = 0
            for bytes in [30_000, 70_001, 150_003, 210_007, 330_011] {
                line.cut(afterBytes: bytes)
                let outcome = await there.worker.runOnce(workspace: world.workspace)
                guard line.isCut else {
                    #expect(outcome == .ended(.succeeded))
                    break
                }
                cuts += 1
                #expect(outcome == .released)
                let left = try #require(try await world.runs.current(world.workspace))
                #expect(left.state.isActive && left.error == nil)
                line.mend()
                // Its lease, which nobody could give back, lapses.
                try await world.database.letTimePass(16)
            }
            #expect(cuts >= 3)
            let run = try await there.carryOut()
            #expect(run.state == .succeeded)
            try await database.close()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    /// The server ends its process for a connection while a transaction is open on it, as at a crash or a switch to a standby.
    @Test func theDatabaseServerGoesInTheMiddleOfATransaction() async throws {
        try await SyncWorld.with(options(), on: .postgresql) { world in
            try await world.connect(backfillDays: .some(nil))
            let place = try await PostgresServer.shared.place()
            let name = try #require(world.home.address?.databaseName)
            // Known among the others by its name.
            let address = try #require(place.network(name, options: "pool=4&application_name=victim"))
            let database = PostgresDatabase(address)
            let there = world.elsewhere(database: database)
            let killed = Task {
                var count = 0
                while !Task.isCancelled, count < 12 {
                    count += try await world.database.write { db in
                        try db.rows(
                            """
                            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                            WHERE application_name = 'victim' AND xact_start IS NOT NULL AND backend_xid IS NOT NULL LIMIT 1
                            """
                        ).count
                    }
                    try? await Task.sleep(for: .milliseconds(30))
                }
                return count
            }
            let run = try await world.carryOutAfterLapses(there)
            killed.cancel()
            #expect(try await killed.value > 0)
            #expect(run.state == .succeeded && run.error == nil)
            try await database.close()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    /// The portal is back before the last attempt of a request: nothing is told, because nothing happened.
    @Test(arguments: [Engine.sqlite, .postgresql]) func toThePortalForAMoment(_ engine: Engine) async throws {
        try await SyncWorld.with(options(), on: engine) { world in
            try await world.connect(backfillDays: .some(nil))
            let proxy = try await CutProxy.start(to: try await world.server.port)
            let clock = MendingClock(proxy)
            let there = world.elsewhere(portalURL: "http://127.0.0.1:\(proxy.port)", requestClock: clock)
            try await world.slowDown(after: 45)
            async let turn = there.worker.runOnce(workspace: world.workspace)
            try await world.run { $0.done(.conversations) > 10 }
            await proxy.cut()
            try await world.speedUp()
            #expect(await turn == .ended(.succeeded))
            #expect(!proxy.isCut, "somebody had to wait for it")
            let run = try #require(try await world.runs.current(world.workspace))
            #expect(run.error == nil && run.resumedFrom == nil)
            await proxy.cut()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    @Test(arguments: [Engine.sqlite, .postgresql]) func toThePortal(_ engine: Engine) async throws {
        try await SyncWorld.with(options(), on: engine) { world in
            try await world.connect(backfillDays: .some(nil))
            let proxy = try await CutProxy.start(to: try await world.server.port)
            let there = world.elsewhere(portalURL: "http://127.0.0.1:\(proxy.port)")
            try await world.slowDown(after: 45)
            async let turn = there.worker.runOnce(workspace: world.workspace)
            try await world.run { $0.done(.conversations) > 10 }
            await proxy.cut()
            #expect(await turn == .ended(.failed))
            let failed = try #require(try await world.runs.current(world.workspace))
            #expect(failed.error?.code == .network)
            #expect(failed.error?.message.isEmpty == false)
            try await proxy.mend()
            try await world.speedUp()
            let run = try await there.sync()
            #expect(run.state == .succeeded)
            #expect(run.resumedFrom == failed.id)
            await proxy.cut()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }
}

/// Mends the way at the first pause of a request after it was cut; sleeps as the real clock does.
private final class MendingClock: RequestClock {
    private let real = SystemRequestClock()
    private let proxy: CutProxy
    private let hasMended = Mutex(false)

    init(_ proxy: CutProxy) { self.proxy = proxy }

    var elapsed: Duration { real.elapsed }
    var date: Date { real.date }

    func sleep(for duration: Duration) async throws {
        let isFirst = hasMended.withLock { hasMended in
            guard !hasMended, proxy.isCut else { return false }
            hasMended = true
            return true
        }
        if isFirst { try await proxy.mend() }
        try await real.sleep(for: duration)
    }
}

extension SyncWorld {
    /// Works from `there` until the run has ended; what a lost connection leaves held is anybody's at once.
    fileprivate func carryOutAfterLapses(_ there: SyncWorld) async throws -> SyncRun {
        while true {
            _ = await there.worker.runOnce(workspace: workspace)
            if let run = try await runs.current(workspace), !run.state.isActive { return run }
            try await database.letTimePass(16)
        }
    }
}
