package import Foundation

/// What a customer answered to a satisfaction survey about one ticket.
package struct SatisfactionRating: Sendable, Equatable {
    package var id: ID<SatisfactionRating>
    package var ticketID: ID<Ticket>
    /// On Freshdesk's scale from −103 (extremely unhappy) over 100 (neutral) to 103 (extremely happy), fact 182.
    package var rating: Int
    package var comment: String?
    package var contactID: ID<Contact>?
    package var agentID: ID<Agent>?
    package var createdAt: Date
    package var updatedAt: Date
    package var raw: String

    package init(
        id: ID<SatisfactionRating>, ticketID: ID<Ticket>, rating: Int, comment: String? = nil, contactID: ID<Contact>? = nil,
        agentID: ID<Agent>? = nil, createdAt: Date, updatedAt: Date, raw: String = "{}"
    ) {
        self.id = id
        self.ticketID = ticketID
        self.rating = rating
        self.comment = comment
        self.contactID = contactID
        self.agentID = agentID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.raw = raw
    }

    package var sentiment: Sentiment { Sentiment(rating: rating) }
    /// From −1 to 1: sign(rating) × (|rating| − 100) / 3.
    package var score: Double { SatisfactionRating.score(of: rating) }
    package var label: String { SatisfactionRating.label(of: rating) }

    package static func score(of rating: Int) -> Double {
        Double(rating.signum() * (abs(rating) - 100)) / 3
    }

    package static func label(of rating: Int) -> String {
        switch rating {
        case 103: "Extremely happy"
        case 102: "Very happy"
        case 101: "Happy"
        case 100: "Neutral"
        case -101: "Unhappy"
        case -102: "Very unhappy"
        case -103: "Extremely unhappy"
        default: "Rating \(rating)"
        }
    }

    /// The classic survey's 1 (happy), 2 (neutral), 3 (unhappy) on today's scale; others unchanged (fact 182).
    package static func fromUpstream(_ rating: Int) -> Int {
        switch rating {
        case 1: 103
        case 2: 100
        case 3: -103
        default: rating
        }
    }
}

/// The direction of a rating. Positive is a rating above 100.
package enum Sentiment: String, Sendable, CaseIterable, Codable {
    case positive, neutral, negative

    package init(rating: Int) {
        self = rating > 100 ? .positive : rating == 100 ? .neutral : .negative
    }
}

/// The share of positive ratings among a set of ratings; of no ratings there is no share.
package struct SatisfactionShare: Sendable, Equatable {
    package var positive: Int
    package var count: Int

    package init(positive: Int, count: Int) {
        self.positive = positive
        self.count = count
    }

    /// From 0 to 100, or nil without ratings.
    package var percentPositive: Double? { count == 0 ? nil : 100 * Double(positive) / Double(count) }
}
