import Domain
import Foundation

/// A filter in words: as a noun phrase for sentences, and line by line for the interpretation.
struct FilterText {
    let filter: SupportFilter
    let names: NameBook

    /// Words before the noun, such as “open urgent”.
    var adjectives: [String] {
        var words: [String] = []
        if filter.isOverdue == true { words.append("overdue") }
        if filter.isEscalated == true { words.append("escalated") }
        if let agent = filter.agent, agent.ids.isEmpty { words.append(agent.isNegated ? "assigned" : "unassigned") }
        if let answered = filter.isResponded { words.append(answered ? "answered" : "unanswered") }
        if let status = filter.status { words.append(Self.status(status)) }
        if let priority = filter.priority {
            words.append((priority.isNegated ? "not " : "") + Self.joined(priority.values.map(\.rawValue)))
        }
        if let sentiment = filter.sentiment {
            words.append((sentiment.isNegated ? "not " : "") + Self.joined(sentiment.values.map { $0.rawValue + "ly rated" }))
        }
        return words
    }

    /// Words behind the noun, such as “of Acme created in the last 30 days”.
    func qualifiers(withAccount: Bool = true) -> [String] {
        var words: [String] = []
        if let tickets = filter.ticket { words.append(tickets.count == 1 ? "number \(tickets[0])" : "among \(tickets.count) tickets") }
        if withAccount, let account = filter.account {
            words.append(of(account, names.account, none: "of no account", any: "of an account"))
        }
        if let matched = filter.isMatched, !matched { words.append("of no account") }
        if let agent = filter.agent, !agent.ids.isEmpty {
            words.append((agent.isNegated ? "not " : "") + "assigned to " + Self.joined(agent.ids.map(names.agent)))
        }
        if let author = filter.author { words.append("written by " + Self.joined(author.ids.map(names.agent))) }
        if let contact = filter.contact, !contact.ids.isEmpty {
            words.append((contact.isNegated ? "not " : "") + "from " + Self.joined(contact.ids.map(names.contact)))
        }
        if let group = filter.group { words.append(of(group, names.group, none: "in no group", any: "in a group", "in the group ")) }
        if let codes = filter.statusCode {
            words.append((codes.isNegated ? "not " : "") + "in status " + Self.joined(codes.values.map(names.status)))
        }
        if let type = filter.type { words.append((type.isNegated ? "not " : "") + "of type " + Self.joined(type.values)) }
        if let tag = filter.tag { words.append((tag.isNegated ? "not " : "") + "tagged " + Self.joined(tag.values)) }
        if let source = filter.source {
            words.append((source.isNegated ? "not " : "") + "by " + Self.joined(source.values.map { $0.label.lowercased() }))
        }
        if filter.isEscalated == false { words.append("not escalated") }
        if filter.isOverdue == false { words.append("not overdue") }
        if let rated = filter.isRated { words.append(rated ? "with a rating" : "without a rating") }
        if let text = filter.text { words.append("mentioning \(text.hasPrefix("\"") ? text : "“\(text)”")") }
        for period in filter.periods ?? [] { words.append(Self.verb(period.field) + " " + period.phrase) }
        return words
    }

    /// “open tickets of Acme created last week”.
    func phrase(_ noun: String, withAccount: Bool = true) -> String {
        (adjectives + [noun] + qualifiers(withAccount: withAccount)).joined(separator: " ")
    }

    /// One line for each part, as chips show them.
    var lines: [String] {
        var lines: [String] = []
        func line(_ name: String, _ isNegated: Bool, _ value: String) { lines.append("\(name) is \(isNegated ? "not " : "")\(value)") }
        if let tickets = filter.ticket { lines.append(tickets.count == 1 ? "Ticket is \(tickets[0])" : "One of \(tickets.count) tickets") }
        if let account = filter.account {
            line("Account", account.isNegated, account.ids.isEmpty ? "none" : Self.joined(account.ids.map(names.account), "or"))
        }
        if let agent = filter.agent {
            line("Agent", agent.isNegated, agent.ids.isEmpty ? "none" : Self.joined(agent.ids.map(names.agent), "or"))
        }
        if let author = filter.author { line("Author", author.isNegated, Self.joined(author.ids.map(names.agent), "or")) }
        if let contact = filter.contact {
            line("Requester", contact.isNegated, contact.ids.isEmpty ? "none" : Self.joined(contact.ids.map(names.contact), "or"))
        }
        if let group = filter.group {
            line("Group", group.isNegated, group.ids.isEmpty ? "none" : Self.joined(group.ids.map(names.group), "or"))
        }
        if let status = filter.status { line("Status", status.isNegated, Self.joined(status.values.map(\.rawValue), "or")) }
        if let codes = filter.statusCode { line("Status", codes.isNegated, Self.joined(codes.values.map(names.status), "or")) }
        if let priority = filter.priority { line("Priority", priority.isNegated, Self.joined(priority.values.map(\.rawValue), "or")) }
        if let source = filter.source { line("Source", source.isNegated, Self.joined(source.values.map { $0.label.lowercased() }, "or")) }
        if let type = filter.type { line("Type", type.isNegated, Self.joined(type.values, "or")) }
        if let tag = filter.tag { line("Tag", tag.isNegated, Self.joined(tag.values, "or")) }
        if let text = filter.text { lines.append("Text contains \(text)") }
        if let matched = filter.isMatched { lines.append(matched ? "Belongs to an account" : "Belongs to no account") }
        if let answered = filter.isResponded { lines.append(answered ? "Has a first response" : "Has no first response") }
        if let escalated = filter.isEscalated { lines.append(escalated ? "Is escalated" : "Is not escalated") }
        if let overdue = filter.isOverdue { lines.append(overdue ? "Unresolved and past its due date" : "Not overdue") }
        if let rated = filter.isRated { lines.append(rated ? "Has a rating" : "Has no rating") }
        if let sentiment = filter.sentiment { line("Rating", sentiment.isNegated, Self.joined(sentiment.values.map(\.rawValue), "or")) }
        if let kind = filter.kind {
            line("Kind", kind.isNegated, Self.joined(kind.values.map { $0.rawValue.replacing("_", with: " ") }, "or"))
        }
        if let incoming = filter.isIncoming { lines.append(incoming ? "Written by a customer" : "Not written by a customer") }
        for period in filter.periods ?? [] {
            let ends = [period.from.map { "from \(names.end($0))" }, period.to.map { "before \(names.end($0))" }].compactMap { $0 }
            lines.append("\(Self.verb(period.field).capitalisedFirst) \(period.phrase) (\(ends.joined(separator: ", ")))")
        }
        return lines
    }

    private func of(
        _ references: SupportFilter.References, _ name: (Int64) -> String, none: String, any: String, _ preposition: String = "of "
    ) -> String {
        if references.ids.isEmpty { return references.isNegated ? any : none }
        return (references.isNegated ? "not " : "") + preposition + Self.joined(references.ids.map(name))
    }

    private static func status(_ status: SupportFilter.Choice<TicketStatus>) -> String {
        if Set(status.values) == [.open, .pending] { return status.isNegated ? "resolved or closed" : "unresolved" }
        return (status.isNegated ? "not " : "") + joined(status.values.map(\.rawValue), status.isNegated ? "or" : "or")
    }

    static func verb(_ field: SupportPeriod.Field) -> String {
        switch field {
        case .created: "created"
        case .resolved: "resolved"
        case .updated: "updated"
        case .due: "due"
        case .rated: "rated"
        case .sent: "sent"
        }
    }

    static func joined(_ words: [String], _ last: String = "and") -> String {
        guard words.count > 1, let end = words.last else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " \(last) " + end
    }
}

/// Names by id, and the zone times are written in: what sentences need beside figures.
struct NameBook: Sendable {
    private(set) var zone = CivilZone.utc
    private var accounts: [Int64: String] = [:]
    private var agents: [Int64: String] = [:]
    private var groups: [Int64: String] = [:]
    private var contacts: [Int64: String] = [:]
    private var statuses: [Int: String] = [:]

    init(_ names: SupportNames, contacts people: [SupportNames.PersonName] = []) {
        zone = names.zone
        for account in names.accounts { accounts[account.id] = account.name }
        for agent in names.agents { agents[agent.id] = agent.name }
        for group in names.groups { groups[group.id] = group.name }
        for person in people { contacts[person.id] = person.name }
        for status in names.statuses { statuses[status.code] = status.label }
    }

    /// Only these.
    init(_ entities: some Sequence<Entity>, zone: CivilZone) {
        self.zone = zone
        for entity in entities {
            switch entity.kind {
            case .account: accounts[entity.id] = entity.name
            case .agent: agents[entity.id] = entity.name
            case .group: groups[entity.id] = entity.name
            case .contact: contacts[entity.id] = entity.name
            case .status: statuses[Int(entity.id)] = entity.name
            case .tag, .type: break
            }
        }
    }

    func account(_ id: Int64) -> String { accounts[id] ?? "account \(id)" }
    func agent(_ id: Int64) -> String { agents[id] ?? "agent \(id)" }
    func group(_ id: Int64) -> String { groups[id] ?? "group \(id)" }
    func contact(_ id: Int64) -> String { contacts[id] ?? agents[id] ?? "requester \(id)" }
    func status(_ code: Int) -> String { statuses[code] ?? TicketStatus.fallbackLabel(code: code) }

    func has(account id: Int64) -> Bool { accounts[id] != nil }
    func has(agent id: Int64) -> Bool { agents[id] != nil }

    // MARK: Times

    /// `3 March 2026`.
    func day(_ date: Date) -> String { DayText.text(date, in: zone) }

    /// `3 March 2026 at 09:05 UTC`.
    func moment(_ date: Date) -> String { "\(day(date)) at \(clock(date)) \(zone.name)" }

    /// An end of an interval: `2026-03-03`, with the time where that is not midnight.
    func end(_ date: Date) -> String {
        let day = zone.day(containing: date)
        return zone.start(of: day) == date ? day.description : "\(day) \(clock(date)) \(zone.name)"
    }

    private func clock(_ date: Date) -> String {
        let minutes = zone.secondsOfDay(date) / 60
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(two(minutes / 60)):\(two(minutes % 60))"
    }
}
