import Domain
import Foundation

/// What the filter menus offer, and the names behind the ids of active filters.
struct TicketChoices: Sendable {
    var agents: [Named<Agent>]
    var accounts: [Named<Account>]
    var groups: [Named<Group>]
    /// Only those an active filter names: there are too many to list.
    var companies: [Named<Company>]
    var requesters: [Named<Contact>]

    init(
        agents: [Named<Agent>] = [], accounts: [Named<Account>] = [], groups: [Named<Group>] = [], companies: [Named<Company>] = [],
        requesters: [Named<Contact>] = []
    ) {
        self.agents = agents
        self.accounts = accounts
        self.groups = groups
        self.companies = companies
        self.requesters = requesters
    }

    /// Options a menu lists at most; what is chosen is listed always.
    static let mostOptions = 200
}

extension TicketQuery.MatchState {
    var label: String {
        switch self {
        case .matched: "Matched"
        case .review: "Waiting for review"
        case .none: "No account"
        }
    }
}

extension TicketQuery.RatingState {
    var label: String {
        switch self {
        case .positive: "Positive"
        case .neutral: "Neutral"
        case .negative: "Negative"
        case .none: "Not rated"
        }
    }
}

extension TicketQuery.Period {
    /// `last 30 days`, `1 Jan 2026 to 1 Feb 2026`, `from 1 Jan 2026`, `before 1 Feb 2026`; ends are exclusive.
    var label: String {
        switch self {
        case .lastDays(1): "last day"
        case .lastDays(let days): "last \(days.grouped) days"
        case .interval(let from?, let to?): "\(Self.words(from)) up to \(Self.words(to))"
        case .interval(let from?, nil): "from \(Self.words(from))"
        case .interval(nil, let to?): "before \(Self.words(to))"
        case .interval(nil, nil): "any time"
        }
    }

    private static func words(_ date: Date) -> String {
        let day = Day(containing: date)
        return day.start == date ? DateText.day(day) : DateText.exact(date)
    }
}
