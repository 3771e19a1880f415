package import Domain
package import Foundation

/// A language model's answers about companies in review, kept by the question they were given to: the same evidence is asked about once.
package struct MatchOpinionStore {
    let db: any Queries
    let workspace: ID<Workspace>

    /// Attempts at a question whose answers could not be used.
    package static let mostAttempts = 3
    /// Seconds before such a question is asked again.
    package static let pause: TimeInterval = 86_400

    package init(_ db: any Queries, workspace: ID<Workspace>) {
        self.db = db
        self.workspace = workspace
    }

    /// The key of a question: what the evidence is, whoever the company is.
    package static func key(of evidence: [String]) -> String {
        TokenHash.hex(of: Data(JSONColumn.text(evidence).utf8))
    }

    // MARK: Answers

    /// The answers to these questions that can be used.
    package func opinions(on questions: [String]) throws -> [String: MatchOpinion] {
        try Set(questions.filter { !$0.isEmpty }).sorted().inParts.reduce(into: [:]) { found, part in
            let rows = try db.rows(
                """
                SELECT * FROM match_opinions
                WHERE workspace_id = $1 AND outcome <> 'unusable' AND question IN (\(placeholders(from: 2, count: part.count)))
                """, arguments: [workspace.sqlValue] + part.map(\.sqlValue))
            for row in rows { found[try row.get("question")] = try MatchOpinion(row) }
        }
    }

    /// Every answer that names an account to a company asked about by itself: those that may attach.
    package func attaching() throws -> [String: MatchOpinion] {
        let rows = try db.rows("SELECT * FROM match_opinions WHERE workspace_id = $1 AND outcome = 'account' AND is_alone", workspace)
        return try Dictionary(rows.map { (try $0.get("question"), try MatchOpinion($0)) }, uniquingKeysWith: { $1 })
    }

    package func keep(_ opinion: MatchOpinion, on question: String) throws {
        try db.run(
            """
            INSERT INTO match_opinions (workspace_id, question, outcome, account_id, reason, model, is_alone, attempts, tokens, asked_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9)
            ON CONFLICT (workspace_id, question) DO UPDATE SET outcome = excluded.outcome, account_id = excluded.account_id,
                reason = excluded.reason, model = excluded.model, is_alone = excluded.is_alone, attempts = match_opinions.attempts + 1,
                tokens = excluded.tokens, asked_at = excluded.asked_at
            """, workspace, question, opinion.outcome, opinion.account, opinion.reason, opinion.model, opinion.isAlone, opinion.tokens,
            opinion.askedAt)
    }

    /// The companies in review about which these questions are.
    package func companies(asking questions: [String]) throws -> [ID<Company>] {
        try questions.inParts.flatMap { part in
            try db.rows(
                """
                SELECT id FROM companies
                WHERE workspace_id = $1 AND match_state = 'review' AND match_question IN (\(placeholders(from: 2, count: part.count)))
                ORDER BY id
                """, arguments: [workspace.sqlValue] + part.map(\.sqlValue)
            ).map { try $0.get("id") }
        }
    }

    /// All answers go; every question is asked again.
    @discardableResult
    package func forget() throws -> Int { try db.run("DELETE FROM match_opinions WHERE workspace_id = $1", workspace) }

    /// Companies asked about since that moment, and what it cost.
    package func spent(since moment: Date) throws -> (companies: Int, tokens: Int) {
        let row = try db.first(
            """
            SELECT COUNT(*) AS count, COALESCE(SUM(tokens), 0) AS tokens FROM match_opinions WHERE workspace_id = $1 AND asked_at >= $2
            """, workspace, moment)
        return (try row?.get("count") ?? 0, try row?.get("tokens") ?? 0)
    }

    // MARK: Questions

    /// A company in review that nobody was asked about yet, as matching left it.
    package struct Waiting: Sendable {
        package var question: String
        package var company: Company
        package var reason: String
        /// The strongest five.
        package var candidates: [MatchCandidate]
    }

    /// Candidates a model is shown.
    package static let mostCandidates = 5

    /// The questions to ask next, those of most tickets first; one that several companies have comes once.
    ///
    /// - Parameter alone: answers given beside other companies do not count.
    package func waiting(alone: Bool, now: Date, limit: Int) throws -> [Waiting] {
        let rows = try db.rows(
            """
            SELECT c.id, c.name, c.domains, c.created_at, c.updated_at, c.match_question, c.match_evidence, c.match_candidates,
                (SELECT COUNT(*) FROM tickets t WHERE t.workspace_id = c.workspace_id AND t.connection_id = c.connection_id
                    AND t.company_id = c.id AND t.is_live) AS tickets
            FROM companies c
            WHERE c.workspace_id = $1 AND c.match_state = 'review' AND c.match_question <> ''
                AND NOT EXISTS (SELECT 1 FROM match_opinions o WHERE o.workspace_id = c.workspace_id AND o.question = c.match_question
                    AND (o.is_alone OR NOT CAST($2 AS BOOLEAN))
                    AND (o.outcome <> 'unusable' OR o.attempts >= $3 OR o.asked_at > $4))
            ORDER BY tickets DESC, c.id LIMIT $5
            """, workspace, alone, Self.mostAttempts, now.addingTimeInterval(-Self.pause), limit)
        var seen: Set<String> = []
        let asked = try rows.filter { seen.insert(try $0.get("match_question")).inserted }
        let kept: [[MatchStore.ReadCandidate]] = try asked.map { JSONColumn.value(try $0.get("match_candidates")) ?? [] }
        let names = try MatchStore(db, workspace: workspace).names(of: Set(kept.joined().map(\.account)))
        return try zip(asked, kept).compactMap { row, kept in
            let candidates = kept.prefix(Self.mostCandidates).compactMap { candidate in
                names[candidate.account].map {
                    MatchCandidate(
                        account: Named(id: ID(candidate.account), name: $0), confidence: candidate.confidence, evidence: candidate.evidence)
                }
            }
            guard !candidates.isEmpty else { return nil }
            let company = try Company(
                id: row.get("id"), name: row.get("name"), domains: row.list("domains"), createdAt: row.get("created_at"),
                updatedAt: row.get("updated_at"))
            return try Waiting(
                question: row.get("match_question"), company: company, reason: row.list("match_evidence").first ?? "",
                candidates: candidates)
        }
    }
}

extension MatchOpinion.Outcome: SQLConvertible {}

extension MatchOpinion {
    init(_ row: Row) throws {
        self.init(
            outcome: try row.get("outcome"), account: try row.find("account_id"), reason: try row.get("reason"),
            model: try row.get("model"),
            isAlone: try row.get("is_alone"), tokens: try row.get("tokens"), askedAt: try row.get("asked_at"))
    }
}
