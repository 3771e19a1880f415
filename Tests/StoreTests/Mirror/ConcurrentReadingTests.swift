import Domain
import Foundation
import Store
import TestDatabases
import Testing

/// A run and a webhook event read the same ticket and save at once; the run's reading is the older one.
@Suite struct ConcurrentReadingTests {
    private static func message(_ text: String) -> Conversation {
        Conversation(id: 1, ticketID: 1, kind: .reply, bodyHTML: text, bodyText: text, createdAt: noon, updatedAt: noon)
    }

    private static func save(_ subject: String, updated: TimeInterval, _ mirror: MirrorStore) throws -> PhaseCounts {
        let row = ticket(1, subject: subject, updated: updated)
        let thread = MirrorStore.ReadThread(
            ticketID: 1, conversations: [message(subject)], version: row.updatedAt, readAt: noon.addingTimeInterval(60))
        return try mirror.save([row]) + mirror.replace([thread])
    }

    /// Whether a transaction stands in line for something that this one holds.
    private static func holdsUpAnother(_ db: any Queries) throws -> Bool {
        let row = try db.first(
            "SELECT COUNT(*) AS count FROM pg_locks WHERE NOT granted AND transactionid = CAST(pg_current_xact_id() AS xid)")
        return try row?.get("count", as: Int.self) ?? 0 > 0
    }

    /// - Parameter isHeld: whether the ticket was held before; if not, both bring it for the first time.
    @Test(arguments: Engine.allCases, [true, false]) func anOlderReadingNeverReplacesANewer(_ engine: Engine, isHeld: Bool) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            if isHeld { _ = try await mirror.write { try Self.save("First", updated: 0, $0) } }
            let (scope, isSaved) = (mirror.scope, Counter())
            async let newer: Void = store.database.write { db in
                _ = try Self.save("Newest", updated: 9, MirrorStore(db, scope: scope))
                _ = isSaved.next()
                // SQLite lets one write at a time; on PostgreSQL the other transaction has begun and meets this one's rows.
                if engine == .postgresql { while try !Self.holdsUpAnother(db) { _ = try db.rows("SELECT pg_sleep(0.01)") } }
            }
            while isSaved.count == 0 { await Task.yield() }
            let older = try await mirror.write { try Self.save("Older", updated: 5, $0) }
            try await newer
            #expect(older.added + older.updated + older.deleted == 0)
            #expect(try await mirror.tickets.get(mirror.workspace, 1).summary.subject == "Newest")
            #expect(try await mirror.tickets.thread(mirror.workspace, 1).map(\.conversation.bodyText) == ["Newest"])
            // The newest reading asks for nothing more, and a newer one still comes through.
            let due = MirrorStore.ThreadsDue(since: nil, run: 1, retriesOpenBefore: noon)
            #expect(try await mirror.write { try $0.countPendingThreads(due) } == 0)
            #expect(try await mirror.write { try Self.save("Later", updated: 12, $0) }.updated == 2)
        }
    }
}
