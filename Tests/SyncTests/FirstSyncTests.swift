import Domain
import Foundation
import Sandbox
import Store
import Sync
import TestSupport
import Testing

@Suite(.serialized) struct FirstSyncTests {
    static func options(tickets: Int = 300, companies: Int = 25) -> SandboxOptions {
        var options = SandboxOptions(seed: 11, apiKey: "test-key")
        options.tickets = tickets
        options.companies = companies
        return options
    }

    @Test func theCopyEqualsThePortal() async throws {
        try await SyncWorld.with(Self.options()) { world in
            let run = try await world.connectAndSync()
            #expect(run.state == .succeeded)
            #expect(run.error == nil)
            #expect(run.phases.map(\.name) == PhaseName.allCases)
            #expect(run.phases.allSatisfy { $0.state == .done })
            let start = try #require(run.startedAt).addingTimeInterval(-90 * 86_400)
            try await Self.expectEqual(world, since: start.addingTimeInterval(3600))
        }
    }

    @Test func everythingIsTheWholePortal() async throws {
        try await SyncWorld.with(Self.options(tickets: 150)) { world in
            let run = try await world.connectAndSync(backfillDays: .some(nil))
            #expect(run.state == .succeeded)
            try await Self.expectEqual(world, since: nil)
            let truth = try await Truth.read(world)
            let records = try await ConnectionStore(database: world.database).records(world.workspace)
            #expect(records.tickets == truth.tickets.count)
            #expect(records.conversations == truth.tickets.reduce(0) { $0 + $1.conversations.count })
            #expect(records.satisfactionRatings == truth.satisfactionRatings.count)
        }
    }

    @Test func nothingButGetEverReachesThePortal() async throws {
        try await SyncWorld.with(Self.options(tickets: 60)) { world in
            try await world.connectAndSync()
            let stats = try await world.look("stats")
            for verb in ["POST", "PUT", "PATCH", "DELETE"] { #expect(!stats.contains("\"\(verb)\""), "\(stats)") }
        }
    }

    @Test func aSecondSyncOfAnUnchangedPortalIsCheapAndChangesNothing() async throws {
        try await SyncWorld.with(Self.options()) { world in
            try await world.connectAndSync()
            let before = try await Picture(world, since: nil)
            let again = try await world.sync()
            #expect(again.state == .succeeded)
            #expect(try await Picture(world, since: nil) == before)
            #expect(again.phases.first { $0.name == .conversations }?.counts.done == 0)
            #expect(again.requests < 60, "\(again.requests) requests")
        }
    }

    @Test func changesArriveWithTheNextSync() async throws {
        try await SyncWorld.with(Self.options(tickets: 80)) { world in
            try await world.connectAndSync(backfillDays: .some(nil))
            let truth = try await Truth.read(world)
            let ids = truth.tickets.map(\.id).sorted()
            try await world.change("reply", #"{"ticket_id": \#(ids[0])}"#)
            try await world.change("note", #"{"ticket_id": \#(ids[1]), "private": true}"#)
            try await world.change("status", #"{"ticket_id": \#(ids[2]), "status": 4}"#)
            try await world.change("delete", #"{"ticket_id": \#(ids[3])}"#)
            try await world.change("spam", #"{"ticket_id": \#(ids[4])}"#)
            try await world.change("create_ticket", "{}")
            // Past the moment in which the portal fills in the new ticket's due date (fact 120).
            try await world.change("clock", #"{"advance": 10}"#)
            let run = try await world.sync()
            #expect(run.state == .succeeded)
            try await Self.expectEqual(world, since: nil)
            try await world.change("restore", #"{"ticket_id": \#(ids[3])}"#)
            try await world.change("purge", #"{"ticket_id": \#(ids[4])}"#)
            try await world.sync()
            try await Self.expectEqual(world, since: nil)
        }
    }

    static func expectEqual(_ world: SyncWorld, since start: Date?) async throws {
        let there = Picture(try await Truth.read(world), since: start)
        let here = try await Picture(world, since: start)
        let differences = here.differences(from: there)
        #expect(differences.isEmpty, "\(differences.prefix(10).joined(separator: "\n"))")
        #expect(!there.lines.isEmpty)
    }
}
