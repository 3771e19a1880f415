package import Domain
package import Foundation

/// A change of a company's account that the rules or a merge made.
package struct MatchChange: Sendable, Equatable {
    package var id: Int64
    package var at: Date
    /// The account before and after; without a name where it is gone by now.
    package var earlier: Side?
    package var later: Side?
    /// The rule that led to the later one.
    package var layer: Match.Layer?
    /// Of the merge, or the undone one, that moved it.
    package var merge: Int64?
    /// How many went along, where a merge moved it.
    package var tickets: Int?

    package struct Side: Sendable, Equatable {
        package var id: ID<Account>
        package var name: String?
    }
}

/// The permanent history of matching: every change of a company's account. Rows are added and never changed.
extension MatchStore {
    /// Adds a line to a company's history.
    ///
    /// - Parameter actor: who decided; nil for the rules.
    func remember(
        _ company: ID<Company>, from earlier: Match?, to account: ID<Account>?, layer: Match.Layer?, by actor: String? = nil,
        at moment: Date
    ) throws {
        let tickets = try merge.map { _ in try held(by: earlier?.accountID, "company_id = $2", company.rawValue) }
        try append(company.rawValue, nil, from: (earlier?.accountID, earlier?.layer), to: (account, layer), tickets, by: actor, at: moment)
    }

    /// Lines for every company and every requester without a company that a merge moves with its account, before it moves them.
    package func rememberMove(from gone: ID<Account>, to kept: ID<Account>, by actor: String, at moment: Date) throws {
        for row in try db.rows(
            """
            SELECT id, account_id, match_layer, match_confidence, match_evidence FROM companies
            WHERE workspace_id = $1 AND account_id = $2 ORDER BY id
            """, workspace, gone)
        {
            let match = try Self.match(row)
            try remember(row.get("id"), from: match, to: kept, layer: match?.layer, by: actor, at: moment)
        }
        for (requester, tickets) in try requesters(of: gone) {
            try append(0, requester, from: (gone, .contactDomain), to: (kept, .contactDomain), tickets, by: actor, at: moment)
        }
    }

    /// Who has tickets without a company beside an account, in order of id, with how many.
    package func requesters(of account: ID<Account>) throws -> [(requester: Int64, tickets: Int)] {
        try db.rows(
            """
            SELECT requester_id, COUNT(*) AS count FROM tickets
            WHERE workspace_id = $1 AND account_id = $2 AND company_id IS NULL AND requester_id IS NOT NULL AND is_live
            GROUP BY requester_id ORDER BY requester_id
            """, workspace, account
        ).map { try ($0.get("requester_id"), $0.get("count")) }
    }

    /// Lines for the requesters that an undone merge gave back: they held `kept` before, and hold `gone` now.
    package func rememberReturn(
        of earlier: [(requester: Int64, tickets: Int)], from kept: ID<Account>, to gone: ID<Account>, by actor: String, at moment: Date
    ) throws {
        let known = Set(earlier.map(\.requester))
        for (requester, tickets) in try requesters(of: gone) where known.contains(requester) {
            try append(0, requester, from: (kept, .contactDomain), to: (gone, .contactDomain), tickets, by: actor, at: moment)
        }
    }

    /// A line of a decided company that an undone merge gave back, written before it is.
    package func rememberReturn(
        of company: ID<Company>, from kept: ID<Account>, to gone: ID<Account>, by actor: String, at moment: Date
    ) throws {
        let match = try match(of: company)
        guard match?.accountID == kept, match?.layer == .manual else { return }
        try remember(company, from: match, to: gone, layer: .manual, by: actor, at: moment)
    }

    private func held(by account: ID<Account>?, _ condition: String, _ id: Int64) throws -> Int {
        try db.first(
            """
            SELECT COUNT(*) AS count FROM tickets
            WHERE workspace_id = $1 AND \(Self.ofConnection) AND \(condition) AND is_live AND account_id IS NOT DISTINCT FROM $3
            """, workspace, id, account)?.get("count") ?? 0
    }

    private func append(
        _ company: Int64, _ contact: Int64?, from earlier: (ID<Account>?, Match.Layer?), to later: (ID<Account>?, Match.Layer?),
        _ tickets: Int?, by actor: String?, at moment: Date
    ) throws {
        try db.run(
            """
            INSERT INTO match_history (workspace_id, id, at, company_id, account_id, layer, earlier_account_id, earlier_layer, actor,
                merge_id, contact_id, tickets)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """, workspace, try db.nextNumber(of: "match_history", in: workspace), moment, company, later.0, later.1, earlier.0,
            earlier.1, actor, merge, contact, tickets)
    }

    /// What the rules and merges did with a company, newest first; what people decided stands in the audit log.
    package func changes(of company: ID<Company>) throws -> [MatchChange] {
        try db.rows(
            """
            SELECT h.id, h.at, h.account_id, h.layer, h.earlier_account_id, h.merge_id, h.tickets, a.name, b.name AS earlier_name
            FROM match_history h
            LEFT JOIN accounts a ON a.workspace_id = h.workspace_id AND a.id = h.account_id
            LEFT JOIN accounts b ON b.workspace_id = h.workspace_id AND b.id = h.earlier_account_id
            WHERE h.workspace_id = $1 AND h.company_id = $2
                AND (h.merge_id IS NOT NULL OR (h.actor IS NULL AND h.layer IS DISTINCT FROM 'manual'
                    AND h.earlier_layer IS DISTINCT FROM 'manual'))
            ORDER BY h.id DESC LIMIT 50
            """, workspace, company
        ).map { row in
            func account(_ id: String, _ name: String) throws -> MatchChange.Side? {
                guard let id: ID<Account> = try row.find(id) else { return nil }
                return .init(id: id, name: try row.find(name))
            }
            return try MatchChange(
                id: row.get("id"), at: row.get("at"), earlier: account("earlier_account_id", "earlier_name"),
                later: account("account_id", "name"), layer: row.find("layer"), merge: row.find("merge_id"), tickets: row.find("tickets"))
        }
    }
}
