import Domain
import Foundation
import Freshdesk
import Sandbox
import Store
import Sync
import TestDatabases
import TestSupport
import Testing

/// Machines that do not agree on what time it is.
@Suite(.serialized) struct ClockTests {
    /// A clock that is wrong by so many seconds, for everything a process asks it.
    private struct WrongClock: RequestClock {
        let error: TimeInterval
        let right = SystemRequestClock()

        var elapsed: Duration { right.elapsed }
        var date: Date { Date().addingTimeInterval(error) }
        func sleep(for duration: Duration) async throws { try await right.sleep(for: duration) }

        var sync: SyncClock { SyncClock(product: { date }, real: { date }) }
    }

    private func machine(_ world: SyncWorld, hours: Double) -> SyncWorld {
        let clock = WrongClock(error: hours * 3600)
        return world.elsewhere(clock: clock.sync, requestClock: clock)
    }

    @Test(arguments: [Engine.sqlite, .postgresql]) func workersWhoseClocksDifferShareARun(_ engine: Engine) async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 60, companies: 6), on: engine) { world in
            let (ahead, behind) = (machine(world, hours: 5), machine(world, hours: -5))
            try await ahead.connect(backfillDays: .some(nil))
            // The one that is ahead has to wait for the portal, and gives the run back for that time.
            try await world.change("faults", #"{"set": ["rate_limit=20"]}"#)
            guard case .waits = await ahead.worker.runOnce(workspace: world.workspace) else {
                Issue.record("The portal's limit was not met.")
                return
            }
            let waiting = try #require(try await world.runs.current(world.workspace))
            #expect(waiting.state == .waiting)
            let resumesAt = try #require(waiting.rateLimit.resumesAt)
            #expect((5...40).contains(resumesAt.timeIntervalSince(Date())), "hours off: \(resumesAt)")
            // To the one that is behind the wait is neither over at once nor hours away.
            let run = try await behind.carryOut()
            #expect(run.id == waiting.id)
            #expect(run.state == .succeeded)
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    @Test(arguments: [Engine.sqlite, .postgresql]) func aRunInHandIsNotTakenByOneWhoseClockIsAhead(_ engine: Engine) async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 10, companies: 2), on: engine) { world in
            let ahead = machine(world, hours: 26)
            try await world.connect()
            let own = try #require(
                try await world.runs.claim(owner: "elsewhere/1/x/1", lease: 15, startedAt: Date(), workspace: world.workspace))
            #expect(await ahead.worker.runOnce(workspace: world.workspace) == nil)
            #expect(try await world.runs.heartbeat(own, lease: 15))
        }
    }

    @Test(arguments: [Engine.sqlite, .postgresql]) func tenSchedulersWithWrongClocksMakeOneRunOfTheDay(_ engine: Engine) async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 10, companies: 2), on: engine) { world in
            try await world.connect()
            _ = try await world.connector.cancel(viewer: world.viewer)
            _ = try await world.database.write { try $0.run("UPDATE connections SET connected_at = connected_at - $1", 3 * 86_400_000) }
            // Half an hour ago, so that no slot comes up meanwhile.
            let hour = Calendar(identifier: .gregorian).dateComponents(in: .gmt, from: Date().addingTimeInterval(-1800)).hour ?? 3
            let schedulers = (-5..<5).map { number in
                Scheduler(
                    database: world.database, schedule: Schedule(hourUTC: hour), clock: machine(world, hours: Double(number) * 7).clock,
                    logger: world.logger)
            }
            let started = try await withThrowingTaskGroup(of: Int.self) { group in
                for scheduler in schedulers { group.addTask { try await scheduler.queueDue() } }
                return try await group.reduce(0, +)
            }
            #expect(started == 1)
            for scheduler in schedulers { #expect(try await scheduler.queueDue() == 0) }
            let daily = try await world.runs.list(world.workspace, before: nil, limit: 20).rows.filter { $0.trigger == .daily }
            #expect(daily.count == 1)
        }
    }
}
