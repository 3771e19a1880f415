import Domain
import Foundation
import Sandbox
import Store
import Sync
import TestDatabases
import TestSupport
import Testing

/// Many workspaces, several worker processes on one PostgreSQL.
@Suite(.serialized) struct FleetTests {
    private static let portals = 30

    @Test func thirtyWorkspacesTwoWorkersOneKilled() async throws {
        var base = SandboxOptions(seed: 40, apiKey: "fleet-key")
        base.tickets = 16
        base.companies = 4
        base.latency = 5
        let fleet = SandboxFleet.options(count: Self.portals, base: base, plans: [.unlimited, try .named("enterprise")], hasOneKey: true)
        try await SyncWorld.with(fleet[0], others: Array(fleet.dropFirst()), on: .postgresql) { first in
            var worlds = [first]
            for options in fleet.dropFirst() { worlds.append(try await first.neighbour(at: options)) }
            // One day ago, so that the last slot of the schedule is theirs.
            for world in worlds {
                try await world.connect(backfillDays: .some(nil))
                _ = try await world.connector.cancel(viewer: world.viewer)
            }
            _ = try await first.database.write { try $0.run("UPDATE connections SET connected_at = connected_at - $1", 2 * 86_400_000) }

            // Half an hour ago, so that no further slot comes up meanwhile.
            let hour = Calendar(identifier: .gregorian).dateComponents(in: .gmt, from: Date().addingTimeInterval(-1800)).hour ?? 3
            let environment = first.environment.merging(["CLYNTO_SYNC_HOUR_UTC": "\(hour)"]) { $1 }
            try await ClyntoProcess.with(["worker"], environment: environment) { victim in
                try await ClyntoProcess.with(["worker"], environment: environment) { _ in
                    try await Self.wait(for: first) { $0[.succeeded, default: 0] >= Self.portals / 3 }
                    victim.kill()
                    try await Self.wait(for: first) { $0[.succeeded, default: 0] >= Self.portals }
                }
            }
            for world in worlds {
                // The cancelled first one and one of the day, however many schedulers there were.
                let runs = try await world.runs.list(world.workspace, before: nil, limit: 10).rows
                #expect(runs.map(\.trigger) == [.daily, .first])
                #expect(runs.first?.state == .succeeded)
                try await FirstSyncTests.expectEqual(world, since: nil)
            }
        }
    }

    private static func wait(for world: SyncWorld, _ isThere: ([SyncRun.State: Int]) -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(240)
        while true {
            let tally = try await world.runs.tally()
            if isThere(tally) { return }
            try #require(ContinuousClock.now < end, "not there: \(tally)")
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
