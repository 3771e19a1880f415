import Domain

/// A name that is an account's, legal forms, accents and punctuation aside.
struct EqualNameLayer: MatchLayer {
    let index: AccountIndex

    func decide(_ subject: MatchSubject) -> LayerDecision {
        guard let form = subject.form else { return .pass(reason: "The name names nobody") }
        let equal = index.places(named: form).map { Equal(index.accounts[$0], form, subject) }
        guard let first = equal.first else { return .pass(reason: "No account has the name") }
        if equal.count == 1 { return decide(first, form, subject) }

        // Several accounts have the name: related domains decide, then the name as it is with its legal form.
        let related = equal.filter(\.isRelated)
        if related.count == 1 { return decide(related[0], form, subject) }
        let exact = equal.filter { $0.form.full == form.full && !$0.isUnrelated }
        if related.isEmpty, exact.count == 1,
            equal.allSatisfy({ $0.form.full == form.full || !$0.form.forms.isEmpty || !$0.form.qualifiers.isEmpty }),
            !form.forms.isEmpty || !form.qualifiers.isEmpty
        {
            return decide(exact[0], form, subject)
        }
        return .ambiguous(several(equal, form))
    }

    /// An account with the name, and what the domains say to it.
    private struct Equal {
        let account: Named<Account>
        let form: NameForm
        let keys: [DomainKey]
        let ties: DomainTies

        init(_ known: AccountIndex.Known, _ form: NameForm, _ subject: MatchSubject) {
            account = known.account
            let equal = known.forms.filter(form.equals)
            self.form = equal.first { $0.full == form.full } ?? equal.first ?? form
            keys = known.keys
            ties = DomainTies(subject.keys, known.keys)
        }

        var isRelated: Bool { if case .related = ties { true } else { false } }
        var isUnrelated: Bool { if case .unrelated = ties { true } else { false } }
    }

    private func decide(_ equal: Equal, _ form: NameForm, _ subject: MatchSubject) -> LayerDecision {
        var evidence = [NameWords.equal(form, equal.form, account: equal.account)]
        if form.isToldApart(from: equal.form) {
            let words = "“\(form.qualifiers.joined(separator: " ").clipped)” and “\(equal.form.qualifiers.joined(separator: " ").clipped)”"
            return .ambiguous(one(equal, .ambiguousName, "The names are equal but for what stands in brackets: \(words)", evidence))
        }
        switch equal.ties {
        case .related(let ours, let theirs):
            if areOfDifferentCountries(form, equal.form) {
                return .ambiguous(
                    one(equal, .ambiguousName, "The names are equal, and the legal forms are of different countries", evidence))
            }
            evidence.append("The domains \(ours) and \(theirs) are related")
            return .matched(Match(accountID: equal.account.id, layer: .name, confidence: Confidence.surestName, evidence: evidence))
        case .unrelated(let ours, let theirs):
            evidence.append("The domains are unrelated: \(ours) and \(theirs)")
            return .ambiguous(
                one(equal, .domainsDiffer, "The names are equal, but the domains are unrelated: \(ours) and \(theirs)", evidence))
        case .unknown:
            if form.isWeak {
                return .ambiguous(one(equal, .ambiguousName, "The names are equal, and say only what kind of business it is", evidence))
            }
            return .matched(Match(accountID: equal.account.id, layer: .name, confidence: Confidence.equalName, evidence: evidence))
        }
    }

    /// Acme S.r.l. at acme.it and Acme Inc. at acme.com: one name, two firms more often than not.
    private func areOfDifferentCountries(_ a: NameForm, _ b: NameForm) -> Bool {
        let (ours, theirs) = (LegalForms.countries(of: a.forms), LegalForms.countries(of: b.forms))
        return !ours.isEmpty && !theirs.isEmpty && ours.isDisjoint(with: theirs)
    }

    private func one(_ equal: Equal, _ kind: Ambiguity.Kind, _ reason: String, _ evidence: [String]) -> Ambiguity {
        let confidence = kind == .domainsDiffer ? Confidence.equalName + Confidence.unrelatedDomains : Confidence.labelIsName
        return Ambiguity(
            kind: kind, reason: reason, candidates: [MatchCandidate(account: equal.account, confidence: confidence, evidence: evidence)])
    }

    private func several(_ equal: [Equal], _ form: NameForm) -> Ambiguity {
        let sites = equal.map { Set($0.keys.map(\.site)) }
        let sharesDomain = sites.enumerated().contains { place, own in sites.dropFirst(place + 1).contains { !$0.isDisjoint(with: own) } }
        let names = NameWords.list(equal.map(\.account))
        let candidates = equal.map { item in
            let evidence = NameWords.equal(form, item.form, account: item.account)
            let confidence = item.isUnrelated ? Confidence.equalName + Confidence.unrelatedDomains : Confidence.equalName
            return MatchCandidate(account: item.account, confidence: confidence, evidence: [evidence])
        }.sorted { ($1.confidence, $0.account.id) < ($0.confidence, $1.account.id) }
        return Ambiguity(
            kind: sharesDomain ? .duplicateAccounts : .ambiguousName,
            reason: sharesDomain
                ? "\(Ambiguity.duplicateWords): \(names) have the same name and domain" : "Several accounts have the name: \(names)",
            candidates: Array(candidates.prefix(5)))
    }
}
