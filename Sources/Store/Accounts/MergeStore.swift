package import Domain
package import Foundation

/// Keeps which account was merged into which, and writes the rows that a merge and its undo move.
///
/// The functions take the transaction's `Queries`: a merge, the matching after it and its record are saved together or not at all.
package struct MergeStore {
    let db: any Queries
    let workspace: ID<Workspace>

    package init(_ db: any Queries, workspace: ID<Workspace>) {
        self.db = db
        self.workspace = workspace
    }

    /// What belongs to an account.
    package struct Belongings: Sendable, Equatable {
        package var companies: Int
        /// Companies that a person attached.
        package var decisions: Int
        package var contacts: Int
        /// As lists count them: deleted tickets and spam aside.
        package var tickets: Int

        package init(companies: Int, decisions: Int, contacts: Int, tickets: Int) {
            self.companies = companies
            self.decisions = decisions
            self.contacts = contacts
            self.tickets = tickets
        }
    }

    package func belongings(of account: ID<Account>) throws -> Belongings {
        func count(_ sql: String) throws -> Int { try db.first(sql, workspace, account)?.get("count") ?? 0 }
        return Belongings(
            companies: try count("SELECT COUNT(*) AS count FROM companies WHERE workspace_id = $1 AND account_id = $2"),
            decisions: try count(
                "SELECT COUNT(*) AS count FROM companies WHERE workspace_id = $1 AND account_id = $2 AND match_layer = 'manual'"),
            contacts: try count("SELECT COUNT(*) AS count FROM contacts WHERE workspace_id = $1 AND account_id = $2 AND is_live"),
            tickets: try count("SELECT COUNT(*) AS count FROM tickets WHERE workspace_id = $1 AND account_id = $2 AND is_live"))
    }

    // MARK: Accounts

    /// Throws `notFound`.
    package func account(_ id: ID<Account>) throws -> Account {
        guard let account = try AccountStore.find(workspace, id, db) else {
            throw Failure(.notFound, "There is no account \(id) in this workspace.")
        }
        return account
    }

    /// Writes every column of an account, with its id; makes the row when it is not there. Throws `conflict` when another account has
    /// one of its keys.
    package func write(_ account: Account) throws {
        for key in [account.externalID].compactMap({ $0 }) + account.furtherExternalIDs {
            try AccountStore.refuseTakenKey(workspace, key, except: account.id, db)
        }
        try db.run(
            """
            INSERT INTO accounts (workspace_id, id, name, name_folded, domains, aliases, external_id, further_external_ids, owner_email,
                arr, renewal_date, tags, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            ON CONFLICT (workspace_id, id) DO UPDATE SET name = excluded.name, name_folded = excluded.name_folded,
                domains = excluded.domains, aliases = excluded.aliases, external_id = excluded.external_id,
                further_external_ids = excluded.further_external_ids, owner_email = excluded.owner_email, arr = excluded.arr,
                renewal_date = excluded.renewal_date, tags = excluded.tags, created_at = excluded.created_at,
                updated_at = excluded.updated_at
            """,
            workspace, account.id, account.name, SearchText.folded(account.name), JSONColumn.text(account.domains),
            JSONColumn.text(account.aliases), account.externalID, JSONColumn.text(account.furtherExternalIDs), account.ownerEmail,
            account.arr, account.renewalDate, JSONColumn.text(account.tags), account.createdAt, account.updatedAt)
    }

    /// Removes the row of an account whose belongings have moved.
    package func remove(_ account: ID<Account>) throws {
        try db.run("DELETE FROM accounts WHERE workspace_id = $1 AND id = $2", workspace, account)
    }

    // MARK: What belongs to them

    /// Gives every company, contact and ticket of one account to another. Who decided, and why, stays.
    package func move(from gone: ID<Account>, to kept: ID<Account>) throws {
        for table in ["companies", "contacts", "tickets"] {
            try db.run("UPDATE \(table) SET account_id = $3 WHERE workspace_id = $1 AND account_id = $2", workspace, gone, kept)
        }
    }

    /// The companies of an account, in order of id.
    package func companies(of account: ID<Account>, decided: Bool? = nil) throws -> [ID<Company>] {
        let only =
            switch decided {
            case .some(true): " AND match_layer = 'manual'"
            case .some(false): " AND match_layer IS DISTINCT FROM 'manual'"
            case nil: ""
            }
        return try db.rows("SELECT id FROM companies WHERE workspace_id = $1 AND account_id = $2\(only) ORDER BY id", workspace, account)
            .map { try $0.get("id") }
    }

    /// Says of a decided company that it belongs to another account now; false when it is not there, or not this account's any more.
    package func hand(_ company: ID<Company>, from old: ID<Account>, to new: ID<Account>) throws -> Bool {
        try db.run(
            """
            UPDATE companies SET account_id = $4
            WHERE workspace_id = $1 AND id = $2 AND account_id = $3 AND match_layer = 'manual'
            """, workspace, company, old, new) > 0
    }

    /// What decisions were made on, where it names an account, says the other one from now on: the same customer, so that no decision
    /// comes back to the desk. Returns what stood there.
    package func rename(_ old: ID<Account>, to new: ID<Account>) throws -> [MergeRecord.Grounds] {
        var renamed: [MergeRecord.Grounds] = []
        for row in try db.rows(
            "SELECT id, match_seen FROM companies WHERE workspace_id = $1 AND match_seen <> '' ORDER BY id", workspace)
        {
            let seen: String = try row.get("match_seen")
            var lines = seen.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            // The first line is the company's name.
            for place in lines.indices.dropFirst() where lines[place] == "#\(old)" { lines[place] = "#\(new)" }
            let now = lines.joined(separator: "\n")
            guard now != seen else { continue }
            let company: ID<Company> = try row.get("id")
            try db.run("UPDATE companies SET match_seen = $3 WHERE workspace_id = $1 AND id = $2", workspace, company, now)
            renamed.append(.init(company: company.rawValue, before: seen, after: now))
        }
        return renamed
    }

    /// Puts back what a decision was made on, unless that has changed in between.
    package func restore(_ grounds: MergeRecord.Grounds) throws {
        try db.run(
            "UPDATE companies SET match_seen = $4 WHERE workspace_id = $1 AND id = $2 AND match_seen = $3", workspace, grounds.company,
            grounds.after, grounds.before)
    }

    /// Whether the company is still there.
    package func holds(_ company: ID<Company>) throws -> Bool {
        try db.first("SELECT 1 AS one FROM companies WHERE workspace_id = $1 AND id = $2", workspace, company) != nil
    }

    /// Whether a person has decided about the company after that entry of the log.
    package func isDecided(_ company: ID<Company>, since entry: Int64) throws -> Bool {
        try db.first(
            "SELECT 1 AS one FROM audit_entries WHERE workspace_id = $1 AND id > $2 AND action = $3 AND subject = $4 LIMIT 1", workspace,
            entry, MatchStore.auditAction, MatchStore.subject(company)) != nil
    }

    /// The audit action of a company that went along with its account.
    static let movedAction = "match.move"

    /// A line of the company's history.
    package func note(_ company: ID<Company>, _ detail: String, by actor: String, now: Date) throws {
        try db.appendAudit(
            workspace, actor: actor, action: Self.movedAction, subject: MatchStore.subject(company), detail: detail, now: now)
    }
}
