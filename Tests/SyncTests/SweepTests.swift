import Domain
import Foundation
import Sandbox
import Store
import Sync
import TestSupport
import Testing

/// What no list announces: found by the sweep of ids, by asking for what is missing, and by the daily sweep of threads.
@Suite(.serialized) struct SweepTests {
    private static func options(_ tickets: Int, companies: Int = 6) -> SandboxOptions {
        FirstSyncTests.options(tickets: tickets, companies: companies)
    }

    @Test func whatLeavesOrChangesWithoutATraceIsFoundByTheNextRun() async throws {
        try await SyncWorld.with(Self.options(60)) { world in
            try await world.connectAndSync(backfillDays: .some(nil))
            let truth = try await Truth.read(world)
            let ids = truth.tickets.map(\.id).sorted()
            let requesters = Set(truth.tickets.compactMap(\.requesterId))
            let contacts = truth.contacts.map(\.id).filter(requesters.contains).sorted()
            try await world.change("purge", #"{"ticket_id": \#(ids[0])}"#)
            try await world.change("delete_company", #"{"company_id": \#(truth.companies[0].id)}"#)
            try await world.change("merge_contacts", #"{"primary_id": \#(contacts[0]), "contact_ids": [\#(contacts[1])]}"#)
            try await world.change("hard_delete_contact", #"{"contact_id": \#(contacts[2])}"#)
            try await world.change("delete_agent", #"{"agent_id": \#(truth.agents[1].id)}"#)
            let run = try await world.sync()
            #expect(run.state == .succeeded)
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    @Test func aTicketThatComesBackFromTheTrashWithoutATraceIsHeldAgain() async throws {
        try await SyncWorld.with(Self.options(30)) { world in
            let id = try #require(try await Truth.read(world).tickets.map(\.id).max())
            try await world.change("delete", #"{"ticket_id": \#(id)}"#)
            try await world.connectAndSync(backfillDays: .some(nil))
            try await FirstSyncTests.expectEqual(world, since: nil)
            try await world.change("restore", #"{"ticket_id": \#(id)}"#)
            try await world.sync()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    /// Nothing in a blocked contact's record says that it is blocked: only the list of the blocked shows it.
    @Test func contactsThatAreBlockedDeletedOrUnverifiedAreToldApart() async throws {
        try await SyncWorld.with(Self.options(40)) { world in
            let truth = try await Truth.read(world)
            let requesters = Set(truth.tickets.compactMap(\.requesterId))
            let ids = truth.contacts.map(\.id).sorted { (requesters.contains($0) ? 0 : 1, $0) < (requesters.contains($1) ? 0 : 1, $1) }
            // Blocked and deleted before the first sync, known by their tickets alone.
            try await world.change("block_contact", #"{"contact_id": \#(ids[0])}"#)
            try await world.change("delete_contact", #"{"contact_id": \#(ids[1])}"#)
            try await world.connectAndSync(backfillDays: .some(nil))
            try await FirstSyncTests.expectEqual(world, since: nil)
            let live = try await Self.liveContacts(world)
            #expect(live[ids[0]] == false && live[ids[1]] == false, "kept for the names on their tickets")

            try await world.change("block_contact", #"{"contact_id": \#(ids[2])}"#)
            try await world.change("delete_contact", #"{"contact_id": \#(ids[3])}"#)
            try await world.change("restore_contact", #"{"contact_id": \#(ids[0])}"#)
            let run = try await world.sync()
            #expect(run.phases.first { $0.name == .contacts }?.counts.deleted == 2)
            try await FirstSyncTests.expectEqual(world, since: nil)
            #expect(try await Self.liveContacts(world)[ids[0]] == true)

            // Whoever is known to be blocked costs nothing more.
            let again = try await world.sync()
            #expect(again.phases.first { $0.name == .contacts }?.counts.deleted == 0)
            #expect(try await Self.liveContacts(world)[ids[2]] == false)
        }
    }

    private static func liveContacts(_ world: SyncWorld) async throws -> [Int64: Bool] {
        let workspace = world.workspace
        return try await world.database.read { db in
            let rows = try db.rows("SELECT id, is_live FROM contacts WHERE workspace_id = $1", workspace)
            return try Dictionary(uniqueKeysWithValues: rows.map { try ($0.get("id"), $0.get("is_live")) })
        }
    }

    /// A key that lost access looks exactly like mass deletion: the first run keeps everything, the second asks for each.
    @Test func manyMissingTicketsAreVerifiedBeforeTheyAreForgotten() async throws {
        try await SyncWorld.with(Self.options(120)) { world in
            try await world.connectAndSync(backfillDays: .some(nil))
            let ids = try await Truth.read(world).tickets.map(\.id).sorted()
            for id in ids.prefix(60) { try await world.change("purge", #"{"ticket_id": \#(id)}"#) }
            let first = try await world.sync()
            #expect(first.state == .succeeded)
            let connections = ConnectionStore(database: world.database)
            #expect(try await connections.records(world.workspace).tickets == ids.count)
            #expect(try await connections.find(world.workspace)?.warnings.contains { $0.code == "many_missing" } == true)
            try await world.sync()
            try await FirstSyncTests.expectEqual(world, since: nil)
            #expect(try await connections.find(world.workspace)?.warnings.contains { $0.code == "many_missing" } == false)
        }
    }

    @Test(arguments: [2, 3]) func aKeyWhoseSightShrinksDeletesNothing(_ scope: Int) async throws {
        try await SyncWorld.with(Self.options(60)) { world in
            try await world.connectAndSync(backfillDays: .some(nil))
            let before = try await ConnectionStore(database: world.database).records(world.workspace)
            try await world.change("scope", #"{"scope": \#(scope)}"#)
            let run = try await world.sync()
            #expect(run.state == .succeeded)
            #expect(run.phases.allSatisfy { $0.counts.deleted == 0 })
            #expect(try await ConnectionStore(database: world.database).records(world.workspace) == before)
            #expect(
                try await ConnectionStore(database: world.database).find(world.workspace)?.warnings.contains {
                    $0.code == "restricted_scope"
                } == true)
            try await world.change("scope", #"{"scope": 1}"#)
            try await world.sync()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    /// The first message of `ticket` that can be edited.
    private static func editNote(_ world: SyncWorld) async throws {
        let id = try #require(try await Truth.read(world).tickets.map(\.id).min())
        try await world.change("note", #"{"ticket_id": \#(id)}"#)
        // Past the second of the note, which would be read again.
        try await world.change("clock", #"{"advance": 5}"#)
        try await world.sync()
        try await world.change("edit_note", #"{"ticket_id": \#(id), "body": "<div>Said otherwise.</div>"}"#)
    }

    /// What each day's run counted among the conversations.
    @discardableResult
    private static func daily(_ world: SyncWorld, on days: ClosedRange<Int>, _ time: ScriptedTime) async throws -> [PhaseCounts] {
        var counts: [PhaseCounts] = []
        for _ in days {
            time.moveRealTime(ahead: 86_400)
            _ = try await world.connector.sync(workspace: world.workspace, trigger: .daily, actor: nil)
            let run = try await world.carryOut()
            counts.append(try #require(run.phases.first { $0.name == .conversations }?.counts))
        }
        return counts
    }

    @Test func aSilentEditIsFoundWithinThePeriodByDailyRunsAlone() async throws {
        let time = ScriptedTime(product: Date())
        try await SyncWorld.with(Self.options(24), clock: time.clock) { world in
            try await world.connectAndSync(backfillDays: .some(nil))
            try await world.connector.update(viewer: world.viewer, backfillDays: nil, reservePercent: nil, threadSweepDays: 4)
            try await Self.editNote(world)
            let before = try await Picture(world, since: nil)
            time.moveRealTime(ahead: 30 * 86_400)
            // Neither Re-sync nor webhooks pay for the sweep.
            let resync = try await world.sync()
            #expect(resync.phases.first { $0.name == .conversations }?.counts.done == 0)
            #expect(try await Picture(world, since: nil) == before)
            // The edited thread was read last, so its turn comes on the last day of the period.
            let days = try await Self.daily(world, on: 1...4, time)
            try await FirstSyncTests.expectEqual(world, since: nil)
            #expect(days.map(\.updated) == [0, 0, 0, 1], "found once, on its day")
            #expect(days.allSatisfy { $0.added + $0.deleted == 0 })
            let more = try await Self.daily(world, on: 5...8, time)
            #expect(more.allSatisfy { $0.updated == 0 }, "and not again")
        }
    }

    @Test func theSweepOfThreadsCanBeSwitchedOff() async throws {
        let time = ScriptedTime(product: Date())
        try await SyncWorld.with(Self.options(10), clock: time.clock) { world in
            try await world.connectAndSync(backfillDays: .some(nil))
            try await world.connector.update(viewer: world.viewer, backfillDays: nil, reservePercent: nil, threadSweepDays: 0)
            try await Self.daily(world, on: 1...2, time)
            let run = try #require(try await world.runs.current(world.workspace))
            #expect(run.phases.first { $0.name == .conversations }?.counts.done == 0)
        }
    }

    @Test func aLongerWindowReadsOnlyWhatIsMissing() async throws {
        try await SyncWorld.with(Self.options(400, companies: 20)) { world in
            try await world.connectAndSync(backfillDays: .some(.some(30)))
            let held = try await ConnectionStore(database: world.database).records(world.workspace).tickets
            try await world.connector.update(viewer: world.viewer, backfillDays: .some(nil), reservePercent: nil)
            let run = try await world.sync()
            #expect(run.state == .succeeded)
            try await FirstSyncTests.expectEqual(world, since: nil)
            let phases = Dictionary(uniqueKeysWithValues: run.phases.map { ($0.name, $0.counts) })
            let all = try await Truth.read(world).tickets.count
            #expect(phases[.tickets]?.added == all - held)
            let ratings = try await ConnectionStore(database: world.database).records(world.workspace).satisfactionRatings
            #expect(ratings == (try await Truth.read(world).satisfactionRatings.count))
            // Threads that are held are not read again.
            #expect(try #require(run.phases.first { $0.name == .conversations }).counts.unchanged == 0)
        }
    }

    @Test func aRunInWhichNothingChangedIsCheap() async throws {
        try await SyncWorld.with(Self.options(250, companies: 20)) { world in
            try await world.connectAndSync()
            let truth = try await Truth.read(world)
            func pages(_ rows: Int) -> Int { (rows + 99) / 100 }
            let lists = pages(truth.companies.count) + pages(truth.contacts.count) + pages(truth.tickets.count)
            let run = try await world.sync()
            #expect(run.requests < 30 + lists, "\(run.requests) requests, \(lists) of them pages")
            #expect(run.phases.allSatisfy { $0.counts.added + $0.counts.updated + $0.counts.deleted == 0 })
        }
    }

    @Test func lateCommentsOnOldRatingsArrive() async throws {
        try await SyncWorld.with(Self.options(200)) { world in
            try await world.connectAndSync(backfillDays: .some(nil))
            let truth = try await Truth.read(world)
            let border = Date().addingTimeInterval(-20 * 86_400).rfc3339
            let old = try #require(
                truth.satisfactionRatings.first { rating in
                    rating.createdAt < border && truth.tickets.contains { $0.id == rating.ticketId }
                })
            try await world.change("rate", #"{"ticket_id": \#(old.ticketId), "late": true, "feedback": "It took too long."}"#)
            try await world.sync()
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }
}
