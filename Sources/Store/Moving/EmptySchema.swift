import Domain

/// What a database must be before rows are copied into it, and how it is made so.
enum EmptySchema {
    /// The schema's number; nil for a database without one.
    static func version(_ db: any Queries) throws -> Int? {
        guard try Catalogue.names(db).contains("schema_version") else { return nil }
        return try db.first("SELECT MAX(number) AS number FROM schema_version")?.find("number")
    }

    /// Throws `conflict` when the database is another program's, or holds rows and `isForced` is false.
    static func requireRoom(isForced: Bool, _ db: any Queries) throws {
        let names = try Catalogue.names(db)
        let ours = MovedTable.all.map(\.name).filter(names.contains)
        guard let version = try version(db) else {
            guard ours.isEmpty else {
                throw Failure(
                    .conflict, code: "foreign_tables",
                    "The database holds tables of another program (\(ours.prefix(3).joined(separator: ", "))). Use an empty database.")
            }
            return
        }
        try requireKnown(version)
        guard !isForced else { return }
        for name in ours where !MovedTable.incidental.contains(name) {
            guard try db.first("SELECT 1 AS one FROM \(TableShape.quoted(name)) LIMIT 1") == nil else {
                throw Failure(
                    .conflict, code: "not_empty",
                    "The database holds data already, which would be lost. Use an empty database, or give --force to replace everything in it."
                )
            }
        }
    }

    /// Throws `unavailable` for a schema that this program does not know yet.
    static func requireKnown(_ version: Int) throws {
        guard version <= Migrations.latest else {
            throw Failure(
                .unavailable, code: "newer_schema",
                "This was made by a newer Clynto (schema \(version), this program knows \(Migrations.latest)). Use the newer program.")
        }
    }

    /// Replaces everything that is ours by the empty tables of schema `version`, marked as unfinished. Tables are dropped, not emptied:
    /// they may be of another version, and row by row the search index would be taken apart first.
    static func make(version: Int, from origin: String, _ db: any Queries) throws {
        try db.allowLongStatements()
        if let lock = db.dialect.migrationLock { try db.script(lock) }
        let names = try Catalogue.names(db)
        for name in MovedTable.indexTables(db.dialect) { try db.script("DROP TABLE IF EXISTS \(TableShape.quoted(name))") }
        for name in MovedTable.all.map(\.name).reversed() + ["schema_version"] where names.contains(name) {
            try db.script("DROP TABLE \(TableShape.quoted(name))")
        }
        try UnfinishedCopy.end(db)
        for step in Migrations.steps where step.number <= version { try db.script(db.dialect.schema(step.script(db.dialect))) }
        try db.script("CREATE TABLE schema_version (number BIGINT NOT NULL)")
        try db.run("INSERT INTO schema_version (number) VALUES ($1)", version)
        try UnfinishedCopy.begin(from: origin, db)
    }
}
