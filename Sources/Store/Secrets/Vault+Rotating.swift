import Domain

extension Vault {
    /// What sealing everything again has done.
    package struct Resealing: Sendable, Equatable {
        /// Sealed again under the current key.
        package var resealed: Int
        /// Sealed under the current key before.
        package var unchanged: Int
        /// Left as they are, because they cannot be opened.
        package var damaged: Int

        package init(resealed: Int = 0, unchanged: Int = 0, damaged: Int = 0) {
            self.resealed = resealed
            self.unchanged = unchanged
            self.damaged = damaged
        }
    }

    /// `clynto keys rotate`: puts a new key in front of the key file, seals every secret again under it and drops keys no longer needed.
    ///
    /// Safe to kill and start again at any moment: the new key is on the disk before it is used, an old one leaves the file only when
    /// nothing needs it, and the one before stays for processes that have not read the file again. With the key in
    /// `CLYNTO_SECRET_KEY` the operator puts the new key in front of the old one there, and everything is sealed again under it;
    /// throws `invalid` with that sentence while there is only one.
    package func rotate(database: any Database) async throws -> Resealing {
        try await check(database: database)
        switch source {
        case .value:
            guard try !reread().older.isEmpty else {
                throw Failure(
                    .invalid, code: "one_key",
                    "CLYNTO_SECRET_KEY holds one key, which only you can change. Put a new key in front of it, separated by a space, "
                        + "restart everything that uses it, and run this again.")
            }
        case .file(let path):
            _ = try KeyFile(path: path).update { $0.rotated() }
        }
        let result = try await reseal(database: database)
        if case .file(let path) = source {
            let used = try await usedKeys(database: database)
            _ = try KeyFile(path: path).update { $0.pruned(keeping: used) }
            try reread()
        }
        return result
    }

    /// Global: seals every secret of every workspace under the current key, each on its own, so that a second call goes on where a
    /// killed one stopped. A secret that changes meanwhile keeps its change.
    package func reseal(database: any Database) async throws -> Resealing {
        let current = try reread().current.id
        var result = Resealing()
        for column in SealedColumn.all {
            try await forEachBatch(of: column, database: database) { entries in
                for entry in entries {
                    if Vault.keyID(of: entry.sealed) == current {
                        result.unchanged += 1
                        continue
                    }
                    let secret: Secret
                    do {
                        secret = try open(entry.sealed, for: column.purpose, workspace: entry.workspace)
                    } catch let failure as Failure where failure.code == "damaged_secret" {
                        result.damaged += 1
                        continue
                    }
                    let sealed = try seal(secret, for: column.purpose, workspace: entry.workspace)
                    if try await database.write({ try column.replace(entry, with: sealed, in: $0) }) { result.resealed += 1 }
                }
            }
        }
        return result
    }

    private func usedKeys(database: any Database) async throws -> Set<String> {
        var used: Set<String> = []
        for column in SealedColumn.all {
            try await forEachBatch(of: column, database: database) { entries in
                used.formUnion(entries.compactMap { Vault.keyID(of: $0.sealed) })
            }
        }
        return used
    }
}
