import Domain
import Foundation
import Store

/// What the filter menus offer, and the names behind the ids of active filters.
struct TicketChoices: Sendable {
    var agents: [Named<Agent>]
    /// By name; of more than `mostAccounts` those with the most unresolved tickets.
    var accounts: [Named<Account>]
    var accountsInAll: Int
    var groups: [Named<Group>]
    /// Those that an active filter names.
    var chosenAccounts: [Named<Account>]
    var companies: [Named<Company>]
    var requesters: [Named<Contact>]

    init(
        agents: [Named<Agent>] = [], accounts: [Named<Account>] = [], accountsInAll: Int? = nil, groups: [Named<Group>] = [],
        chosenAccounts: [Named<Account>] = [], companies: [Named<Company>] = [], requesters: [Named<Contact>] = []
    ) {
        self.agents = agents
        self.accounts = accounts
        self.accountsInAll = accountsInAll ?? accounts.count
        self.groups = groups
        self.chosenAccounts = chosenAccounts
        self.companies = companies
        self.requesters = requesters
    }

    /// The menus' options as markup, when they were written before.
    var frozen: Frozen?

    struct Frozen: Sendable {
        var agents: FrozenOptions
        var accounts: FrozenOptions
        var groups: FrozenOptions

        init(_ choices: DirectoryStore.Choices) {
            agents = FrozenOptions(ReferenceOptions.unchosen(choices.agents), name: "agent")
            accounts = FrozenOptions(ReferenceOptions.unchosen(choices.accounts), name: "account")
            groups = FrozenOptions(ReferenceOptions.unchosen(choices.groups), name: "group")
        }
    }

    /// Options a menu lists at most; what is chosen is listed always.
    static let mostOptions = 200
    /// Accounts a menu lists at most.
    static let mostAccounts = 100
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
