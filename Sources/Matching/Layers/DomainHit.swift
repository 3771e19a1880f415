import Domain

/// One account that one domain of the subject leads to.
struct DomainHit: Sendable, Equatable {
    /// How the two domains are related, strongest last.
    enum Relation: Int, Sendable, Comparable {
        /// Different sub-domains of one registrable domain, neither of them the whole of it.
        case sibling
        /// One is the registrable domain, the other lies under it.
        case part
        /// The same host once cleaned.
        case sameSite
        /// The same text.
        case exact

        static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
    }

    let account: Named<Account>
    let relation: Relation
    let evidence: String

    /// The accounts that share the closest relation with `key`: an account with this very host hides one that only has the
    /// domain it is part of, and that one hides an account with another sub-domain.
    static func hits(of key: DomainKey, source: MatchSubject.Source, in index: AccountIndex) -> [DomainHit] {
        let same = index.entries(site: key.site)
        if !same.isEmpty { return same.map { DomainHit(key, $0, $0.key.typed == key.typed ? .exact : .sameSite, source) } }
        guard let registrable = key.registrable else { return [] }
        let related = index.entries(registrable: registrable)
        let parts = related.filter { key.isApex || $0.key.isApex }
        if !parts.isEmpty { return parts.map { DomainHit(key, $0, .part, source) } }
        return related.map { DomainHit(key, $0, .sibling, source) }
    }

    private init(_ key: DomainKey, _ entry: AccountIndex.Entry, _ relation: Relation, _ source: MatchSubject.Source) {
        account = entry.account
        self.relation = relation
        let noun = source == .email ? "The e-mail domain" : "The domain"
        let ours = DomainName.shown(key.site).clipped
        let theirs = DomainName.shown(entry.key.site).clipped
        evidence =
            switch relation {
            case .exact: "\(noun) \(ours) is the account's"
            case .sameSite where key.typed == key.site: "\(noun) \(ours) is the account's, typed there as “\(entry.key.typed.clipped)”"
            case .sameSite: "\(noun) “\(key.typed.clipped)” is the account's \(theirs)"
            case .part where key.isApex: "The account's domain \(theirs) is part of \(ours)"
            case .part: "\(noun) \(ours) is part of the account's domain \(theirs)"
            case .sibling: "\(ours) and the account's \(theirs) are parts of the same domain"
            }
    }
}
