package import Domain
package import Foundation

/// A company's standing with accounts, as people review it.
package struct CompanyMatch: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case matched, review, unmatched, ignored
    }

    /// Who decided in matching's place, and when.
    package struct Decision: Sendable, Equatable {
        package var name: String
        package var at: Date
    }

    package var company: Company
    package var state: State
    package var account: Named<Account>?
    /// `manual` for a person's decision, even for one that the company belongs to no account.
    package var layer: Match.Layer?
    package var confidence: Double?
    package var evidence: [String]
    package var candidates: [MatchCandidate]
    package var tickets: Int
    /// What a language model said about a company in review; its words are also in `evidence` or in its candidate's.
    package var opinion: MatchOpinion?
    package var decidedBy: Decision?
    /// What a person's decision was made on has changed since. The decision holds.
    package var hasChanged: Bool
}

/// What a person says about a company.
package enum MatchVerdict: Sendable, Equatable {
    case belongs(to: ID<Account>)
    case belongsToNone
    /// Not a customer, and not to be asked about again.
    case ignore
    /// The decision is taken back: matching decides from now on.
    case leaveToMatching
}

extension MatchStore {
    /// The audit action of a person's decision; `decidedBy` is read back from there, the log being append-only.
    package static let auditAction = "match.decide"

    /// In order of id, after the company the cursor names.
    package func reviewed(state: CompanyMatch.State?, after: ID<Company>?, limit: Int) throws -> Page<CompanyMatch> {
        let rows = try rows("c.id > $2 AND ($4 = '' OR c.match_state = $4)", after?.rawValue ?? 0, limit + 1, state?.rawValue ?? "")
        let matches = try read(Array(rows.prefix(limit)))
        let count = try db.first(
            "SELECT COUNT(*) AS count FROM companies WHERE workspace_id = $1 AND ($2 = '' OR match_state = $2)", workspace,
            state?.rawValue ?? "")
        return Page(
            rows: matches, next: rows.count > limit ? matches.last?.company.id.description : nil,
            total: Total(count: try count?.get("count") ?? 0, isExact: true))
    }

    /// Throws `notFound`.
    package func review(of company: ID<Company>) throws -> CompanyMatch {
        guard let match = try read(rows("c.id = $2 AND $4 = ''", company.rawValue, 1, "")).first else { throw Self.unknown(company) }
        return match
    }

    /// Writes a person's decision about this company alone, with its audit entry. It outranks every layer and survives every sync.
    ///
    /// Contacts and tickets follow when matching is applied, which the caller does in the same transaction.
    ///
    /// Throws `notFound` for an unknown company, `invalid` for an account that is not the workspace's.
    package func decide(_ company: ID<Company>, _ verdict: MatchVerdict, by actor: String, now: Date) throws {
        let known = try db.first(
            """
            SELECT name, account_id, match_layer, match_confidence, match_evidence FROM companies
            WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2
            """, workspace, company)
        guard let row = known else { throw Self.unknown(company) }
        let (state, match, detail) = try written(verdict, by: actor)
        let layer: Match.Layer? = verdict == .leaveToMatching ? nil : .manual
        try db.run(
            """
            UPDATE companies SET match_state = $3, account_id = $4, match_layer = $5, match_confidence = $6, match_evidence = $7,
                match_candidates = '[]', match_seen = '', match_changed = FALSE, match_kind = NULL, match_question = ''
            WHERE workspace_id = $1 AND \(Self.ofConnection) AND id = $2
            """, workspace, company, state.rawValue, match?.accountID, layer, match?.confidence, JSONColumn.text(match?.evidence ?? []))
        try remember(company, from: Self.match(row), to: match?.accountID, layer: layer, by: actor, at: now)
        let name: String = try row.get("name")
        try db.appendAudit(
            workspace, actor: actor, action: Self.auditAction, subject: Self.subject(company), detail: "\(name): \(detail)", now: now)
        try db.bumpVersion(of: workspace)
    }

    private func written(_ verdict: MatchVerdict, by actor: String) throws -> (CompanyMatch.State, Match?, String) {
        switch verdict {
        case .belongs(let id):
            guard let account = try AccountStore.find(workspace, id, db) else {
                let message = "There is no account \(id) in this workspace."
                throw Failure(.invalid, code: "unknown_account", message, fields: [.init("account_id", message, code: "unknown_account")])
            }
            let match = Match(accountID: id, layer: .manual, confidence: 1, evidence: ["Chosen by \(actor)"])
            return (.matched, match, "account \(id) \(account.name)")
        case .belongsToNone: return (.unmatched, nil, "no account")
        case .ignore: return (.ignored, nil, "ignored")
        case .leaveToMatching: return (.unmatched, nil, "left to matching")
        }
    }

    // MARK: Rows

    private func rows(_ condition: String, _ id: Int64, _ limit: Int, _ state: String) throws -> [Row] {
        try db.rows(
            """
            SELECT c.*, a.name AS account_name,
                (SELECT COUNT(*) FROM tickets t WHERE t.workspace_id = c.workspace_id AND t.connection_id = c.connection_id
                    AND t.company_id = c.id AND t.is_live) AS tickets
            FROM companies c LEFT JOIN accounts a ON a.workspace_id = c.workspace_id AND a.id = c.account_id
            WHERE c.workspace_id = $1 AND \(condition) ORDER BY c.id LIMIT $3
            """, workspace, id, limit, state)
    }

    func read(_ rows: [Row]) throws -> [CompanyMatch] {
        var kept: [ID<Company>: [ReadCandidate]] = [:]
        var decided: [ID<Company>] = []
        for row in rows {
            let id: ID<Company> = try row.get("id")
            kept[id] = JSONColumn.value(try row.get("match_candidates")) ?? []
            let isIgnored = try row.get("match_state", as: String.self) == CompanyMatch.State.ignored.rawValue
            if try isIgnored || row.find("match_layer") == Match.Layer.manual { decided.append(id) }
        }
        let decisions = try decisions(about: decided)
        let opinions = try MatchOpinionStore(db, workspace: workspace).opinions(
            on: rows.compactMap { try $0.get("match_state") == CompanyMatch.State.review.rawValue ? $0.get("match_question") : nil })
        let names = try names(of: Set(kept.values.joined().map(\.account)))
        return try rows.map { row in
            let company = try DirectoryStore.company(row)
            let state: String = try row.get("match_state")
            let layer: Match.Layer? = try row.find("match_layer")
            let account: ID<Account>? = try row.find("account_id")
            let accountName: String? = try row.find("account_name")
            var match = try CompanyMatch(
                company: company, state: CompanyMatch.State(rawValue: state) ?? .unmatched,
                account: account.flatMap { id in accountName.map { Named(id: id, name: $0) } }, layer: layer,
                confidence: row.find("match_confidence"), evidence: row.list("match_evidence"),
                candidates: (kept[company.id] ?? []).compactMap { candidate in
                    // An account that was deleted since is nobody's candidate.
                    names[candidate.account].map {
                        .init(
                            account: Named(id: ID(candidate.account), name: $0), confidence: candidate.confidence,
                            evidence: candidate.evidence)
                    }
                },
                tickets: row.get("tickets"), decidedBy: decided.contains(company.id) ? decisions[Self.subject(company.id)] : nil,
                hasChanged: row.get("match_changed"))
            if match.state == .review, let opinion = opinions[try row.get("match_question")] { match.add(opinion) }
            return match
        }
    }

    func names(of accounts: Set<Int64>) throws -> [Int64: String] {
        guard !accounts.isEmpty else { return [:] }
        let list = accounts.sorted().map(\.description).joined(separator: ", ")
        let rows = try db.rows("SELECT id, name FROM accounts WHERE workspace_id = $1 AND id IN (\(list))", workspace)
        return try Dictionary(uniqueKeysWithValues: rows.map { try ($0.get("id"), $0.get("name")) })
    }

    /// The latest decision about each company, in one reading of the log.
    private func decisions(about companies: [ID<Company>]) throws -> [String: CompanyMatch.Decision] {
        guard !companies.isEmpty else { return [:] }
        let list = companies.map { "'\(Self.subject($0))'" }.joined(separator: ", ")
        let rows = try db.rows(
            "SELECT subject, actor, at FROM audit_entries WHERE workspace_id = $1 AND action = $2 AND subject IN (\(list)) ORDER BY id",
            workspace, Self.auditAction)
        return try Dictionary(
            rows.map { try ($0.get("subject"), CompanyMatch.Decision(name: $0.get("actor"), at: $0.get("at"))) },
            uniquingKeysWith: { _, later in later })
    }

    static func subject(_ company: ID<Company>) -> String { "company \(company)" }

    private static func unknown(_ company: ID<Company>) -> Failure {
        Failure(.notFound, "There is no company \(company) in this workspace.")
    }

    /// As `decide(_:_:)` keeps candidates.
    struct ReadCandidate: Decodable {
        var account: Int64, confidence: Double, evidence: [String]
    }
}
