package import Domain
import Foundation

/// Reads companies, contacts, agents, groups and ratings as synced, and the choices that filters offer.
package struct DirectoryStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    // MARK: Companies and contacts

    /// In order of id, after the one the cursor names.
    package func companies(_ workspace: ID<Workspace>, after: ID<Company>?, limit: Int) async throws -> Page<CompanySummary> {
        try await database.read { db in
            let rows = try db.rows(
                """
                SELECT c.*, a.name AS account_name,
                    (SELECT COUNT(*) FROM tickets t WHERE t.workspace_id = c.workspace_id AND t.connection_id = c.connection_id
                        AND t.company_id = c.id AND t.is_live) AS tickets
                FROM companies c LEFT JOIN accounts a ON a.workspace_id = c.workspace_id AND a.id = c.account_id
                WHERE c.workspace_id = $1 AND c.id > $2 ORDER BY c.id LIMIT $3
                """, workspace, after?.rawValue ?? 0, limit + 1)
            let companies = try rows.prefix(limit).map {
                try CompanySummary(company: Self.company($0), account: MatchStore.account($0), tickets: $0.get("tickets"))
            }
            return Page(
                rows: companies, next: rows.count > limit ? companies.last?.company.id.description : nil,
                total: try Self.total("companies", "TRUE", workspace, db))
        }
    }

    /// Companies that belong to no account, those with most tickets first: the offer to create accounts from them.
    package func unmatchedCompanies(_ workspace: ID<Workspace>, limit: Int) async throws -> [CompanySummary] {
        try await database.read { db in
            try db.rows(
                """
                SELECT c.*, NULL AS account_name, COUNT(t.id) AS tickets FROM companies c
                LEFT JOIN tickets t ON t.workspace_id = c.workspace_id AND t.connection_id = c.connection_id AND t.company_id = c.id
                    AND t.is_live
                WHERE c.workspace_id = $1 AND c.match_state = 'unmatched'
                GROUP BY c.workspace_id, c.connection_id, c.id ORDER BY COUNT(t.id) DESC, c.id LIMIT $2
                """, workspace, limit
            ).map { try CompanySummary(company: Self.company($0), account: nil, tickets: $0.get("tickets")) }
        }
    }

    /// Companies by their standing with accounts: `matched`, `review`, `unmatched`, `ignored`.
    package func companyCounts(_ workspace: ID<Workspace>) async throws -> [String: Int] {
        try await database.read { db in
            let rows = try db.rows(
                "SELECT match_state, COUNT(*) AS count FROM companies WHERE workspace_id = $1 GROUP BY match_state", workspace)
            return try Dictionary(uniqueKeysWithValues: rows.map { try ($0.get("match_state"), $0.get("count")) })
        }
    }

    /// In order of id, after the one the cursor names. Contacts that left the portal's list are not among them.
    package func contacts(
        _ workspace: ID<Workspace>, account: ID<Account>? = nil, after: ID<Contact>?, limit: Int
    ) async throws -> Page<ContactSummary> {
        try await database.read { db in
            let rows = try db.rows(
                """
                SELECT c.*, co.name AS company_name, a.name AS account_name FROM contacts c
                LEFT JOIN companies co ON co.workspace_id = c.workspace_id AND co.connection_id = c.connection_id AND co.id = c.company_id
                LEFT JOIN accounts a ON a.workspace_id = c.workspace_id AND a.id = c.account_id
                WHERE c.workspace_id = $1 AND c.is_live AND c.id > $2 \(account == nil ? "" : "AND c.account_id = $4")
                ORDER BY c.id LIMIT $3
                """,
                arguments: [workspace.sqlValue, .integer(after?.rawValue ?? 0), .integer(Int64(limit + 1))]
                    + (account.map { [$0.sqlValue] } ?? []))
            let contacts = try rows.prefix(limit).map { row in
                let companyName: String? = try row.find("company_name")
                let companyID: ID<Company>? = try row.find("company_id")
                return try ContactSummary(
                    contact: Self.contact(row), company: companyID.flatMap { id in companyName.map { Named(id: id, name: $0) } },
                    account: MatchStore.account(row))
            }
            return Page(
                rows: contacts, next: rows.count > limit ? contacts.last?.contact.id.description : nil,
                total: try Self.total("contacts", "is_live AND ($2 = 0 OR account_id = $2)", workspace, db, account?.rawValue ?? 0))
        }
    }

    // MARK: Groups and ratings

    package func groups(_ workspace: ID<Workspace>) async throws -> [Group] {
        try await database.read { db in
            try db.rows("SELECT id, name, raw FROM groups WHERE workspace_id = $1 ORDER BY name, id", workspace).map {
                try Group(id: $0.get("id"), name: $0.get("name"), raw: $0.get("raw"))
            }
        }
    }

    /// A rating with the names of who gave it and who got it.
    package struct RatingSummary: Sendable {
        package var rating: SatisfactionRating
        package var contact: Named<Contact>?
        package var agent: Named<Agent>?
    }

    /// Newest first by id.
    package func ratings(_ workspace: ID<Workspace>, before: ID<SatisfactionRating>?, limit: Int) async throws -> Page<RatingSummary> {
        try await database.read { db in
            let rows = try db.rows(
                """
                SELECT r.*, c.name AS contact_name, a.name AS agent_name FROM satisfaction_ratings r
                LEFT JOIN contacts c ON c.workspace_id = r.workspace_id AND c.connection_id = r.connection_id AND c.id = r.contact_id
                LEFT JOIN agents a ON a.workspace_id = r.workspace_id AND a.connection_id = r.connection_id AND a.id = r.agent_id
                WHERE r.workspace_id = $1 AND r.id < $2 ORDER BY r.id DESC LIMIT $3
                """, workspace, before?.rawValue ?? .max, limit + 1)
            let ratings = try rows.prefix(limit).map { row in
                let contactName: String? = try row.find("contact_name")
                let agentName: String? = try row.find("agent_name")
                let rating = try SatisfactionRating(
                    id: row.get("id"), ticketID: row.get("ticket_id"), rating: row.get("rating"), comment: row.find("comment"),
                    contactID: row.find("contact_id"), agentID: row.find("agent_id"), createdAt: row.get("created_at"),
                    updatedAt: row.get("updated_at"), raw: row.get("raw"))
                return RatingSummary(
                    rating: rating, contact: rating.contactID.flatMap { id in contactName.map { Named(id: id, name: $0) } },
                    agent: rating.agentID.flatMap { id in agentName.map { Named(id: id, name: $0) } })
            }
            return Page(
                rows: ratings, next: rows.count > limit ? ratings.last?.rating.id.description : nil,
                total: try Self.total("satisfaction_ratings", "TRUE", workspace, db))
        }
    }

    // MARK: Choices of filters

    /// What the filters of the Tickets page offer.
    package struct Choices: Sendable {
        package var agents: [Named<Agent>]
        /// By name: all, or of many those with the most unresolved tickets.
        package var accounts: [Named<Account>]
        package var accountsInAll: Int
        package var groups: [Named<Group>]
    }

    /// - Parameter mostAccounts: accounts listed at most.
    package func choices(_ workspace: ID<Workspace>, mostAccounts: Int) async throws -> Choices {
        try await database.read { db in
            func named<Subject>(_ sql: String, _ more: (any SQLConvertible)?...) throws -> [Named<Subject>] {
                try db.rows(sql, arguments: [workspace.sqlValue] + more.map { $0?.sqlValue ?? .null })
                    .map { try Named(id: $0.get("id"), name: $0.get("name")) }
            }
            let accountsInAll = try Self.total("accounts", "TRUE", workspace, db).count
            // Counted over the index of unresolved tickets, which holds nothing else; its condition must stand here word for word.
            let busiest = """
                SELECT a.id, a.name, a.name_folded FROM accounts a LEFT JOIN (
                    SELECT account_id, COUNT(*) AS tickets FROM tickets
                    WHERE workspace_id = $1 AND is_live AND account_id IS NOT NULL AND status IN ('open', 'pending') GROUP BY account_id
                ) n ON n.account_id = a.id
                WHERE a.workspace_id = $1 ORDER BY COALESCE(n.tickets, 0) DESC, a.name_folded, a.id LIMIT $2
                """
            return try Choices(
                agents: named("SELECT id, name FROM agents WHERE workspace_id = $1 ORDER BY name, id LIMIT 1000"),
                accounts: accountsInAll <= mostAccounts
                    ? named("SELECT id, name FROM accounts WHERE workspace_id = $1 ORDER BY name_folded, id")
                    : named("SELECT id, name FROM (\(busiest)) busiest ORDER BY name_folded, id", mostAccounts),
                accountsInAll: accountsInAll,
                groups: named("SELECT id, name FROM groups WHERE workspace_id = $1 ORDER BY name, id LIMIT 1000"))
        }
    }

    // MARK: Rows

    static func company(_ row: Row) throws -> Company {
        try Company(
            id: row.get("id"), name: row.get("name"), domains: row.list("domains"), healthScore: row.find("health_score"),
            accountTier: row.find("account_tier"), renewalDate: row.find("renewal_date"), industry: row.find("industry"),
            createdAt: row.get("created_at"), updatedAt: row.get("updated_at"), externalID: row.find("external_id"), raw: row.get("raw"))
    }

    static func contact(_ row: Row) throws -> Contact {
        try Contact(
            id: row.get("id"), name: row.get("name"), email: row.find("email"), phone: row.find("phone"), mobile: row.find("mobile"),
            jobTitle: row.find("job_title"), isActive: row.get("is_active"), companyID: row.find("company_id"),
            createdAt: row.get("created_at"), updatedAt: row.get("updated_at"), raw: row.get("raw"))
    }

    static func total(_ table: String, _ condition: String, _ workspace: ID<Workspace>, _ db: any Queries, _ more: (any SQLConvertible)?...)
        throws -> Total
    {
        let arguments = [workspace.sqlValue] + more.map { $0?.sqlValue ?? .null }
        let sql = "SELECT COUNT(*) AS count FROM \(table) WHERE workspace_id = $1 AND \(condition)"
        let count: Int = try db.rows(sql, arguments: arguments).first?.get("count") ?? 0
        return Total(count: count, isExact: true)
    }
}
