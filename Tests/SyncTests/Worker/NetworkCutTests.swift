import Domain
import Foundation
import Sandbox
import Store
import Sync
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
            let address = try #require(place.network(name, port: proxy.port, options: "pool=4&pool_wait=2&connect_timeout=2"))
            let database = PostgresDatabase(address)
            let there = world.elsewhere(database: database)
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
            let run = try await there.carryOut()
            #expect(run.id == before.id)
            #expect(run.state == .succeeded)
            try await database.close()
            await proxy.cut()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    @Test func toThePortal() async throws {
        try await SyncWorld.with(options()) { world in
            try await world.connect(backfillDays: .some(nil))
            let proxy = try await CutProxy.start(to: try await world.server.port)
            let there = world.elsewhere(portalURL: "http://127.0.0.1:\(proxy.port)")
            async let turn = there.worker.runOnce(workspace: world.workspace)
            try await world.run { $0.done(.conversations) > 10 }
            await proxy.cut()
            #expect(await turn == .ended(.failed))
            let failed = try #require(try await world.runs.current(world.workspace))
            #expect(failed.error?.code == .network)
            #expect(failed.error?.message.isEmpty == false)
            try await proxy.mend()
            let run = try await there.sync()
            #expect(run.state == .succeeded)
            #expect(run.resumedFrom == failed.id)
            await proxy.cut()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }
}
