import Domain
import Foundation
import Sandbox
import Store
import Sync
import TestSupport
import Testing

@Suite(.serialized) struct FaultTests {
    @Test func ratingsThatThePlanLacksAreSkippedWithAWarning() async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 20, companies: 5)) { world in
            try await world.change("faults", #"{"set": ["csat_403"]}"#)
            let run = try await world.connectAndSync()
            #expect(run.state == .succeeded)
            let phase = try #require(run.phases.last)
            #expect(phase.name == .satisfactionRatings)
            #expect(phase.state == .skipped)
            #expect(phase.note?.contains("not supported in your plan") == true)
            let warnings = try await ConnectionStore(database: world.database).find(world.workspace)?.warnings.map(\.code)
            #expect(warnings?.contains("csat_unavailable") == true)
        }
    }

    @Test func aKeyThatMayNotListAgentsStillSyncs() async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 20, companies: 5)) { world in
            try await world.change("faults", #"{"set": ["agents_403"]}"#)
            let run = try await world.connectAndSync()
            #expect(run.state == .succeeded)
            let agents = try await AgentStore(database: world.database).list(world.workspace, now: Date())
            #expect(!agents.isEmpty)
        }
    }

    @Test func aKeyThatDiesMidwayFailsWithTheExactWordsAndTheNextRunGoesOn() async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 40, companies: 5)) { world in
            try await world.connectAndSync()
            try await world.change("faults", #"{"set": ["bad_key"]}"#)
            let failed = try await world.sync()
            #expect(failed.state == .failed)
            #expect(failed.error == SyncRun.Problem(code: .invalidCredentials, message: Connector.invalidCredentials))
            try await world.change("faults", #"{"clear": true}"#)
            let mended = try await world.sync()
            #expect(mended.state == .succeeded)
            #expect(mended.resumedFrom == failed.id)
            try await FirstSyncTests.expectEqual(world, since: Date().addingTimeInterval(-89 * 86_400))
        }
    }

    @Test func aShortRateLimitIsWaitedOut() async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 20, companies: 5)) { world in
            try await world.connectAndSync()
            try await world.change("faults", #"{"set": ["rate_limit=1"]}"#)
            let run = try await world.sync()
            #expect(run.state == .succeeded)
        }
    }

    @Test func aRunThatWasKilledGoesOnWhereItStood() async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 200, companies: 10)) { world in
            _ = try await world.connector.connect(viewer: world.viewer, typedSubdomain: "demo", key: Secret("test-key"))
            try await world.slowDown(after: 50)
            // A worker that is stopped in the middle of the threads.
            let victim = Task { await world.worker.runOnce(workspace: world.workspace) }
            try await world.run { $0.done(.conversations) >= 20 }
            victim.cancel()
            _ = await victim.value
            try await world.speedUp()
            let stopped = try #require(try await world.runs.current(world.workspace))
            #expect(stopped.state == .queued)
            let run = try await world.carryOut()
            #expect(run.id == stopped.id)
            #expect(run.state == .succeeded)
            let stats = try await world.look("stats")
            #expect(!stats.isEmpty)
            try await FirstSyncTests.expectEqual(world, since: Date().addingTimeInterval(-89 * 86_400))
        }
    }

    @Test func cancelKeepsWhatIsSaved() async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 200, companies: 10)) { world in
            _ = try await world.connector.connect(viewer: world.viewer, typedSubdomain: "demo", key: Secret("test-key"))
            try await world.slowDown(after: 50)
            let working = Task { await world.worker.runOnce(workspace: world.workspace) }
            try await world.run { $0.done(.conversations) >= 20 }
            let cancelled = try await world.connector.cancel(viewer: world.viewer)
            #expect(await working.value == .lost)
            try await world.speedUp()
            let run = try #require(try await world.runs.current(world.workspace))
            #expect(run.id == cancelled)
            #expect(run.state == .cancelled)
            let records = try await ConnectionStore(database: world.database).records(world.workspace)
            #expect(records.tickets > 0)
            try await world.sync()
            try await FirstSyncTests.expectEqual(world, since: Date().addingTimeInterval(-89 * 86_400))
        }
    }

    @Test func accountsAreMatchedByDomainAndByMail() async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 120, companies: 40)) { world in
            try await world.database.write { db in
                for account in SandboxPortal.demoAccounts {
                    let draft = AccountDraft(name: account.name, domains: account.domains, externalID: account.externalID)
                    _ = try AccountStore.insert(world.workspace, draft, now: Date(), db)
                }
            }
            try await world.connectAndSync(backfillDays: .some(nil))
            let layers = try await world.database.read { db in
                try Set(
                    db.rows(
                        "SELECT DISTINCT match_layer FROM tickets WHERE workspace_id = $1 AND match_layer IS NOT NULL", world.workspace
                    ).map { try $0.get("match_layer", as: String.self) })
            }
            #expect(layers.contains("exact_domain"))
            let page = try await world.tickets.count(
                world.workspace,
                {
                    var q = TicketQuery(); q.account = .init([.none]); return q
                }(), now: Date())
            #expect(page.count > 0, "some tickets must be orphans")
        }
    }

    @Test func aLongerWindowIsReadEvenAfterAnUnfinishedShorterOne() async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 120, companies: 10)) { world in
            try await world.change("faults", #"{"set": ["server_error=/tickets"]}"#)
            let failed = try await world.connectAndSync(backfillDays: .some(.some(7)))
            #expect(failed.state == .failed)
            #expect(failed.phases.first { $0.state == .failed }?.name == .tickets)
            try await world.change("faults", #"{"clear": true}"#)
            let mended = try await world.connectAndSync(backfillDays: .some(nil))
            #expect(mended.resumedFrom == failed.id)
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    @Test func aTouchedTicketIsReadAnewWithoutARun() async throws {
        try await SyncWorld.with(FirstSyncTests.options(tickets: 40, companies: 5)) { world in
            try await world.connectAndSync(backfillDays: .some(nil))
            let ids = try await Truth.read(world).tickets.map(\.id).sorted()
            try await world.change("note", #"{"ticket_id": \#(ids[0]), "private": true}"#)
            try await world.change("delete", #"{"ticket_id": \#(ids[1])}"#)
            try await world.change("purge", #"{"ticket_id": \#(ids[2])}"#)
            let connection = try #require(try await ConnectionStore(database: world.database).find(world.workspace))
            let scope = MirrorScope(workspace: world.workspace, connection: connection.id)
            let events = EventStore(database: world.database)
            // Due at once; twice, as portals send them.
            for id in ids.prefix(3) + ids.prefix(3) { try await events.record(scope, ticket: ID(id), settling: 0) }
            let worker = EventWorker(database: world.database, portals: world.portals, clock: world.clock, logger: world.logger)
            #expect(await worker.applyDue() == 3)
            #expect(try await events.backlog() == 0)
            try await FirstSyncTests.expectEqual(world, since: nil)
            #expect(try await world.runs.list(world.workspace, before: nil, limit: 10).rows.count == 1)
        }
    }
}
