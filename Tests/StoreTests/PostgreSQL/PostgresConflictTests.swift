import Domain
import Foundation
import TestDatabases
import Testing

@testable import Store

/// Many writers at once on PostgreSQL: what passes is tried once more, and what each transaction checked stays true.
@Suite struct PostgresConflictTests {
    @Test func ofTwoThatStandInEachOthersWayBothGetThrough() async throws {
        try await withStore(.postgresql) { store in
            let (one, other) = (try await store.workspace("One"), try await store.workspace("Other"))
            let (arrived, attempts) = (Counter(), Counter())
            func cross(_ first: ID<Workspace>, _ second: ID<Workspace>) async throws {
                try await store.database.write { db in
                    _ = attempts.next()
                    try db.bumpVersion(of: first)
                    _ = arrived.next()
                    // Both hold their first row before either asks for its second.
                    while arrived.count < 2 { _ = try db.rows("SELECT pg_sleep(0.01)") }
                    try db.bumpVersion(of: second)
                }
            }
            async let forth: Void = cross(one, other)
            async let back: Void = cross(other, one)
            _ = try await (forth, back)
            #expect(attempts.count == 3)
            #expect(try await store.workspaces.version(of: one) == 2)
            #expect(try await store.workspaces.version(of: other) == 2)
        }
    }

    @Test func aStatementPreparedBeforeTheSchemaChangedIsPreparedAgain() async throws {
        try await withStore(.postgresql) { store in
            let database = PostgresDatabase(try #require(store.home.address))
            _ = try await store.workspace()
            func columns() async throws -> Int {
                try await database.read { try $0.first("SELECT * FROM workspaces")?.values.count ?? 0 }
            }
            let before = try await columns()
            try await store.database.write { try $0.script("ALTER TABLE workspaces ADD COLUMN extra TEXT") }
            #expect(try await columns() == before + 1)
            try await database.close()
        }
    }

    @Test func twoWhoConnectAtTheSameMomentMakeOneConnection() async throws {
        try await withStore(.postgresql) { store in
            let workspace = try await store.workspace()
            let connections = ConnectionStore(database: store.database)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        let new = ConnectionStore.NewConnection(
                            subdomain: "acme", sealedKey: "sealed", sealedWebhookKey: "sealed", webhookKeyHash: "hash \(number)",
                            backfillDays: nil, warnings: [])
                        _ = try await connections.connect(workspace, new, reservePercent: 20, now: noon)
                    }
                }
                try await group.waitForAll()
            }
            let rows = try await store.database.read { try $0.rows("SELECT id FROM connections WHERE workspace_id = $1", workspace) }
            #expect(rows.count == 1)
        }
    }

    /// A null says nothing of its type; whatever comes first, later values of the right type must fit.
    @Test func aParameterMayBeNullFirst() async throws {
        try await withStore(.postgresql) { store in
            let database = PostgresDatabase(try #require(store.home.address))
            let sql = "SELECT COALESCE($1, 7) AS number, COALESCE($2, 'none') AS text"
            for (number, text) in [(nil, nil), (Int64.max, "some"), (nil, "some"), (3, nil)] as [(Int64?, String?)] {
                let row = try await database.read { try $0.first(sql, number, text) }
                #expect(try row?.get("number", as: Int64.self) == number ?? 7)
                #expect(try row?.get("text", as: String.self) == text ?? "none")
            }
            try await database.close()
        }
    }

    @Test func aReadSeesOneMoment() async throws {
        try await withStore(.postgresql) { store in
            let workspace = try await store.workspace()
            let (isOpen, isChanged) = (Counter(), Counter())
            async let seen = store.database.read { db in
                let before = try db.first("SELECT version FROM workspaces WHERE id = $1", workspace)?.get("version", as: Int64.self)
                _ = isOpen.next()
                while isChanged.count == 0 { _ = try db.rows("SELECT pg_sleep(0.01)") }
                let after = try db.first("SELECT version FROM workspaces WHERE id = $1", workspace)?.get("version", as: Int64.self)
                return (before, after)
            }
            while isOpen.count == 0 { await Task.yield() }
            try await store.workspaces.bump(workspace)
            _ = isChanged.next()
            let (before, after) = try await seen
            #expect(before == after)
            #expect(try await store.workspaces.version(of: workspace) == (before ?? 0) + 1)
        }
    }

    @Test func aReadWritesNothing() async throws {
        try await withStore(.postgresql) { store in
            let fault = await failure {
                try await store.database.read { try $0.run("INSERT INTO counters (workspace_id, name, value) VALUES (0, 'x', 1)") }
            }
            #expect(fault?.code == "database_read_only")
        }
    }
}
