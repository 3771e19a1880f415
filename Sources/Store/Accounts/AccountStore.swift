package import Domain
package import Foundation

/// The workspace's customers. Matching them to companies happens in the caller's transaction, so every write hands out its `Queries`.
package struct AccountStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Every account, for building a match index.
    package static func all(_ workspace: ID<Workspace>, _ db: any Queries) throws -> [Account] {
        try db.rows("SELECT * FROM accounts WHERE workspace_id = $1 ORDER BY id", workspace).map(account)
    }

    package func get(_ workspace: ID<Workspace>, _ id: ID<Account>) async throws -> AccountSummary {
        let found = try await database.read {
            try Self.summaries(Condition(workspace, "a.id = $2", [id.sqlValue]), order: "a.id", limit: 1, $0).first
        }
        guard let found else { throw Failure(.notFound, "There is no account \(id) in this workspace.") }
        return found
    }

    package func find(_ workspace: ID<Workspace>, _ id: ID<Account>) async throws -> Account? {
        try await database.read { try Self.find(workspace, id, $0) }
    }

    package static func isThere(_ workspace: ID<Workspace>, _ id: ID<Account>, _ db: any Queries) throws -> Bool {
        try db.first("SELECT 1 AS one FROM accounts WHERE workspace_id = $1 AND id = $2", workspace, id) != nil
    }

    static func find(_ workspace: ID<Workspace>, _ id: ID<Account>, _ db: any Queries) throws -> Account? {
        try db.first("SELECT * FROM accounts WHERE workspace_id = $1 AND id = $2", workspace, id).map(account)
    }

    /// By name, from the account after the cursor (its id). `search` is compared with folded names, domains, owners and external ids.
    package func list(_ workspace: ID<Workspace>, search: String? = nil, after: ID<Account>?, limit: Int) async throws -> Page<
        AccountSummary
    > {
        try await database.read { db in
            var condition = Condition(workspace)
            if let search = search?.trimmed.nilIfEmpty {
                let folded = SearchText.folded(search)
                let matching = try Self.all(workspace, db).filter { account in
                    ([account.name, account.externalID ?? "", account.ownerEmail ?? ""] + account.domains + account.aliases
                        + account.furtherExternalIDs)
                        .contains { SearchText.folded($0).contains(folded) }
                }
                condition.add(ids: matching.map(\.id))
            }
            let total = try Self.total(condition, db)
            if let after { condition.begin(after: after) }
            let rows = try Self.summaries(condition, order: "a.name_folded, a.id", limit: limit + 1, db)
            let page = Array(rows.prefix(limit))
            return Page(rows: page, next: rows.count > limit ? page.last?.account.id.description : nil, total: total)
        }
    }

    // MARK: Writing

    /// Makes an account. `then` runs in the same transaction (matching, audit).
    package func create(
        _ workspace: ID<Workspace>, _ draft: AccountDraft, now: Date, then: @escaping @Sendable (Account, any Queries) throws -> Void
    ) async throws -> Account {
        let draft = try draft.validated()
        return try await database.write { db in
            let account = try Self.insert(workspace, draft, now: now, db)
            try then(account, db)
            return account
        }
    }

    /// Replaces what a person may change of an account. `then` gets it as it was and as it is, in the same transaction.
    package func update(
        _ workspace: ID<Workspace>, _ id: ID<Account>, _ draft: AccountDraft, now: Date,
        then: @escaping @Sendable (_ before: Account, _ now: Account, any Queries) throws -> Void
    ) async throws -> Account {
        let draft = try draft.validated()
        return try await database.write { db in
            let before = try Self.get(workspace, id, db)
            let account = try Self.replace(workspace, id, draft, now: now, db)
            try then(before, account, db)
            return account
        }
    }

    /// Removes an account; `then` has to match anew, which lets go of its companies, contacts and tickets.
    package func delete(
        _ workspace: ID<Workspace>, _ id: ID<Account>, then: @escaping @Sendable (Account, any Queries) throws -> Void
    ) async throws {
        try await database.write { db in
            guard let account = try Self.find(workspace, id, db) else {
                throw Failure(.notFound, "There is no account \(id) in this workspace.")
            }
            try db.run("DELETE FROM accounts WHERE workspace_id = $1 AND id = $2", workspace, id)
            try then(account, db)
        }
    }

    package static func insert(_ workspace: ID<Workspace>, _ draft: AccountDraft, now: Date, _ db: any Queries) throws -> Account {
        try refuseTakenKey(workspace, draft.externalID, except: nil, db)
        let id: ID<Account> = ID(try db.nextNumber(of: "accounts", in: workspace))
        try db.run(
            """
            INSERT INTO accounts (workspace_id, id, name, name_folded, domains, aliases, external_id, owner_email, arr, renewal_date, tags,
                created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
            """,
            workspace, id, draft.name, SearchText.folded(draft.name), JSONColumn.text(draft.domains), JSONColumn.text(draft.aliases),
            draft.externalID, draft.ownerEmail, draft.arr, draft.renewalDate, JSONColumn.text(draft.tags), now)
        return try get(workspace, id, db)
    }

    package static func replace(
        _ workspace: ID<Workspace>, _ id: ID<Account>, _ draft: AccountDraft, now: Date, _ db: any Queries
    ) throws -> Account {
        try refuseTakenKey(workspace, draft.externalID, except: id, db)
        let changed = try db.run(
            """
            UPDATE accounts SET name = $3, name_folded = $4, domains = $5, aliases = $6, external_id = $7, owner_email = $8, arr = $9,
                renewal_date = $10, tags = $11, updated_at = $12
            WHERE workspace_id = $1 AND id = $2
            """,
            workspace, id, draft.name, SearchText.folded(draft.name), JSONColumn.text(draft.domains), JSONColumn.text(draft.aliases),
            draft.externalID, draft.ownerEmail, draft.arr, draft.renewalDate, JSONColumn.text(draft.tags), now)
        guard changed == 1 else { throw Failure(.notFound, "There is no account \(id) in this workspace.") }
        return try get(workspace, id, db)
    }

    private static func get(_ workspace: ID<Workspace>, _ id: ID<Account>, _ db: any Queries) throws -> Account {
        guard let account = try find(workspace, id, db) else { throw Failure(.notFound, "There is no account \(id) in this workspace.") }
        return account
    }

    static func refuseTakenKey(_ workspace: ID<Workspace>, _ key: String?, except: ID<Account>?, _ db: any Queries) throws {
        guard let key else { return }
        let others = try db.rows(
            """
            SELECT name, external_id, further_external_ids FROM accounts
            WHERE workspace_id = $1 AND (external_id = $2 OR further_external_ids <> '[]') AND id <> $3
            """, workspace, key, except?.rawValue ?? 0)
        let taken = try others.first { try $0.find("external_id") == key || $0.list("further_external_ids").contains(key) }
        guard let taken else { return }
        let message = "The external id “\(key)” is the one of \(try taken.get("name", as: String.self)) already."
        throw Failure(.conflict, code: "taken", message, fields: [.init("external_id", message, code: "taken")])
    }

    // MARK: Rows

    /// The WHERE of a list of accounts, with what it binds; `$1` is the workspace.
    private struct Condition {
        var sql: String
        var arguments: [SQLValue]

        init(_ workspace: ID<Workspace>, _ more: String = "TRUE", _ values: [SQLValue] = []) {
            sql = "a.workspace_id = $1 AND \(more)"
            arguments = [workspace.sqlValue] + values
        }

        mutating func add(ids: [ID<Account>]) {
            sql += ids.isEmpty ? " AND FALSE" : " AND a.id IN (\(placeholders(from: arguments.count + 1, count: ids.count)))"
            arguments += ids.map(\.sqlValue)
        }

        mutating func begin(after account: ID<Account>) {
            arguments.append(account.sqlValue)
            sql += """
                 AND (a.name_folded, a.id) >
                    (SELECT p.name_folded, p.id FROM accounts p WHERE p.workspace_id = $1 AND p.id = $\(arguments.count))
                """
        }
    }

    private static func summaries(_ condition: Condition, order: String, limit: Int, _ db: any Queries) throws -> [AccountSummary] {
        try db.rows(
            """
            SELECT a.*,
                (SELECT COUNT(*) FROM tickets t WHERE t.workspace_id = a.workspace_id AND t.account_id = a.id AND t.is_live
                    AND t.status = 'open') AS open,
                (SELECT COUNT(*) FROM tickets t WHERE t.workspace_id = a.workspace_id AND t.account_id = a.id AND t.is_live
                    AND t.status IN ('open', 'pending')) AS unresolved,
                (SELECT COUNT(*) FROM tickets t WHERE t.workspace_id = a.workspace_id AND t.account_id = a.id AND t.is_live
                    AND t.status IN ('open', 'pending') AND t.priority = 4) AS urgent,
                (SELECT MAX(t.created_at) FROM tickets t WHERE t.workspace_id = a.workspace_id AND t.account_id = a.id AND t.is_live)
                    AS last_ticket_at
            FROM accounts a WHERE \(condition.sql) ORDER BY \(order) LIMIT $\(condition.arguments.count + 1)
            """, arguments: condition.arguments + [.integer(Int64(limit))]
        ).map {
            try AccountSummary(
                account: account($0), openTickets: $0.get("open"), urgentTickets: $0.get("urgent"), unresolvedTickets: $0.get("unresolved"),
                lastTicketAt: $0.find("last_ticket_at"))
        }
    }

    private static func total(_ condition: Condition, _ db: any Queries) throws -> Total {
        let row = try db.rows("SELECT COUNT(*) AS count FROM accounts a WHERE \(condition.sql)", arguments: condition.arguments).first
        return Total(count: try row?.get("count") ?? 0, isExact: true)
    }

    static func account(_ row: Row) throws -> Account {
        try Account(
            id: row.get("id"), name: row.get("name"), domains: row.list("domains"), aliases: row.list("aliases"),
            externalID: row.find("external_id"), furtherExternalIDs: row.list("further_external_ids"), ownerEmail: row.find("owner_email"),
            arr: row.find("arr"),
            renewalDate: row.find("renewal_date"), tags: row.list("tags"), createdAt: row.get("created_at"),
            updatedAt: row.get("updated_at"))
    }
}
