import Domain
import Foundation
import TestDatabases
import Testing

@testable import Store

/// Behind PgBouncer in transaction mode, with two connections to the server for everybody.
@Suite struct PoolerTests {
    @Test func manyTransactionsShareTwoConnections() async throws {
        try await withPooler { home, pooled in
            try await Migrations.apply(to: pooled)
            let direct = PostgresDatabase(try #require(home.address))
            let store = WorkspaceStore(database: pooled)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        let made = try await store.create(name: "Workspace \(number)", now: noon)
                        for _ in 0..<5 { try await store.bump(made.id) }
                        let seen = try await store.get(made.id)
                        #expect(seen.name == "Workspace \(number)")
                        #expect(try await store.version(of: made.id) == 5)
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await WorkspaceStore(database: direct).list().count == 40)
            // No setting and no statement of a transaction stayed with the server's connection, which belongs to everybody.
            let left = try await pooled.read { db in
                try db.first(
                    """
                    SELECT (SELECT COUNT(*) FROM pg_prepared_statements) AS statements,
                        (SELECT reset_val FROM pg_settings WHERE name = 'statement_timeout') AS timeout
                    """)
            }
            #expect(try left?.get("statements", as: Int.self) == 0)
            #expect(try left?.get("timeout", as: String.self) == "0")
            let connections = try await direct.read { db in
                try db.first(
                    "SELECT COUNT(*) AS count FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
            }
            #expect(try connections?.get("count", as: Int.self) ?? 99 <= 2)
            try await direct.close()
        }
    }

    @Test func tenMigrateAtOnceThroughIt() async throws {
        try await withPooler { _, pooled in
            let taken = try await withThrowingTaskGroup(of: [Int].self) { group in
                for _ in 0..<10 { group.addTask { try await Migrations.apply(to: pooled) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(taken.sorted() == Array(1...Migrations.latest))
        }
    }

    @Test func listeningTakesTheDirectAddress() async throws {
        try await withPooler { home, pooled in
            let stream = try #require(pooled.notifications(on: "progress"))
            var payloads = stream.makeAsyncIterator()
            #expect(await payloads.next() == "")
            try await pooled.write { try $0.notify("progress", "through the pooler") }
            #expect(await payloads.next() == "through the pooler")
            _ = home
        }
    }

    /// Runs `body` with a fresh database, empty, and a way to it through a pooler.
    private func withPooler(_ body: (TestDatabase, PostgresDatabase) async throws -> Void) async throws {
        let place = try await PostgresServer.shared.place()
        try await withDatabase(.postgresql, isMigrated: false) { home in
            let pooler = try await HelperProcess("Scripts/pgbouncer", [place.folder, "\(place.port)"])
            let port = try #require(Int(pooler.firstLine), "Scripts/pgbouncer did not start a pooler.")
            let address = try #require(home.address)
            let pooled = try #require(
                PostgresAddress("postgres://clynto@127.0.0.1:\(port)/\(address.databaseName)?pgbouncer=true&pool=10&pool_wait=60"))
            let database = PostgresDatabase(pooled, listening: address)
            do {
                try await body(home, database)
            } catch {
                try? await database.close()
                await pooler.stop()
                throw error
            }
            try await database.close()
            await pooler.stop()
        }
    }
}
