package import Foundation

/// Which tickets, in which order: the one filter behind the Tickets page, the API and Larry's links.
///
/// It parses from the query string and prints back to it; printing what was parsed gives the same meaning.
package struct TicketQuery: Sendable, Equatable {
    package var status: AnyOf<TicketStatus>?
    package var priority: AnyOf<TicketPriority>?
    package var source: AnyOf<TicketSource>?
    package var agent: AnyOf<Reference<Agent>>?
    package var account: AnyOf<Reference<Account>>?
    package var company: AnyOf<Reference<Company>>?
    package var group: AnyOf<Reference<Group>>?
    package var requester: AnyOf<Reference<Contact>>?
    package var type: AnyOf<String>?
    package var tag: AnyOf<String>?
    package var match: AnyOf<MatchState>?
    package var csat: AnyOf<RatingState>?
    package var created: Period?
    package var updated: Period?
    package var resolved: Period?
    /// Words to find in subject, description, conversations and requester.
    package var search: String?
    package var sort: Sort = Sort()
    package var limit: Int = TicketQuery.defaultLimit
    /// Where the page begins; opaque, bound to filters and sort.
    package var cursor: TicketCursor?

    package init() {}

    package static let defaultLimit = 50
    package static let limits = 1...200
    /// Longest accepted search text, in characters.
    package static let longestSearch = 200

    /// Any of the values, or none of them when negated.
    package struct AnyOf<Value: Hashable & Sendable>: Hashable, Sendable {
        package var values: [Value]
        package var isNegated: Bool

        package init(_ values: [Value], isNegated: Bool = false) {
            self.values = values
            self.isNegated = isNegated
        }
    }

    /// A thing by id, or the absence of any (`none`).
    package enum Reference<Subject>: Hashable, Sendable {
        case id(ID<Subject>)
        case none
    }

    /// How a ticket stands with accounts.
    package enum MatchState: String, Sendable, CaseIterable {
        /// It belongs to an account.
        case matched
        /// Its company waits for a person's decision.
        case review
        /// It belongs to no account.
        case none
    }

    /// How a ticket was rated.
    package enum RatingState: String, Sendable, CaseIterable {
        case positive, neutral, negative, none
    }

    package struct Sort: Hashable, Sendable {
        package enum Key: String, Sendable, CaseIterable {
            case updated, created, priority, due, waiting
        }

        package var key: Key
        package var isDescending: Bool

        package init(_ key: Key = .updated, descending: Bool = true) {
            self.key = key
            self.isDescending = descending
        }
    }

    /// A half-open interval of time, or the last so many days up to now.
    package enum Period: Hashable, Sendable {
        case interval(from: Date?, to: Date?)
        case lastDays(Int)

        /// The interval at `now`; either side may be open.
        package func bounds(at now: Date) -> (from: Date?, to: Date?) {
            switch self {
            case .interval(let from, let to): (from, to)
            case .lastDays(let days): (now.addingTimeInterval(-Double(days) * 86_400), nil)
            }
        }
    }

    /// Whether any filter or search narrows the list.
    package var isFiltered: Bool {
        var bare = TicketQuery()
        bare.sort = sort
        bare.limit = limit
        bare.cursor = cursor
        return self != bare
    }

    /// The same list from its first page.
    package var fromFirstPage: TicketQuery {
        var query = self
        query.cursor = nil
        return query
    }
}

extension TicketQuery.AnyOf: Encodable where Value: Encodable {}
extension TicketQuery.AnyOf: Decodable where Value: Decodable {}
