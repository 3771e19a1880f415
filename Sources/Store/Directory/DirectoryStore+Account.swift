package import Domain

extension DirectoryStore {
    /// The companies that belong to an account, those with most tickets first, each with the reason.
    package func companies(_ workspace: ID<Workspace>, of account: ID<Account>, limit: Int) async throws -> [CompanySummary] {
        try await database.read { db in
            try db.rows(
                """
                SELECT c.*, a.name AS account_name,
                    (SELECT COUNT(*) FROM tickets t WHERE t.workspace_id = c.workspace_id AND t.connection_id = c.connection_id
                        AND t.company_id = c.id AND t.is_live) AS tickets
                FROM companies c JOIN accounts a ON a.workspace_id = c.workspace_id AND a.id = c.account_id
                WHERE c.workspace_id = $1 AND c.account_id = $2 ORDER BY tickets DESC, c.id LIMIT $3
                """, workspace, account, limit
            ).map { try CompanySummary(company: Self.company($0), account: MatchStore.account($0), tickets: $0.get("tickets")) }
        }
    }

    /// The names behind ids, for filters that name companies; unknown ids are left out.
    package func names(_ workspace: ID<Workspace>, ofCompanies ids: [ID<Company>]) async throws -> [Named<Company>] {
        try await names(workspace, in: "companies", ids)
    }

    /// The names behind ids, for filters that name requesters; unknown ids are left out.
    package func names(_ workspace: ID<Workspace>, ofContacts ids: [ID<Contact>]) async throws -> [Named<Contact>] {
        try await names(workspace, in: "contacts", ids)
    }

    /// The names behind ids, for filters that name accounts; unknown ids are left out.
    package func names(_ workspace: ID<Workspace>, ofAccounts ids: [ID<Account>]) async throws -> [Named<Account>] {
        try await names(workspace, in: "accounts", ids)
    }

    private func names<Subject>(_ workspace: ID<Workspace>, in table: String, _ ids: [ID<Subject>]) async throws -> [Named<Subject>] {
        guard !ids.isEmpty else { return [] }
        let list = placeholders(from: 2, count: ids.count)
        let arguments = [workspace.sqlValue] + ids.map(\.sqlValue)
        return try await database.read { db in
            let sql = "SELECT id, name FROM \(table) WHERE workspace_id = $1 AND id IN (\(list)) ORDER BY id"
            return try db.rows(sql, arguments: arguments).map { try Named(id: $0.get("id"), name: $0.get("name")) }
        }
    }
}
