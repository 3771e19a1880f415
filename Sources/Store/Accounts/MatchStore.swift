package import Domain
import Foundation

/// Keeps which company, contact and ticket belongs to which account, and why.
///
/// The functions take the transaction's `Queries`: matching is applied in the transaction that saved the records.
package struct MatchStore {
    let db: any Queries
    let workspace: ID<Workspace>
    /// The merge, or its undoing, that makes what is written here; the history says so.
    let merge: Int64?

    package init(_ db: any Queries, workspace: ID<Workspace>, merge: Int64? = nil) {
        self.db = db
        self.workspace = workspace
        self.merge = merge
    }

    /// Names the workspace's connection: without it the primary key would not serve, and each look-up would read the whole table.
    static let ofConnection = "connection_id IN (SELECT id FROM connections WHERE workspace_id = $1)"

    /// What matching found for one company.
    package enum Decision: Sendable, Equatable {
        /// - question: of a language model's answer that decided; nil where rules did.
        case matched(Match, question: String? = nil)
        /// Several accounts fit; a person decides.
        case review(Review)
        case unmatched
    }

    /// Why a person has to decide.
    package struct Review: Sendable, Equatable {
        /// The kind of doubt, as matching names it.
        package var kind: String
        package var reason: String
        /// Strongest first.
        package var candidates: [MatchCandidate]
        /// The key of the question a language model would be asked; see `MatchOpinionStore`.
        package var question: String

        package init(kind: String, reason: String, candidates: [MatchCandidate], question: String) {
            self.kind = kind
            self.reason = reason
            self.candidates = candidates
            self.question = question
        }
    }

    /// A company as matching sees it.
    package struct Subject: Sendable {
        /// Without what matching does not read.
        package var company: Company
        /// A person has decided.
        package var isDecided: Bool
        /// What the decision was made on; empty when matching has not looked since.
        package var seen: String
        /// As decided last.
        package var match: Match?
        /// What it was matched by last, as `keep(basis:of:)` was told; empty when it has not been.
        package var basis: String
    }

    /// All companies, in order of id.
    package func subjects() throws -> [Subject] {
        try db.rows(
            """
            SELECT id, name, domains, created_at, updated_at, external_id, account_id, match_state, match_layer, match_confidence,
                match_evidence, match_seen, match_basis
            FROM companies WHERE workspace_id = $1 ORDER BY id
            """, workspace
        ).map { row in
            let company = try Company(
                id: row.get("id"), name: row.get("name"), domains: row.list("domains"), createdAt: row.get("created_at"),
                updatedAt: row.get("updated_at"), externalID: row.find("external_id"))
            let isIgnored = try row.get("match_state", as: String.self) == CompanyMatch.State.ignored.rawValue
            return try Subject(
                company: company, isDecided: isIgnored || row.find("match_layer") == Match.Layer.manual, seen: row.get("match_seen"),
                match: Self.match(row), basis: row.get("match_basis"))
        }
    }

    /// Keeps what a company was matched by.
    package func keep(basis: String, of company: ID<Company>) throws {
        try db.run(
            "UPDATE companies SET match_basis = $3 WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2", workspace, company, basis)
    }

    /// What everything was matched against last; empty while nothing was.
    package func ground() throws -> String {
        try db.first("SELECT match_ground FROM workspaces WHERE id = $1", workspace)?.get("match_ground") ?? ""
    }

    package func keep(ground: String) throws {
        try db.run("UPDATE workspaces SET match_ground = $2 WHERE id = $1 AND match_ground <> $2", workspace, ground)
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
        try contacts("AND id > $2 ORDER BY id LIMIT $3", [(after?.rawValue ?? 0).sqlValue, limit.sqlValue])
    }

    /// The contacts of some companies.
    package func contacts(of companies: [ID<Company>]) throws -> [ContactKey] {
        try companies.inParts.flatMap { part in
            try contacts("AND company_id IN (\(placeholders(from: 2, count: part.count))) ORDER BY id", part.map(\.sqlValue))
        }
    }

    /// The contacts that hold these accounts.
    package func contacts(holding accounts: [ID<Account>]) throws -> [ContactKey] {
        try accounts.inParts.flatMap { part in
            try contacts("AND account_id IN (\(placeholders(from: 2, count: part.count))) ORDER BY id", part.map(\.sqlValue))
        }
    }

    private func contacts(_ condition: String, _ arguments: [SQLValue]) throws -> [ContactKey] {
        try db.rows(
            """
            SELECT id, email, company_id, account_id, match_layer, match_confidence, match_evidence FROM contacts
            WHERE workspace_id = $1 AND \(Self.ofConnection) \(condition)
            """, arguments: [workspace.sqlValue] + arguments
        ).map {
            try ContactKey(id: $0.get("id"), email: $0.find("email"), companyID: $0.find("company_id"), match: Self.match($0))
        }
    }

    /// Lets go of companies whose account is gone, people's decisions included; returns them.
    package func releaseOrphans() throws -> [ID<Company>] {
        let rows = try db.rows(
            """
            SELECT c.id, c.account_id, c.match_layer, c.match_confidence, c.match_evidence FROM companies c
            WHERE c.workspace_id = $1 AND c.account_id IS NOT NULL
                AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.workspace_id = c.workspace_id AND a.id = c.account_id)
            ORDER BY c.id
            """, workspace)
        return try rows.map { row in
            let company: ID<Company> = try row.get("id")
            try db.run(
                """
                UPDATE companies SET account_id = NULL, match_state = 'unmatched', match_layer = NULL, match_confidence = NULL,
                    match_evidence = '[]', match_question = '', match_seen = '', match_changed = FALSE
                WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2
                """, workspace, company)
            try remember(company, from: Self.match(row), to: nil, layer: nil, at: db.now())
            return company
        }
    }

    /// Writes a company's decision, with a line of history where the account changes; true when anything changed.
    ///
    /// - Parameter subject: the company as it was read in this transaction.
    package func decide(_ subject: Subject, _ decision: Decision) throws -> Bool {
        let match: Match?
        var (state, evidence, candidates): (CompanyMatch.State, [String], [MatchCandidate]) = (.unmatched, [], [])
        var (kind, question): (String?, String) = (nil, "")
        switch decision {
        case .matched(let found, let asked): (match, state, evidence, question) = (found, .matched, found.evidence, asked ?? "")
        case .review(let review):
            (match, state, evidence, candidates) = (nil, .review, [review.reason], review.candidates)
            (kind, question) = (review.kind, review.question)
        case .unmatched: match = nil
        }
        let hasChanged =
            try db.run(
                """
                UPDATE companies SET match_state = $3, account_id = $4, match_layer = $5, match_confidence = $6, match_evidence = $7,
                    match_candidates = $8, match_kind = $9, match_question = $10
                WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2 AND (match_layer IS NULL OR match_layer <> 'manual')
                    AND match_state <> 'ignored' AND (match_state <> $3 OR account_id IS DISTINCT FROM $4
                        OR match_layer IS DISTINCT FROM $5 OR match_confidence IS DISTINCT FROM $6 OR match_evidence <> $7
                        OR match_candidates <> $8 OR match_kind IS DISTINCT FROM $9 OR match_question <> $10)
                """,
                workspace, subject.company.id, state.rawValue, match?.accountID, match?.layer, match?.confidence,
                JSONColumn.text(evidence), JSONColumn.text(candidates.map(KeptCandidate.init)), kind, question) > 0
        if hasChanged, match?.accountID != subject.match?.accountID {
            try remember(subject.company.id, from: subject.match, to: match?.accountID, layer: match?.layer, at: db.now())
        }
        return hasChanged
    }

    /// Writes a contact's account, by its own e-mail domain or by its company.
    package func decide(_ contact: ID<Contact>, _ match: Match?) throws {
        try db.run(
            """
            UPDATE contacts SET account_id = $3, match_layer = $4, match_confidence = $5, match_evidence = $6
            WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2
                AND (account_id IS DISTINCT FROM $3 OR match_layer IS DISTINCT FROM $4 OR match_confidence IS DISTINCT FROM $5
                    OR match_evidence <> $6)
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
        guard let tickets else { return try applyToTickets("", []) }
        return try applyToTickets("id", tickets.map(\.sqlValue))
    }

    /// The same for the tickets of these companies, then for those of these requesters, then for those that still hold these accounts.
    package func applyToTickets(
        of companies: some Collection<ID<Company>>, requesters: some Collection<ID<Contact>>, holding accounts: [ID<Account>]
    ) throws -> Int {
        try applyToTickets("company_id", companies.map(\.sqlValue)) + applyToTickets("requester_id", requesters.map(\.sqlValue))
            + applyToTickets("account_id", accounts.map(\.sqlValue))
    }

    private func applyToTickets(_ column: String, _ values: [SQLValue]) throws -> Int {
        if column.isEmpty { return try moveTickets("", []) }
        return try values.inParts.reduce(0) { moved, part in
            try moved + moveTickets("AND t.\(Self.ofConnection) AND t.\(column) IN (\(placeholders(from: 2, count: part.count)))", part)
        }
    }

    private func moveTickets(_ only: String, _ arguments: [SQLValue]) throws -> Int {
        func inherited(_ column: String) -> String { "CASE WHEN co.account_id IS NOT NULL THEN co.\(column) ELSE c.\(column) END" }
        let evidence = "CASE WHEN co.account_id IS NOT NULL THEN co.match_evidence ELSE COALESCE(c.match_evidence, '[]') END"
        let rows = try db.rows(
            """
            SELECT t.connection_id, t.id, t.account_id AS earlier_account_id, COALESCE(co.account_id, c.account_id) AS account_id,
                \(inherited("match_layer")) AS match_layer, \(inherited("match_confidence")) AS match_confidence,
                \(evidence) AS match_evidence
            FROM tickets t
            LEFT JOIN companies co ON co.workspace_id = t.workspace_id AND co.connection_id = t.connection_id AND co.id = t.company_id
            LEFT JOIN contacts c ON c.workspace_id = t.workspace_id AND c.connection_id = t.connection_id AND c.id = t.requester_id
                AND t.company_id IS NULL
            WHERE t.workspace_id = $1 \(only)
                AND (t.account_id IS DISTINCT FROM COALESCE(co.account_id, c.account_id)
                    OR t.match_layer IS DISTINCT FROM \(inherited("match_layer"))
                    OR t.match_confidence IS DISTINCT FROM \(inherited("match_confidence")) OR t.match_evidence <> \(evidence))
            """, arguments: [workspace.sqlValue] + arguments)
        var moved = 0
        for row in rows {
            let account: Int64? = try row.find("account_id")
            if try account != row.find("earlier_account_id") { moved += 1 }
            try db.run(
                """
                UPDATE tickets SET account_id = $4, match_layer = $5, match_confidence = $6, match_evidence = $7
                WHERE workspace_id = $1 AND connection_id = $2 AND id = $3
                """,
                workspace, try row.get("connection_id", as: Int64.self), try row.get("id", as: Int64.self), account,
                try row.find("match_layer", as: String.self), try row.find("match_confidence", as: Double.self),
                try row.get("match_evidence", as: String.self))
        }
        return moved
    }

    /// As `match_candidates` keeps one.
    struct KeptCandidate: Codable {
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

extension Collection {
    /// Pieces of a list of ids that one statement takes.
    var inParts: [[Element]] {
        let all = Array(self)
        return stride(from: 0, to: all.count, by: 400).map { Array(all[$0..<Swift.min($0 + 400, all.count)]) }
    }
}
