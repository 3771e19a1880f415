import Domain
import Foundation
import GRDB

/// SQLite inside the process: one file, many readers, one writer.
package final class SQLiteDatabase: Database {
    package let dialect = Dialect.sqlite
    private let pool: DatabasePool

    /// How long a writer waits for another process's transaction, in seconds.
    private static let busyTimeout: TimeInterval = 10
    private static let readers = 4

    /// Opens or makes the file at `path`. Throws a `Failure` with a sentence when it cannot be used.
    package init(path: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(Self.busyTimeout)
        configuration.maximumReaderCount = Self.readers
        configuration.prepareDatabase { connection in
            // In WAL mode NORMAL never corrupts the file; a power cut may take back the last transactions, and each of ours
            // saves rows together with the checkpoint that led to them, so a run just repeats its last page.
            try connection.execute(sql: "PRAGMA synchronous = NORMAL")
            try connection.execute(sql: "PRAGMA temp_store = MEMORY")
            try connection.execute(sql: "PRAGMA cache_size = -16000")
        }
        // Customers' mail lies in the file: it is its owner's alone, as are the files SQLite makes beside it with the same mode.
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        do {
            pool = try DatabasePool(path: path, configuration: configuration)
        } catch {
            throw SQLiteDatabase.failure(error, path: path)
        }
    }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        do {
            return try await pool.read { try body(SQLiteQueries(connection: $0)) }
        } catch {
            throw Self.failure(error, path: nil)
        }
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        do {
            return try await pool.write { try body(SQLiteQueries(connection: $0)) }
        } catch {
            throw Self.failure(error, path: nil)
        }
    }

    package func close() async throws { try pool.close() }

    /// SQLite wakes nobody; processes on the same file poll.
    package func notifications(on channel: String) -> AsyncStream<String>? { nil }

    /// GRDB's errors as ours; anything else unchanged.
    static func failure(_ error: any Error, path: String?) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        let file = path.map { " \($0)" } ?? ""
        let cause = "SQLite \(error.extendedResultCode.rawValue): \(error.message ?? "") \(error.sql ?? "")"
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT:
            return Failure(
                .unavailable, code: "not_a_database",
                "The file\(file) is not a Clynto database, or it is damaged. Nothing was changed. Point CLYNTO_DATABASE_URL or CLYNTO_DATA_DIR "
                    + "elsewhere, or restore a backup.", cause: cause)
        case .SQLITE_CANTOPEN:
            return Failure(
                .unavailable, "The database file\(file) cannot be opened. Check that the folder exists and may be written.", cause: cause)
        case .SQLITE_FULL:
            return Failure(
                .unavailable, "The disk is full. Nothing of the last step was saved; free some space and try again.", cause: cause)
        case .SQLITE_READONLY, .SQLITE_PERM:
            return Failure(.unavailable, "The database file\(file) may not be written. Check its permissions.", cause: cause)
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return Failure(.unavailable, code: "busy", "The database is busy. Try again in a moment.", cause: cause)
        case .SQLITE_IOERR:
            return Failure(.unavailable, "The disk could not be read or written.", cause: cause)
        case .SQLITE_CONSTRAINT:
            return Failure(.conflict, code: "constraint", "This conflicts with something that is already there.", cause: cause)
        default:
            return Failure(.internal, "The database refused a statement.", cause: cause)
        }
    }
}

/// One GRDB connection inside a transaction, as the stores see it.
struct SQLiteQueries: Queries {
    let dialect = Dialect.sqlite
    let connection: GRDB.Database

    func rows(_ sql: String, arguments: [SQLValue]) throws -> [Row] {
        let statement = try prepared(sql, arguments)
        let columns = ColumnNames(statement.columnNames)
        let places = 0..<statement.columnCount
        var rows: [Row] = []
        let cursor = try GRDB.Row.fetchCursor(statement)
        while let row = try cursor.next() {
            // By place: a walk over the row would make a string of every column's name for every row.
            rows.append(Row(columns: columns, values: places.map { Self.value(row[$0]) }))
        }
        return rows
    }

    func run(_ sql: String, arguments: [SQLValue]) throws -> Int {
        try prepared(sql, arguments).execute()
        return connection.changesCount
    }

    func script(_ sql: String) throws { try connection.execute(sql: sql) }

    /// Statements have no time-out here.
    func allowLongStatements() {}

    /// `$1` is a *named* parameter to SQLite: bound by position, `SELECT $2, $1` would silently swap values.
    private func prepared(_ sql: String, _ arguments: [SQLValue]) throws -> Statement {
        let statement = try connection.cachedStatement(sql: sql)
        var named: [String: (any DatabaseValueConvertible)?] = [:]
        for (index, argument) in arguments.enumerated() { named[String(index + 1)] = Self.convertible(argument.storable) }
        try statement.setArguments(StatementArguments(named))
        return statement
    }

    private static func convertible(_ value: SQLValue) -> (any DatabaseValueConvertible)? {
        switch value {
        case .null: nil
        case .integer(let value): value
        case .double(let value): value
        case .text(let value): value
        case .bool(let value): value
        }
    }

    private static func value(_ value: DatabaseValue) -> SQLValue {
        switch value.storage {
        case .null: .null
        case .int64(let value): .integer(value)
        case .double(let value): .double(value)
        case .string(let value): .text(value)
        case .blob(let value): .text(String(decoding: value, as: UTF8.self))
        }
    }
}
