import Domain

/// The schema's history: an append-only list. A step that has shipped is never changed; a mistake is mended by a further step.
package enum Migrations {
    struct Step: Sendable {
        var number: Int
        var script: @Sendable (Dialect) -> String
    }

    static let steps: [Step] = [
        Step(number: 1, script: Schema.first),
        Step(number: 2, script: Schema.notices),
        Step(number: 3, script: Schema.manyWorkers),
        Step(number: 4, script: Schema.exactness),
        Step(number: 5, script: Schema.review),
        Step(number: 6, script: { _ in LarrySchema.script }),
        Step(number: 7, script: Schema.largeLists),
        Step(number: 8, script: Schema.allowance),
        Step(number: 9, script: Schema.matching),
        Step(number: 10, script: Schema.merging),
        Step(number: 11, script: Schema.assistant),
        Step(number: 12, script: { _ in Schema.questions }),
        Step(number: 13, script: { _ in Schema.filterMenus }),
        Step(number: 14, script: { _ in Schema.evidence })
    ]

    /// The numbers of all steps, in order.
    package static var numbers: [Int] { steps.map(\.number) }

    package static var latest: Int { steps.last?.number ?? 0 }

    /// Brings the database up to this program's schema and returns the steps taken. Safe when several processes start at once:
    /// each step runs in a transaction that first reads, under the write lock, whether it is still needed.
    ///
    /// Throws `unavailable` when the schema is newer than this program.
    @discardableResult
    package static func apply(to database: any Database) async throws -> [Int] {
        try await database.write { try apply($0) }
    }

    /// As part of a transaction that does more.
    static func apply(_ db: any Queries) throws -> [Int] {
        try db.allowLongStatements()
        if let lock = db.dialect.migrationLock { try db.script(lock) }
        try db.script("CREATE TABLE IF NOT EXISTS schema_version (number BIGINT NOT NULL)")
        let current = try version(db)
        guard current <= latest else {
            throw Failure(
                .unavailable, code: "newer_schema",
                "This database was made by a newer Clynto (schema \(current), this program knows \(latest)). Start the newer program.")
        }
        let missing = steps.filter { $0.number > current }
        for step in missing { try db.script(db.dialect.schema(step.script(db.dialect))) }
        if let last = missing.last {
            try db.run("DELETE FROM schema_version")
            try db.run("INSERT INTO schema_version (number) VALUES ($1)", last.number)
        }
        return missing.map(\.number)
    }

    /// Whether the database's schema serves this program: its own, or a newer one. While processes are replaced one after the other, the
    /// old ones go on beside a schema that is ahead of them already; only their start is refused.
    package static func isCurrent(_ database: any Database) async throws -> Bool {
        try await database.read { try version($0) >= latest }
    }

    private static func version(_ db: any Queries) throws -> Int {
        try db.first("SELECT MAX(number) AS number FROM schema_version")?.find("number") ?? 0
    }
}
