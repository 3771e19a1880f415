package import Store
import Synchronization

/// A database that reads every statement before it is run, keeps those that break `ShardRule`, and shows each to whoever wants to see it.
package final class CheckedDatabase: Database {
    private let base: any Database
    private let found = Mutex<Set<String>>([])

    private let watch: @Sendable (String, [SQLValue]) -> Void

    package init(_ base: any Database, watch: @escaping @Sendable (String, [SQLValue]) -> Void = { _, _ in }) {
        self.base = base
        self.watch = watch
    }

    package var dialect: Dialect { base.dialect }
    /// What was found so far.
    package var violations: Set<String> { found.withLock { $0 } }

    package func read<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        try await base.read { try body(CheckedQueries(base: $0, note: self.note)) }
    }

    package func write<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        try await base.write { try body(CheckedQueries(base: $0, note: self.note)) }
    }

    package func close() async throws { try await base.close() }

    package func notifications(on channel: String) -> AsyncStream<String>? { base.notifications(on: channel) }

    /// Judgements by statement: tests run the same few hundred again and again.
    private static let judged = Mutex<[String: String?]>([:])

    private func note(_ sql: String, _ arguments: [SQLValue]) {
        watch(sql, arguments)
        let known = Self.judged.withLock { $0[sql] }
        let violation = known ?? ShardRule.violation(sql)
        if known == nil { Self.judged.withLock { $0[sql] = .some(violation) } }
        if let violation { found.withLock { _ = $0.insert(violation) } }
    }
}

private struct CheckedQueries: Queries {
    let base: any Queries
    let note: (String, [SQLValue]) -> Void

    var dialect: Dialect { base.dialect }

    func rows(_ sql: String, arguments: [SQLValue]) throws -> [Row] {
        note(sql, arguments)
        return try base.rows(sql, arguments: arguments)
    }

    func run(_ sql: String, arguments: [SQLValue]) throws -> Int {
        note(sql, arguments)
        return try base.run(sql, arguments: arguments)
    }

    func script(_ sql: String) throws { try base.script(sql) }
    func allowLongStatements() throws { try base.allowLongStatements() }
}

/// Statements that a distributed engine would have to send to every machine.
package struct StrayStatements: Error, CustomStringConvertible {
    package var statements: [String]

    package var description: String { statements.joined(separator: "\n\n") }
}
