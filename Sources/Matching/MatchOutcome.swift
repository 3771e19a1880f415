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
        /// Companies with unrelated names have the domain too.
        case crowdedDomain = "crowded_domain"
        /// A domain is mistaken for an account's and is not it.
        case lookAlikeDomain = "look_alike_domain"
        /// Several accounts have the name, or something else tells the two apart.
        case ambiguousName = "ambiguous_name"
        /// The names agree, the domains do not.
        case domainsDiffer = "domains_differ"
        /// The name is similar, and not enough to decide.
        case similarName = "similar_name"

        /// Whether evidence contradicts itself, so that only a person may decide.
        package var isHard: Bool {
            switch self {
            case .conflict, .duplicateAccounts, .severalAccounts, .crowdedDomain, .lookAlikeDomain, .ambiguousName, .domainsDiffer: true
            case .siblingDomains, .similarName: false
            }
        }
    }

    /// How the reason begins where accounts look like one customer entered twice.
    package static let duplicateWords = "These look like duplicate accounts"

    package var kind: Kind
    /// A sentence without a full stop.
    package var reason: String
    /// Strongest first; accounts of equal strength by id.
    package var candidates: [MatchCandidate]
    /// Candidates that something speaks against, such as unrelated domains.
    package var contradicted: Set<ID<Account>>

    /// Whether a language model may attach the account: nothing contradicts it.
    package func allowsModel(toAttach account: ID<Account>) -> Bool { !kind.isHard && !contradicted.contains(account) }

    package init(kind: Kind, reason: String, candidates: [MatchCandidate], contradicted: Set<ID<Account>> = []) {
        self.contradicted = contradicted
        self.kind = kind
        self.reason = reason
        self.candidates = candidates
    }
}
