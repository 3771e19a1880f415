import Domain
import Foundation
import TestDatabases

@testable import Store

/// Rows for every table, with everything that engines like to treat differently.
enum EveryTable {
    /// Text as strangers send it. U+0000 is not among it: no engine can hold it.
    static let texts = [
        "plain", "", "naïve café", "cafe\u{301}", "🙂👩‍👩‍👧", "العربية", "日本語の件名", "'; DROP TABLE people; --", "a\"b\\c", "line\r\nline\tend ",
        "\u{1}\u{7f}",
        "=1+1", "+49 30", "-5", "@x", "\u{2028}", "%_|"
    ]
    static let numbers: [Int64] = [0, 1, -1, 9_007_199_254_740_993, .max, .min, 1_773_057_600_123]
    static let fractions: [Double] = [0, -0.0, 0.1, 1.0 / 3, 1e300, .leastNonzeroMagnitude, 0.97]
    /// Columns that may be empty, in several tables.
    private static let optional: Set<String> = ["detail", "note", "cursor", "comment", "due_by", "match_confidence", "arr"]

    /// Fills every table with `count` rows whose keys are `from`, `from + 1`, … Workspace `from + n` owns row n.
    static func fill(_ db: any Queries, from: Int64 = 1, count: Int64 = 3, only names: Set<String>? = nil) throws {
        for shape in try Catalogue.shapes(db) where names?.contains(shape.name) != false {
            let rows = (from..<(from + count)).map { row(of: shape, number: $0) }
            try TableWriter(shape: shape).insert(rows, in: db)
        }
    }

    private static func row(of shape: TableShape, number: Int64) -> [SQLValue] {
        shape.columns.enumerated().map { position, column in
            let pick = Int(number) * 7 + position
            // Unique in its table, and there in the table it refers to.
            let isReference = shape.key.contains(column.name) || ["id", "person_id", "workspace_id", "connection_id"].contains(column.name)
            switch column.kind {
            case .integer where isReference: return .integer(number)
            case .integer where column.name == "number": return .integer(number)
            case _ where optional.contains(column.name) && pick.isMultiple(of: 2): return .null
            case .integer: return .integer(numbers[pick % numbers.count])
            case .double: return .double(fractions[pick % fractions.count])
            case .boolean: return .bool(pick.isMultiple(of: 2))
            case .text: return .text("\(number) \(texts[pick % texts.count])")
            }
        }
    }

    static func sums(of database: any Database) async throws -> [String: TableSum] {
        try await database.read { db in
            Dictionary(uniqueKeysWithValues: try Catalogue.shapes(db).map { ($0.name, try TableReader($0).sum(in: db)) })
        }
    }
}

/// A database that fails at its nth write, as one does whose process is killed.
struct FailingDatabase: Database {
    struct Killed: Error {}

    actor Count {
        private var left: Int
        init(_ left: Int) { self.left = left }
        func take() throws {
            left -= 1
            if left < 0 { throw Killed() }
        }
    }

    let inner: any Database
    let count: Count

    init(_ inner: any Database, after writes: Int) {
        self.inner = inner
        count = Count(writes)
    }

    var dialect: Dialect { inner.dialect }
    func read<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        try await inner.read(body)
    }
    func write<Value: Sendable>(_ body: @escaping @Sendable (any Queries) throws -> Value) async throws -> Value {
        try await count.take()
        return try await inner.write(body)
    }
    func close() async throws { try await inner.close() }
    func notifications(on channel: String) -> AsyncStream<String>? { inner.notifications(on: channel) }
}

/// From and to: every engine to every other and to itself. A destination's tables are made anew, so that partitions are a matter of the
/// source alone.
let enginePairs = Engine.allCases.flatMap { from in [Engine.sqlite, .postgresql].map { (from, $0) } }

/// Two databases at once.
func withStores(_ pair: (Engine, Engine), _ body: (StoreFixture, StoreFixture) async throws -> Void) async throws {
    try await withStore(pair.0) { one in
        try await withStore(pair.1, isMigrated: false) { other in try await body(one, other) }
    }
}

extension StoreFixture {
    func place(_ name: String) -> DatabaseMove.Place { DatabaseMove.Place(database: database, name: name) }
}

extension [TableCopy.Table] {
    /// The names of the tables that are not the same on both sides.
    var differing: [String] { filter { !$0.isSame }.map(\.name) }
}
