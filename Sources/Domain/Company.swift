package import Foundation

/// A company as Freshdesk keeps it.
package struct Company: Sendable, Equatable {
    package var id: ID<Company>
    package var name: String
    /// Freshdesk's list, primary first; empty when there are none.
    package var domains: [String]
    package var healthScore: String?
    package var accountTier: String?
    package var renewalDate: Date?
    package var industry: String?
    package var createdAt: Date
    package var updatedAt: Date
    /// What the custom field named in the workspace's settings holds: the key of one of its accounts.
    package var externalID: String?
    /// The rest of the upstream record, as JSON.
    package var raw: String

    package init(
        id: ID<Company>, name: String, domains: [String] = [], healthScore: String? = nil, accountTier: String? = nil,
        renewalDate: Date? = nil, industry: String? = nil, createdAt: Date, updatedAt: Date,
        externalID: String? = nil, raw: String = "{}"
    ) {
        self.id = id
        self.name = name
        self.domains = domains
        self.healthScore = healthScore
        self.accountTier = accountTier
        self.renewalDate = renewalDate
        self.industry = industry
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.externalID = externalID
        self.raw = raw
    }
}

/// A company with the account it was matched to.
package struct CompanySummary: Sendable, Equatable {
    package var company: Company
    package var account: MatchedAccount?
    package var tickets: Int

    package init(company: Company, account: MatchedAccount?, tickets: Int) {
        self.company = company
        self.account = account
        self.tickets = tickets
    }
}
