import Domain
import Foundation

/// What is asked of the rows: the decision table.
extension Composer {
    /// The understanding of a whole question, without regard to what was asked before.
    mutating func compose() -> Understanding {
        do {
            return .query(try query(), remarks: remarks)
        } catch {
            return error.understanding
        }
    }

    private mutating func query() throws(Doubt) -> SupportQuery {
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
                    Sentences.notUnderstood([reading.shown(item.range)]), [.init(label: without([item.range]), question: without([item.range]))]))
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

    private func isDirectlyCounted(_ slot: Slot) -> Bool {
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
        if let first = measures.first { return first }
        // “How quickly does Priya resolve tickets?”, “how fast do we answer?”
        if reading.contains(["fast", "quickly", "quick", "long"]), reading.has(.cue(.howMany)) == false, reading.contains(["how"]), !reading.has(.cue(.oldest)) {
            if reading.has(.verb(.resolved)) || reading.contains(["resolve", "close", "solve"]) { return .resolution }
            if reading.contains(["respond", "answer", "reply", "answered"]) { return .firstResponse }
            let isOpenState = reading.slots.contains(.status(.open)) || reading.slots.contains(.unresolved)
            if reading.contains(["long"]), isOpenState, !items.contains(where: { if case .ticket = $0.content { true } else { $0.time != nil } }) { return .age }
        }
        if reading.has(.rows(.ratings)), reading.has(.statistic(.average)) || reading.has(.cue(.best)) || reading.has(.cue(.worst)) { return .satisfaction }
        if reading.has(.rows(.ratings)), reading.has(.cue(.share)), reading.slots.contains(.sentiment(.positive)) { return .satisfaction }
        return .rows
    }

    private var statistic: SupportQuery.Statistic? {
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
                let field: SupportPeriod.Field = owners[part.place] ?? (reading.has(.verb(.due)) ? .due : defaultField(subject, measure))
                filter.set(SupportPeriod(span.isAge ? (owners[part.place] ?? .created) : Self.possible(field, subject), from: span.from, to: span.to, phrase: span.phrase))
            } else {
                filter.unite(with: part.filter)
            }
        }
        // “resolved” or “closed” as verbs without a time: whatever stands resolved or closed now.
        if measure == .rows, subject == .tickets, reading.has(.verb(.resolved)), filter.status == nil, filter.period(of: .resolved) == nil {
            filter.status = .init([.resolved, .closed])
        }
        if reading.has(.cue(.waiting)), filter.status == nil { filter.status = .init([.open, .pending]) }
        if subject == .ratings { filter.isRated = nil }
        if reading.has(.verb(.rated)), subject == .tickets, measure == .rows, filter.period(of: .rated) == nil, filter.sentiment == nil, reading.contains(["rated"]) {
            filter.isRated = filter.isRated ?? true
        }
        return withKind(filter)
    }

    private static func possible(_ field: SupportPeriod.Field, _ subject: SupportQuery.Subject) -> SupportPeriod.Field {
        switch (field, subject) {
        case (.created, .ratings): .rated
        case (.created, .conversations), (.updated, .conversations): .sent
        case (.sent, .tickets): .created
        case (.sent, .ratings): .rated
        default: field
        }
    }

    /// The state of tickets in the past is not kept; a question for it must not be answered with their state now.
    private func history() -> Doubt? {
        let states = items.enumerated().filter { place, item in
            switch item.slot {
            case .status(.open): !isVerb(place, .open)
            case .status(.pending), .unresolved, .flag(.overdue, true): true
            default: false
            }
        }
        guard !states.isEmpty, owner(ofTimes: false).isEmpty else { return nil }
        let isBacklogTrend = reading.contains(["backlog"]) && (reading.has(.cue(.trend)) || reading.slots.contains { if case .bucket = $0 { true } else { false } })
        let past = items.contains { item in item.time.map { span in span.to.map { $0 <= now } ?? false && !span.isAge } ?? false }
        let isPastTense = reading.contains(["were", "was", "had"]) || (reading.contains(["did"]) && reading.contains(["have"]))
            || reading.contains(["end", "midnight"])
        guard isBacklogTrend || (past && isPastTense) else { return nil }
        return Doubt(understanding: .unsupported("the status tickets had in the past"))
    }

    // MARK: Comparison

    private mutating func comparison(_ parts: [Part], _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportQuery? {
        let times = parts.filter(\.isTime)
        let hasCue = reading.has(.cue(.compare)) || reading.has(.cue(.or)) && (reading.has(.cue(.which)) || reading.has(.cue(.who)) || reading.has(.cue(.most)))
            || reading.contains(["difference"])
        // “more than 5” compares with a number; “more than Globex” with a side.
        let hasThan = items.contains { if case .slot(.than) = $0.content { true } else { false } }
        guard hasCue || hasThan else { return nil }
        if hasThan, items.contains(where: { $0.number != nil }) { return nil }
        var sides: [Part] = []
        for kind in ["account", "agent", "group", "contact", "priority", "status", "source", "type", "tag", "sentiment"] {
            let same = parts.filter { $0.kind == kind }
            if same.count >= 2 {
                sides = same
                break
            }
        }
        if sides.isEmpty, times.count >= 2 { sides = times }
        guard sides.count >= 2 else { return nil }
        let places = Set(sides.map(\.place))
        let base = filter(parts.filter { !places.contains($0.place) }, subject, measure)
        var query = SupportQuery(.compare, measure == .satisfaction ? .ratings : subject, base)
        query.measure = measure
        query.statistic = measure.isDuration ? statistic ?? .median : nil
        query.sides = sides.map { side in
            let own = filter([side], subject, measure)
            var joined = base.narrowed(by: own)
            if side.isTime, let field = own.periods?.first?.field {
                // One verb speaks for both times.
                let fields = sides.compactMap { filter([$0], subject, measure).periods?.first?.field }
                if let verb = fields.first(where: { $0 != defaultField(subject, measure) }), verb != field, let period = own.periods?.first {
                    joined.periods = (base.periods ?? []) + [SupportPeriod(verb, from: period.from, to: period.to, phrase: period.phrase)]
                }
            }
            return .init(side.label, joined)
        }
        query.isYesNo = startsWithYesNo && !reading.contains(["fewer", "less", "lower", "worse"]) ? true : nil
        return query
    }

    // MARK: Share

    private mutating func share(_ parts: [Part], _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportQuery? {
        guard reading.has(.cue(.share)), measure == .rows else { return nil }
        guard let noun = items.firstIndex(where: { if case .slot(.rows) = $0.content { true } else { false } }) else { return nil }
        let copulas: Set<String> = ["are", "is", "were", "was", "have", "has", "had", "got", "came", "come", "comes", "remain", "been", "belong", "go", "went"]
        let tail = items[noun].range.upperBound
        let copula = reading.words.indices.first { $0 >= tail && copulas.contains(reading.words[$0].text) }
        var (whole, part): ([Part], [Part]) = ([], [])
        if let copula {
            for piece in parts {
                if items[piece.place].range.lowerBound > copula, !piece.isTime { part.append(piece) } else { whole.append(piece) }
            }
        }
        if part.isEmpty {
            let states = parts.filter { !$0.isTime && !["account", "agent", "contact", "group", "text"].contains($0.kind) }
            part = states.isEmpty ? parts.filter { !$0.isTime } : states
            let places = Set(part.map(\.place))
            whole = parts.filter { !places.contains($0.place) }
        }
        guard !part.isEmpty || reading.has(.verb(.resolved)) else { return nil }
        var query = SupportQuery(.share, subject, filter(whole, subject, measure))
        if reading.has(.verb(.resolved)), !part.contains(where: { $0.kind == "status" }) { query.filter.status = nil }
        var narrowing = SupportFilter()
        for piece in part { narrowing.unite(with: piece.filter) }
        if narrowing.isEmpty { narrowing.status = .init([.resolved, .closed]) }
        query.part = narrowing
        return query
    }

    // MARK: Trend

    private var buckets: [SupportQuery.Key] { reading.slots.compactMap { if case .bucket(let key) = $0 { key } else { nil } } }

    private mutating func trend(_ filter: SupportFilter, _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportQuery? {
        let isRanked = reading.has(.cue(.most)) || reading.has(.cue(.fewest)) || reading.has(.cue(.which)) || reading.has(.cue(.what)) && reading.has(.cue(.most))
        guard let key = buckets.first ?? (reading.has(.cue(.trend)) ? .week : nil) else { return nil }
        let field = field(of: filter, subject, measure)
        // Weekdays and hours come round again: a grouping. So is “which day had the most”.
        if key == .weekday || key == .hour || (isRanked && !reading.has(.cue(.trend)) && reading.slots.first { $0 == .cue(.most) || $0 == .cue(.fewest) || $0 == .cue(.which) } != nil && !reading.has(.cue(.list))) {
            var query = SupportQuery(.group, measure == .satisfaction ? .ratings : subject, filter)
            query.keys = [key]
            query.timeField = field
            query.measure = measure
            query.statistic = measure.isDuration ? statistic ?? .median : nil
            if reading.has(.cue(.most)) || reading.has(.cue(.fewest)) || reading.has(.cue(.best)) || reading.has(.cue(.worst)) {
                query.limit = limit ?? 1
                query.isDescending = !reading.has(.cue(.fewest))
            }
            return query
        }
        var query = SupportQuery(.trend, measure == .satisfaction ? .ratings : subject, filter)
        query.keys = [key]
        query.timeField = field
        query.measure = measure
        query.statistic = measure.isDuration ? statistic ?? .median : nil
        if filter.period(of: field) == nil {
            let moments = Moments(now: now)
            let (unit, count): (Moments.Unit, Int) = key == .day ? (.day, 30) : key == .month ? (.month, 12) : (.week, 12)
            query.filter.set(
                SupportPeriod(
                    field, from: moments.start(of: unit, offset: 1 - count), to: nil, phrase: "in the last \(count) \(unit.rawValue)s"))
        }
        return query
    }

    private func field(of filter: SupportFilter, _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportPeriod.Field {
        if let field = filter.periods?.first?.field { return field }
        for slot in reading.slots {
            if case .verb(let field) = slot, field == .resolved || field == .updated || field == .created { return Self.possible(field, subject) }
            if case .status(.resolved) = slot { return .resolved }
            if case .status(.closed) = slot { return .resolved }
        }
        return defaultField(subject, measure)
    }

    // MARK: Groups

    /// Keys the question groups by, in its order.
    private var keys: [SupportQuery.Key] {
        var keys: [SupportQuery.Key] = []
        for (place, item) in items.enumerated() {
            guard case .slot(.noun(let key)) = item.content, !isLabel(place, key) else { continue }
            if !keys.contains(key), isGrouping(place, key) { keys.append(key) }
        }
        return keys
    }

    /// “account Acme”, “the Billing team”: the noun belongs to a name.
    private func isLabel(_ place: Int, _ key: SupportQuery.Key) -> Bool {
        let item = items[place]
        return items.contains { other in
            guard let first = other.entities?.first, first.kind.rawValue == key.rawValue else { return false }
            return other.range.upperBound == item.range.lowerBound || other.range.lowerBound == item.range.upperBound
        }
    }

    private func isGrouping(_ place: Int, _ key: SupportQuery.Key) -> Bool {
        let item = items[place]
        let before = reading.text(item.range.lowerBound - 1)
        let earlier = reading.text(item.range.lowerBound - 2)
        if ["by", "per", "each", "every", "which", "what", "whichever", "and", "across"].contains(before) { return true }
        if ["the", "our", "all"].contains(before), ["by", "per", "across", "of", "which", "for"].contains(earlier) { return true }
        guard place > 0 else { return key == .account || key == .agent || key == .contact }
        let previous = items[place - 1].slot
        switch previous {
        case .cue(.per), .cue(.which), .cue(.what), .cue(.most), .cue(.fewest), .cue(.best), .cue(.worst), .cue(.fastest), .cue(.slowest), .cue(.list), .cue(.latest), .cue(.who):
            return items[place - 1].range.upperBound + 2 >= item.range.lowerBound
        default: break
        }
        // “top 5 accounts”.
        if items[place - 1].number != nil, place > 1 {
            switch items[place - 2].slot {
            case .cue(.most), .cue(.fewest), .cue(.best), .cue(.worst), .cue(.fastest), .cue(.slowest), .cue(.latest), .cue(.list): return true
            default: return false
            }
        }
        // “how many tickets does each agent have”, “the customers with the most …”.
        return key == .account || key == .agent || key == .contact || key == .group
            ? (reading.has(.cue(.most)) || reading.has(.cue(.fewest)) || reading.has(.cue(.best)) || reading.has(.cue(.worst)) || reading.has(.cue(.none)) || hasThan)
                && !reading.has(.cue(.howMany))
            : false
    }

    private var hasThan: Bool { items.contains { if case .slot(.than) = $0.content { true } else { false } } }

    /// Whose count is asked: “how many accounts …”.
    private var countedNoun: SupportQuery.Subject? {
        guard let many = reading.index(of: .cue(.howMany)), items.indices.contains(many + 1) else { return nil }
        for item in items[(many + 1)...] {
            switch item.content {
            case .slot(.rows): return nil
            case .slot(.noun(.account)): return .accounts
            case .slot(.noun(.agent)): return .agents
            case .slot(.noun(.contact)): return .contacts
            case .slot(.status), .slot(.priority), .slot(.unresolved), .slot(.flag), .slot(.cue), .number: continue
            case .slot(.noun(.group)), .slot(.noun(.tag)), .slot(.noun(.type)): return nil
            case .name: return nil
            default: continue
            }
        }
        return nil
    }

    private var limit: Int? {
        for (place, item) in items.enumerated() {
            guard let number = item.number, number > 0, number <= SupportQuery.longestList else { continue }
            let isBound = items.indices.contains(place - 1) && { if case .slot(.than) = items[place - 1].content { true } else { false } }()
            if isBound { continue }
            let next = items.indices.contains(place + 1) ? items[place + 1].slot : nil
            if next == .than(.atLeast) || next == .than(.atMost) { continue }
            return number
        }
        return nil
    }

    /// “more than 5 open tickets”, “5 or more”, “no open tickets”.
    private var having: SupportQuery.Having? {
        for (place, item) in items.enumerated() {
            guard case .slot(.than(let comparison)) = item.content else { continue }
            if items.indices.contains(place + 1), let number = items[place + 1].number { return .init(comparison, Double(number)) }
            if items.indices.contains(place - 1), let number = items[place - 1].number { return .init(comparison, Double(number)) }
        }
        if let none = reading.index(of: .cue(.none)) {
            // “no open tickets”, “without any tickets”.
            let rest = items[(none + 1)...].prefix(4)
            if rest.contains(where: { if case .slot(.rows) = $0.content { true } else { false } }) { return .init(.exactly, 0) }
        }
        if reading.words.indices.contains(where: { reading.text($0) == "not" && Self.absences.contains(reading.text($0 + 1)) }),
            keys.first?.hasID == true || reading.has(.cue(.which)) || reading.has(.cue(.who))
        {
            return .init(.exactly, 0)
        }
        return nil
    }

    private mutating func group(_ filter: SupportFilter, _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportQuery? {
        var keys = keys
        let isRanked = [Slot.Cue.most, .fewest, .best, .worst, .fastest, .slowest].contains { reading.has($0) }
        if let counted = countedNoun, measure == .rows, !reading.has(.cue(.per)) {
            let key: SupportQuery.Key = counted == .accounts ? .account : counted == .agents ? .agent : .contact
            keys.removeAll { $0 == key }
            if keys.isEmpty {
                if let having {
                    var query = SupportQuery(.group, .tickets, filter)
                    query.keys = [key]
                    query.having = having
                    return query
                }
                // Whoever appears in rows at all, when only a verb says so.
                var query = SupportQuery(.count, counted, filter)
                if filter.isEmpty, reading.has(.rows(.tickets)) || reading.has(.verb(.created)) { query.filter.isMatched = counted == .accounts ? true : nil }
                return query
            }
        }
        if keys.isEmpty, reading.has(.cue(.who)) {
            if isDetailOfOne { return nil }
            if reading.has(.verb(.created)), !reading.has(.noun(.agent)) {
                keys = [.contact]
            } else {
                keys = [.agent]
            }
        }
        guard let first = keys.first else { return nil }
        if isDetailOfOne, !reading.has(.cue(.per)) { return nil }
        // A list of who there is, not of who has tickets.
        let isBare = filter.isEmpty || (first == .contact && filter == { var only = SupportFilter(); only.account = filter.account; return only }())
            || (first == .agent && filter == { var only = SupportFilter(); only.group = filter.group; return only }())
        if measure == .rows, isBare, !reading.has(.rows(.tickets)), !isRanked, having == nil, !reading.has(.verb(.created)), !reading.has(.handled), !reading.has(.cue(.per)),
            subject == .tickets, [.account, .agent, .contact].contains(first)
        {
            var query = SupportQuery(.list, first == .account ? .accounts : first == .agent ? .agents : .contacts, filter)
            query.order = .name
            query.isDescending = false
            return query
        }
        var query = SupportQuery(.group, measure == .satisfaction ? .ratings : subject, filter)
        query.keys = Array(keys.prefix(2))
        query.measure = measure
        query.statistic = measure.isDuration ? groupStatistic : nil
        if keys.contains(where: \.isTime) || keys.contains(.day) { query.timeField = field(of: filter, subject, measure) }
        let having = having
        if measure == .rows {
            query.having = having
        } else if let having, having.comparison == .atLeast || having.comparison == .moreThan {
            query.minimumSample = Int(having.number) + (having.comparison == .moreThan ? 1 : 0)
        }
        if isRanked, having == nil || measure != .rows {
            query.limit = limit ?? (isPlural(first) ? 5 : 1)
            query.isDescending = isHighFirst(measure)
        }
        let isBreakdown = !isRanked && !reading.has(.cue(.which)) && !reading.has(.cue(.who)) && having == nil
        if isBreakdown, measure == .rows { query.includesNone = true }
        return query
    }

    private var groupStatistic: SupportQuery.Statistic {
        for slot in reading.slots { if case .statistic(let statistic) = slot { return statistic } }
        return .median
    }

    private func isPlural(_ key: SupportQuery.Key) -> Bool {
        items.contains { item in
            if case .slot(.noun(key)) = item.content { reading.words[item.range.upperBound - 1].text.hasSuffix("s") && !["status", "business"].contains(reading.words[item.range.upperBound - 1].text) } else { false }
        }
    }

    private func isHighFirst(_ measure: SupportQuery.Measure) -> Bool {
        if measure == .satisfaction { return !(reading.has(.cue(.worst)) || reading.has(.cue(.fewest))) }
        if measure.isDuration { return !(reading.has(.cue(.fastest)) || reading.has(.cue(.best)) || reading.has(.cue(.fewest))) }
        return !(reading.has(.cue(.fewest)) || reading.has(.cue(.worst)) && false)
    }

    // MARK: Single tickets and lists

    /// “Acme's last ticket”, “ticket 12”: one ticket of which something is asked.
    private var isDetailOfOne: Bool {
        if items.contains(where: { if case .ticket = $0.content { true } else { false } }) { return true }
        guard reading.has(.cue(.latest)) || reading.has(.cue(.oldest)) else { return false }
        if reading.slots.contains(.flag(.escalated, true)) { return true }
        return reading.has(.rows(.tickets)) || !reading.has(.cue(.most))
    }

    private mutating func ranked(_ filter: SupportFilter, _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportQuery? {
        let hasTicket = filter.ticket != nil
        let isLatest = reading.has(.cue(.latest))
        let isOldest = reading.has(.cue(.oldest))
        let slow = reading.has(.cue(.slowest))
        let fast = reading.has(.cue(.fastest))
        if measure == .resolution || measure == .firstResponse, slow || fast, reading.has(.cue(.which)) || reading.has(.cue(.what)) && reading.has(.rows(.tickets)) {
            var query = SupportQuery(.list, .tickets, filter)
            query.order = measure == .resolution ? .resolutionTime : .firstResponseTime
            query.isDescending = slow
            query.limit = limit ?? 1
            return query
        }
        guard measure == .rows || measure == .age, hasTicket || isLatest || isOldest || isWaiting else { return nil }
        guard subject == .tickets, !reading.has(.cue(.howMany)) else { return nil }
        // “Is ticket 12 open?” counts whether it is.
        if hasTicket, startsWithYesNo, { var only = SupportFilter(); only.ticket = filter.ticket; return only != filter }() { return nil }
        var query = SupportQuery(.list, .tickets, filter)
        query.isDescending = !(isOldest || isWaiting)
        query.order = isWaiting ? .waiting : orderField
        // A plural without a number asks for some, the singular for one.
        let isPlural = reading.contains(["tickets", "issues", "cases", "requests", "tix", "tkts", "escalations", "ones"])
        query.limit = limit ?? (isPlural ? 10 : 1)
        if hasTicket { query.limit = nil }
        query.detail = detail(hasTicket: hasTicket)
        // “When was it resolved?” asks for the moment, not for resolved ones.
        if query.detail == .resolved || hasTicket { query.filter.status = nil }
        return query
    }

    private var isWaiting: Bool {
        reading.has(.cue(.waiting)) && (reading.has(.cue(.oldest)) || reading.has(.cue(.slowest)) || reading.contains(["longest"]))
    }

    private var orderField: SupportQuery.Order {
        for (place, item) in items.enumerated() {
            switch item.slot {
            case .verb(.updated): return .updated
            case .verb(.resolved): return .resolved
            case .verb(.due): return .due
            case .status(.resolved), .status(.closed):
                // “last closed ticket”, “most recently resolved”.
                if reading.text(item.range.lowerBound - 1) == "last" || reading.text(item.range.lowerBound - 1) == "recently"
                    || items.indices.contains(place - 1) && items[place - 1].slot == .cue(.latest)
                {
                    return .resolved
                }
            default: continue
            }
        }
        return .created
    }

    /// What is asked of the ticket.
    private func detail(hasTicket: Bool) -> SupportQuery.Detail? {
        for slot in reading.slots { if case .detail(let detail) = slot { return detail } }
        if reading.has(.cue(.overview)) { return .about }
        if reading.has(.noun(.account)), reading.has(.cue(.which)) || reading.has(.cue(.what)) || reading.has(.cue(.who)),
            !items.contains(where: { $0.entities?.first?.kind == .account })
        {
            return .account
        }
        let isCreation = reading.has(.verb(.created))
        if reading.has(.cue(.who)) || reading.has(.noun(.agent)) || reading.has(.handled) && (reading.has(.cue(.who)) || reading.has(.cue(.which)) || reading.has(.cue(.what))) {
            if reading.has(.noun(.agent)) || reading.has(.handled) { return .agent }
            return isCreation ? .requester : .agent
        }
        if reading.has(.noun(.contact)) { return .requester }
        if reading.has(.cue(.when)) {
            if reading.has(.verb(.resolved)) || reading.slots.contains(.status(.resolved)) || reading.slots.contains(.status(.closed)) { return .resolved }
            if reading.has(.verb(.updated)) { return .updated }
            if reading.has(.verb(.due)) { return .due }
            return .created
        }
        if reading.contains(["about", "regarding", "concerning"]) { return .about }
        let asks = reading.has(.cue(.what)) || reading.has(.cue(.which)) || reading.has(.cue(.list))
        if asks {
            if reading.has(.noun(.status)) { return .status }
            if reading.has(.noun(.priority)) { return .priority }
            if reading.has(.noun(.account)), !items.contains(where: { $0.entities?.first?.kind == .account }) { return .account }
            if reading.has(.noun(.group)), !items.contains(where: { $0.entities?.first?.kind == .group }) { return .group }
            if reading.has(.noun(.source)) { return .source }
            if reading.has(.noun(.type)) { return .type }
            if reading.has(.noun(.tag)) { return .tags }
            if reading.has(.rows(.ratings)) || reading.slots.contains(.measure(.satisfaction)) { return .satisfaction }
            if reading.has(.verb(.due)) { return .due }
        }
        if reading.slots.contains(.measure(.age)) || reading.contains(["old", "long"]) { return .created }
        let isSingular = reading.contains(["ticket", "issue", "case", "request", "one", "escalation"])
        return (reading.has(.cue(.what)) && isSingular) || hasTicket ? .about : nil
    }

    // MARK: The rest

    private func aggregate(_ filter: SupportFilter, _ measure: SupportQuery.Measure) -> SupportQuery {
        var query = SupportQuery(.aggregate, measure == .satisfaction ? .ratings : .tickets, filter)
        query.measure = measure
        if measure.isDuration { query.statistic = statistic ?? .median }
        return query
    }

    var startsWithYesNo: Bool {
        guard let first = reading.words.first(where: { !["so", "and", "hey", "hi", "larry", "please", "ok", "well"].contains($0.text) })?.text else { return false }
        return ["is", "are", "was", "were", "does", "do", "did", "has", "have", "any", "anything"].contains(first)
    }

    private mutating func simple(_ filter: SupportFilter, _ subject: SupportQuery.Subject) -> SupportQuery {
        var query = SupportQuery(.count, subject, filter)
        let names = items.compactMap { $0.entities?.first?.kind }
        let hasRows = items.contains { if case .slot(.rows) = $0.content { true } else { false } }
        if reading.has(.cue(.overview)) || (!hasRows && filter == { var only = SupportFilter(); only.account = filter.account; only.agent = filter.agent; return only }() && !reading.has(.cue(.howMany)) && !startsWithYesNo),
            names.contains(.account) || names.contains(.agent), subject == .tickets, !reading.has(.cue(.list)) || !hasRows
        {
            query.operation = .group
            query.keys = [.status]
            query.isDescending = true
            return query
        }
        if reading.has(.cue(.howMany)) || subject != .tickets { return query }
        if startsWithYesNo {
            query.isYesNo = true
            return query
        }
        if reading.contains(["backlog"]), !reading.has(.cue(.list)), !reading.has(.cue(.which)) { return query }
        if reading.contains(["volume", "load", "inflow", "throughput"]), !reading.has(.cue(.list)) { return query }
        query.operation = .list
        query.order = filter.period(of: .due) != nil || filter.isOverdue == true ? .due : filter.period(of: .resolved) != nil ? .resolved : .created
        query.isDescending = query.order != .due
        if let limit { query.limit = limit }
        return query
    }
}

extension SupportFilter {
    /// Adds a part: a second value of one kind is an alternative; several different kinds must all hold.
    mutating func unite(with other: SupportFilter) {
        func join<Value>(_ left: Choice<Value>?, _ right: Choice<Value>?) -> Choice<Value>? {
            guard let left, let right, left.isNegated == right.isNegated else { return right ?? left }
            return Choice(left.values + right.values.filter { !left.values.contains($0) }, isNegated: left.isNegated)
        }
        func join(_ left: References?, _ right: References?) -> References? {
            guard let left, let right, left.isNegated == right.isNegated else { return right ?? left }
            return References(
                left.ids + right.ids.filter { !left.ids.contains($0) }, includesNone: left.includesNone || right.includesNone,
                isNegated: left.isNegated)
        }
        var result = narrowed(by: other)
        result.account = join(account, other.account)
        result.agent = join(agent, other.agent)
        result.contact = join(contact, other.contact)
        result.group = join(group, other.group)
        result.author = join(author, other.author)
        result.status = join(status, other.status)
        result.statusCode = join(statusCode, other.statusCode)
        result.priority = join(priority, other.priority)
        result.source = join(source, other.source)
        result.type = join(type, other.type)
        result.tag = join(tag, other.tag)
        result.sentiment = join(sentiment, other.sentiment)
        result.kind = join(kind, other.kind)
        result.ticket = ticket.map { $0 + (other.ticket ?? []) } ?? other.ticket
        if let text, let more = other.text { result.text = "\(text) \(more)" }
        self = result
    }
}
