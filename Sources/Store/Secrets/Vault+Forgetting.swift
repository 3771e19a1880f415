import Domain

/// What to do about secrets that no key opens any more.
extension Vault {
    /// Names of workspaces that hold a secret which the keys do not open, in order. All that hold one when there are no keys at all.
    static func sealedOut(_ source: KeySource, database: any Database) async throws -> [String] {
        let entries = try await unopened(source, database: database)
        let workspaces = Set(entries.map(\.entry.workspace))
        return try await database.read { db in
            try workspaces.compactMap { try db.first("SELECT name FROM workspaces WHERE id = $1", $0)?.get("name", as: String.self) }
        }.sorted()
    }

    /// `clynto keys forget`: removes every stored secret that the keys do not open, so that the program starts again, and disconnects the
    /// portals concerned; their data stays. Needs the present schema. Returns the workspaces whose portals must be connected again.
    package static func forgetUnopened(_ source: KeySource, database: any Database) async throws -> [String] {
        let names = try await sealedOut(source, database: database)
        for (column, entry) in try await unopened(source, database: database) {
            try await database.write { db in
                let key = [entry.workspace.sqlValue, .integer(entry.id), .text(entry.sealed)]
                switch column.purpose {
                case .freshdeskKey:
                    try db.run(
                        "UPDATE connections SET sealed_key = NULL, state = 'disconnected' WHERE workspace_id = $1 AND id = $2 AND sealed_key = $3",
                        arguments: key)
                case .webhookKey:
                    try db.run(
                        "UPDATE connections SET sealed_webhook_key = NULL WHERE workspace_id = $1 AND id = $2 AND sealed_webhook_key = $3",
                        arguments: key)
                    try db.run("DELETE FROM webhook_keys WHERE workspace_id = $1 AND connection_id = $2", entry.workspace, entry.id)
                case .noticeURL:
                    try db.run("DELETE FROM notice_channels WHERE workspace_id = $1 AND id = $2 AND sealed_url = $3", arguments: key)
                }
                try db.bumpVersion(of: entry.workspace)
            }
        }
        return names
    }

    private static func unopened(
        _ source: KeySource, database: any Database
    ) async throws -> [(column: SealedColumn, entry: SealedColumn.Entry)] {
        // Without a key file nothing opens, as with a key drawn now; a malformed one is an error of its own, because it may be mended.
        let isMissing = if case .file(let path) = source { !KeyFile(path: path).exists } else { false }
        let vault = Vault(source: source, ring: isMissing ? KeyRing(current: .random()) : try source.ring())
        var found: [(column: SealedColumn, entry: SealedColumn.Entry)] = []
        for column in SealedColumn.all {
            try await vault.forEachBatch(of: column, database: database) { entries in
                for entry in entries where (try? vault.open(entry.sealed, for: column.purpose, workspace: entry.workspace)) == nil {
                    found.append((column, entry))
                }
            }
        }
        return found
    }
}
