package import Domain
import Foundation

/// The desk by domain, and what one act on it decided.
extension MatchStore {
    /// A company on the desk with only what grouping needs.
    package struct DeskEntry: Sendable, Equatable {
        package var company: ID<Company>
        package var domains: [String]
        package var tickets: Int

        package init(company: ID<Company>, domains: [String], tickets: Int) {
            self.company = company
            self.domains = domains
            self.tickets = tickets
        }
    }

    private static let onTab = "c.workspace_id = $1 AND (c.match_state = $2 OR (c.match_changed AND $2 = 'review'))"

    /// Every company of a tab, most tickets first.
    package func entries(_ state: CompanyMatch.State) throws -> [DeskEntry] {
        try db.rows(
            """
            SELECT c.id, c.domains, COALESCE(n.tickets, 0) AS tickets FROM companies c
            LEFT JOIN (SELECT connection_id, company_id, COUNT(*) AS tickets FROM tickets
                WHERE workspace_id = $1 AND is_live AND company_id IS NOT NULL GROUP BY connection_id, company_id) n
                ON n.connection_id = c.connection_id AND n.company_id = c.id
            WHERE \(Self.onTab) ORDER BY tickets DESC, c.id
            """, workspace, state.rawValue
        ).map { try DeskEntry(company: $0.get("id"), domains: $0.list("domains"), tickets: $0.get("tickets")) }
    }

    /// These companies as they stand, in the order given; those that are gone are left out.
    package func matches(of companies: [ID<Company>]) throws -> [CompanyMatch] {
        guard !companies.isEmpty else { return [] }
        let rows = try db.rows(
            """
            SELECT c.*, a.name AS account_name,
                (SELECT COUNT(*) FROM tickets t WHERE t.workspace_id = c.workspace_id AND t.connection_id = c.connection_id
                    AND t.company_id = c.id AND t.is_live) AS tickets
            FROM companies c LEFT JOIN accounts a ON a.workspace_id = c.workspace_id AND a.id = c.account_id
            WHERE c.workspace_id = $1 AND c.id IN (\(placeholders(from: 2, count: companies.count)))
            """, arguments: [workspace.sqlValue] + companies.map(\.sqlValue))
        let found = Dictionary(try read(rows).map { ($0.company.id, $0) }) { first, _ in first }
        return companies.compactMap { found[$0] }
    }

    // MARK: Taking back

    /// The number of the log's last entry; 0 before the first.
    package func lastEntry() throws -> Int64 {
        try db.first("SELECT MAX(id) AS id FROM audit_entries WHERE workspace_id = $1", workspace)?.find("id") ?? 0
    }

    /// What `actor` did this to, in these entries of the audit log.
    package func subjects(of action: String, in entries: ClosedRange<Int64>, by actor: String) throws -> [String] {
        try db.rows(
            "SELECT subject FROM audit_entries WHERE workspace_id = $1 AND id >= $2 AND id <= $3 AND action = $4 AND actor = $5", workspace,
            entries.lowerBound, entries.upperBound, action, actor
        ).map { try $0.get("subject") }
    }

    /// A decision of an act that may be taken back.
    package struct Decided: Sendable, Equatable {
        package var company: ID<Company>
        /// What people had decided before; nil when nothing, or when they had taken it back.
        package var earlier: MatchVerdict?
    }

    /// The companies that `actor` decided about in these entries of the log, and nobody after them, each with the decision before.
    package func decisions(in entries: ClosedRange<Int64>, by actor: String) throws -> [Decided] {
        let rows = try db.rows(
            """
            SELECT subject, MIN(id) AS first, MAX(id) AS last FROM audit_entries
            WHERE workspace_id = $1 AND id >= $2 AND id <= $3 AND action = $4 AND actor = $5 GROUP BY subject ORDER BY MIN(id)
            """, workspace, entries.lowerBound, entries.upperBound, Self.auditAction, actor)
        return try rows.compactMap { row -> Decided? in
            let subject: String = try row.get("subject")
            guard let id = subject.split(separator: " ").last.flatMap({ ID<Company>(String($0)) }), subject == Self.subject(id) else {
                return nil
            }
            let later = try db.first(
                "SELECT 1 AS one FROM audit_entries WHERE workspace_id = $1 AND action = $2 AND subject = $3 AND id > $4 LIMIT 1",
                workspace,
                Self.auditAction, subject, try row.get("last", as: Int64.self))
            let isThere = try db.first("SELECT 1 AS one FROM companies WHERE workspace_id = $1 AND id = $2", workspace, id) != nil
            guard later == nil, isThere else { return nil }
            let before = try db.first(
                """
                SELECT detail FROM audit_entries WHERE workspace_id = $1 AND action = $2 AND subject = $3 AND id < $4
                ORDER BY id DESC LIMIT 1
                """, workspace, Self.auditAction, subject, try row.get("first", as: Int64.self))
            let earlier = try before?.find("detail", as: String.self).flatMap(Self.verdict(in:))
            return Decided(company: id, earlier: try isPossible(earlier) ? earlier : nil)
        }
    }

    /// An account that is gone cannot be gone back to.
    private func isPossible(_ verdict: MatchVerdict?) throws -> Bool {
        guard case .belongs(let account) = verdict else { return true }
        return try AccountStore.isThere(workspace, account, db)
    }

    /// A decision as `decide(_:_:by:now:)` writes it down: the company's name, a colon, what was decided. The name is upstream's, so the
    /// end of the text is what counts.
    static func verdict(in detail: String) -> MatchVerdict? {
        if detail.hasSuffix(": no account") { return .belongsToNone }
        if detail.hasSuffix(": ignored") { return .ignore }
        guard !detail.hasSuffix(": left to matching"), let start = detail.range(of: ": account ", options: .backwards) else { return nil }
        return ID<Account>(String(detail[start.upperBound...].prefix { $0 != " " })).map { .belongs(to: $0) }
    }
}
