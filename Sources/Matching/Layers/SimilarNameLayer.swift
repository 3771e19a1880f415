import Domain

/// A name that is nearly an account's: another spelling, script or word order, an acronym, or the account's domain.
struct SimilarNameLayer: MatchLayer {
    private static let mostCandidates = 5
    /// Letters of a domain's label that can be a name.
    private static let shortestLabel = 4

    let index: AccountIndex

    func decide(_ subject: MatchSubject) -> LayerDecision {
        guard let form = subject.form else { return .pass(reason: "The name names nobody") }
        let ranked = ranked(form, subject)
        guard let best = ranked.first, best.score >= Confidence.reviewing else { return .pass(reason: "No account has a similar name") }
        let isClear = ranked.count == 1 || best.score - ranked[1].score >= Confidence.margin
        if best.score >= Confidence.attaching, isClear, best.mayAttach {
            return .matched(
                Match(
                    accountID: best.account.id, layer: .name, confidence: min(best.score, Confidence.surestName), evidence: best.evidence))
        }
        return .ambiguous(ambiguity(ranked, best))
    }

    private struct Finding {
        let account: Named<Account>
        /// May pass 1 where two signals agree; only ever compared.
        var score: Double
        var evidence: [String]
        var mayAttach = true
        var isContradicted = false
    }

    private func ranked(_ form: NameForm, _ subject: MatchSubject) -> [Finding] {
        let keys = subject.keys
        var found: [Int: Finding] = [:]
        func add(_ place: Int, _ score: Double, _ evidence: String, _ mayAttach: Bool) {
            if let known = found[place], known.score >= score { return }
            found[place] = Finding(account: index.accounts[place].account, score: score, evidence: [evidence], mayAttach: mayAttach)
        }
        let alignment = NameAlignment(isCommon: index.names.isCommon)
        for entry in index.names.candidates(for: form).map({ index.names.entries[$0] }) {
            if let likeness = alignment.likeness(form, entry.form) { add(entry.account, likeness.score, likeness.evidence, true) }
        }
        nameAsDomain(form, keys, add)
        labelAsName(keys, add)
        for (place, finding) in found {
            switch DomainTies(keys, index.accounts[place].keys) {
            case .unknown: break
            case .related(let ours, let theirs):
                found[place]?.score = finding.score + Confidence.relatedDomains
                found[place]?.evidence.append("The domains \(ours) and \(theirs) are related")
            case .unrelated(let ours, let theirs):
                found[place]?.score = finding.score + Confidence.unrelatedDomains
                found[place]?.evidence.append("The domains are unrelated: \(ours) and \(theirs)")
                found[place]?.isContradicted = true
            }
        }
        return found.values.sorted { ($1.score, $0.account.id) < ($0.score, $1.account.id) }
    }

    /// The company is called like the account's domain: `acme.com`, or `Acme` where the account is Acme Robotics at acme.com.
    private func nameAsDomain(_ form: NameForm, _ keys: [DomainKey], _ add: (Int, Double, String, Bool) -> Void) {
        if !form.written.trimmed.contains(where: \.isWhitespace), let domain = DomainName(cleaning: form.written) {
            for (place, known) in index.accounts(withSite: domain.site) {
                add(place, Confidence.nameIsDomain, "The name is the account's domain \(known.shown)", true)
            }
        }
        for letters in form.squeezed where letters.count >= Self.shortestLabel && !form.isWeak {
            for place in index.places(label: letters) {
                let shown = index.accounts[place].keys.first { $0.label == letters }?.shown ?? ""
                // Where the company has a domain of its own, the same label under another ending is another firm's: delta.com, delta.it.
                add(
                    place, keys.isEmpty ? Confidence.nameIsLabel : Confidence.labelIsName,
                    "The name is that of the account's domain \(shown)", keys.isEmpty)
            }
        }
    }

    /// The company's domain is called like the account, its name is not.
    private func labelAsName(_ keys: [DomainKey], _ add: (Int, Double, String, Bool) -> Void) {
        for key in keys where key.label.count >= Self.shortestLabel {
            for entry in index.names.squeezed(key.label).map({ index.names.entries[$0] }) where !entry.form.isWeak {
                add(entry.account, Confidence.reviewing, "The domain \(key.shown) is called like the account", false)
            }
        }
    }

    private func ambiguity(_ ranked: [Finding], _ best: Finding) -> Ambiguity {
        let near = ranked.filter { $0.score >= Confidence.reviewing }.prefix(Self.mostCandidates)
        let candidates = near.map {
            MatchCandidate(account: $0.account, confidence: min($0.score, Confidence.surestName), evidence: $0.evidence)
        }
        if best.score >= Confidence.attaching, candidates.count > 1 {
            return Ambiguity(
                kind: .ambiguousName, reason: "Several accounts have a similar name: \(NameWords.list(candidates.map(\.account)))",
                candidates: candidates)
        }
        return Ambiguity(
            kind: .similarName, reason: best.evidence.joined(separator: ". "), candidates: candidates,
            contradicted: Set(near.filter(\.isContradicted).map(\.account.id)))
    }
}
