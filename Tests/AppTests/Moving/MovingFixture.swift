import Domain
import Foundation

@testable import Store

extension Program {
    var database: String { folder.appending(path: "data/clynto.sqlite").path }

    /// A workspace with its owner, made on the command line, and `rows` audit entries beside it.
    func fill(rows: Int) async throws {
        let made = try await run("workspace", "create", "Acme", "--owner", "owner@example.com", input: "a long password for tests\n")
        guard made.code == 0 else { throw Failure(.internal, made.errors) }
        try await withDatabase(database) { database in
            try await database.write { db in
                try db.run(
                    """
                    INSERT INTO audit_entries (workspace_id, id, at, actor, action, subject, detail)
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
                    SELECT 1, 1000 + i, 1773057600000 + i, 'somebody', 'account.update', 'Account ' || i,
                        '=HYPERLINK("http://example.com/' || i || '")' FROM n
                    """, rows)
            }
        }
    }

    func count(_ table: String, in path: String) async throws -> Int {
        try await withDatabase(path) { try await $0.count(table) }
    }

    func sums(of path: String) async throws -> [String: TableSum] {
        try await withDatabase(path) { try await $0.sums() }
    }

    @discardableResult
    func withDatabase<Value: Sendable>(_ path: String, _ body: (any Database) async throws -> Value) async throws -> Value {
        let database = try SQLiteDatabase(path: path)
        do {
            let value = try await body(database)
            try await database.close()
            return value
        } catch {
            try? await database.close()
            throw error
        }
    }
}

extension Store.Database {
    func count(_ table: String) async throws -> Int {
        try await read { try $0.first("SELECT COUNT(*) AS count FROM \"\(table)\"")?.get("count") ?? 0 }
    }

    func sums() async throws -> [String: TableSum] {
        try await read { db in
            Dictionary(uniqueKeysWithValues: try Catalogue.shapes(db).map { ($0.name, try TableReader($0).sum(in: db)) })
        }
    }
}

/// Waits until `condition` holds, looking often; false when it does not within a minute.
func eventually(_ condition: () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
        if try await condition() { return true }
        try await Task.sleep(for: .milliseconds(5))
    }
    return false
}
