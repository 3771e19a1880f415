import Domain
import Markup

/// The lists people ask for most, as tabs.
enum TicketPreset: CaseIterable, Sendable {
    case all, open, urgent, waiting, withoutAccount

    var text: String {
        switch self {
        case .all: "All"
        case .open: "Open"
        case .urgent: "Urgent"
        case .waiting: "Waiting on us"
        case .withoutAccount: "No account"
        }
    }

    var query: TicketQuery {
        var query = TicketQuery()
        switch self {
        case .all: break
        case .open: query.status = .init([.open])
        case .urgent:
            query.status = TicketQuery.unresolved
            query.priority = .init([.urgent])
        case .waiting:
            query.status = TicketQuery.unresolved
            query.sort = .init(.waiting, descending: false)
        case .withoutAccount: query.account = .init([.none])
        }
        return query
    }

    /// Whether `query` is this list, whichever way it is sorted; only the one called “waiting” is its order as well.
    func isCurrent(_ query: TicketQuery) -> Bool {
        var (mine, theirs) = (self.query, query)
        if self != .waiting { mine.sort = theirs.sort }
        theirs.limit = mine.limit
        theirs.cursor = nil
        return mine == theirs
    }

    static func tabs(_ query: TicketQuery) -> HTML {
        Tabs("Ticket lists", allCases.map { Tabs.Tab($0.text, to: Route.tickets($0.query).link, isCurrent: $0.isCurrent(query)) }).html
    }
}

extension TicketQuery {
    /// Open and pending: what still wants an answer.
    static let unresolved = AnyOf<TicketStatus>([.open, .pending])

    /// Tickets of one account.
    static func of(_ account: ID<Account>) -> TicketQuery {
        var query = TicketQuery()
        query.account = .init([.id(account)])
        return query
    }

    /// Tickets of one agent.
    static func of(_ agent: ID<Agent>) -> TicketQuery {
        var query = TicketQuery()
        query.agent = .init([.id(agent)])
        return query
    }

    /// The query with one more condition.
    func with(_ change: (inout TicketQuery) -> Void) -> TicketQuery {
        var query = self
        change(&query)
        return query
    }
}
