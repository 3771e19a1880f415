package import Foundation
package import Store

/// A fresh database for one test.
package struct TestDatabase: Sendable {
    package let engine: Engine
    package let database: any Database
    /// A folder of the test's own, removed at the end.
    package let folder: URL
    /// Where PostgreSQL has it; nil on SQLite.
    package let address: PostgresAddress?

    /// Another connection to the same database, as a second process would open it. Whoever opens it closes it.
    package func connect() throws -> any Database {
        if let address { return PostgresDatabase(address) }
        return try SQLiteDatabase(path: Self.file(in: folder))
    }

    fileprivate static func file(in folder: URL) -> String { folder.appending(path: "clynto.sqlite").path }
}

/// Runs `body` on a fresh database of `engine`, migrated unless said otherwise, and removes it whatever happens.
///
/// On PostgreSQL every statement is read as well; throws `StrayStatements` at the end when one breaks `ShardRule`.
package func withDatabase(
    _ engine: Engine, isMigrated: Bool = true, _ body: (TestDatabase) async throws -> Void
) async throws {
    try await withFolder { folder in
        switch engine {
        case .sqlite:
            let database = try SQLiteDatabase(path: TestDatabase.file(in: folder))
            try await closing(database) {
                if isMigrated { try await Migrations.apply(to: database) }
                try await body(TestDatabase(engine: engine, database: database, folder: folder, address: nil))
            }
        case .postgresql, .postgresqlPartitioned:
            try await PostgresServer.shared.withDatabase(from: !isMigrated ? .empty : engine == .postgresql ? .migrated : .partitioned) {
                address in
                let database = CheckedDatabase(PostgresDatabase(address))
                try await closing(database) {
                    try await body(TestDatabase(engine: engine, database: database, folder: folder, address: address))
                }
                let stray = database.violations
                if !stray.isEmpty { throw StrayStatements(statements: stray.sorted()) }
            }
        }
    }
}

private func closing(_ database: any Database, _ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch {
        try? await database.close()
        throw error
    }
    try await database.close()
}

/// Runs `body` with a temporary folder and removes it whatever happens.
package func withFolder(_ body: (URL) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "clynto-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
}
