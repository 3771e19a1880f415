import Domain

/// Exact and normalised domain in one layer, because they have to see each other: a company with two domains may lead to
/// one account by the first and to another by the second, and then neither may win silently.
struct DomainLayer: MatchLayer {
    let index: AccountIndex
    let crowds: CrowdedDomains

    func decide(_ subject: MatchSubject) -> LayerDecision {
        let accounts = hitAccounts(subject)
        guard let first = accounts.first else { return .pass(reason: noHitReason(subject)) }

        let equallyNamed = subject.form.map(index.accounts(named:)) ?? []
        let equalNames = Set(equallyNamed.map(\.id))
        let agreeing = accounts.filter { equalNames.contains($0.account.id) }

        if agreeing.count == 1 {
            return .matched(match(agreeing[0], subject, isAlone: accounts.count == 1, name: nameEvidence(agreeing[0].account, subject)))
        }
        if agreeing.count > 1 { return .ambiguous(duplicates(agreeing, subject)) }
        if !equallyNamed.isEmpty { return .ambiguous(conflict(accounts, equallyNamed, subject)) }

        let near = accounts.compactMap { hit in likeness(hit, subject).map { (hit, $0.evidence) } }
        if near.count == 1 { return .matched(match(near[0].0, subject, isAlone: accounts.count == 1, name: near[0].1)) }
        if accounts.count > 1 { return .ambiguous(several(accounts, subject)) }
        if first.relation == .sibling { return .ambiguous(sibling(first, subject)) }
        if let crowd = crowd(subject) { return .ambiguous(crowded(first, crowd, subject)) }
        return .matched(match(first, subject, isAlone: true, name: nil))
    }

    /// The name's likeness to the account's, when it would do without a domain.
    private func likeness(_ hit: HitAccount, _ subject: MatchSubject) -> NameLikeness? {
        guard let form = subject.form, let likeness = index.likeness(form, hit.account.id) else { return nil }
        return likeness.score >= Confidence.attaching ? likeness : nil
    }

    /// The first crowded domain, when no domain of the subject is free of others.
    private func crowd(_ subject: MatchSubject) -> (domain: String, strangers: Int)? {
        guard subject.source == .company else { return nil }
        let hitting = subject.keys.filter { !DomainHit.hits(of: $0, source: subject.source, in: index).isEmpty }
        let crowded = hitting.compactMap { key in crowds.strangers(on: key.registrable).map { (key.shown, $0) } }
        return crowded.count == hitting.count ? crowded.first : nil
    }

    /// An account with every hit that leads to it.
    private struct HitAccount {
        let account: Named<Account>
        var relation: DomainHit.Relation
        var evidence: [String]
    }

    /// Strongest relation first, then by id. Siblings count only where nothing closer does: on their own they show that
    /// two firms share a domain, not that they are one.
    private func hitAccounts(_ subject: MatchSubject) -> [HitAccount] {
        var found: [ID<Account>: HitAccount] = [:]
        for key in subject.domains.compactMap(\.key) {
            for hit in DomainHit.hits(of: key, source: subject.source, in: index) {
                var account = found[hit.account.id] ?? HitAccount(account: hit.account, relation: hit.relation, evidence: [])
                account.relation = max(account.relation, hit.relation)
                if !account.evidence.contains(hit.evidence) { account.evidence.append(hit.evidence) }
                found[hit.account.id] = account
            }
        }
        let ordered = found.values.sorted { ($1.relation, $0.account.id) < ($0.relation, $1.account.id) }
        let close = ordered.filter { $0.relation != .sibling }
        return close.isEmpty ? ordered : close
    }

    // MARK: Decided

    private func match(_ hit: HitAccount, _ subject: MatchSubject, isAlone: Bool, name: String?) -> Match {
        let confidence =
            switch (subject.source, hit.relation, isAlone) {
            case (.email, .exact, _): Confidence.contactDomain
            case (.email, _, _): Confidence.contactNormalizedDomain
            case (.company, .sibling, _): Confidence.siblingDomainByName
            case (.company, .exact, true): Confidence.exactDomain
            case (.company, .exact, false): Confidence.exactDomainByName
            case (.company, _, true): Confidence.normalizedDomain
            case (.company, _, false): Confidence.normalizedDomainByName
            }
        let layer: Match.Layer =
            subject.source == .email ? .contactDomain : hit.relation == .exact ? .exactDomain : .normalizedDomain
        var evidence = hit.evidence
        if let name { evidence.append(name) }
        if !isAlone { evidence.append("Other accounts have the domain too, but not the name") }
        return Match(accountID: hit.account.id, layer: layer, confidence: confidence, evidence: evidence)
    }

    // MARK: For a person to decide

    private func duplicates(_ accounts: [HitAccount], _ subject: MatchSubject) -> Ambiguity {
        Ambiguity(
            kind: .duplicateAccounts,
            reason: "\(Ambiguity.duplicateWords): \(list(accounts.map(\.account))) have the same domain and the same name",
            candidates: accounts.map { candidate($0, subject, name: nameEvidence($0.account, subject)) })
    }

    private func several(_ accounts: [HitAccount], _ subject: MatchSubject) -> Ambiguity {
        let names = Set(accounts.map { index.forms(of: $0.account.id).first?.keys[0] ?? "" })
        if names.count == 1, names != [""] { return duplicates(accounts, subject) }
        return Ambiguity(
            kind: .severalAccounts,
            reason:
                "The domains lead to several accounts: \(list(accounts.map(\.account))), duplicate accounts or firms that share a domain",
            candidates: accounts.map { candidate($0, subject) })
    }

    private func conflict(_ accounts: [HitAccount], _ named: [Named<Account>], _ subject: MatchSubject) -> Ambiguity {
        Ambiguity(
            kind: .conflict,
            reason: "The domain leads to \(list(accounts.map(\.account))), but the name is that of \(list(named))",
            candidates: accounts.map { candidate($0, subject) }
                + named.map { MatchCandidate(account: $0, confidence: Confidence.conflictingName, evidence: [nameEvidence($0, subject)]) })
    }

    private func sibling(_ hit: HitAccount, _ subject: MatchSubject) -> Ambiguity {
        Ambiguity(
            kind: .siblingDomains,
            reason: "Only another sub-domain of the same domain is the account's, and the names differ",
            candidates: [candidate(hit, subject)])
    }

    private func crowded(_ hit: HitAccount, _ crowd: (domain: String, strangers: Int), _ subject: MatchSubject) -> Ambiguity {
        Ambiguity(
            kind: .crowdedDomain,
            reason: "\(crowd.strangers) companies with unrelated names have the domain \(crowd.domain), so it may be a provider's",
            candidates: [MatchCandidate(account: hit.account, confidence: Confidence.crowdedDomain, evidence: hit.evidence)])
    }

    private func candidate(_ hit: HitAccount, _ subject: MatchSubject, name: String? = nil) -> MatchCandidate {
        let alone = match(hit, subject, isAlone: true, name: name)
        let confidence = hit.relation == .sibling && name == nil ? Confidence.siblingDomain : alone.confidence
        return MatchCandidate(account: hit.account, confidence: confidence, evidence: alone.evidence)
    }

    // MARK: Words

    private func nameEvidence(_ account: Named<Account>, _ subject: MatchSubject) -> String {
        guard let form = subject.form, let equal = index.forms(of: account.id).first(where: form.equals) else { return "" }
        return NameWords.equal(form, equal, account: account)
    }

    private func list(_ accounts: [Named<Account>]) -> String { NameWords.list(accounts) }

    private func noHitReason(_ subject: MatchSubject) -> String {
        let usable = subject.domains.compactMap(\.key)
        if let first = usable.first {
            let domains = usable.count == 1 ? "the domain" : "any of the domains, such as"
            return "No account has \(domains) \(DomainName.shown(first.site).clipped)"
        }
        for case .unusable(let reason) in subject.domains { return reason }
        return subject.source == .email ? "There is no e-mail address" : "The company has no domain"
    }
}
