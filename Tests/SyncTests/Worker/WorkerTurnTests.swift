import Domain
import Foundation
import Sandbox
import Store
import Sync
import TestDatabases
import TestSupport
import Testing

/// Who gets a worker's places, and for how long.
@Suite(.serialized) struct WorkerTurnTests {
    private func fleet(_ count: Int, latency: Int = 0, tickets: Int = 12) -> [SandboxOptions] {
        var base = SandboxOptions(seed: 70, apiKey: "fleet-key")
        base.tickets = tickets
        base.companies = 3
        base.latency = latency
        return SandboxFleet.options(count: count, base: base, plans: [.unlimited], hasOneKey: true)
    }

    private func with(
        _ fleet: [SandboxOptions], places: Int, turn: Duration = .seconds(120),
        _ body: @escaping @Sendable ([SyncWorld]) async throws -> Void
    ) async throws {
        try await SyncWorld.with(fleet[0], others: Array(fleet.dropFirst())) { first in
            var worlds = [first]
            for options in fleet.dropFirst() { worlds.append(try await first.neighbour(at: options)) }
            let all = worlds
            for world in all { try await world.connect(backfillDays: .some(nil)) }
            let worker = Worker(
                database: first.database, engine: first.engine, clock: first.clock, places: places, turn: turn, logger: first.logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await worker.run() }
                do {
                    try await body(all)
                } catch {
                    group.cancelAll()
                    throw error
                }
                group.cancelAll()
            }
        }
    }

    @Test func aPortalThatMakesItsRunWaitHoldsNoPlace() async throws {
        let fleet = fleet(4)
        try await SyncWorld.with(fleet[0], others: Array(fleet.dropFirst())) { first in
            var worlds = [first]
            for options in fleet.dropFirst() { worlds.append(try await first.neighbour(at: options)) }
            for world in worlds { try await world.connect(backfillDays: .some(nil)) }
            for world in worlds.dropLast() { try await world.change("faults", #"{"set": ["rate_limit=3000"]}"#) }
            let worker = Worker(database: first.database, engine: first.engine, clock: first.clock, places: 1, logger: first.logger)
            let working = Task { try await worker.run() }
            defer { working.cancel() }
            let last = try #require(worlds.last)
            #expect(try await last.run { !$0.state.isActive }.state == .succeeded)
            for world in worlds.dropLast() {
                let run = try await world.run { $0.state == .waiting }
                #expect(run.rateLimit.resumesAt.map { $0 > Date().addingTimeInterval(1000) } == true)
            }
        }
    }

    /// Three slow portals, two places: the third does not wait until one of the others is done.
    @Test func aRunThatGoesOnForLongGivesItsPlaceUp() async throws {
        try await with(fleet(3, latency: 200, tickets: 40), places: 2, turn: .milliseconds(1500)) { worlds in
            var runs: [SyncRun] = []
            for world in worlds { runs.append(try await world.run { !$0.state.isActive }) }
            // The last one to begin had begun before the first one was done.
            let (begun, done) = (runs.compactMap(\.startedAt), runs.compactMap(\.endedAt))
            #expect(begun.count == 3 && done.count == 3)
            #expect(try #require(begun.max()) < #require(done.min()))
            for world in worlds {
                #expect(try await world.runs.current(world.workspace)?.state == .succeeded)
                try await FirstSyncTests.expectEqual(world, since: nil)
            }
        }
    }
}
