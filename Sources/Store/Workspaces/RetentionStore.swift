package import Domain
package import Foundation

/// How long a workspace keeps what it could let go. Nil keeps it for good.
package struct Retention: Sendable, Equatable {
    /// Days that ended runs with their logs are kept.
    package var historyDays: Int?
    /// Days that resolved and closed tickets are kept after their last change, once they have left the synced window.
    package var ticketDays: Int?

    package init(historyDays: Int? = nil, ticketDays: Int? = nil) {
        self.historyDays = historyDays
        self.ticketDays = ticketDays
    }

    package static let days = 30...3_650
}

package struct RetentionStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Tickets removed in one transaction, so that others get their turn.
    static let batch = 500

    package func get(_ workspace: ID<Workspace>) async throws -> Retention {
        try await database.read { db in
            guard let row = try db.first("SELECT history_days, ticket_days FROM workspaces WHERE id = $1", workspace) else {
                throw WorkspaceStore.unknown
            }
            return try Retention(historyDays: row.find("history_days"), ticketDays: row.find("ticket_days"))
        }
    }

    /// Throws `invalid` for a number of days outside `Retention.days`.
    package func set(_ workspace: ID<Workspace>, to retention: Retention) async throws {
        for (name, days) in [("history_days", retention.historyDays), ("ticket_days", retention.ticketDays)] {
            if let days, !Retention.days.contains(days) {
                let message = "Choose \(Retention.days.lowerBound) to \(Retention.days.upperBound) days."
                throw Failure(.invalid, message, fields: [.init(name, message)])
            }
        }
        _ = try await database.write { db in
            try db.run(
                "UPDATE workspaces SET history_days = $2, ticket_days = $3 WHERE id = $1", workspace, retention.historyDays,
                retention.ticketDays)
        }
    }

    /// Removes what has outlived its time; returns how many runs and tickets. The latest run always stays.
    @discardableResult
    package func apply(_ workspace: ID<Workspace>, now: Date) async throws -> (runs: Int, tickets: Int) {
        let retention = try await get(workspace)
        var removed = (runs: 0, tickets: 0)
        if let days = retention.historyDays {
            let limit = now.addingTimeInterval(-Double(days) * 86_400)
            removed.runs = try await database.write { try Self.removeRuns(of: workspace, endedBefore: limit, $0) }
        }
        if let days = retention.ticketDays {
            while true {
                let count = try await database.write { try Self.removeTickets(of: workspace, days: days, now: now, $0) }
                removed.tickets += count
                if count < Self.batch { break }
            }
        }
        return removed
    }

    private static func removeRuns(of workspace: ID<Workspace>, endedBefore limit: Date, _ db: any Queries) throws -> Int {
        let runs: [ID<SyncRun>] = try db.rows(
            """
            SELECT id FROM sync_runs WHERE workspace_id = $1 AND ended_at < $2
                AND id < (SELECT MAX(latest.id) FROM sync_runs latest WHERE latest.workspace_id = $1)
            """, workspace, limit
        ).map { try $0.get("id") }
        for run in runs {
            for table in ["sync_phases", "sync_failures", "sync_events"] {
                try db.run("DELETE FROM \(table) WHERE workspace_id = $1 AND run_id = $2", workspace, run)
            }
            try db.run("DELETE FROM sync_runs WHERE workspace_id = $1 AND id = $2", workspace, run)
        }
        return runs.count
    }

    /// Never inside the synced window, whatever the setting: the next sync would only read them again.
    private static func removeTickets(of workspace: ID<Workspace>, days: Int, now: Date, _ db: any Queries) throws -> Int {
        guard let connection = try ConnectionStore.find(workspace, db), let window = connection.backfillDays else { return 0 }
        let limit = now.addingTimeInterval(-Double(max(days, window)) * 86_400)
        let tickets: [ID<Ticket>] = try db.rows(
            """
            SELECT id FROM tickets WHERE workspace_id = $1 AND connection_id = $2 AND status IN ('resolved', 'closed') AND updated_at < $3
            ORDER BY updated_at LIMIT $4
            """, workspace, connection.id, limit, batch
        ).map { try $0.get("id") }
        let mirror = MirrorStore(db, scope: MirrorScope(workspace: workspace, connection: connection.id))
        for ticket in tickets { try mirror.purge(ticket) }
        return tickets.count
    }
}
