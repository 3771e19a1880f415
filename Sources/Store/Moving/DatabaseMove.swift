import Domain
package import Foundation

/// `clynto migrate --from … --to …`: a whole database moved into an empty one of either engine.
package struct DatabaseMove: Sendable {
    /// A database and what people call it: its address without a password.
    package struct Place: Sendable {
        package var database: any Database
        package var name: String

        package init(database: any Database, name: String) {
            self.database = database
            self.name = name
        }
    }

    package struct Outcome: Sendable {
        package var tables: [TableCopy.Table]
        /// An earlier attempt was finished.
        package var isResumed: Bool
        /// Steps taken to bring the copy from the source's schema to this program's.
        package var steps: [Int]
        /// The source was written to after the copy's snapshot: what came later is only there.
        package var hasSourceChanged: Bool
    }

    let source: Place
    let destination: Place

    package init(from source: Place, to destination: Place) {
        self.source = source
        self.destination = destination
    }

    /// Copies everything; goes on where an interrupted attempt from the same source stopped. The source is never written to: an older
    /// schema is brought up to date in the copy.
    ///
    /// Throws `conflict` when the destination holds data and `isForced` is false, or when a worker is busy on either side, and
    /// `unavailable` when the source is no Clynto database or made by a newer program.
    package func run(
        isForced: Bool, now: Date, report: @escaping @Sendable (TableCopy.Progress) -> Void = { _ in }
    ) async throws -> Outcome {
        try await UnfinishedCopy.refuse(source.database)
        try await LiveWork.refuse(source.database, named: source.name, now: now)
        let (version, traces) = try await source.database.read { [name = source.name] db in
            guard try !Catalogue.names(db).contains(BackupManifest.table) else {
                throw Failure(.invalid, code: "is_backup", "\(name) is a backup. Use clynto restore to put it into a database.")
            }
            guard let version = try EmptySchema.version(db) else {
                throw Failure(.unavailable, code: "not_a_database", "\(name) is not a Clynto database.")
            }
            try EmptySchema.requireKnown(version)
            return (version, try LiveWork.traces(db))
        }
        let filling = Filling(destination: destination, origin: source.name, version: version)
        let isResumed = try await filling.begin(isForced: isForced, now: now)
        let tables = try await TableCopy(from: source.database, to: destination.database, report: report).run()
        let steps = try await filling.finish()
        let later = try await source.database.read { try LiveWork.traces($0) }
        return Outcome(tables: tables, isResumed: isResumed, steps: steps, hasSourceChanged: later != traces)
    }
}

/// A database that is being filled from elsewhere: its beginning and its end, the same for a move and for a restore.
struct Filling: Sendable {
    let destination: DatabaseMove.Place
    /// What fills it. A copy is resumed only from the same origin.
    let origin: String
    /// The schema of what is copied.
    let version: Int

    /// Makes room, or finds the place where the same copy was interrupted; true for the latter.
    func begin(isForced: Bool, now: Date) async throws -> Bool {
        let unfinished = try await UnfinishedCopy.find(in: destination.database)
        if let unfinished {
            let begun = try await destination.database.read { try EmptySchema.version($0) }
            if unfinished.origin == origin, begun == version { return true }
            guard isForced || unfinished.origin == origin else {
                throw Failure(
                    .conflict, code: "other_unfinished_copy",
                    "\(destination.name) is partly filled from \(unfinished.origin). Finish that copy, or give --force to begin anew "
                        + "from \(origin).")
            }
        } else {
            try await LiveWork.refuse(destination.database, named: destination.name, now: now)
        }
        try await destination.database.write { [origin, version] db in
            try EmptySchema.requireRoom(isForced: isForced || unfinished != nil, db)
            try EmptySchema.make(version: version, from: origin, db)
        }
        return false
    }

    /// Brings the schema up to date, frees what workers held, sees to what so many rows leave to do, and removes the mark of the unfinished:
    /// one transaction, so that whoever is killed here leaves a part with its mark or a copy that is whole in every respect. Returns the
    /// steps taken.
    func finish() async throws -> [Int] {
        try await destination.database.write { db in
            let steps = try Migrations.apply(db)
            for statement in MovedTable.all.flatMap(\.releases) { try db.run(statement) }
            try db.allowLongStatements()
            for statement in db.dialect.upkeep(of: MovedTable.all.map(\.name)) { try db.script(statement) }
            try UnfinishedCopy.end(db)
            return steps
        }
    }
}

extension Dialect {
    /// What an engine's own housekeeping would do for tables that were just filled, only later.
    ///
    /// PostgreSQL would plan as if they were empty; and the words of up to a third of a million tickets would stand in the unsorted part of
    /// their index, which every search reads from end to end. A table in partitions has one such index for each. SQLite plans by the
    /// schema alone and sorts at once.
    fileprivate func upkeep(of tables: [String]) -> [String] {
        switch self {
        case .sqlite: []
        case .postgresql:
            [
                "ANALYZE \(tables.map(TableShape.quoted).joined(separator: ", "))",
                """
                SELECT gin_clean_pending_list(c.oid)
                FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
                WHERE a.amname = 'gin' AND c.relkind = 'i' AND COALESCE(pg_partition_root(i.indrelid), i.indrelid)
                    IN (\(tables.map { "CAST('\(TableShape.quoted($0))' AS regclass)" }.joined(separator: ", ")))
                """
            ]
        }
    }
}
