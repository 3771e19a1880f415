import Domain
import Foundation

extension TicketFilter {
    /// Which ranges lead to the tickets, and which only sieve those that something better leads to.
    struct Ranges {
        private let dialect: Dialect
        private let way: Way
        /// Few tickets are left by a value whose index finds them.
        private let isNarrow: Bool
        /// Something beside the ranges has an index.
        private let hasOther: Bool
        private let hasPerson: Bool

        init(_ query: TicketQuery, _ way: Way, _ dialect: Dialect) {
            self.dialect = dialect
            self.way = way
            isNarrow = Self.isNamed(query.account) || Self.isNamed(query.company) || Self.isNamed(query.requester)
            hasPerson = query.account?.isNegated == false || query.agent?.isNegated == false
            hasOther =
                isNarrow || hasPerson || query.status?.isNegated == false || query.priority?.isNegated == false
                || query.source?.isNegated == false || query.group?.isNegated == false || query.type?.isNegated == false
                || query.tag?.isNegated == false
        }

        /// Ratings come and go with time, so in any order there is one among every few tickets.
        var rating: String {
            way.isInOrder || isNarrow ? dialect.sieved("t.rating") : "t.rating"
        }

        /// The column of a time's range.
        func time(_ column: String, _ period: TicketQuery.Period?, _ now: Date) -> String {
            guard let period else { return column }
            let (from, to) = period.bounds(at: now)
            return shallSieve(column, from: from, to: to) ? dialect.sieved(column) : column
        }

        private func shallSieve(_ column: String, from: Date?, to: Date?) -> Bool {
            if case .order(let sort) = way {
                if TicketFilter.column(of: sort.key) == column { return false }
                // What has no beginning is most of all tickets. What has no end are the newest, which come first in any order that
                // begins with the newest. Between two days there are few.
                return isNarrow || from == nil || (to == nil && sort.isDescending)
            }
            // An account's and an agent's tickets are listed by creation.
            if hasPerson, column == "t.created_at" { return false }
            return isNarrow || (from == nil && hasOther)
        }

        private static func isNamed<Subject>(_ filter: TicketQuery.AnyOf<TicketQuery.Reference<Subject>>?) -> Bool {
            filter.map { !$0.isNegated && !$0.values.contains(.none) } ?? false
        }
    }

    /// Whether the tickets of a time may lie at the end of the list's order, so that reading in it would take reading all others first.
    static func mayLieAtTheEnd(_ query: TicketQuery, now: Date) -> Bool {
        let times = [(query.created, "t.created_at"), (query.updated, "t.updated_at"), (query.resolved, "t.resolved_at")]
        return times.contains { period, column in
            guard let (from, to) = period?.bounds(at: now), column != Self.column(of: query.sort.key) else { return false }
            return query.sort.isDescending ? to != nil : from != nil
        }
    }
}
