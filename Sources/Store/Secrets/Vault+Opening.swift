import Domain

extension Vault {
    /// The vault of an installation, as `serve`, `worker` and the commands open it at start, after the migrations.
    ///
    /// A missing key file is made only while the database holds no sealed secret; after that its absence is a failure, because a new
    /// key would open nothing. Throws what `check` throws, and `invalid` with a sentence for a malformed key.
    package static func open(_ source: KeySource, database: any Database) async throws -> Vault {
        var warnings: [KeyWarning] = []
        if case .file(let path) = source {
            let file = KeyFile(path: path)
            if !file.exists {
                guard try await !database.read({ try SealedColumn.anySealed(in: $0) }) else {
                    throw Failure(
                        .unavailable, code: "key_file_missing",
                        "The key file \(path) is missing, and this database holds secrets that were sealed with it. Nothing was changed. "
                            + "Put the file back; a backup of the database never holds it.")
                }
                try file.make(KeyRing(current: .random()))
            }
            if let warning = file.warning() { warnings.append(warning) }
        }
        let vault = Vault(source: source, ring: try source.ring(), warnings: warnings)
        try await vault.check(database: database)
        return vault
    }

    /// Checks that the keys fit the database: every key that a stored secret names is in the ring and opens a secret.
    ///
    /// Throws `unavailable` with code `wrong_key` otherwise. A single damaged secret beside sound ones does not keep the program from
    /// starting: it fails alone, when it is used.
    package func check(database: any Database) async throws {
        var tried: [String: Bool] = [:]
        for column in SealedColumn.all {
            try await forEachBatch(of: column, database: database) { entries in
                for entry in entries {
                    let name = Vault.keyID(of: entry.sealed) ?? ""
                    if tried[name] == true { continue }
                    do {
                        _ = try open(entry.sealed, for: column.purpose, workspace: entry.workspace)
                        tried[name] = true
                    } catch let failure as Failure where failure.code == "damaged_secret" {
                        tried[name] = false
                    }
                }
            }
        }
        if tried.contains(where: { !$0.key.isEmpty && !$0.value }) { throw Vault.wrongKey(source) }
    }

    /// Calls `body` with every secret of `column`, in batches.
    func forEachBatch(
        of column: SealedColumn, database: any Database, _ body: ([SealedColumn.Entry]) async throws -> Void
    ) async throws {
        let limit = 200
        var last: SealedColumn.Entry?
        while true {
            let entries = try await database.read { [last] in try column.entries(after: last, limit: limit, in: $0) }
            try await body(entries)
            guard entries.count == limit else { return }
            last = entries.last
        }
    }
}
