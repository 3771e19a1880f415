import Domain

/// Stops a company whose domain is taken for an account's and is not it, before its name is believed.
struct LookAlikeLayer: MatchLayer {
    let index: AccountIndex

    func decide(_ subject: MatchSubject) -> LayerDecision {
        var candidates: [MatchCandidate] = []
        var reason: String?
        for key in subject.keys {
            for entry in index.lookAlikes(of: key) where !candidates.contains(where: { $0.account.id == entry.account.id }) {
                let evidence = "\(key.shown) looks like the account's \(entry.key.shown) and is another domain"
                if reason == nil { reason = evidence }
                candidates.append(MatchCandidate(account: entry.account, confidence: Confidence.lookAlikeDomain, evidence: [evidence]))
            }
        }
        guard let reason else { return .pass(reason: "No domain looks like an account's") }
        return .ambiguous(
            Ambiguity(
                kind: .lookAlikeDomain, reason: reason, candidates: Array(candidates.sorted { $0.account.id < $1.account.id }.prefix(5))))
    }
}
