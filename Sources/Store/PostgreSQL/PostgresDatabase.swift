import Domain
import Foundation
import Synchronization

/// PostgreSQL 12 or newer, for more than one machine: a pool of connections, each on a thread of its own.
package final class PostgresDatabase: Database {
    package let dialect = Dialect.postgresql
    private let address: PostgresAddress
    /// Where notifications are listened to; nil when only a pooler is known, which cannot carry them.
    private let listening: PostgresAddress?
    private let pool: PostgresPool
    private let beginRead: String
    private let beginWrite: String
    private let listeners = Mutex<[PostgresListener]>([])

    /// Connects when it is first used.
    ///
    /// - Parameter direct: a way to the same database without a pooler, to listen for notifications.
    package init(_ address: PostgresAddress, listening direct: PostgresAddress? = nil) {
        self.address = address
        listening = direct ?? (address.isPooled ? nil : address)
        pool = PostgresPool(address)
        // Everything a transaction needs is said as it begins and forgotten at its end: no setting stays with the session, which
        // behind a pooler belongs to everybody.
        let milliseconds = Int(address.statementTimeout * 1000)
        let limit = "SET LOCAL statement_timeout = \(milliseconds)"
        // A long read may pause, as when a copy waits for its reader: it holds no lock.
        // What people wait for are short reads: compiling a plan or starting processes for it costs more than they take.
        beginRead =
            "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; \(limit); SET LOCAL jit = off; SET LOCAL max_parallel_workers_per_gather = 0"
        // What must not change between reading and writing is locked by the stores (`Dialect.forUpdate`); a higher level would refuse
        // half of all writes that bump the same workspace's version.
        // A process that was stopped in the middle must not hold its locks for ever.
        beginWrite = "BEGIN ISOLATION LEVEL READ COMMITTED; \(limit); SET LOCAL idle_in_transaction_session_timeout = \(milliseconds)"
    }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        try await transaction(beginRead, body)
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        try await transaction(beginWrite, body)
    }

    package func close() async throws {
        for listener in listeners.withLock({ $0 }) { listener.stop() }
        await pool.close()
    }

    package func notifications(on channel: String) -> AsyncStream<String>? {
        guard let listening else { return nil }
        let listener = PostgresListener(listening, channel: channel)
        listeners.withLock { $0.append(listener) }
        return listener.start()
    }

    /// Runs one statement outside a transaction and without a time-out, for what PostgreSQL refuses inside one: `CREATE DATABASE`,
    /// `VACUUM`.
    package func runAlone(_ statement: String) async throws {
        let (connection, _) = try await pool.take()
        let outcome = await connection.runAlone(statement)
        await pool.giveBack(connection, isUsable: outcome.isUsable)
        try finished(outcome)
    }

    /// One retry for what passes: a conflict with another transaction, or a connection that went away before the commit was sent.
    private func transaction<Value: Sendable>(
        _ begin: String, _ body: @escaping @Sendable (any Queries) throws -> Value
    ) async throws -> Value {
        let first = try await attempt(begin, body)
        guard case .failure(let error) = first.result, let fault = error as? PostgresError,
            fault.isPassing || (fault.isConnectionLost && fault.state != PostgresError.silent().state && first.reached != .committing)
        else { return try finished(first) }
        // Of two that met, each waits for another moment.
        try await Task.sleep(for: .milliseconds(Int.random(in: 5...60)))
        return try finished(try await attempt(begin, body))
    }

    private func attempt<Value: Sendable>(
        _ begin: String, _ body: @escaping @Sendable (any Queries) throws -> Value
    ) async throws -> PostgresConnection.Outcome<Value> {
        var (connection, isFresh) = try await pool.take()
        var outcome = await connection.transaction(begin, body)
        // A kept connection may have died while it lay idle, as after a restart of the server. Nothing had begun, so nothing is lost.
        if !isFresh, outcome.reached == .none, !outcome.isUsable {
            connection = try await pool.replace(connection)
            isFresh = true
            outcome = await connection.transaction(begin, body)
        }
        let isStale = if case .failure(let error as PostgresError) = outcome.result { error.isStale } else { false }
        await pool.giveBack(connection, isUsable: outcome.isUsable && !isStale)
        // The others have prepared the same statements.
        if isStale { await pool.dropIdle() }
        return outcome
    }

    private func finished<Value>(_ outcome: PostgresConnection.Outcome<Value>) throws -> Value {
        do {
            return try outcome.result.get()
        } catch let error as PostgresError {
            throw error.failure(address, mayBeSaved: outcome.reached == .committing)
        }
    }
}
