import Domain
package import Foundation

/// `clynto backup`: everything a database holds, in one SQLite file, the same from either engine.
///
/// The file holds the rows of one moment, the schema's number and a checksum of every table; no index, because a restore makes them
/// again. It never holds the encryption key.
package enum Backup {
    /// Copies `database` to the file `path` while it is in use.
    ///
    /// The file is written as `path.partial`, flushed and renamed, so that `path` is always a whole backup. Its mode is 0600.
    /// Throws `conflict` when `path` is there already and `isForced` is false, `unavailable` when it cannot be written.
    package static func make(
        of database: any Database, at path: String, isForced: Bool, now: Date,
        report: @escaping @Sendable (TableCopy.Progress) -> Void = { _ in }
    ) async throws -> BackupManifest {
        try await UnfinishedCopy.refuse(database)
        try await BackupManifest.refuse(database)
        guard let version = try await database.read({ try EmptySchema.version($0) }) else {
            throw Failure(.notFound, code: "no_data", "There is nothing to back up: the database is empty.")
        }
        try EmptySchema.requireKnown(version)
        let file = try NewFile(path: path, isForced: isForced)
        do {
            let manifest = try await fill(file.partial, from: database, version: version, now: now, report: report)
            try file.finish()
            return manifest
        } catch {
            file.discard()
            throw error
        }
    }

    private static func fill(
        _ path: String, from database: any Database, version: Int, now: Date, report: @escaping @Sendable (TableCopy.Progress) -> Void
    ) async throws -> BackupManifest {
        let target = try SQLiteFile(writing: path)
        do {
            try await target.write { db in
                try EmptySchema.make(version: version, from: "", db)
                try dropIndexes(db)
            }
            let tables = try await TableCopy(from: database, to: target, report: report).run()
            let manifest = BackupManifest(
                id: Randomness.bytes(8).base64URL, madeAt: now, version: version,
                tables: Dictionary(uniqueKeysWithValues: tables.map { ($0.name, $0.destination) }))
            try await target.write { db in
                try manifest.write(db)
                try UnfinishedCopy.end(db)
            }
            try await target.close()
            return manifest
        } catch {
            try? await target.close()
            throw error
        }
    }

    /// Leaves the keys alone: rows are written and read by them only.
    private static func dropIndexes(_ db: any Queries) throws {
        for table in MovedTable.indexTables(.sqlite) { try db.script("DROP TABLE IF EXISTS \(TableShape.quoted(table))") }
        let keys = Set(MovedTable.all.compactMap { $0.key == nil ? nil : "\($0.name)_key" })
        for row in try db.rows("SELECT type, name FROM sqlite_master WHERE type = 'trigger' OR (type = 'index' AND sql IS NOT NULL)") {
            let name: String = try row.get("name")
            if !keys.contains(name) { try db.script("DROP \(try row.get("type", as: String.self)) \(TableShape.quoted(name))") }
        }
    }
}
