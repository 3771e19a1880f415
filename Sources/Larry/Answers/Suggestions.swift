import Domain

/// Follow-up questions that have an answer in the data at hand.
struct Suggestions {
    let query: SupportQuery
    let result: SupportResult
    let names: NameBook

    /// At most three.
    var questions: [String] {
        var questions: [String] = []
        let isTickets = query.subject == .tickets && query.measure == .rows
        let hasRows = (result.value ?? 0) > 0 || !result.tickets.isEmpty
        switch query.operation {
        case .count, .list, .share:
            guard isTickets, hasRows else { break }
            let isOne = query.limit == 1 || query.filter.ticket?.count == 1
            if isOne {
                if query.detail != .agent { questions.append("Who is the agent for it?") }
                if query.detail != .about { questions.append("What was it about?") }
                if let account = query.filter.account?.ids.first {
                    questions.append("How many open tickets does \(names.account(account)) have?")
                }
                break
            }
            if query.filter.agent == nil, query.part?.agent == nil { questions.append("Who owns them?") }
            if query.filter.priority == nil, query.part?.priority == nil { questions.append("And urgent ones?") }
            if let account = query.filter.account?.ids.first, query.operation == .list {
                questions.append("How many open tickets does \(names.account(account)) have?")
            }
            if query.filter.period(of: .created) == nil { questions.append("And in the last 30 days?") }
        case .group:
            if let first = result.rows.first, first.id != nil, query.keys?.first == .account || query.keys?.first == .agent {
                questions.append("How many unresolved tickets does \(first.key) have?")
            }
            if query.limit != nil, query.measure == .rows {
                questions.append(query.isDescending == false ? "And the most?" : "And the fewest?")
            }
        case .trend:
            if query.filter.account == nil { questions.append("Which accounts filed the most tickets in the last 30 days?") }
        case .aggregate:
            if query.filter.agent == nil { questions.append("By agent?") }
        case .compare: break
        }
        return Array(questions.prefix(3))
    }
}
