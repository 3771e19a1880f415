package import Domain
import Foundation

/// Keeps which company, contact and ticket belongs to which account, and why.
///
/// The functions take the transaction's `Queries`: matching is applied in the transaction that saved the records.
package struct MatchStore {
    let db: any Queries
    let workspace: ID<Workspace>

    package init(_ db: any Queries, workspace: ID<Workspace>) {
        self.db = db
        self.workspace = workspace
    }

    /// Names the workspace's connection: without it the primary key would not serve, and each look-up would read the whole table.
    private static let ofConnection = "connection_id IN (SELECT id FROM connections WHERE workspace_id = $1)"

    /// What matching found for one company.
    package enum Decision: Sendable, Equatable {
        case matched(Match)
        /// Several accounts fit; a person decides.
        case review(reason: String, candidates: [MatchCandidate])
        case unmatched
    }

    /// A company as matching sees it.
    package struct Subject: Sendable {
        /// Without what matching does not read.
        package var company: Company
        /// A person has decided.
        package var isDecided: Bool
        /// What the decision was made on; empty when matching has not looked since.
        package var seen: String
    }

    /// All companies, in order of id.
    package func subjects() throws -> [Subject] {
        try db.rows(
            """
            SELECT id, name, domains, created_at, updated_at, external_id, match_state, match_layer, match_seen FROM companies
            WHERE workspace_id = $1 ORDER BY id
            """, workspace
        ).map { row in
            let company = try Company(
                id: row.get("id"), name: row.get("name"), domains: row.list("domains"), createdAt: row.get("created_at"),
                updatedAt: row.get("updated_at"), externalID: row.find("external_id"))
            let isIgnored = try row.get("match_state", as: String.self) == CompanyMatch.State.ignored.rawValue
            return try Subject(
                company: company, isDecided: isIgnored || row.find("match_layer") == Match.Layer.manual, seen: row.get("match_seen"))
        }
    }

    /// Keeps what a person's decision was made on, when that is not known yet; marks the decision once it is something else.
    package func look(at subject: Subject, _ evidence: String) throws {
        guard subject.seen != evidence else {
            // It is again as it was when the person decided.
            try db.run(
                """
                UPDATE companies SET match_changed = FALSE WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2 AND match_changed
                """, workspace, subject.company.id)
            return
        }
        if subject.seen.isEmpty {
            try db.run(
                "UPDATE companies SET match_seen = $3 WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2", workspace,
                subject.company.id, evidence)
        } else {
            try db.run(
                """
                UPDATE companies SET match_changed = TRUE
                WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2 AND NOT match_changed
                """, workspace, subject.company.id)
        }
    }

    /// Contacts that may need their e-mail domain: id, e-mail, company.
    package struct ContactKey: Sendable {
        package var id: ID<Contact>
        package var email: String?
        package var companyID: ID<Company>?
        /// As decided last.
        package var match: Match?
    }

    package func contacts(after: ID<Contact>?, limit: Int) throws -> [ContactKey] {
        try db.rows(
            """
            SELECT id, email, company_id, account_id, match_layer, match_confidence, match_evidence FROM contacts
            WHERE workspace_id = $1 AND \(Self.ofConnection) AND id > $2 ORDER BY id LIMIT $3
            """, workspace, after?.rawValue ?? 0, limit
        ).map {
            try ContactKey(id: $0.get("id"), email: $0.find("email"), companyID: $0.find("company_id"), match: Self.match($0))
        }
    }

    /// Writes a company's decision; true when it changed something.
    package func decide(_ company: ID<Company>, _ decision: Decision) throws -> Bool {
        let (state, match, evidence, candidates): (String, Match?, [String], [MatchCandidate]) =
            switch decision {
            case .matched(let match): ("matched", match, match.evidence, [])
            case .review(let reason, let candidates): ("review", nil, [reason], candidates)
            case .unmatched: ("unmatched", nil, [], [])
            }
        return try db.run(
            """
            UPDATE companies SET match_state = $3, account_id = $4, match_layer = $5, match_confidence = $6, match_evidence = $7,
                match_candidates = $8
            WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2 AND (match_layer IS NULL OR match_layer <> 'manual')
                AND match_state <> 'ignored' AND (match_state <> $3 OR account_id IS DISTINCT FROM $4 OR match_layer IS DISTINCT FROM $5 OR match_evidence <> $7
                    OR match_candidates <> $8)
            """,
            workspace, company, state, match?.accountID, match?.layer, match?.confidence, JSONColumn.text(evidence),
            JSONColumn.text(candidates.map(KeptCandidate.init))) > 0
    }

    /// Writes a contact's account, by its own e-mail domain or by its company.
    package func decide(_ contact: ID<Contact>, _ match: Match?) throws {
        try db.run(
            """
            UPDATE contacts SET account_id = $3, match_layer = $4, match_confidence = $5, match_evidence = $6
            WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2
                AND (account_id IS DISTINCT FROM $3 OR match_layer IS DISTINCT FROM $4 OR match_evidence <> $6)
            """, workspace, contact, match?.accountID, match?.layer, match?.confidence, JSONColumn.text(match?.evidence ?? []))
    }

    /// The company's match, as contacts and tickets inherit it.
    package func match(of company: ID<Company>) throws -> Match? {
        try db.first(
            """
            SELECT account_id, match_layer, match_confidence, match_evidence FROM companies
            WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2
            """, workspace, company
        ).flatMap(Self.match)
    }

    /// Gives every ticket its company's account, else that of its requester's e-mail domain; returns how many tickets moved.
    ///
    /// One statement over all tickets: idempotent, and cheap where nothing changed.
    @discardableResult
    package func applyToTickets(_ tickets: [ID<Ticket>]? = nil) throws -> Int {
        if tickets?.isEmpty == true { return 0 }
        let arguments = [workspace.sqlValue] + (tickets ?? []).map(\.sqlValue)
        let only = tickets.map { " AND t.id IN (\(placeholders(from: 2, count: $0.count)))" } ?? ""
        let rows = try db.rows(
            """
            SELECT t.connection_id, t.id, COALESCE(co.account_id, c.account_id) AS account_id,
                CASE WHEN co.account_id IS NOT NULL THEN co.match_layer ELSE c.match_layer END AS match_layer,
                CASE WHEN co.account_id IS NOT NULL THEN co.match_confidence ELSE c.match_confidence END AS match_confidence,
                CASE WHEN co.account_id IS NOT NULL THEN co.match_evidence ELSE COALESCE(c.match_evidence, '[]') END AS match_evidence
            FROM tickets t
            LEFT JOIN companies co ON co.workspace_id = t.workspace_id AND co.connection_id = t.connection_id AND co.id = t.company_id
            LEFT JOIN contacts c ON c.workspace_id = t.workspace_id AND c.connection_id = t.connection_id AND c.id = t.requester_id
                AND t.company_id IS NULL
            WHERE t.workspace_id = $1\(only)
                AND (t.account_id IS DISTINCT FROM COALESCE(co.account_id, c.account_id)
                    OR t.match_layer IS DISTINCT FROM CASE WHEN co.account_id IS NOT NULL THEN co.match_layer ELSE c.match_layer END)
            """, arguments: arguments)
        for row in rows {
            try db.run(
                """
                UPDATE tickets SET account_id = $4, match_layer = $5, match_confidence = $6, match_evidence = $7
                WHERE workspace_id = $1 AND connection_id = $2 AND id = $3
                """,
                workspace, try row.get("connection_id", as: Int64.self), try row.get("id", as: Int64.self),
                try row.find("account_id", as: Int64.self), try row.find("match_layer", as: String.self),
                try row.find("match_confidence", as: Double.self), try row.get("match_evidence", as: String.self))
        }
        return rows.count
    }

    private struct KeptCandidate: Codable {
        var account: Int64, confidence: Double, evidence: [String]

        init(_ candidate: MatchCandidate) {
            account = candidate.account.id.rawValue
            confidence = candidate.confidence
            evidence = candidate.evidence
        }
    }

    static func match(_ row: Row) throws -> Match? {
        guard let account: ID<Account> = try row.find("account_id"), let layer: Match.Layer = try row.find("match_layer") else {
            return nil
        }
        return try Match(
            accountID: account, layer: layer, confidence: row.find("match_confidence") ?? 1, evidence: row.list("match_evidence"))
    }

    /// The account of a row that joined `accounts` as `account_name`.
    static func account(_ row: Row) throws -> MatchedAccount? {
        guard let match = try match(row), let name: String = try row.find("account_name") else { return nil }
        return MatchedAccount(
            account: Named(id: match.accountID, name: name), layer: match.layer, confidence: match.confidence, evidence: match.evidence)
    }
}
