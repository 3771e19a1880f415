import Domain
package import Foundation

/// `clynto restore`: a backup put into a database of either engine.
package struct Restore: Sendable {
    package struct Outcome: Sendable {
        package var manifest: BackupManifest
        package var tables: [TableCopy.Table]
        /// An earlier attempt was finished.
        package var isResumed: Bool
        /// Steps taken to bring the backup's schema to this program's.
        package var steps: [Int]
        /// Workspaces whose stored secrets the present key does not open.
        package var sealedOut: [String]
    }

    let path: String
    let destination: DatabaseMove.Place

    package init(path: String, to destination: DatabaseMove.Place) {
        self.path = path
        self.destination = destination
    }

    /// Reads the whole backup against its checksums before anything is changed, then fills the destination and compares again.
    ///
    /// Throws `invalid` when the file is no backup or damaged, `conflict` when the destination holds data and `isForced` is false.
    /// An interrupted restore leaves a database that nobody can take for a whole one; the same command finishes it.
    package func run(
        keys: KeySource, isForced: Bool, now: Date, report: @escaping @Sendable (TableCopy.Progress) -> Void = { _ in }
    ) async throws -> Outcome {
        let source = try open()
        do {
            let outcome = try await fill(from: source, keys: keys, isForced: isForced, now: now, report: report)
            try await source.close()
            return outcome
        } catch {
            try? await source.close()
            throw error
        }
    }

    private func open() throws -> SQLiteFile {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Failure(.notFound, code: "no_such_file", "There is no file \(path).")
        }
        guard !isFolder.boolValue, FileManager.default.isReadableFile(atPath: path) else {
            throw Failure(.invalid, code: "unreadable_file", "\(path) cannot be read. Check that it is a file and its permissions.")
        }
        do {
            return try SQLiteFile(reading: path)
        } catch let failure as Failure {
            throw described(failure)
        }
    }

    private func fill(
        from source: SQLiteFile, keys: KeySource, isForced: Bool, now: Date, report: @escaping @Sendable (TableCopy.Progress) -> Void
    ) async throws -> Outcome {
        let manifest = try await verified(source)
        let origin = "the backup \(URL(fileURLWithPath: path).lastPathComponent) of \(manifest.madeAt.rfc3339) (\(manifest.id))"
        let filling = Filling(destination: destination, origin: origin, version: manifest.version)
        let isResumed = try await filling.begin(isForced: isForced, now: now)
        let tables = try await TableCopy(from: source, to: destination.database, report: report).run()
        let steps = try await filling.finish()
        // Asked of the copy: every table that holds secrets is there, whatever the backup's schema.
        let sealedOut = try await Vault.sealedOut(keys, database: destination.database)
        return Outcome(manifest: manifest, tables: tables, isResumed: isResumed, steps: steps, sealedOut: sealedOut)
    }

    /// The manifest, once every table has been read and is what it says.
    private func verified(_ source: SQLiteFile) async throws -> BackupManifest {
        do {
            return try await source.read { [path] db in
                let manifest = try BackupManifest.read(db, path: path)
                try EmptySchema.requireKnown(manifest.version)
                guard try UnfinishedCopy.find(db) == nil else { throw BackupManifest.damaged(path, "it was never finished") }
                let shapes = try Catalogue.shapes(db)
                for missing in manifest.tables.keys.sorted() where !shapes.contains(where: { $0.name == missing }) {
                    throw BackupManifest.damaged(path, "its table \(missing) is missing")
                }
                for shape in shapes {
                    let sum = try TableReader(shape).sum(in: db)
                    guard sum == manifest.tables[shape.name] else {
                        throw BackupManifest.damaged(path, "its table \(shape.name) is not what was backed up")
                    }
                }
                return manifest
            }
        } catch let failure as Failure {
            throw described(failure)
        }
    }

    /// SQLite's failures speak of the installation's database; here it is the backup.
    private func described(_ failure: Failure) -> Failure {
        guard failure.code == "not_a_database" else { return failure }
        return Failure(
            .invalid, code: "not_a_backup", "\(path) is not a Clynto backup, or it is damaged. Nothing was changed.", cause: failure.cause)
    }
}
