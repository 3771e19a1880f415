import Domain
import Foundation

/// Writes the sentence, the rows and the ids of an answer from a query and its result. Every figure comes from the result.
struct AnswerWriter {
    let query: SupportQuery
    let result: SupportResult
    let names: NameBook

    /// What the caller fills into the answer.
    struct Written: Equatable {
        var status: LarryAnswer.Status = .answered
        var text = ""
        var value: Double?
        var unit: LarryAnswer.Unit?
        var rows: [LarryAnswer.Row]?
        var tickets: [Int64] = []
        var agents: [Int64] = []
        var accounts: [Int64] = []
        var cards: [LarryAnswer.Card] = []
        var quotation: String?
    }

    /// Rows and names that a sentence lists.
    static let mostListed = 10
    /// Groups that a sentence about all of them names.
    static let mostNamedGroups = 5

    func written() -> Written {
        switch query.operation {
        case .count: count()
        case .list: query.subject == .tickets && result.members.isEmpty ? tickets() : members()
        case .aggregate: aggregate()
        case .group: groups()
        case .trend: trend()
        case .compare: comparison()
        case .share: share()
        }
    }

    var text: FilterText { FilterText(filter: query.filter, names: names) }

    var noun: String {
        switch query.subject {
        case .tickets: "tickets"
        case .accounts: "accounts"
        case .agents: "agents"
        case .contacts: "contacts"
        case .conversations: query.filter.kind == nil ? "messages" : "messages"
        case .ratings: "ratings"
        }
    }

    var unit: LarryAnswer.Unit {
        if query.measure == .satisfaction { return .percent }
        if query.measure.isDuration { return .seconds }
        switch query.subject {
        case .tickets: return .tickets
        case .accounts: return .accounts
        case .agents: return .agents
        case .contacts: return .contacts
        case .conversations: return .conversations
        case .ratings: return .ratings
        }
    }

    /// “Acme has 3 open tickets” or “There are 3 open tickets”.
    func sentence(_ value: Double) -> String {
        if let account = query.filter.account, !account.isNegated, account.ids.count == 1,
            query.subject == .tickets || query.subject == .contacts
        {
            let rest = (text.adjectives + [value == 1 ? Figures.singular(noun) : noun] + text.qualifiers(withAccount: false)).joined(
                separator: " ")
            return "\(names.account(account.ids[0])) has \(value == 0 ? "no" : Figures.count(value)) \(rest)."
        }
        let phrase: String
        switch query.subject {
        case .accounts, .agents, .contacts:
            let who = value == 1 ? Figures.singular(noun) : noun
            if query.filter.isEmpty {
                phrase = who
            } else if query.filter
                == {
                    var only = SupportFilter(); only.isMatched = query.filter.isMatched; return only
                }()
            {
                phrase = "\(who) with tickets"
            } else {
                phrase = "\(who) with " + text.phrase("tickets")
            }
        default: phrase = text.phrase(value == 1 ? Figures.singular(noun) : noun)
        }
        return "There \(value == 1 ? "is" : "are") \(value == 0 ? "no" : Figures.count(value)) \(phrase)."
    }

    // MARK: One figure

    func count() -> Written {
        let value = result.value ?? 0
        var written = Written(value: value, unit: unit)
        written.text = sentence(value)
        if query.isYesNo == true, let told = ticketTold(value > 0) {
            written.text = told
        } else if query.isYesNo == true {
            written.text = (value > 0 ? "Yes. " : "No. ") + written.text
        }
        if let account = query.filter.account, !account.isNegated { written.accounts = account.ids }
        return written
    }

    /// “No. Ticket 12 is not open.”
    private func ticketTold(_ holds: Bool) -> String? {
        guard let tickets = query.filter.ticket, tickets.count == 1 else { return nil }
        var rest = query.filter
        rest.ticket = nil
        let text = FilterText(filter: rest, names: names)
        let said = (text.adjectives + text.qualifiers()).joined(separator: " ")
        return said.isEmpty ? nil : "\(holds ? "Yes" : "No"). Ticket \(tickets[0]) is \(holds ? "" : "not ")\(said)."
    }

    var measureName: String {
        let statistic =
            switch query.statistic ?? .median {
            case .average: "average"
            case .median: "median"
            case .minimum: "shortest"
            case .maximum: "longest"
            case .sum: "total"
            }
        switch query.measure {
        case .rows: return "number of \(noun)"
        case .firstResponse: return "\(statistic) first response time"
        case .resolution: return "\(statistic) resolution time"
        case .age: return "\(statistic) age"
        case .satisfaction: return "CSAT"
        }
    }

    func aggregate() -> Written {
        var written = Written(unit: unit)
        if let account = query.filter.account, !account.isNegated { written.accounts = account.ids }
        let base = query.measure == .satisfaction ? "ratings" : "tickets"
        guard let value = result.value, result.sample > 0 else {
            written.status = .noData
            written.text = "There are no \(text.phrase(base)) to measure the \(measureName) over."
            return written
        }
        written.value = value
        let sample = Double(result.sample)
        written.text =
            "The \(measureName) is \(Figures.text(value, query.measure)), over \(Figures.count(sample)) \(text.phrase(sample == 1 ? Figures.singular(base) : base))."
        if query.measure == .satisfaction {
            written.text =
                "CSAT is \(Figures.percent(value)): positive ratings among \(Figures.count(sample)) \(text.phrase(sample == 1 ? "rating" : "ratings"))."
        }
        return written
    }

    func share() -> Written {
        var written = Written(unit: .percent)
        let part = result.rows.first?.value ?? 0
        let whole = result.rows.last?.value ?? 0
        guard let value = result.value else {
            written.status = .noData
            written.text = "There are no \(text.phrase(noun)), so there is no share."
            return written
        }
        written.value = value
        let narrowed = FilterText(filter: query.part ?? SupportFilter(), names: names)
        let condition = (narrowed.adjectives + narrowed.qualifiers()).joined(separator: ", ")
        written.text =
            "\(Figures.percent(value)) of \(text.phrase(noun)) are \(condition): \(Figures.count(part)) of \(Figures.count(whole))."
        return written
    }

    // MARK: Tickets

    func tickets() -> Written {
        let total = result.value ?? 0
        var written = Written(value: total, unit: .tickets)
        written.tickets = result.tickets.map(\.id.rawValue)
        written.cards = result.tickets.prefix(Self.mostListed).map(Self.card)
        if let account = query.filter.account, !account.isNegated { written.accounts = account.ids }
        guard let first = result.tickets.first else {
            if query.limit != nil || query.filter.ticket != nil {
                written.status = .noData
                written.value = nil
                written.text =
                    query.filter.ticket.map { "There is no ticket \($0.map(String.init).joined(separator: ", ")) in the synced data." }
                    ?? "There are no \(text.phrase("tickets"))."
            } else {
                written.text = sentence(0)
            }
            return written
        }
        if query.limit == 1 || query.filter.ticket?.count == 1 {
            one(first, &written)
        } else if let limit = query.limit, total > Double(limit) {
            written.text =
                "Here are \(Figures.counted(Double(result.tickets.count), "tickets")) of \(Figures.count(total)) \(text.phrase("tickets")), \(orderText)."
        } else {
            written.text = sentence(total)
            if total > Double(Self.mostListed) { written.text += " The first \(Self.mostListed) are shown." }
        }
        return written
    }

    var orderText: String {
        let isDescending = query.isDescending ?? true
        switch query.order ?? .created {
        case .created: return isDescending ? "newest first" : "oldest first"
        case .updated: return isDescending ? "last updated first" : "longest untouched first"
        case .resolved: return isDescending ? "last resolved first" : "first resolved first"
        case .priority: return "most urgent first"
        case .due: return isDescending ? "latest due date first" : "earliest due date first"
        case .waiting: return "longest waiting first"
        case .name: return "by name"
        case .firstResponseTime: return isDescending ? "slowest first response first" : "fastest first response first"
        case .resolutionTime: return isDescending ? "slowest resolution first" : "fastest resolution first"
        }
    }

    /// One ticket and what was asked of it. The subject is the customer's; it is quoted.
    func one(_ ticket: TicketSummary, _ written: inout Written) {
        let which = query.filter.ticket != nil ? "Ticket \(ticket.id)" : "The \(position) \(text.phrase("ticket")) is ticket \(ticket.id)"
        let named = "\(which), “\(ticket.subject)”"
        let opener = query.filter.ticket != nil ? named : named + ". It"
        if let account = ticket.account { written.accounts = [account.account.id.rawValue] }
        switch query.detail {
        case .agent:
            if let agent = ticket.agent {
                written.agents = [agent.id.rawValue]
                written.text = "\(agent.name) is the agent of ticket \(ticket.id), “\(ticket.subject)”, \(description)."
            } else {
                written.text = "Nobody is assigned to ticket \(ticket.id), “\(ticket.subject)”, \(description)."
            }
        case .requester: written.text = "\(opener) was opened by \(ticket.requester?.name ?? "an unknown requester")."
        case .account: written.text = "\(opener) belongs to \(ticket.account?.account.name ?? "no account")."
        case .status: written.text = "\(opener) is \(ticket.statusLabel)."
        case .priority: written.text = "\(opener) has priority \(ticket.priority.rawValue)."
        case .created: written.text = "\(opener) was created on \(names.moment(ticket.createdAt))."
        case .updated: written.text = "\(opener) was last updated on \(names.moment(ticket.updatedAt))."
        case .resolved:
            written.text = ticket.resolvedAt.map { "\(opener) was resolved on \(names.moment($0))." } ?? "\(opener) has not been resolved."
        case .due: written.text = ticket.dueBy.map { "\(opener) is due on \(names.moment($0))." } ?? "\(opener) has no due date."
        case .group: written.text = "\(opener) is in \(ticket.group.map { "the group \($0.name)" } ?? "no group")."
        case .satisfaction:
            written.text =
                ticket.satisfaction.map { "\(opener) was rated \(SatisfactionRating.label(of: $0.rating).lowercased())." }
                ?? "\(opener) has no rating."
        case .source: written.text = "\(opener) came in by \(ticket.source.label.lowercased())."
        case .type: written.text = "\(opener) is of type \(ticket.type ?? "none")."
        case .tags: written.text = "\(opener) is tagged \(ticket.tags.isEmpty ? "with nothing" : FilterText.joined(ticket.tags))."
        case .about, nil:
            written.text = "\(named), created on \(names.moment(ticket.createdAt)), \(ticket.statusLabel.lowercased())."
            written.quotation = result.firstMessage.map { Self.excerpt($0) }
        }
        if let agent = ticket.agent, written.agents.isEmpty, query.detail == nil { written.agents = [agent.id.rawValue] }
    }

    var position: String {
        let isDescending = query.isDescending ?? true
        switch query.order ?? .created {
        case .created: return isDescending ? "latest" : "oldest"
        case .updated: return isDescending ? "last updated" : "longest untouched"
        case .resolved: return isDescending ? "last resolved" : "first resolved"
        case .waiting: return "longest waiting"
        case .due: return isDescending ? "last due" : "first due"
        case .firstResponseTime: return isDescending ? "slowest answered" : "fastest answered"
        case .resolutionTime: return isDescending ? "slowest resolved" : "fastest resolved"
        case .priority, .name: return "first"
        }
    }

    /// Behind a named ticket: “the latest escalated ticket of Acme”.
    var description: String { query.filter.ticket != nil ? "as it stands" : "the \(position) \(text.phrase("ticket"))" }

    /// The beginning of a message as one line.
    static func excerpt(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.count > 300 ? line.prefix(300) + "…" : line
    }

    static func card(_ ticket: TicketSummary) -> LarryAnswer.Card {
        LarryAnswer.Card(
            id: ticket.id.rawValue, subject: ticket.subject, status: ticket.statusLabel, priority: ticket.priority.rawValue,
            account: ticket.account?.account.name, accountID: ticket.account?.account.id.rawValue, agent: ticket.agent?.name,
            agentID: ticket.agent?.id.rawValue, createdAt: ticket.createdAt)
    }

    func members() -> Written {
        let total = result.value ?? 0
        var written = Written(value: total, unit: unit)
        let ids = result.members.map(\.id)
        if query.subject == .accounts { written.accounts = ids }
        if query.subject == .agents { written.agents = ids }
        written.rows = result.members.map { .init(key: $0.name, id: $0.id, value: nil, text: "") }
        if result.members.isEmpty, !result.rows.isEmpty { return groups() }
        let shown = result.members.prefix(Self.mostListed).map(\.name)
        let place =
            query.filter.account.map { " of " + FilterText.joined($0.ids.map(names.account)) }
            ?? query.filter.group.map { " in " + FilterText.joined($0.ids.map(names.group)) } ?? ""
        written.text =
            total == 0
            ? "There are no \(noun)\(place)."
            : "There \(total == 1 ? "is" : "are") \(Figures.counted(total, noun))\(place): \(FilterText.joined(shown))\(Double(shown.count) < total ? " and others" : "")."
        return written
    }
}
