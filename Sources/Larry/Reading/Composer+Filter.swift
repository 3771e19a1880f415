import Domain
import Foundation

/// Which rows: names, states and times as a filter.
extension Composer {
    /// One thing of a question that narrows the rows, with its place.
    struct Part {
        var place: Int
        var filter: SupportFilter
        /// What it speaks of, for comparisons: two parts of one kind stand against each other.
        var kind: String
        var label: String
        var isTime = false
    }

    /// Every narrowing part in order; throws `Doubt`.
    mutating func parts() throws -> [Part] {
        var parts: [Part] = []
        for (place, item) in items.enumerated() {
            switch item.content {
            case .name:
                let entities = try resolve(item).get()
                if item.isFuzzy, let name = entities.first?.name { remarks.append(Sentences.readAs(reading.shown(item.range), name)) }
                parts += namePart(place, item, entities).map { [$0] } ?? []
            case .own(let entities, let kind):
                guard !entities.isEmpty else {
                    let rest = without([item.range])
                    throw Doubt(understanding: .clarify(Sentences.whoAsks(kind), [.init(label: rest, question: rest)]))
                }
                var filter = SupportFilter()
                filter.account = .init(entities.map(\.id), isNegated: item.isNegated)
                parts.append(Part(place: place, filter: filter, kind: "own", label: "Yours"))
            case .ticket(let id):
                var filter = SupportFilter()
                filter.ticket = [id]
                parts.append(Part(place: place, filter: filter, kind: "ticket", label: "Ticket \(id)"))
            case .text(let text):
                var filter = SupportFilter()
                filter.text = String(text.prefix(TicketQuery.longestSearch))
                parts.append(Part(place: place, filter: filter, kind: "text", label: text))
            case .time(let span):
                if !span.alternatives.isEmpty {
                    throw Doubt(
                        understanding: .clarify(
                            Sentences.twoDates(reading.shown(item.range)),
                            span.alternatives.map { date in
                                let text = reading.words.enumerated().filter { !item.range.contains($0.offset) }.map(\.element.shown)
                                    .joined(separator: " ")
                                return .init(label: date, question: "\(text) on \(date)?")
                            }))
                }
                parts.append(Part(place: place, filter: SupportFilter(), kind: "time", label: span.phrase, isTime: true))
            case .slot(let slot):
                if let part = statePart(place, item, slot) { parts.append(part) }
            case .number: break
            }
        }
        return parts
    }

    private func namePart(_ place: Int, _ item: Reading.Item, _ entities: [Entity]) -> Part? {
        guard let first = entities.first else { return nil }
        var filter = SupportFilter()
        let reference = SupportFilter.References([first.id], isNegated: item.isNegated)
        switch first.kind {
        case .account: filter.account = reference
        case .agent:
            if isAuthor(item) { filter.author = reference } else { filter.agent = reference }
        case .contact: filter.contact = reference
        case .group: filter.group = reference
        case .tag: filter.tag = .init(entities.map(\.name), isNegated: item.isNegated)
        case .type: filter.type = .init([first.name], isNegated: item.isNegated)
        case .status: filter.statusCode = .init([Int(first.id)], isNegated: item.isNegated)
        }
        return Part(place: place, filter: filter, kind: first.kind.rawValue, label: first.name)
    }

    /// Whether an agent is spoken of as the writer of messages.
    private func isAuthor(_ item: Reading.Item) -> Bool {
        guard asksConversations else { return false }
        let before = reading.text(item.range.lowerBound - 1)
        return before == "by" || before == "from" || reading.has(.verb(.sent)) || before == "did" || before == "has"
    }

    /// Whether the rows asked for are messages and not tickets.
    var asksConversations: Bool {
        reading.has(.rows(.conversations)) || items.contains { if case .slot(.kind) = $0.content { true } else { false } }
            || (reading.contains(["reply", "replies", "responses"]) && (reading.has(.verb(.sent)) || reading.has(.incoming(true))))
    }

    /// Replies that an agent wrote are of one kind; messages may be any.
    func withKind(_ filter: SupportFilter) -> SupportFilter {
        guard asksConversations, filter.kind == nil, filter.isIncoming == nil, filter.author != nil,
            reading.contains(["reply", "replies", "responses"])
        else { return filter }
        var filter = filter
        filter.kind = .init([.agentReply])
        return filter
    }

    private mutating func statePart(_ place: Int, _ item: Reading.Item, _ slot: Slot) -> Part? {
        var filter = SupportFilter()
        let isNegated = item.isNegated
        let label = reading.shown(item.range)
        switch slot {
        case .status(let status):
            if isVerb(place, status) { return nil }
            filter.status = .init([status], isNegated: isNegated)
            return Part(place: place, filter: filter, kind: "status", label: status.label)
        case .unresolved:
            filter.status = .init([.open, .pending], isNegated: isNegated)
            return Part(place: place, filter: filter, kind: "status", label: "Unresolved")
        case .priority(let priority):
            filter.priority = .init([priority], isNegated: isNegated)
            return Part(place: place, filter: filter, kind: "priority", label: priority.label)
        case .source(let source):
            filter.source = .init([source], isNegated: isNegated)
            return Part(place: place, filter: filter, kind: "source", label: source.label)
        case .flag(let flag, let value):
            let holds = value != isNegated
            switch flag {
            case .escalated: filter.isEscalated = holds
            case .overdue: filter.isOverdue = holds
            case .assigned: filter.agent = holds ? .present : .missing
            case .responded: filter.isResponded = holds
            case .matched: filter.isMatched = holds
            case .rated: filter.isRated = holds
            }
            return Part(place: place, filter: filter, kind: flag.rawValue, label: label.capitalisedFirst)
        case .sentiment(let sentiment):
            filter.sentiment = .init([sentiment], isNegated: isNegated)
            return Part(place: place, filter: filter, kind: "sentiment", label: sentiment.rawValue.capitalisedFirst)
        case .kind(let kind):
            filter.kind = .init([kind], isNegated: isNegated)
            return Part(place: place, filter: filter, kind: "kind", label: label)
        case .incoming(let value):
            guard asksConversations else { return nil }
            filter.isIncoming = value != isNegated
            return Part(place: place, filter: filter, kind: "incoming", label: label)
        case .cue(.waiting):
            filter.status = .init([.open, .pending])
            filter.isResponded = reading.contains(["first"]) ? false : nil
            return nil
        default: return nil
        }
    }

    /// `open` after “did Acme” and `closed` before a time are verbs.
    func isVerb(_ place: Int, _ status: TicketStatus) -> Bool {
        let item = items[place]
        let start = item.range.lowerBound
        switch status {
        case .open:
            guard let helper = reading.words[..<start].lastIndex(where: { ["did", "does", "do", "to"].contains($0.text) }) else {
                return false
            }
            let between = reading.words[(helper + 1)..<start].map(\.text)
            let isHeld = between.contains {
                ["have", "has", "had", "are", "is", "be", "were", "remain", "still", "get", "with"].contains($0)
            }
            let next = items.indices.contains(place + 1) ? items[place + 1].slot : nil
            let isAdjective = next == .rows(.tickets) && items[place + 1].range.lowerBound - item.range.upperBound <= 1
            return !isHeld && !isAdjective && !between.isEmpty
        case .resolved, .closed:
            guard !item.isNegated else { return false }
            return owner(ofTimes: true)[place] != nil
        case .pending: return false
        }
    }

    // MARK: Times

    /// The field each time speaks of, by the verb that owns it: the nearest before it, else the nearest after.
    ///
    /// - Parameter ofTimes: keyed by the verb's place when true (which verbs own a time), else by the time's.
    func owner(ofTimes byVerb: Bool) -> [Int: SupportPeriod.Field] {
        let verbs: [(place: Int, field: SupportPeriod.Field)] = items.enumerated().compactMap { place, item in
            guard let slot = item.slot, !item.isNegated else { return nil }
            switch slot {
            // “give me …”, “left from last week”: a rating must be spoken of.
            case .verb(.rated) where !speaksOfRatings: return nil
            case .verb(let field): return (place, field)
            case .status(.resolved), .status(.closed): return (place, .resolved)
            case .status(.open) where isVerb(place, .open): return (place, .created)
            case .flag(.rated, true): return (place, .rated)
            default: return nil
            }
        }
        var result: [Int: SupportPeriod.Field] = [:]
        for (place, item) in items.enumerated() where item.time != nil {
            let strong = verbs.filter { verb in
                // In “tickets opened last week that are closed” closed owns nothing: a verb of opening stands nearer.
                !isState(verb.place)
            }
            let before = strong.last { $0.place < place } ?? verbs.last { $0.place < place }
            let after = strong.first { $0.place > place } ?? verbs.first { $0.place > place }
            guard let verb = before ?? after else { continue }
            if isState(verb.place), isAdjectiveOfHistory(verb.place) { continue }
            result[byVerb ? verb.place : place] = verb.field
        }
        return result
    }

    private var speaksOfRatings: Bool {
        reading.contains(["rated", "rate"]) || reading.has(.rows(.ratings)) || reading.has(.measure(.satisfaction))
            || reading.slots.contains { if case .sentiment = $0 { true } else { $0 == .flag(.rated, true) } }
    }

    private func isState(_ place: Int) -> Bool {
        if case .slot(.status) = items[place].content { return true }
        if case .slot(.flag) = items[place].content { return true }
        return false
    }

    private func isAdjectiveOfHistory(_ place: Int) -> Bool { false }

    /// The field of a time that no verb owns.
    func defaultField(_ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportPeriod.Field {
        if measure == .satisfaction || subject == .ratings { return .rated }
        if measure == .resolution { return .resolved }
        if subject == .conversations { return .sent }
        // “tickets with a negative rating last week”: the rating's week.
        if reading.slots.contains(where: { if case .sentiment = $0 { true } else { $0 == .flag(.rated, true) } }) { return .rated }
        return .created
    }
}

extension String {
    var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
