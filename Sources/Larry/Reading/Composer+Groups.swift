import Domain
import Foundation

/// Trends and groupings.
extension Composer {
    var buckets: [SupportQuery.Key] { reading.slots.compactMap { if case .bucket(let key) = $0 { key } else { nil } } }

    mutating func trend(_ filter: SupportFilter, _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportQuery? {
        let isRanked =
            reading.has(.cue(.most)) || reading.has(.cue(.fewest)) || reading.has(.cue(.which))
            || reading.has(.cue(.what)) && reading.has(.cue(.most))
        guard let key = buckets.first ?? (reading.has(.cue(.trend)) ? .week : nil) else { return nil }
        let field = field(of: filter, subject, measure)
        // Weekdays and hours come round again: a grouping. So is “which day had the most”.
        if key == .weekday || key == .hour
            || (isRanked && !reading.has(.cue(.trend))
                && reading.slots.first { $0 == .cue(.most) || $0 == .cue(.fewest) || $0 == .cue(.which) } != nil
                && !reading.has(.cue(.list)))
        {
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
            let moments = Moments(now: now, zone: zone)
            let (unit, count): (Moments.Unit, Int) = key == .day ? (.day, 30) : key == .month ? (.month, 12) : (.week, 12)
            query.filter.set(
                SupportPeriod(
                    field, from: moments.start(of: unit, offset: 1 - count), to: nil, phrase: "in the last \(count) \(unit.rawValue)s"))
        }
        return query
    }

    func field(of filter: SupportFilter, _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportPeriod.Field {
        if let field = filter.periods?.first?.field { return field }
        for slot in reading.slots {
            if case .verb(let field) = slot, field == .resolved || field == .updated || field == .created {
                return Self.possible(field, subject)
            }
            if case .status(.resolved) = slot { return .resolved }
            if case .status(.closed) = slot { return .resolved }
        }
        return defaultField(subject, measure)
    }

    // MARK: Groups

    /// Keys the question groups by, in its order.
    var keys: [SupportQuery.Key] {
        var keys: [SupportQuery.Key] = []
        for (place, item) in items.enumerated() {
            guard case .slot(.noun(let key)) = item.content, !isLabel(place, key) else { continue }
            if !keys.contains(key), isGrouping(place, key) { keys.append(key) }
        }
        return keys
    }

    /// “account Acme”, “the Billing team”: the noun belongs to a name.
    func isLabel(_ place: Int, _ key: SupportQuery.Key) -> Bool {
        let item = items[place]
        return items.contains { other in
            guard let first = other.entities?.first, first.kind.rawValue == key.rawValue else { return false }
            return other.range.upperBound == item.range.lowerBound || other.range.lowerBound == item.range.upperBound
        }
    }

    func isGrouping(_ place: Int, _ key: SupportQuery.Key) -> Bool {
        let item = items[place]
        let before = reading.text(item.range.lowerBound - 1)
        let earlier = reading.text(item.range.lowerBound - 2)
        if ["by", "per", "each", "every", "which", "what", "whichever", "and", "across"].contains(before) { return true }
        if ["the", "our", "all"].contains(before), ["by", "per", "across", "of", "which", "for"].contains(earlier) { return true }
        guard place > 0 else { return key == .account || key == .agent || key == .contact }
        let previous = items[place - 1].slot
        switch previous {
        case .cue(.per), .cue(.which), .cue(.what), .cue(.most), .cue(.fewest), .cue(.best), .cue(.worst), .cue(.fastest), .cue(.slowest),
            .cue(.list), .cue(.latest), .cue(.who):
            return items[place - 1].range.upperBound + 2 >= item.range.lowerBound
        default: break
        }
        // “top 5 accounts”.
        if items[place - 1].number != nil, place > 1 {
            switch items[place - 2].slot {
            case .cue(.most), .cue(.fewest), .cue(.best), .cue(.worst), .cue(.fastest), .cue(.slowest), .cue(.latest), .cue(.list):
                return true
            default: return false
            }
        }
        // “how many tickets does each agent have”, “the customers with the most …”.
        // “which channels do customers use most”: the customers are who uses them.
        if ["do", "does", "did"].contains(before) { return false }
        return key == .account || key == .agent || key == .contact || key == .group
            ? (reading.has(.cue(.most)) || reading.has(.cue(.fewest)) || reading.has(.cue(.best)) || reading.has(.cue(.worst))
                || reading.has(.cue(.none)) || hasThan)
                && !reading.has(.cue(.howMany))
            : false
    }

    var hasThan: Bool { items.contains { if case .slot(.than) = $0.content { true } else { false } } }

    /// Whose count is asked: “how many accounts …”.
    var countedNoun: SupportQuery.Subject? {
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

    var limit: Int? {
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
    var having: SupportQuery.Having? {
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

    mutating func group(_ filter: SupportFilter, _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportQuery? {
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
                if filter.isEmpty, reading.has(.rows(.tickets)) || reading.has(.verb(.created)) {
                    query.filter.isMatched = counted == .accounts ? true : nil
                }
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
        let isBare =
            filter.isEmpty
            || (first == .contact
                && filter
                    == {
                        var only = SupportFilter(); only.account = filter.account; return only
                    }())
            || (first == .agent
                && filter
                    == {
                        var only = SupportFilter(); only.group = filter.group; return only
                    }())
        if measure == .rows, isBare, !reading.has(.rows(.tickets)), !isRanked, having == nil, !reading.has(.verb(.created)),
            !reading.has(.handled), !reading.has(.cue(.per)),
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

    var groupStatistic: SupportQuery.Statistic {
        for slot in reading.slots { if case .statistic(let statistic) = slot { return statistic } }
        return .median
    }

    func isPlural(_ key: SupportQuery.Key) -> Bool {
        items.contains { item in
            if case .slot(.noun(key)) = item.content {
                reading.words[item.range.upperBound - 1].text.hasSuffix("s")
                    && !["status", "business"].contains(reading.words[item.range.upperBound - 1].text)
            } else {
                false
            }
        }
    }

    func isHighFirst(_ measure: SupportQuery.Measure) -> Bool {
        if measure == .satisfaction { return !(reading.has(.cue(.worst)) || reading.has(.cue(.fewest))) }
        if measure.isDuration { return !(reading.has(.cue(.fastest)) || reading.has(.cue(.best)) || reading.has(.cue(.fewest))) }
        return !(reading.has(.cue(.fewest)) || reading.has(.cue(.worst)) && false)
    }
}
