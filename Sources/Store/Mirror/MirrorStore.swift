package import Domain
import Foundation

/// Writes what the phases read: rows as upserts, inside the transaction that also saves the checkpoint.
///
/// Every function takes the transaction's `Queries`, because a page, its counts and its cursor are saved together or not at all.
package struct MirrorStore {
    let db: any Queries
    let scope: MirrorScope

    package init(_ db: any Queries, scope: MirrorScope) {
        self.db = db
        self.scope = scope
    }

    // MARK: Companies

    package func save(_ companies: [Company], run: ID<SyncRun>) throws -> PhaseCounts {
        let counts = try saveAll(companies) { company in
            let known = try db.first(
                "SELECT raw FROM companies WHERE workspace_id = $1 AND connection_id = $2 AND id = $3",
                scope.workspace, scope.connection, company.id)
            try db.run(
                """
                INSERT INTO companies (workspace_id, connection_id, id, name, domains, health_score, account_tier, renewal_date, industry,
                    created_at, updated_at, raw, seen_run)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
                ON CONFLICT (workspace_id, connection_id, id) DO UPDATE SET name = excluded.name, domains = excluded.domains,
                    health_score = excluded.health_score, account_tier = excluded.account_tier, renewal_date = excluded.renewal_date,
                    industry = excluded.industry, created_at = excluded.created_at, updated_at = excluded.updated_at, raw = excluded.raw,
                    seen_run = excluded.seen_run
                """,
                scope.workspace, scope.connection, company.id, company.name, JSONColumn.text(company.domains), company.healthScore,
                company.accountTier, company.renewalDate, company.industry, company.createdAt, company.updatedAt, company.raw, run)
            return try change(known, raw: company.raw)
        }
        try keepKeys(of: companies)
        return counts
    }

    /// Companies that a full listing no longer had, given that `run` listed all of them; each is to be confirmed upstream.
    package func companiesNotSeen(in run: ID<SyncRun>) throws -> [ID<Company>] { try notSeen("companies", run) }

    /// Forgets companies that upstream confirmed gone. Their tickets and contacts stay, matched by e-mail domain from now on.
    package func delete(companies: [ID<Company>]) throws {
        for id in companies { try deleteRow("companies", id.rawValue) }
    }

    // MARK: Contacts

    package func save(_ contacts: [Contact], run: ID<SyncRun>, isLive: Bool = true) throws -> PhaseCounts {
        try saveAll(contacts) { contact in
            let known = try db.first(
                "SELECT raw FROM contacts WHERE workspace_id = $1 AND connection_id = $2 AND id = $3",
                scope.workspace, scope.connection, contact.id)
            try db.run(
                """
                INSERT INTO contacts (workspace_id, connection_id, id, name, email, phone, mobile, job_title, is_active, company_id,
                    created_at, updated_at, raw, seen_run, is_live)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
                ON CONFLICT (workspace_id, connection_id, id) DO UPDATE SET name = excluded.name, email = excluded.email,
                    phone = excluded.phone, mobile = excluded.mobile, job_title = excluded.job_title, is_active = excluded.is_active,
                    company_id = excluded.company_id, created_at = excluded.created_at, updated_at = excluded.updated_at,
                    raw = excluded.raw, seen_run = excluded.seen_run, is_live = excluded.is_live
                """,
                scope.workspace, scope.connection, contact.id, contact.name, contact.email, contact.phone, contact.mobile,
                contact.jobTitle, contact.isActive, contact.companyID, contact.createdAt, contact.updatedAt, contact.raw, run, isLive)
            return try change(known, raw: contact.raw)
        }
    }

    package func contactsNotSeen(in run: ID<SyncRun>) throws -> [ID<Contact>] { try notSeen("contacts", run, condition: "is_live") }

    /// Contacts that left the portal's list stay for the names on old tickets, marked as gone.
    package func retire(contacts: [ID<Contact>]) throws {
        for id in contacts {
            try db.run(
                "UPDATE contacts SET is_live = FALSE WHERE workspace_id = $1 AND connection_id = $2 AND id = $3",
                scope.workspace, scope.connection, id)
        }
    }

    /// Whether a contact or agent of that id is held.
    package func knowsRequester(_ id: ID<Contact>) throws -> Bool {
        try db.first(
            """
            SELECT 1 AS one FROM contacts WHERE workspace_id = $1 AND connection_id = $2 AND id = $3
            UNION ALL SELECT 1 AS one FROM agents WHERE workspace_id = $1 AND connection_id = $2 AND id = $3 LIMIT 1
            """, scope.workspace, scope.connection, id) != nil
    }

    /// Requesters of tickets that neither contacts nor agents know; each may be fetched by itself.
    package func unknownRequesters(limit: Int) throws -> [ID<Contact>] {
        try db.rows(
            """
            SELECT DISTINCT t.requester_id AS id FROM tickets t
            WHERE t.workspace_id = $1 AND t.connection_id = $2 AND t.requester_id IS NOT NULL AND t.is_live
                AND NOT EXISTS (SELECT 1 FROM contacts c
                    WHERE c.workspace_id = t.workspace_id AND c.connection_id = t.connection_id AND c.id = t.requester_id)
                AND NOT EXISTS (SELECT 1 FROM agents a
                    WHERE a.workspace_id = t.workspace_id AND a.connection_id = t.connection_id AND a.id = t.requester_id)
            ORDER BY t.requester_id LIMIT $3
            """, scope.workspace, scope.connection, limit
        ).map { try $0.get("id") }
    }

    // MARK: Agents, groups, statuses

    package func save(_ agents: [Agent], run: ID<SyncRun>) throws -> PhaseCounts {
        try saveAll(agents) { agent in
            let known = try db.first(
                "SELECT name, email, is_active, is_occasional FROM agents WHERE workspace_id = $1 AND connection_id = $2 AND id = $3",
                scope.workspace, scope.connection, agent.id)
            try db.run(
                """
                INSERT INTO agents (workspace_id, connection_id, id, name, email, is_active, is_occasional, created_at, updated_at, raw,
                    seen_run)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                ON CONFLICT (workspace_id, connection_id, id) DO UPDATE SET name = excluded.name, email = excluded.email,
                    is_active = excluded.is_active, is_occasional = excluded.is_occasional, created_at = excluded.created_at,
                    updated_at = excluded.updated_at, raw = excluded.raw, seen_run = excluded.seen_run
                """,
                scope.workspace, scope.connection, agent.id, agent.name, agent.email, agent.isActive, agent.isOccasional, agent.createdAt,
                agent.updatedAt, agent.raw, run)
            guard let known else { return .added }
            // Raw text and updated_at follow the agent's mere presence (fact 67), so only what we show counts as a change.
            let isSame =
                try known.get("name", as: String.self) == agent.name && known.find("email", as: String.self) == agent.email
                && known.get("is_active", as: Bool.self) == agent.isActive
                && known.get("is_occasional", as: Bool.self) == agent.isOccasional
            return isSame ? .unchanged : .updated
        }
    }

    /// Active agents that a full listing no longer had.
    package func agentsNotSeen(in run: ID<SyncRun>) throws -> [ID<Agent>] {
        try notSeen("agents", run, condition: "is_active")
    }

    /// Agents that the portal no longer lists keep their name on old tickets, marked as left.
    package func retire(agents: [ID<Agent>]) throws {
        for id in agents {
            try db.run(
                "UPDATE agents SET is_active = FALSE WHERE workspace_id = $1 AND connection_id = $2 AND id = $3", scope.workspace,
                scope.connection, id)
        }
    }

    package func groupsNotSeen(in run: ID<SyncRun>) throws -> [ID<Group>] { try notSeen("groups", run) }

    /// Groups that `run` has read already.
    package func groupsSeen(in run: ID<SyncRun>) throws -> Set<Int64> {
        try Set(
            db.rows(
                "SELECT id FROM groups WHERE workspace_id = $1 AND connection_id = $2 AND seen_run = $3", scope.workspace, scope.connection,
                run
            ).map { try $0.get("id") })
    }

    /// Forgets groups that upstream confirmed gone.
    package func delete(groups: [ID<Group>]) throws {
        for id in groups {
            try db.run(
                "DELETE FROM group_agents WHERE workspace_id = $1 AND connection_id = $2 AND group_id = $3", scope.workspace,
                scope.connection, id)
            try deleteRow("groups", id.rawValue)
        }
    }

    package func replace(groups: [Group], run: ID<SyncRun>) throws {
        for group in groups {
            try db.run(
                """
                INSERT INTO groups (workspace_id, connection_id, id, name, raw, seen_run) VALUES ($1, $2, $3, $4, $5, $6)
                ON CONFLICT (workspace_id, connection_id, id) DO UPDATE SET name = excluded.name, raw = excluded.raw,
                    seen_run = excluded.seen_run
                """, scope.workspace, scope.connection, group.id, group.name, group.raw, run)
            try db.run(
                "DELETE FROM group_agents WHERE workspace_id = $1 AND connection_id = $2 AND group_id = $3",
                scope.workspace, scope.connection, group.id)
            for agent in Set(group.agentIDs) {
                try db.run(
                    "INSERT INTO group_agents (workspace_id, connection_id, group_id, agent_id) VALUES ($1, $2, $3, $4)",
                    scope.workspace, scope.connection, group.id, agent)
            }
        }
    }

    package func replace(statuses: [StatusLabel]) throws {
        for (position, status) in statuses.enumerated() {
            // Labels of deleted statuses stay: old tickets still carry the number (fact 177).
            try db.run(
                """
                INSERT INTO status_labels (workspace_id, connection_id, code, label, position) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (workspace_id, connection_id, code) DO UPDATE SET label = excluded.label, position = excluded.position
                """, scope.workspace, scope.connection, status.code, status.label, position)
        }
    }

    /// Every status number the portal names.
    package func statusCodes() throws -> [Int] {
        try db.rows(
            "SELECT code FROM status_labels WHERE workspace_id = $1 AND connection_id = $2 ORDER BY position", scope.workspace,
            scope.connection
        ).map { try $0.get("code") }
    }

    /// Every agent's id, former ones too; a conversation's author is one of them or a contact.
    package func agentIDs() throws -> Set<Int64> {
        let rows = try db.rows("SELECT id FROM agents WHERE workspace_id = $1 AND connection_id = $2", scope.workspace, scope.connection)
        return try Set(rows.map { try $0.get("id") })
    }

    // MARK: Shared

    func saveAll<Record>(_ records: [Record], _ save: (Record) throws -> Change) throws -> PhaseCounts {
        var counts = PhaseCounts()
        for record in records { counts.count(try save(record)) }
        return counts
    }

    private func change(_ known: Row?, raw: String) throws -> Change {
        guard let known else { return .added }
        return try known.get("raw", as: String.self) == raw ? .unchanged : .updated
    }

    private func notSeen<Subject>(_ table: String, _ run: ID<SyncRun>, condition: String = "TRUE") throws -> [ID<Subject>] {
        try db.rows(
            """
            SELECT id FROM \(table) WHERE workspace_id = $1 AND connection_id = $2 AND seen_run <> $3 AND \(condition) ORDER BY id
            """, scope.workspace, scope.connection, run
        ).map { try $0.get("id") }
    }

    private func deleteRow(_ table: String, _ id: Int64) throws {
        try db.run(
            "DELETE FROM \(table) WHERE workspace_id = $1 AND connection_id = $2 AND id = $3", scope.workspace, scope.connection, id)
    }
}
