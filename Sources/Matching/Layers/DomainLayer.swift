import Domain

/// Exact and normalised domain in one layer, because they have to see each other: a company with two domains may lead to
/// one account by the first and to another by the second, and then neither may win silently.
struct DomainLayer: MatchLayer {
    let index: AccountIndex

    func decide(_ subject: MatchSubject) -> LayerDecision {
        let accounts = hitAccounts(subject)
        guard let first = accounts.first else { return .pass(reason: noHitReason(subject)) }

        let equallyNamed = subject.foldedName.map(index.accounts(named:)) ?? []
        let equalNames = Set(equallyNamed.map(\.id))
        let agreeing = accounts.filter { equalNames.contains($0.account.id) }

        if agreeing.count == 1 { return .matched(match(agreeing[0], subject, isAlone: accounts.count == 1, nameAgrees: true)) }
        if agreeing.count > 1 { return .ambiguous(duplicates(agreeing, subject)) }
        if !equallyNamed.isEmpty { return .ambiguous(conflict(accounts, equallyNamed, subject)) }
        if accounts.count > 1 { return .ambiguous(several(accounts, subject)) }
        if first.relation == .sibling { return .ambiguous(sibling(first, subject)) }
        return .matched(match(first, subject, isAlone: true, nameAgrees: false))
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

    private func match(_ hit: HitAccount, _ subject: MatchSubject, isAlone: Bool, nameAgrees: Bool) -> Match {
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
        if nameAgrees { evidence.append(nameEvidence(hit.account, subject)) }
        if !isAlone { evidence.append("Other accounts have the domain too, but not the name") }
        return Match(accountID: hit.account.id, layer: layer, confidence: confidence, evidence: evidence)
    }

    // MARK: For a person to decide

    private func duplicates(_ accounts: [HitAccount], _ subject: MatchSubject) -> Ambiguity {
        Ambiguity(
            kind: .duplicateAccounts,
            reason: "These look like duplicate accounts: \(list(accounts.map(\.account))) have the same domain and the same name",
            candidates: accounts.map { candidate($0, subject, nameAgrees: true) })
    }

    private func several(_ accounts: [HitAccount], _ subject: MatchSubject) -> Ambiguity {
        let names = Set(accounts.map { index.foldedName(of: $0.account)?.text ?? "" })
        if names.count == 1, names != [""] { return duplicates(accounts, subject) }
        return Ambiguity(
            kind: .severalAccounts,
            reason:
                "The domains lead to several accounts: \(list(accounts.map(\.account))), duplicate accounts or firms that share a domain",
            candidates: accounts.map { candidate($0, subject, nameAgrees: false) })
    }

    private func conflict(_ accounts: [HitAccount], _ named: [Named<Account>], _ subject: MatchSubject) -> Ambiguity {
        Ambiguity(
            kind: .conflict,
            reason: "The domain leads to \(list(accounts.map(\.account))), but the name is that of \(list(named))",
            candidates: accounts.map { candidate($0, subject, nameAgrees: false) }
                + named.map { Candidate(account: $0, confidence: Confidence.equalName, evidence: [nameEvidence($0, subject)]) })
    }

    private func sibling(_ hit: HitAccount, _ subject: MatchSubject) -> Ambiguity {
        Ambiguity(
            kind: .siblingDomains,
            reason: "Only another sub-domain of the same domain is the account's, and the names differ",
            candidates: [candidate(hit, subject, nameAgrees: false)])
    }

    private func candidate(_ hit: HitAccount, _ subject: MatchSubject, nameAgrees: Bool) -> Candidate {
        let alone = match(hit, subject, isAlone: true, nameAgrees: nameAgrees)
        let confidence = hit.relation == .sibling && !nameAgrees ? Confidence.siblingDomain : alone.confidence
        return Candidate(account: hit.account, confidence: confidence, evidence: alone.evidence)
    }

    // MARK: Words

    private func nameEvidence(_ account: Named<Account>, _ subject: MatchSubject) -> String {
        index.foldedName(of: account) == subject.foldedName
            ? "The names are equal: \(account.name.clipped)"
            : "The name \(subject.name.clipped) is another name of \(account.name.clipped)"
    }

    /// "A, B and C"; of more than three, "A, B, C and 4 more".
    private func list(_ accounts: [Named<Account>]) -> String {
        let names = accounts.map(\.name.clipped)
        if names.count > 4 { return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more" }
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " and " + last
    }

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
