package import Domain

/// The review desk: what waits for a person, most tickets first.
extension MatchStore {
    /// A tab of the desk with its first rows.
    package struct DeskPage: Sendable {
        package var rows: [CompanyMatch]
        package var total: Int
    }

    /// - Parameter state: `review` also has decisions whose grounds have changed.
    package func desk(_ state: CompanyMatch.State, offset: Int, limit: Int) throws -> DeskPage {
        let condition = "c.workspace_id = $1 AND (c.match_state = $2 OR (c.match_changed AND $2 = 'review'))"
        let rows = try db.rows(
            """
            SELECT c.*, a.name AS account_name,
                (SELECT COUNT(*) FROM tickets t WHERE t.workspace_id = c.workspace_id AND t.connection_id = c.connection_id
                    AND t.company_id = c.id AND t.is_live) AS tickets
            FROM companies c LEFT JOIN accounts a ON a.workspace_id = c.workspace_id AND a.id = c.account_id
            WHERE \(condition) ORDER BY tickets DESC, c.id LIMIT $3 OFFSET $4
            """, workspace, state.rawValue, limit, offset)
        let count = try db.first("SELECT COUNT(*) AS count FROM companies c WHERE \(condition)", workspace, state.rawValue)
        return DeskPage(rows: try read(rows), total: try count?.get("count") ?? 0)
    }

    /// Companies of each tab.
    package func deskCounts() throws -> [CompanyMatch.State: Int] {
        let rows = try db.rows(
            "SELECT match_state, COUNT(*) AS count FROM companies WHERE workspace_id = $1 GROUP BY match_state", workspace)
        var counts: [CompanyMatch.State: Int] = [:]
        for row in rows {
            if let state = CompanyMatch.State(rawValue: try row.get("match_state")) { counts[state] = try row.get("count") }
        }
        let changed = try db.first("SELECT COUNT(*) AS count FROM companies WHERE workspace_id = $1 AND match_changed", workspace)
        counts[.review, default: 0] += try changed?.get("count") ?? 0
        return counts
    }

    /// Everything that people decided about a company, and where it went with its account, newest first.
    package func history(of company: ID<Company>) throws -> [AuditEntry] {
        try db.rows(
            """
            SELECT id, at, actor, action, subject, detail FROM audit_entries WHERE workspace_id = $1 AND action IN ($2, $4)
                AND subject = $3 ORDER BY id DESC LIMIT 50
            """, workspace, Self.auditAction, Self.subject(company), MergeStore.movedAction
        ).map(AuditEntry.init)
    }
}
