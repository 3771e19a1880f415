package import Foundation

/// One page of `GET /tickets`, in ascending order of `updated_at`.
///
/// `updated_since` is always sent: without it Freshdesk answers only tickets created in the last 30 days (fact 102).
package struct TicketListRequest: Sendable, Hashable, Codable {
    /// Which set of tickets; the default leaves out trash and spam (facts 103–104).
    package enum Filter: String, Sendable, Hashable, Codable {
        case deleted, spam
    }

    /// What the rows carry beside their own keys; each costs two credits a page (facts 48, 110).
    package enum Include: String, Sendable, Hashable, Codable, CaseIterable {
        case company, description, requester, stats
    }

    package var updatedSince: Date
    package var filter: Filter?
    package var include: Set<Include>
    /// From 1; beyond 300 is a 400 (fact 106).
    package var page: Int
    /// At most 100.
    package var perPage: Int

    package init(updatedSince: Date, filter: Filter? = nil, include: Set<Include> = [], page: Int = 1, perPage: Int = 100) {
        self.updatedSince = updatedSince
        self.filter = filter
        self.include = include
        self.page = page
        self.perPage = perPage
    }
}

/// What a single ticket's view may carry; each costs one credit (facts 47, 134).
package enum TicketViewInclude: String, Sendable, Hashable, CaseIterable {
    case company, conversations, requester, stats
}

/// The sets of contacts; without one the list is every contact neither blocked nor deleted (facts 82–84).
package enum ContactState: String, Sendable, Hashable, CaseIterable {
    case blocked, deleted, unverified, verified
}
