package import Domain
package import Foundation

/// Reads the agents directory: who they are and the load they carry.
package struct AgentStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Days over which medians and satisfaction are taken.
    static let days = 90.0
    /// Accounts named beside an agent.
    static let topAccounts = 3

    /// Every agent, active ones first, then by name. Former agents stay for the names on old tickets.
    package func list(_ workspace: ID<Workspace>, now: Date) async throws -> [AgentSummary] {
        try await database.read { try Self.summaries(workspace, only: nil, now: now, $0) }
    }

    package func get(_ workspace: ID<Workspace>, _ id: ID<Agent>, now: Date) async throws -> AgentSummary {
        let found = try await database.read { try Self.summaries(workspace, only: id, now: now, $0).first }
        guard let found else { throw Failure(.notFound, "There is no agent \(id) in this workspace.") }
        return found
    }

    private static func summaries(_ workspace: ID<Workspace>, only: ID<Agent>?, now: Date, _ db: any Queries) throws -> [AgentSummary] {
        let since = now.addingTimeInterval(-days * 86_400)
        let rows = try db.rows(
            "SELECT a.* FROM agents a WHERE a.workspace_id = $1 AND ($2 = 0 OR a.id = $2) ORDER BY a.is_active DESC, a.name, a.id",
            workspace, only?.rawValue ?? 0)
        let loads = try db.rows(
            """
            SELECT a.agent_id AS id, SUM(CASE WHEN a.status = 'open' THEN 1 ELSE 0 END) AS open, COUNT(*) AS unresolved,
                SUM(CASE WHEN a.priority = 4 THEN 1 ELSE 0 END) AS urgent
            FROM tickets a WHERE a.workspace_id = $1 AND a.is_live AND a.agent_id IS NOT NULL AND a.status IN ('open', 'pending')
            GROUP BY a.agent_id
            """, workspace
        ).keyed(by: "id")
        let ratings = try db.rows(
            """
            SELECT a.agent_id AS id, COUNT(*) AS count, SUM(CASE WHEN a.rating > 100 THEN 1 ELSE 0 END) AS positive
            FROM satisfaction_ratings a WHERE a.workspace_id = $1 AND a.agent_id IS NOT NULL AND a.created_at >= $2 GROUP BY a.agent_id
            """, workspace, since
        ).keyed(by: "id")
        let medians = try medians(workspace, since, db)
        let groups = try groups(workspace, db)
        let accounts = try accounts(workspace, db)
        return try rows.map { row in
            let id: Int64 = try row.get("id")
            let load = loads[id]
            let rating = ratings[id]
            return try AgentSummary(
                agent: Agent(
                    id: ID(id), name: row.get("name"), email: row.find("email"), isActive: row.get("is_active"),
                    isOccasional: row.get("is_occasional"), groupIDs: (groups[id] ?? []).map(\.id), createdAt: row.find("created_at"),
                    updatedAt: row.find("updated_at"), raw: row.get("raw")),
                groups: groups[id] ?? [], openTickets: load?.get("open") ?? 0, unresolvedTickets: load?.get("unresolved") ?? 0,
                urgentTickets: load?.get("urgent") ?? 0, firstResponseMedian: medians[id],
                satisfaction: SatisfactionShare(positive: rating?.get("positive") ?? 0, count: rating?.get("count") ?? 0),
                topAccounts: accounts[id] ?? [])
        }
    }

    /// The median first response per agent, in seconds.
    private static func medians(_ workspace: ID<Workspace>, _ since: Date, _ db: any Queries) throws -> [Int64: TimeInterval] {
        let rows = try db.rows(
            """
            SELECT id, AVG(wait) AS median FROM (
                SELECT agent_id AS id, first_responded_at - created_at AS wait,
                    ROW_NUMBER() OVER (PARTITION BY agent_id ORDER BY first_responded_at - created_at) AS place,
                    COUNT(*) OVER (PARTITION BY agent_id) AS places
                FROM tickets
                WHERE workspace_id = $1 AND is_live AND agent_id IS NOT NULL AND created_at >= $2 AND first_responded_at IS NOT NULL) ranked
            WHERE 2 * place BETWEEN places AND places + 2 GROUP BY id
            """, workspace, since)
        return try Dictionary(uniqueKeysWithValues: rows.map { try ($0.get("id"), $0.get("median", as: Double.self) / 1000) })
    }

    private static func groups(_ workspace: ID<Workspace>, _ db: any Queries) throws -> [Int64: [Named<Group>]] {
        let rows = try db.rows(
            """
            SELECT m.agent_id, g.id, g.name FROM group_agents m
            JOIN groups g ON g.workspace_id = m.workspace_id AND g.connection_id = m.connection_id AND g.id = m.group_id
            WHERE m.workspace_id = $1 ORDER BY g.name, g.id
            """, workspace)
        return try Dictionary(grouping: rows) { try $0.get("agent_id", as: Int64.self) }
            .mapValues { try $0.map { try Named(id: $0.get("id"), name: $0.get("name")) } }
    }

    private static func accounts(_ workspace: ID<Workspace>, _ db: any Queries) throws -> [Int64: [Named<Account>]] {
        let rows = try db.rows(
            """
            SELECT t.agent_id, t.account_id AS id, ac.name, COUNT(*) AS tickets FROM tickets t
            JOIN accounts ac ON ac.workspace_id = t.workspace_id AND ac.id = t.account_id
            WHERE t.workspace_id = $1 AND t.is_live AND t.agent_id IS NOT NULL AND t.status IN ('open', 'pending')
            GROUP BY t.agent_id, t.account_id, ac.name ORDER BY COUNT(*) DESC, t.account_id
            """, workspace)
        return try Dictionary(grouping: rows) { try $0.get("agent_id", as: Int64.self) }
            .mapValues { try $0.prefix(topAccounts).map { try Named(id: $0.get("id"), name: $0.get("name")) } }
    }
}

extension [Row] {
    /// The rows by an integer column that is unique among them.
    func keyed(by column: String) throws -> [Int64: Row] {
        try Dictionary(uniqueKeysWithValues: map { try ($0.get(column), $0) })
    }
}
