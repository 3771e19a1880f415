import Domain
import Foundation
import Sandbox
import Store
import Sync
import TestSupport
import Testing

/// Portals at the edges of what Freshdesk's lists can show.
@Suite(.serialized) struct EdgeTests {
    private static func options(_ tickets: Int = 20, companies: Int = 5) -> SandboxOptions {
        FirstSyncTests.options(tickets: tickets, companies: companies)
    }

    /// Escalations come in batches of one second (fact 124); in which order such tickets are listed, and whether the bound is inclusive,
    /// nobody knows.
    @Test(arguments: ["ascending", "descending", "shuffled"], [true, false])
    func oneSecondHoldsMorePagesThanOne(_ order: String, _ isInclusive: Bool) async throws {
        try await SyncWorld.with(Self.options()) { world in
            try await world.change("policies", #"{"tie_order": "\#(order)", "updated_since_is_inclusive": \#(isInclusive)}"#)
            try await world.change("create_ticket", #"{"count": 250, "days_ago": 3, "subject": "Same second"}"#)
            try await world.connectAndSync(backfillDays: .some(nil))
            try await FirstSyncTests.expectEqual(world, since: nil)
            try await world.change("sla_batch", #"{"count": 230, "all": true}"#)
            try await world.sync()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    /// A search shows 300 tickets and knows days only; what one day holds beyond is split by priority, then status.
    @Test func oneOldDayHoldsMoreUnresolvedTicketsThanASearchShows() async throws {
        try await SyncWorld.with(Self.options()) { world in
            try await world.change("policies", #"{"search_lag": 0}"#)
            for priority in 1...2 {
                try await world.change("create_ticket", #"{"count": 280, "days_ago": 200, "priority": \#(priority), "status": 2}"#)
            }
            let run = try await world.connectAndSync(backfillDays: .some(.some(30)))
            #expect(run.state == .succeeded)
            try await FirstSyncTests.expectEqual(world, since: Date().addingTimeInterval(-29 * 86_400))
            let again = try await world.sync()
            #expect(again.phases.allSatisfy { $0.counts.added + $0.counts.updated + $0.counts.deleted == 0 })
        }
    }

    @Test func aThreadOfManyPagesIsWhole() async throws {
        try await SyncWorld.with(Self.options(6)) { world in
            let id = try #require(try await Truth.read(world).tickets.map(\.id).min())
            let replies = (1...230).map { #"{"do": "reply", "ticket_id": \#(id), "body": "<p>Message \#($0)</p>"}"# }
            try await world.change("events", "[\(replies.joined(separator: ","))]")
            try await world.connectAndSync(backfillDays: .some(nil))
            try await FirstSyncTests.expectEqual(world, since: nil)
            try await world.change("delete_note", #"{"ticket_id": \#(id), "conversation_id": \#(try await firstMessage(of: id, world))}"#)
            try await world.change("reply", #"{"ticket_id": \#(id)}"#)
            try await world.sync()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    private func firstMessage(of ticket: Int64, _ world: SyncWorld) async throws -> Int64 {
        try #require(try await Truth.read(world).tickets.first { $0.id == ticket }?.conversations.first).id
    }

    /// Lists of contacts are paged by number: one deleted on an earlier page shifts another past the edge (B4).
    @Test func aContactShiftedPastAPagesEdgeIsNotForgotten() async throws {
        try await SyncWorld.with(Self.options(400, companies: 60)) { world in
            try await world.connectAndSync(backfillDays: .some(nil))
            let contacts = try await Truth.read(world).contacts.map(\.id).sorted()
            #expect(contacts.count > 100, "the list must have two pages")
            let first = try #require(contacts.first)
            try await world.change(
                "events", #"[{"do": "delete_contact", "contact_id": \#(first), "after": {"pages": 1, "path": "/contacts"}}]"#)
            let run = try await world.sync()
            #expect(run.state == .succeeded)
            try await world.sync()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    @Test func statusesOfAnyNumberAndLanguageAreUnresolvedUntilSolved() async throws {
        try await SyncWorld.with(Self.options(30)) { world in
            let ids = try await Truth.read(world).tickets.map(\.id).sorted()
            try await world.change("create_status", #"{"status": 9017, "label": "Einem KI-Agenten zugewiesen"}"#)
            try await world.change("status", #"{"ticket_id": \#(ids[0]), "status": 9017}"#)
            try await world.connectAndSync(backfillDays: .some(nil))
            try await FirstSyncTests.expectEqual(world, since: nil)
            let ticket = try await world.tickets.get(world.workspace, ID(ids[0]))
            #expect(ticket.summary.status == .pending)
        }
    }
}
