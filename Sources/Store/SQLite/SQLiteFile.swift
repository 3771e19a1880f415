import Domain
import Foundation
import GRDB

/// One SQLite file for one command, without the files that a database in use has beside it: read only, or written from its beginning.
/// Backups are such files.
package final class SQLiteFile: Database {
    package let dialect = Dialect.sqlite
    private let queue: DatabaseQueue
    private let path: String

    /// Opens a file that is there, without ever changing it.
    package init(reading path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        self.path = path
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw SQLiteDatabase.failure(error, path: path)
        }
    }

    /// Opens a file to be filled. It is worth nothing before it is finished, so that nothing is flushed on the way.
    package init(writing path: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.prepareDatabase { connection in
            try connection.execute(sql: "PRAGMA journal_mode = MEMORY")
            try connection.execute(sql: "PRAGMA synchronous = OFF")
            try connection.execute(sql: "PRAGMA temp_store = MEMORY")
            try connection.execute(sql: "PRAGMA cache_size = -16000")
        }
        self.path = path
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch {
            throw SQLiteDatabase.failure(error, path: path)
        }
    }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        do {
            return try await queue.read { try body(SQLiteQueries(connection: $0)) }
        } catch {
            throw SQLiteDatabase.failure(error, path: path)
        }
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        do {
            return try await queue.write { try body(SQLiteQueries(connection: $0)) }
        } catch {
            throw SQLiteDatabase.failure(error, path: path)
        }
    }

    package func close() async throws { try queue.close() }

    package func notifications(on channel: String) -> AsyncStream<String>? { nil }
}
