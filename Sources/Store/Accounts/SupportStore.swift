package import Domain
package import Foundation

/// The numbers of an account's Support section.
package struct SupportStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Days over which medians and satisfaction are taken.
    package static let days = 90
    /// Weeks shown in the trend, the current one included.
    static let weeks = 13
    /// Agents named on the account.
    static let topAgents = 3

    package func summary(_ workspace: ID<Workspace>, _ account: ID<Account>, now: Date) async throws -> SupportSummary {
        try await database.read { db in
            let since = now.addingTimeInterval(-Double(Self.days) * 86_400)
            var byStatus: [TicketStatus: Int] = [:]
            var byPriority: [TicketPriority: Int] = [:]
            var openByPriority: [TicketPriority: Int] = [:]
            let rows = try db.rows(
                """
                SELECT status, priority, COUNT(*) AS count FROM tickets
                WHERE workspace_id = $1 AND account_id = $2 AND is_live GROUP BY status, priority
                """, workspace, account)
            for row in rows {
                let (status, priority, count): (TicketStatus, TicketPriority, Int) = try (
                    row.get("status"), row.get("priority"), row.get("count")
                )
                byStatus[status, default: 0] += count
                byPriority[priority, default: 0] += count
                if status == .open { openByPriority[priority, default: 0] += count }
            }
            return try SupportSummary(
                openByPriority: openByPriority, byStatus: byStatus, byPriority: byPriority,
                oldestOpen: TicketStore.oldestOpen(workspace, account, db), agents: Self.agents(workspace, account, db),
                weekly: Self.weekly(workspace, account, now, db),
                firstResponseMedian: Self.median("first_responded_at", workspace, account, since, db),
                resolutionMedian: Self.median("resolved_at", workspace, account, since, db),
                satisfaction: Self.satisfaction(workspace, account, since, db))
        }
    }

    private static func agents(_ workspace: ID<Workspace>, _ account: ID<Account>, _ db: any Queries) throws -> [SupportSummary.AgentLoad] {
        try db.rows(
            """
            SELECT t.agent_id AS id, COALESCE(MAX(a.name), 'Former agent') AS name, COUNT(*) AS tickets FROM tickets t
            LEFT JOIN agents a ON a.workspace_id = t.workspace_id AND a.connection_id = t.connection_id AND a.id = t.agent_id
            WHERE t.workspace_id = $1 AND t.account_id = $2 AND t.is_live AND t.agent_id IS NOT NULL
            GROUP BY t.agent_id ORDER BY COUNT(*) DESC, t.agent_id LIMIT $3
            """, workspace, account, topAgents
        ).map { try .init(agent: Named(id: $0.get("id"), name: $0.get("name")), tickets: $0.get("tickets")) }
    }

    /// Weeks without tickets are there with 0.
    private static func weekly(
        _ workspace: ID<Workspace>, _ account: ID<Account>, _ now: Date, _ db: any Queries
    ) throws -> [SupportSummary.Week] {
        let first = Day(containing: now).monday.adding(days: -7 * (weeks - 1))
        func perWeek(_ column: String) throws -> [Int: Int] {
            let rows = try db.rows(
                """
                SELECT (\(column) - $3) / 604800000 AS week, COUNT(*) AS count FROM tickets
                WHERE workspace_id = $1 AND account_id = $2 AND is_live AND \(column) >= $3 AND \(column) <= $4
                GROUP BY (\(column) - $3) / 604800000
                """, workspace, account, first.start, now)
            return try Dictionary(uniqueKeysWithValues: rows.map { try ($0.get("week"), $0.get("count")) })
        }
        let created = try perWeek("created_at")
        let resolved = try perWeek("resolved_at")
        return (0..<weeks).map {
            .init(week: first.adding(days: 7 * $0), created: created[$0, default: 0], resolved: resolved[$0, default: 0])
        }
    }

    /// The median time from creation to `column`, in seconds, over tickets where that happened in the period.
    private static func median(
        _ column: String, _ workspace: ID<Workspace>, _ account: ID<Account>, _ since: Date, _ db: any Queries
    ) throws -> TimeInterval? {
        let row = try db.first(
            """
            SELECT AVG(wait) AS median FROM (
                SELECT \(column) - created_at AS wait, ROW_NUMBER() OVER (ORDER BY \(column) - created_at) AS place, COUNT(*) OVER () AS places
                FROM tickets
                WHERE workspace_id = $1 AND account_id = $2 AND is_live AND \(column) >= $3) ranked
            WHERE 2 * place BETWEEN places AND places + 2
            """, workspace, account, since)
        return try row?.find("median", as: Double.self).map { $0 / 1000 }
    }

    private static func satisfaction(
        _ workspace: ID<Workspace>, _ account: ID<Account>, _ since: Date, _ db: any Queries
    ) throws -> SatisfactionShare {
        let row = try db.first(
            """
            SELECT COUNT(*) AS count, COALESCE(SUM(CASE WHEN r.rating > 100 THEN 1 ELSE 0 END), 0) AS positive FROM satisfaction_ratings r
            JOIN tickets t ON t.workspace_id = r.workspace_id AND t.connection_id = r.connection_id AND t.id = r.ticket_id
            WHERE r.workspace_id = $1 AND t.account_id = $2 AND t.is_live AND r.created_at >= $3
            """, workspace, account, since)
        return SatisfactionShare(positive: try row?.get("positive") ?? 0, count: try row?.get("count") ?? 0)
    }
}
