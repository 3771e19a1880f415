package import Domain

/// What the layers found for one company or one e-mail address.
package enum MatchOutcome: Sendable, Equatable {
    /// Belongs to this account, beyond reasonable doubt.
    case matched(Match)
    /// Could belong to one of several accounts: a person decides, nothing is attached.
    case ambiguous(Ambiguity)
    /// Nothing points to an account. The reason is a sentence without a full stop.
    case none(reason: String)

    /// The match, when there is one.
    package var match: Match? {
        guard case .matched(let match) = self else { return nil }
        return match
    }
}

/// Why a person has to decide, with what they need to do so.
package struct Ambiguity: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// The domain leads to one account, the name to another.
        case conflict
        /// The accounts that were hit look like one customer entered twice.
        case duplicateAccounts = "duplicate_accounts"
        /// Several accounts were hit and no name tells them apart.
        case severalAccounts = "several_accounts"
        /// Only another sub-domain of the same registrable domain is an account's.
        case siblingDomains = "sibling_domains"
    }

    package var kind: Kind
    /// A sentence without a full stop.
    package var reason: String
    /// Strongest first; accounts of equal strength by id.
    package var candidates: [Candidate]

    package init(kind: Kind, reason: String, candidates: [Candidate]) {
        self.kind = kind
        self.reason = reason
        self.candidates = candidates
    }
}

/// An account that a company or an address might belong to.
package struct Candidate: Sendable, Equatable {
    package var account: Named<Account>
    /// From 0 to 1: how strong this evidence would be with no other candidate.
    package var confidence: Double
    /// Sentences without a full stop.
    package var evidence: [String]

    package init(account: Named<Account>, confidence: Double, evidence: [String]) {
        self.account = account
        self.confidence = confidence
        self.evidence = evidence
    }
}
