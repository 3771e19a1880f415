/// How sure each rule is, from 0 to 1. The order matters more than the figures: a rule that leaves more room for error
/// stands below one that leaves less.
enum Confidence {
    /// The same text on both sides. Not 1: a domain can be typed on the wrong record or be sold.
    static let exactDomain = 0.99
    /// The same host once cleaned, or one side is the whole domain the other is part of: a group can spread its firms over
    /// sub-domains.
    static let normalizedDomain = 0.95
    /// Several accounts have the domain and the name picked one: two signals, but one of them is known to be shared.
    static let exactDomainByName = 0.95
    static let normalizedDomainByName = 0.90
    /// Two different sub-domains of one domain with equal names: the domain only shows that they are related.
    static let siblingDomainByName = 0.88
    /// One person's address says where they work, not for which customer they write: consultants, agencies, resellers.
    static let contactDomain = 0.90
    static let contactNormalizedDomain = 0.85
    /// Candidates for review, never attached: a sibling sub-domain alone, an equal name alone.
    static let siblingDomain = 0.50
    static let equalName = 0.60
}
