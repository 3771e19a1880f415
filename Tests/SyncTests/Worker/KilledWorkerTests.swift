import Domain
import Foundation
import Sandbox
import Store
import Sync
import TestDatabases
import TestSupport
import Testing

/// The program itself, killed without warning.
@Suite(.serialized) struct KilledWorkerTests {
    @Test(arguments: [Engine.sqlite, .postgresql]) func anotherWorkerRescuesTheRunAndTheEvents(_ engine: Engine) async throws {
        var options = FirstSyncTests.options(tickets: 150, companies: 10)
        options.latency = 15
        try await SyncWorld.with(options, on: engine) { world in
            try await world.connectAndSync(backfillDays: .some(nil))
            let ids = try await Truth.read(world).tickets.map(\.id).sorted()
            for id in ids { try await world.change("note", #"{"ticket_id": \#(id), "private": true}"#) }
            let events = EventStore(database: world.database)
            let connection = try #require(try await ConnectionStore(database: world.database).find(world.workspace))
            let scope = MirrorScope(workspace: world.workspace, connection: connection.id)
            for id in ids.prefix(60) { try await events.record(scope, ticket: ID(id), settling: 0) }
            let started = try await world.connector.sync(viewer: world.viewer).id
            // Neither the run nor the events are done when the worker dies.
            try await world.slowDown(after: 45)
            try await ClyntoProcess.with(["worker"], environment: world.environment) { victim in
                try await world.run { $0.done(.conversations) > 20 }
                victim.kill()
            }
            let left = try #require(try await world.runs.current(world.workspace))
            #expect(left.state == .running, "killed in the middle")
            #expect(try await events.backlog() > 0)
            try await world.speedUp()
            try await ClyntoProcess.with(["worker"], environment: world.environment) { _ in
                let run = try await world.run { !$0.state.isActive }
                #expect(run.id == started)
                #expect(run.state == .succeeded)
                let end = ContinuousClock.now + .seconds(120)
                while try await events.backlog() > 0 {
                    try #require(ContinuousClock.now < end, "the events of the killed worker are not applied")
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }
}
