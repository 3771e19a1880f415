import Domain
package import Foundation

/// What a backup says about itself, in a table of its own inside the file.
package struct BackupManifest: Sendable, Equatable {
    /// Drawn when the backup is made; a restore that was interrupted goes on only from the same backup.
    package var id: String
    package var madeAt: Date
    /// The schema of its tables.
    package var version: Int
    /// Table → rows and checksum.
    package var tables: [String: TableSum]

    static let table = "clynto_backup"
    private static let sums = "clynto_backup_tables"

    func write(_ db: any Queries) throws {
        try db.script("CREATE TABLE \(Self.table) (id TEXT NOT NULL PRIMARY KEY, made_at BIGINT NOT NULL)")
        try db.script("CREATE TABLE \(Self.sums) (name TEXT NOT NULL PRIMARY KEY, rows BIGINT NOT NULL, checksum TEXT NOT NULL)")
        try db.run("INSERT INTO \(Self.table) (id, made_at) VALUES ($1, $2)", id, madeAt)
        for (name, sum) in tables {
            try db.run("INSERT INTO \(Self.sums) (name, rows, checksum) VALUES ($1, $2, $3)", name, sum.rows, sum.checksum)
        }
    }

    /// Throws `invalid` with a sentence that says what the file is instead of a backup.
    static func read(_ db: any Queries, path: String) throws -> BackupManifest {
        let names = try Catalogue.names(db)
        guard names.contains(table), names.contains(sums) else {
            let isDatabase = names.contains("schema_version") && names.contains("workspaces")
            throw Failure(
                .invalid, code: "not_a_backup",
                isDatabase
                    ? "\(path) is a Clynto database, not a backup. Use clynto migrate --from sqlite:///\(path.trimmingPrefix("/")) --to … to copy it."
                    : "\(path) is not a Clynto backup. Nothing was changed.")
        }
        guard let row = try db.first("SELECT id, made_at FROM \(table)"), let version = try EmptySchema.version(db) else {
            throw damaged(path, "it does not say when it was made")
        }
        var manifest = try BackupManifest(id: row.get("id"), madeAt: row.get("made_at"), version: version, tables: [:])
        for row in try db.rows("SELECT name, rows, checksum FROM \(sums)") {
            let name: String = try row.get("name")
            guard let sum = try TableSum(rows: row.get("rows"), text: row.get("checksum")) else {
                throw damaged(path, "the checksum of \(name) cannot be read")
            }
            manifest.tables[name] = sum
        }
        return manifest
    }

    static func damaged(_ path: String, _ reason: String) -> Failure {
        Failure(.invalid, code: "damaged_backup", "The backup \(path) is damaged: \(reason). Nothing was changed. Use another backup.")
    }

    /// Throws `unavailable` when the database is a backup: it has no indexes and no search, and whoever used it would no longer have one.
    package static func refuse(_ database: any Database) async throws {
        guard try await database.read({ try Catalogue.names($0).contains(table) }) else { return }
        throw Failure(
            .unavailable, code: "is_backup",
            "This file is a backup. Put it into a database with clynto restore instead of using it directly.")
    }
}
