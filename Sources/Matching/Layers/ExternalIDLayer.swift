import Domain

/// A company that carries an account's external id, in the custom field that the workspace has named.
///
/// The surest rule, for somebody wrote the key down; and still a key can stand on the wrong record. So domain and name are held against
/// it, and what they contradict goes to a person.
struct ExternalIDLayer: MatchLayer {
    let index: AccountIndex
    /// As the workspace wrote it.
    let field: String
    /// How many companies with unrelated names carry each key.
    let crowds: CrowdedDomains

    func decide(_ subject: MatchSubject) -> LayerDecision {
        guard let key = subject.externalID.flatMap(Self.usable) else { return .pass(reason: "The company carries no external id") }
        let holders = index.accounts(externalID: key)
        guard let account = holders.first else { return .pass(reason: "No account has the external id \(key.clipped)") }
        let evidence = "The field \(field.clipped) holds \(key.clipped), the account's external id"
        if holders.count > 1 {
            return .ambiguous(
                Ambiguity(
                    kind: .severalAccounts, reason: "Several accounts have the external id \(key.clipped): \(NameWords.list(holders))",
                    candidates: holders.map { MatchCandidate(account: $0, confidence: Confidence.externalID, evidence: [evidence]) }))
        }
        let own = MatchCandidate(account: account, confidence: Confidence.externalID, evidence: [evidence])
        let (byDomain, byName) = (domainHits(subject), subject.form.map(index.accounts(named:)) ?? [])
        let isAtHome = byDomain.contains { $0.account.id == account.id }
        if !isAtHome, !byDomain.isEmpty {
            return .ambiguous(
                conflict(own, key, "the domain leads to", byDomain.map { ($0.account, $0.evidence, Confidence.normalizedDomain) }))
        }
        let isNamed = byName.contains { $0.id == account.id }
        if !isAtHome, !isNamed, !byName.isEmpty {
            return .ambiguous(
                conflict(own, key, "the name is that of", byName.map { ($0, "The name is the account's", Confidence.conflictingName) }))
        }
        if !isAtHome, !isNamed, let strangers = crowds.strangers(on: key) {
            let reason = "\(strangers) companies with unrelated names carry the external id \(key.clipped), so it may not be theirs"
            return .ambiguous(Ambiguity(kind: .conflict, reason: reason, candidates: [own]))
        }
        return .matched(
            Match(
                accountID: account.id, layer: .externalID, confidence: Confidence.externalID,
                evidence: [evidence] + byDomain.filter { $0.account.id == account.id }.prefix(1).map(\.evidence)))
    }

    /// Accounts whose domain the company has, siblings aside.
    private func domainHits(_ subject: MatchSubject) -> [DomainHit] {
        subject.keys.flatMap { DomainHit.hits(of: $0, source: subject.source, in: index) }.filter { $0.relation != .sibling }
    }

    private func conflict(
        _ own: MatchCandidate, _ key: String, _ words: String, _ others: [(account: Named<Account>, evidence: String, confidence: Double)]
    ) -> Ambiguity {
        var seen: Set<ID<Account>> = [own.account.id]
        let different = others.filter { seen.insert($0.account.id).inserted }
        return Ambiguity(
            kind: .conflict,
            reason: "The external id \(key.clipped) is that of “\(own.account.name.clipped)”, but \(words) "
                + NameWords.list(different.map(\.account)),
            candidates: [own]
                + different.prefix(4).map { MatchCandidate(account: $0.account, confidence: $0.confidence, evidence: [$0.evidence]) })
    }

    /// The key trimmed; nil for what people type to get past a required field: only zeros or signs, “N/A”, “test”.
    static func usable(_ key: String) -> String? {
        let key = key.trimmed
        guard key.contains(where: { $0.isLetter || ($0.isNumber && $0 != "0") }) else { return nil }
        guard key.contains(where: \.isNumber) || NameForm(key) != nil else { return nil }
        return key
    }
}
