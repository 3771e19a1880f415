/// Why a company, contact or ticket belongs to an account.
package struct Match: Sendable, Equatable {
    /// The rule that decided, strongest first. Raw values are the API's words.
    package enum Layer: String, Sendable, CaseIterable, Codable {
        case manual
        /// The company carries the account's external id.
        case externalID = "external_id"
        case exactDomain = "exact_domain"
        case normalizedDomain = "normalized_domain"
        case name
        case languageModel = "llm"
        case contactDomain = "contact_domain"
    }

    package var accountID: ID<Account>
    package var layer: Layer
    /// From 0 to 1.
    package var confidence: Double
    /// Sentences a person understands, such as "The domain acme.com is the account's".
    package var evidence: [String]

    package init(accountID: ID<Account>, layer: Layer, confidence: Double, evidence: [String]) {
        self.accountID = accountID
        self.layer = layer
        self.confidence = confidence
        self.evidence = evidence
    }
}

/// An account as a ticket, contact or company shows it: with the reason it is there.
package struct MatchedAccount: Sendable, Equatable {
    package var account: Named<Account>
    package var layer: Match.Layer
    package var confidence: Double
    package var evidence: [String]

    package init(account: Named<Account>, layer: Match.Layer, confidence: Double, evidence: [String]) {
        self.account = account
        self.layer = layer
        self.confidence = confidence
        self.evidence = evidence
    }
}

/// An account that a company might belong to, for a person to decide.
package struct MatchCandidate: Sendable, Equatable {
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
