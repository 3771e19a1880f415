import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite("What a run leaves behind")
struct RunHistoryTests {
    @Test(arguments: Engine.allCases) func theLogTellsARunsStoryInOrder(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let run = try await mirror.start().id
            let claim = try #require(try await mirror.claim("one"))
            try await store.database.write { db in
                try RunStore.begin(.companies, expected: 12, claim, now: noon, db)
                try RunStore.add(RunFailure(phase: .companies, record: "company 9", reason: "Broken JSON", at: noon), claim, db)
                try RunStore.end(.companies, as: .done, claim, now: noon, db)
            }
            try await mirror.runs.wait(
                claim, for: hour, rate: .init(total: 50, remaining: 0, resumesAt: nil), freesWorker: true, now: noon)
            try await store.letTimePass(hour + 1)
            let again = try #require(try await mirror.claim("two"))
            try await store.database.write { try RunStore.finish(again, as: .partial, problem: nil, now: noon, $0) }

            let messages = try await mirror.runs.events(mirror.workspace, run).map(\.message)
            let expected = [
                "Queued.", "A worker took the run.", "Companies: begun, about 12 expected.", "company 9: Broken JSON", "Companies: done.",
                "Freshdesk's request allowance is used up; the run goes on at 2026-03-09T13:00:00Z.", "A worker took the run.",
                "The run ended as partial."
            ]
            #expect(messages == expected)
            let warnings = try await mirror.runs.events(mirror.workspace, run, level: .warning)
            #expect(warnings.map(\.message) == ["company 9: Broken JSON"] && warnings.first?.phase == .companies)
            #expect(try await mirror.runs.events(mirror.workspace, run, text: "ALLOWANCE").count == 1)
            #expect(try await mirror.runs.events(mirror.workspace, run, text: "%").isEmpty)
            let other = try await store.workspace("Elsewhere")
            #expect(try await mirror.runs.events(other, run).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func failuresAreRetriedOrDismissedOnce(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let run = try await mirror.start().id
            let claim = try #require(try await mirror.claim("one"))
            try await store.database.write { db in
                for record in ["ticket 7", "ticket 8", "company 9"] {
                    try RunStore.add(RunFailure(phase: .tickets, record: record, reason: "500", at: noon), claim, db)
                }
                try RunStore.finish(claim, as: .partial, problem: nil, now: noon, db)
            }
            let events = EventStore(database: store.database)
            let first = try #require(try await mirror.runs.failures(mirror.workspace, run).first)
            #expect(try await mirror.runs.settle(mirror.workspace, run, [first.id], as: .dismissed, now: noon) == 1)
            #expect(try await mirror.runs.settle(mirror.workspace, run, [first.id], as: .retried, now: noon) == 0)
            #expect(try await events.backlog() == 0)

            #expect(try await mirror.runs.settle(mirror.workspace, run, nil, as: .retried, now: noon) == 1)
            try await store.letTimePass(60)
            let due = try await events.claimDue(owner: "one", lease: 30, portals: 8, share: 10)
            #expect(due.map(\.ticket) == [8])
            let settlements = try await mirror.runs.failures(mirror.workspace, run).map(\.settlement)
            #expect(settlements == [.dismissed, .retried, nil])
        }
    }

    @Test(arguments: Engine.allCases) func oldRunsAndOldTicketsGoWhenTheirTimeIsOver(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            try await ConnectionStore(database: store.database).update(mirror.workspace, backfillDays: 90, reservePercent: nil)
            for age in [400, 10] {
                let ended = noon.addingTimeInterval(-Double(age) * day)
                _ = try await mirror.start()
                let claim = try #require(try await mirror.claim("one"))
                try await store.database.write { try RunStore.finish(claim, as: .succeeded, problem: nil, now: ended, $0) }
            }
            _ = try await mirror.save([
                ticket(1, status: 5, updated: -200 * day), ticket(2, status: 5, updated: -50 * day),
                ticket(3, status: 2, updated: -500 * day)
            ])
            let retention = RetentionStore(database: store.database)
            #expect(try await retention.apply(mirror.workspace, now: noon) == (0, 0))
            await #expect(throws: Failure.self) { try await retention.set(mirror.workspace, to: Retention(historyDays: 1)) }
            try await retention.set(mirror.workspace, to: Retention(historyDays: 365, ticketDays: 30))
            let removed = try await retention.apply(mirror.workspace, now: noon)
            #expect(removed == (1, 1))
            #expect(try await mirror.list("") == [2, 3])
            #expect(try await mirror.runs.list(mirror.workspace, before: nil, limit: 10).rows.count == 1)
        }
    }
}
