package import Domain
package import Foundation

/// The daily runs of all workspaces.
extension RunStore {
    /// What a slot brought to one workspace.
    package struct Served: Sendable, Equatable {
        package var workspace: ID<Workspace>
        package var start: Start
    }

    /// When a connection last had its turn. The index `connections_by_service` is over this very expression.
    private static let servedAt = "COALESCE(daily_served_at, connected_at)"

    /// The statement that finds connections whose slot `$1` is due; for the test of its plan.
    static let dueConnections = """
        SELECT workspace_id, id FROM connections
        WHERE state = 'connected' AND \(servedAt) < $1 AND connected_at < $1
        ORDER BY \(servedAt) LIMIT $2
        """

    /// Global: queues the runs of a daily slot, at most `limit` of them in one transaction, and marks the slot as served.
    ///
    /// Of many processes one does it. A workspace with an active run gets no other: that run's window moves forward.
    ///
    /// - Parameters:
    ///   - slot: the latest moment at which daily runs were due.
    ///   - windowEnd: the moment the window of days counts back from.
    /// - Returns: what was served; fewer than `limit` when nothing more is due.
    package func serveDue(slot: Date, windowEnd: Date, limit: Int) async throws -> [Served] {
        let isAnyDue = try await database.read { try !$0.rows(Self.dueConnections, slot, 1).isEmpty }
        guard isAnyDue else { return [] }
        return try await database.write { db in
            // Holding the counter of runs keeps every other scheduler waiting here; then it sees that the slot was served.
            try Self.holdNumbers(db)
            let due = try db.rows(Self.dueConnections, slot, limit).map {
                try MirrorScope(workspace: $0.get("workspace_id"), connection: $0.get("id"))
            }.sorted { $0.workspace < $1.workspace }
            let served = try due.map { scope in
                try Served(
                    workspace: scope.workspace, start: Self.start(scope, trigger: .daily, actor: nil, windowEnd: windowEnd, db))
            }
            // Last, as a run's end does it: rows are locked in one order, so that the two never wait for each other.
            for scope in due {
                try db.run(
                    "UPDATE connections SET daily_served_at = $3 WHERE workspace_id = $1 AND id = $2", scope.workspace, scope.connection,
                    slot)
            }
            return served
        }
    }

    private static func holdNumbers(_ db: any Queries) throws {
        try db.run(
            """
            INSERT INTO counters (workspace_id, name, value) VALUES (0, 'sync_runs', 0)
            ON CONFLICT (workspace_id, name) DO UPDATE SET value = counters.value
            """)
    }
}
