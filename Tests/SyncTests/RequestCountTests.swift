import Domain
import Foundation
import Sandbox
import Store
import Sync
import TestSupport
import Testing

/// How many requests syncs make, against the fewest possible. Counts depend on nothing but the portal, so a test can hold them.
@Suite(.serialized) struct RequestCountTests {
    private static let start = Date(timeIntervalSince1970: 1_795_600_800)

    private static func options(_ tickets: Int) -> SandboxOptions {
        var options = SandboxOptions(seed: 5, apiKey: "test-key")
        options.tickets = tickets
        options.companies = tickets / 20
        options.now = start
        options.clockStands = true
        return options
    }

    @Test func everySyncStaysNearTheFewestPossible() async throws {
        let time = ScriptedTime(product: Self.start)
        try await SyncWorld.with(Self.options(700), clock: time.clock) { world in
            let before = try await Truth.read(world)
            let first = try await world.connectAndSync(backfillDays: .some(nil))
            #expect(first.state == .succeeded)
            Self.judge(first, least: LowerBound.first(before), atMost: 1.03)

            try await Self.change(world, before)
            try await world.change("clock", #"{"advance": 900}"#)
            time.product = Self.start.addingTimeInterval(900)
            let after = try await Truth.read(world)
            let later = try await world.sync()
            #expect(later.state == .succeeded)
            try await FirstSyncTests.expectEqual(world, since: nil)
            Self.judge(later, least: LowerBound.later(from: before, to: after), atMost: 1.05)

            try await world.change("clock", #"{"advance": 900}"#)
            time.product = Self.start.addingTimeInterval(1_800)
            let unchanged = try await world.sync()
            Self.judge(unchanged, least: LowerBound.later(from: after, to: after), atMost: 1.05)
            let lists = [after.companies.count, after.contacts.count, after.tickets.count].map(LowerBound.pages).reduce(0, +)
            #expect(unchanged.requests < 30 + lists, "\(unchanged.requests) requests, \(lists) of them pages")
            #expect(unchanged.phases.allSatisfy { $0.counts.added + $0.counts.updated + $0.counts.deleted == 0 })
        }
    }

    private static func judge(_ run: SyncRun, least: Int, atMost share: Double) {
        #expect(Double(run.requests) <= Double(least) * share, "\(run.requests) requests, \(least) are the fewest possible")
        #expect(run.requests > least / 2, "too few to be true: \(run.requests) of \(least)")
    }

    /// A day's work on a portal.
    private static func change(_ world: SyncWorld, _ truth: Truth) async throws {
        try await world.change("clock", #"{"advance": 60}"#)
        let ids = truth.tickets.map(\.id).sorted()
        for id in ids[0..<40] { try await world.change("reply", #"{"ticket_id": \#(id)}"#) }
        for id in ids[40..<70] { try await world.change("note", #"{"ticket_id": \#(id), "private": true}"#) }
        for id in ids[70..<90] { try await world.change("status", #"{"ticket_id": \#(id), "status": 4}"#) }
        for _ in 0..<8 { try await world.change("create_ticket", "{}") }
        try await world.change("delete", #"{"ticket_id": \#(ids[100])}"#)
        try await world.change("spam", #"{"ticket_id": \#(ids[101])}"#)
        try await world.change("purge", #"{"ticket_id": \#(ids[102])}"#)
        try await world.change("delete_company", #"{"company_id": \#(truth.companies[0].id)}"#)
        try await world.change("block_contact", #"{"contact_id": \#(truth.contacts[0].id)}"#)
    }
}
