package import Domain

extension RunStore {
    /// Global: how many runs there are in each state, over all workspaces, for `/metrics`.
    package func tally() async throws -> [SyncRun.State: Int] {
        try await database.read { db in
            let rows = try db.rows("SELECT state, COUNT(*) AS count FROM sync_runs GROUP BY state")
            return try Dictionary(uniqueKeysWithValues: rows.map { try ($0.get("state"), $0.get("count")) })
        }
    }
}
