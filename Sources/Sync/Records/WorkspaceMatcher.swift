import Domain
import Matching
import Store

/// What a workspace's matching rests on, read once in one transaction.
struct WorkspaceEvidence {
    let store: MatchStore
    let subjects: [MatchStore.Subject]
    let setup: MatchSetup
    /// By question: a language model's answers that may attach; empty unless the workspace lets it.
    let opinions: [String: MatchOpinion]

    /// - Parameter merge: the merge, or its undoing, that asks; the history says so.
    init(_ workspace: ID<Workspace>, merge: Int64? = nil, _ db: any Queries) throws {
        store = MatchStore(db, workspace: workspace, merge: merge)
        subjects = try store.subjects()
        setup = try MatchSetup(workspace, db)
        let mayAttach = try MatchModelStore.use(in: workspace, db) == .attach
        opinions = mayAttach ? try MatchOpinionStore(db, workspace: workspace).attaching() : [:]
    }
}

/// One workspace's matching in one transaction: everything that a decision needs, made ready once.
struct WorkspaceMatcher {
    let store: MatchStore
    let subjects: [MatchStore.Subject]
    let index: MatchIndex
    private let accounts: [ID<Account>: Account]
    private let opinions: [String: MatchOpinion]

    init(_ evidence: WorkspaceEvidence) {
        (store, subjects, opinions) = (evidence.store, evidence.subjects, evidence.opinions)
        index = evidence.setup.index(companies: subjects.lazy.map(\.company))
        accounts = Dictionary(evidence.setup.accounts.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    init(_ workspace: ID<Workspace>, _ db: any Queries) throws { self.init(try WorkspaceEvidence(workspace, db)) }

    // MARK: Companies

    /// Matches a company and keeps the outcome; what a person decided is only looked at. True when its account or the reason changed.
    func settle(_ subject: MatchStore.Subject) throws -> Bool {
        let outcome = index.match(subject.company)
        let basis = MatchGround.basis(subject.company).text
        if basis != subject.basis { try store.keep(basis: basis, of: subject.company.id) }
        guard subject.isDecided else { return try store.decide(subject, decision(subject.company, outcome)) }
        try store.look(at: subject, Self.evidence(subject.company, outcome))
        return false
    }

    private func decision(_ company: Company, _ outcome: MatchOutcome) -> MatchStore.Decision {
        switch outcome {
        case .matched(let match): return .matched(match)
        case .none: return .unmatched
        case .ambiguous(let ambiguity):
            let question = question(company, ambiguity)
            if let match = attachment(question, ambiguity) { return .matched(match, question: question) }
            return .review(
                .init(kind: ambiguity.kind.rawValue, reason: ambiguity.reason, candidates: ambiguity.candidates, question: question))
        }
    }

    /// What a person's decision rests on: the company's name and domains, and where the rules lead. Who else comes near does not count.
    private static func evidence(_ company: Company, _ outcome: MatchOutcome) -> String {
        let accounts: [ID<Account>] =
            switch outcome {
            case .matched(let match): [match.accountID]
            case .ambiguous(let ambiguity): ambiguity.candidates.prefix(1).map(\.account.id)
            case .none: []
            }
        let key = company.externalID.map { ["id \($0)"] } ?? []
        return ([company.name.trimmed] + company.domains.map(\.trimmed) + key + accounts.map { "#\($0)" }).joined(separator: "\n")
    }

    // MARK: A language model's answers

    /// The key of what a model would be asked: it changes with everything the model is shown.
    private func question(_ company: Company, _ ambiguity: Ambiguity) -> String {
        let shown = ambiguity.candidates.prefix(MatchOpinionStore.mostCandidates).flatMap { candidate in
            let account = accounts[candidate.account.id]
            return ["#\(candidate.account.id)", candidate.account.name] + (account?.domains ?? []) + ["names"] + (account?.aliases ?? [])
                + ["evidence"] + candidate.evidence
        }
        return MatchOpinionStore.key(
            of: [AdvicePrompt.version, company.name.trimmed] + company.domains.map(\.trimmed) + [ambiguity.reason] + shown)
    }

    /// The account a model chose, where it may attach: among those it was shown, and nothing contradicts it.
    private func attachment(_ question: String, _ ambiguity: Ambiguity) -> Match? {
        guard let opinion = opinions[question], let account = opinion.account, ambiguity.allowsModel(toAttach: account),
            let candidate = ambiguity.candidates.prefix(MatchOpinionStore.mostCandidates).first(where: { $0.account.id == account })
        else { return nil }
        let said = "A language model (\(opinion.model)) chose this account"
        return Match(
            accountID: account, layer: .languageModel, confidence: AdvicePrompt.confidence,
            evidence: candidate.evidence + [opinion.reason.isEmpty ? said : "\(said): “\(opinion.reason)”"])
    }

    // MARK: Contacts

    /// A contact belongs to its company's account, else to that of its e-mail domain. True when that changed.
    func settle(_ contact: MatchStore.ContactKey, _ companies: inout [ID<Company>: Match?]) throws -> Bool {
        var match: Match?
        if let company = contact.companyID {
            if let known = companies[company] {
                match = known
            } else {
                match = try store.match(of: company)
                companies[company] = .some(match)
            }
        }
        if match == nil, let email = contact.email { match = Self.contactMatch(index.match(email: email).match) }
        // A portal has many contacts, and next to none of them moves.
        guard match != contact.match else { return false }
        try store.decide(contact.id, match)
        return true
    }

    /// However the domains were compared, it is the contact's e-mail domain that decided.
    static func contactMatch(_ match: Match?) -> Match? {
        guard var match else { return nil }
        match.layer = .contactDomain
        return match
    }
}
