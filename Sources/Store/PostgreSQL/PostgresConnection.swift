import Domain
import Foundation

/// A connection on its own thread: an actor whose work never shares a thread with anybody.
actor PostgresConnection {
    private let address: PostgresAddress
    private let thread: ConnectionThread
    private var session: PostgresSession?

    nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    init(_ address: PostgresAddress) {
        self.address = address
        thread = ConnectionThread(name: "clynto-postgresql")
    }

    /// Connects. Throws a `Failure`.
    func open() throws {
        do {
            session = try PostgresSession(address)
        } catch ServerFault.tooOld(let version) {
            throw Failure(
                .unavailable, code: "database_too_old",
                "PostgreSQL at \(address.place) is version \(version / 10_000). Clynto needs 12 or newer.")
        } catch ServerFault.encoding(let name) {
            throw Failure(
                .unavailable, code: "database_encoding",
                "The database \(address.databaseName) is encoded in \(name). Clynto needs one in UTF8: "
                    + "CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.")
        }
    }

    /// Hangs up and ends the thread. Nothing may be asked of the connection afterwards.
    func close() {
        session = nil
        thread.stop()
    }

    /// What became of a transaction.
    struct Outcome<Value: Sendable>: Sendable {
        var result: Result<Value, any Error>
        /// Whether the connection can serve again.
        var isUsable: Bool
        var reached: Step
    }

    /// How far a transaction came.
    enum Step: Sendable {
        /// The server had not begun it: nothing at all has happened.
        case none
        /// Begun; without its connection it is rolled back.
        case begun
        /// The commit was sent; without an answer nobody knows.
        case committing
    }

    /// Runs `body` in a transaction begun with the text `begin`, and commits it unless `body` throws.
    ///
    /// Nothing but the prepared statements outlives the transaction, so that it may run behind a pooler.
    func transaction<Value: Sendable>(
        _ begin: String, _ body: @Sendable (any Queries) throws -> Value
    ) -> Outcome<Value> {
        guard let session else {
            return Outcome(result: .failure(PostgresError.lost("not connected")), isUsable: false, reached: .none)
        }
        session.longest = address.statementTimeout + address.grace
        do {
            try session.script(begin)
        } catch {
            return Outcome(result: .failure(error), isUsable: session.isIdle, reached: .none)
        }
        var step = Step.begun
        do {
            let value = try body(PostgresQueries(session: session))
            step = .committing
            try session.script("COMMIT")
            return Outcome(result: .success(value), isUsable: session.isIdle, reached: step)
        } catch {
            // A silent server would be silent about the rollback too; its session ends with the connection.
            if (error as? PostgresError)?.isConnectionLost != true { try? session.script("ROLLBACK") }
            return Outcome(result: .failure(error), isUsable: session.isIdle, reached: step)
        }
    }

    /// Runs one statement outside any transaction.
    func runAlone(_ statement: String) -> Outcome<Void> {
        guard let session else {
            return Outcome(result: .failure(PostgresError.lost("not connected")), isUsable: false, reached: .none)
        }
        session.longest = nil
        do {
            try session.script(statement)
            return Outcome(result: .success(()), isUsable: session.isIdle, reached: .begun)
        } catch {
            return Outcome(result: .failure(error), isUsable: session.isIdle, reached: .begun)
        }
    }
}

/// One transaction, as the stores see it.
private struct PostgresQueries: Queries {
    let dialect = Dialect.postgresql
    let session: PostgresSession

    func rows(_ sql: String, arguments: [SQLValue]) throws -> [Row] { try session.rows(sql, arguments.map(\.storable)) }

    func run(_ sql: String, arguments: [SQLValue]) throws -> Int { try session.run(sql, arguments.map(\.storable)) }

    func script(_ sql: String) throws { try session.script(sql) }

    func allowLongStatements() throws {
        try session.script("SET LOCAL statement_timeout = 0")
        session.longest = nil
    }
}
