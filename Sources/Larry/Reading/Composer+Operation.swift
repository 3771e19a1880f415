import Domain
import Foundation

/// What is asked of the rows: the decision table.
extension Composer {
    /// The understanding of a whole question, without regard to what was asked before.
    mutating func compose() -> Understanding {
        do throws(Doubt) {
            let query = try query()
            if let doubt = unused(by: query) { throw doubt }
            return .query(query, remarks: remarks)
        } catch {
            return error.understanding
        }
    }

    mutating func query() throws(Doubt) -> SupportQuery {
        if let doubt = history() { throw doubt }
        let subject = subject
        let measure = measure
        let parts: [Part]
        do {
            parts = try self.parts()
        } catch {
            throw (error as? Doubt) ?? Doubt(understanding: .offDomain)
        }
        if let query = comparison(parts, subject, measure) { return query }
        if let query = share(parts, subject, measure) { return query }
        // A share or a comparison that has no sides must not become a plain count.
        for item in items where (item.slot == .cue(.share) && measure == .rows) || (item.slot == .cue(.compare) && having == nil) {
            throw Doubt(
                understanding: .clarify(
                    Sentences.notUnderstood([reading.shown(item.range)]),
                    [.init(label: without([item.range]), question: without([item.range]))]))
        }
        let filter = filter(parts, subject, measure)
        if let query = trend(filter, subject, measure) { return query }
        if let query = group(filter, subject, measure) { return query }
        if let query = ranked(filter, subject, measure) { return query }
        if measure != .rows { return aggregate(filter, measure) }
        return simple(filter, subject)
    }

    // MARK: Subject and measure

    /// The rows asked about.
    var subject: SupportQuery.Subject {
        if asksConversations { return .conversations }
        if reading.has(.rows(.ratings)), !reading.has(.rows(.tickets)) || isDirectlyCounted(.rows(.ratings)) { return .ratings }
        return .tickets
    }

    func isDirectlyCounted(_ slot: Slot) -> Bool {
        guard let place = reading.index(of: slot), let many = reading.index(of: .cue(.howMany)) else { return false }
        return place > many && !items[many..<place].contains { if case .slot(.rows) = $0.content { true } else { false } }
    }

    var measure: SupportQuery.Measure {
        let measures = reading.slots.compactMap { if case .measure(let measure) = $0 { measure } else { nil } }
        if measures.contains(.satisfaction) {
            // “How many csat ratings” counts them.
            if reading.has(.rows(.ratings)), reading.has(.cue(.howMany)), !reading.has(.cue(.share)) { return .rows }
            return .satisfaction
        }
        // “sorted by age” orders a list.
        if measures.first == .age, isSorted { return .rows }
        if let first = measures.first { return first }
        // “How quickly does Priya resolve tickets?”, “how fast do we answer?”
        if reading.contains(["fast", "quickly", "quick", "long"]), reading.has(.cue(.howMany)) == false, reading.contains(["how"]),
            !reading.has(.cue(.oldest))
        {
            if reading.has(.verb(.resolved)) || reading.contains(["resolve", "close", "solve"]) { return .resolution }
            if reading.contains(["respond", "answer", "reply", "answered"]) { return .firstResponse }
            let isOpenState = reading.slots.contains(.status(.open)) || reading.slots.contains(.unresolved)
            if reading.contains(["long"]), isOpenState,
                !items.contains(where: { if case .ticket = $0.content { true } else { $0.time != nil } })
            {
                return .age
            }
        }
        // “which team closes tickets fastest”, “who is slowest to answer”.
        if reading.has(.cue(.fastest)) || reading.has(.cue(.slowest)), !reading.contains(["wait", "waits", "waited", "waiting"]) {
            if reading.contains(["close", "closes", "closed", "resolve", "resolves", "resolved", "solve", "solves"]) { return .resolution }
            if reading.contains(["respond", "responds", "reply", "replies", "answer", "answers"]) { return .firstResponse }
        }
        if reading.has(.rows(.ratings)), reading.has(.statistic(.average)) || reading.has(.cue(.best)) || reading.has(.cue(.worst)) {
            return .satisfaction
        }
        if reading.has(.rows(.ratings)), reading.has(.cue(.share)), reading.slots.contains(.sentiment(.positive)) { return .satisfaction }
        return .rows
    }

    var isSorted: Bool { reading.contains(["sorted", "sort", "ordered", "order"]) }

    var statistic: SupportQuery.Statistic? {
        for slot in reading.slots { if case .statistic(let statistic) = slot { return statistic } }
        if reading.has(.cue(.fastest)) || reading.has(.cue(.fewest)) || reading.contains(["minimum", "shortest"]) { return .minimum }
        if reading.has(.cue(.slowest)) || reading.has(.cue(.most)) || reading.contains(["maximum", "longest"]) { return .maximum }
        return nil
    }

    // MARK: Filter

    /// All parts together: values of one kind are alternatives, kinds must all hold.
    func filter(_ parts: [Part], _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportFilter {
        var filter = SupportFilter()
        let owners = owner(ofTimes: false)
        for part in parts {
            if part.isTime {
                guard let span = items[part.place].time else { continue }
                // What is overdue today is overdue now.
                let isNow = span.phrase == "today" && reading.has(.flag(.overdue, true)) && owners[part.place] == nil
                if isNow, !reading.has(.verb(.due)) { continue }
                let field: SupportPeriod.Field = owners[part.place] ?? (reading.has(.verb(.due)) ? .due : defaultField(subject, measure))
                filter.set(
                    SupportPeriod(
                        span.isAge ? (owners[part.place] ?? .created) : Self.possible(field, subject), from: span.from, to: span.to,
                        phrase: span.phrase))
            } else {
                filter.unite(with: part.filter)
            }
        }
        // “resolved” or “closed” as verbs without a time: whatever stands resolved or closed now.
        if measure == .rows, subject == .tickets, reading.has(.verb(.resolved)), filter.status == nil, filter.period(of: .resolved) == nil {
            filter.status = .init([.resolved, .closed])
        }
        if reading.has(.cue(.waiting)), filter.status == nil { filter.status = .init([.open, .pending]) }
        // “been open longest” speaks of open ones alone.
        let isOpenLongest = items.contains { $0.slot == .cue(.oldest) && reading.words[$0.range].contains { $0.text == "open" } }
        if isOpenLongest, filter.status == nil { filter.status = .init([.open]) }
        if subject == .ratings { filter.isRated = nil }
        if reading.has(.verb(.rated)), subject == .tickets, measure == .rows, filter.period(of: .rated) == nil, filter.sentiment == nil,
            reading.contains(["rated"])
        {
            filter.isRated = filter.isRated ?? true
        }
        return withKind(filter)
    }

    static func possible(_ field: SupportPeriod.Field, _ subject: SupportQuery.Subject) -> SupportPeriod.Field {
        switch (field, subject) {
        case (.created, .ratings): .rated
        case (.created, .conversations), (.updated, .conversations): .sent
        case (.sent, .tickets): .created
        case (.sent, .ratings): .rated
        default: field
        }
    }

    /// The state of tickets in the past is not kept; a question for it must not be answered with their state now.
    func history() -> Doubt? {
        let states = items.enumerated().filter { place, item in
            switch item.slot {
            case .status(.open): !isVerb(place, .open)
            case .status(.pending), .unresolved, .flag(.overdue, true): true
            default: false
            }
        }
        guard !states.isEmpty, owner(ofTimes: false).isEmpty else { return nil }
        let isBacklogTrend =
            reading.contains(["backlog"])
            && (reading.has(.cue(.trend)) || reading.slots.contains { if case .bucket = $0 { true } else { false } })
        let past = items.contains { item in item.time.map { span in span.to.map { $0 <= now } ?? false && !span.isAge } ?? false }
        let isPastTense =
            reading.contains(["were", "was", "had"]) || (reading.contains(["did"]) && reading.contains(["have"]))
            || reading.contains(["end", "midnight"])
        guard isBacklogTrend || (past && isPastTense) else { return nil }
        return Doubt(understanding: .unsupported("the status tickets had in the past"))
    }

    // MARK: The rest

    func aggregate(_ filter: SupportFilter, _ measure: SupportQuery.Measure) -> SupportQuery {
        var query = SupportQuery(.aggregate, measure == .satisfaction ? .ratings : .tickets, filter)
        query.measure = measure
        if measure.isDuration { query.statistic = statistic ?? .median }
        return query
    }

    var startsWithYesNo: Bool {
        guard
            let first = reading.words.first(where: { !["so", "and", "hey", "hi", "larry", "please", "ok", "well"].contains($0.text) })?.text
        else { return false }
        return ["is", "are", "was", "were", "does", "do", "did", "has", "have", "any", "anything"].contains(first)
    }

    mutating func simple(_ filter: SupportFilter, _ subject: SupportQuery.Subject) -> SupportQuery {
        var query = SupportQuery(.count, subject, filter)
        let names = items.compactMap { $0.entities?.first?.kind }
        let hasRows = items.contains { if case .slot(.rows) = $0.content { true } else { false } }
        if reading.has(.cue(.overview))
            || (!hasRows
                && filter
                    == {
                        var only = SupportFilter(); only.account = filter.account; only.agent = filter.agent; return only
                    }()
                && !reading.has(.cue(.howMany)) && !startsWithYesNo),
            names.contains(.account) || names.contains(.agent), subject == .tickets, !reading.has(.cue(.list)) || !hasRows
        {
            query.operation = .group
            query.keys = [.status]
            query.isDescending = true
            return query
        }
        if reading.has(.cue(.howMany)) || subject != .tickets { return query }
        // “Is Acme happy?” is no question whether there is a happy ticket.
        if startsWithYesNo, !hasRows, filter.sentiment != nil {
            var rated = filter
            rated.sentiment = nil
            return aggregate(rated, .satisfaction)
        }
        if startsWithYesNo {
            query.isYesNo = true
            return query
        }
        if reading.contains(["backlog"]), !reading.has(.cue(.list)), !reading.has(.cue(.which)) { return query }
        if reading.contains(["volume", "load", "inflow", "throughput"]), !reading.has(.cue(.list)) { return query }
        query.operation = .list
        query.order =
            filter.period(of: .due) != nil || filter.isOverdue == true ? .due : filter.period(of: .resolved) != nil ? .resolved : .created
        query.isDescending = query.order != .due
        if let limit { query.limit = limit }
        return query
    }
}
