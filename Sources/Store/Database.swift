package import Domain

/// The whole seam between the stores and an engine: a read, a write, rows and values.
///
/// SQL is written once, in PostgreSQL's style with `$1…$n`; what engines do differently sits in `Dialect`.
package protocol Database: Sendable {
    var dialect: Dialect { get }

    /// Runs `body` against one consistent snapshot.
    ///
    /// Throws whatever `body` throws, and `Failure` of kind `unavailable` when the database cannot be reached or is busy for too long.
    func read<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value

    /// Runs `body` in one transaction: all of it is saved, or nothing.
    func write<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value

    /// Closes every connection; later calls fail.
    func close() async throws

    /// The payloads other processes send to `channel` with `Queries.notify`; nil where the engine has none.
    ///
    /// A wake-up and no more: it may come twice, late or never (an empty payload says that the connection is new and something may have
    /// been missed), so whoever listens looks for itself and polls beside it. The stream ends with the database, or when its reader stops.
    func notifications(on channel: String) -> AsyncStream<String>?
}

/// One transaction's view of the database. Bodies are synchronous, so that no transaction waits for the outside world.
package protocol Queries {
    var dialect: Dialect { get }

    func rows(_ sql: String, arguments: [SQLValue]) throws -> [Row]

    /// Runs a statement and returns how many rows it changed.
    @discardableResult
    func run(_ sql: String, arguments: [SQLValue]) throws -> Int

    /// Runs several statements without arguments, separated by semicolons.
    func script(_ sql: String) throws

    /// Lifts the time-out of statements until the transaction ends: for migrations and for copying whole tables.
    func allowLongStatements() throws
}

extension Queries {
    package func rows(_ sql: String, _ arguments: (any SQLConvertible)?...) throws -> [Row] {
        try rows(sql, arguments: arguments.map { $0?.sqlValue ?? .null })
    }

    package func first(_ sql: String, _ arguments: (any SQLConvertible)?...) throws -> Row? {
        try rows(sql, arguments: arguments.map { $0?.sqlValue ?? .null }).first
    }

    @discardableResult
    package func run(_ sql: String, _ arguments: (any SQLConvertible)?...) throws -> Int {
        try run(sql, arguments: arguments.map { $0?.sqlValue ?? .null })
    }

    /// Tells every process that listens to `channel`, once the transaction is committed. Does nothing where the engine has no such thing.
    ///
    /// - Parameter payload: at most 7,999 bytes; equal ones of a transaction arrive once.
    package func notify(_ channel: String, _ payload: String) throws {
        guard let statement = dialect.notification else { return }
        _ = try rows(statement, channel, payload)
    }

    /// The next number of a workspace's own counter, such as its account ids. Workspace 0 counts what is global.
    ///
    /// A counter instead of an engine's sequence: the same on every engine, and ids stay small inside each workspace.
    package func nextNumber(of name: String, in workspace: ID<Workspace>) throws -> Int64 {
        let row = try first(
            """
            INSERT INTO counters (workspace_id, name, value) VALUES ($1, $2, 1)
            ON CONFLICT (workspace_id, name) DO UPDATE SET value = counters.value + 1
            RETURNING value
            """, workspace, name)
        guard let row else { throw Failure(.internal, "A number could not be drawn.", cause: "counter \(name) returned no row") }
        return try row.get("value")
    }
}

/// `$2, $3, …`: ids are bound, never written into the text, so that an engine prepares one statement and not one for each list of ids.
func placeholders(from first: Int, count: Int) -> String {
    (first..<(first + count)).map { "$\($0)" }.joined(separator: ", ")
}
