/// How sure each rule is, from 0 to 1. The order matters more than the figures: a rule that leaves more room for error
/// stands below one that leaves less.
enum Confidence {
    /// The key of the workspace's own CRM, written on the company. Not 1: it may stand on the wrong record.
    static let externalID = 0.99
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
    /// A name that is the account's, legal forms aside.
    static let equalName = 0.97
    /// A name that is written as the account's domain, or is its label.
    static let nameIsDomain = 0.95
    static let nameIsLabel = 0.93
    /// Related domains (`acme.com`, `acme.co.uk`) confirm a name, unrelated ones contradict it.
    static let relatedDomains = 0.10
    static let unrelatedDomains = -0.35
    /// No name alone is surer than this.
    static let surestName = 0.98

    /// From here a name attaches, when nothing contradicts and the next candidate is `margin` behind.
    static let attaching = 0.80
    static let margin = 0.08
    /// From here an account is worth a person's look.
    static let reviewing = 0.55

    /// Candidates for review, never attached: a sibling sub-domain alone, a domain that many firms have, a look-alike, a label alone.
    static let siblingDomain = 0.50
    static let crowdedDomain = 0.60
    static let lookAlikeDomain = 0.40
    static let labelIsName = 0.70
    static let conflictingName = 0.60
}
