import Domain
import Foundation

/// Comparisons and shares.
extension Composer {
    mutating func comparison(_ parts: [Part], _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportQuery? {
        let times = parts.filter(\.isTime)
        let hasCue =
            reading.has(.cue(.compare))
            || reading.has(.cue(.or)) && (reading.has(.cue(.which)) || reading.has(.cue(.who)) || reading.has(.cue(.most)))
            || reading.contains(["difference"]) || reading.has(.cue(.change))
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
        guard sides.count >= 2 else { return change(parts, times, subject, measure) }
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
                if let verb = fields.first(where: { $0 != defaultField(subject, measure) }), verb != field, let period = own.periods?.first
                {
                    joined.periods = (base.periods ?? []) + [SupportPeriod(verb, from: period.from, to: period.to, phrase: period.phrase)]
                }
            }
            return .init(side.label, joined)
        }
        query.isYesNo = startsWithYesNo && !reading.contains(Self.downward) ? true : nil
        return query
    }

    private static let downward: Set<String> = [
        "fewer", "less", "lower", "worse", "down", "decrease", "decreased", "decreasing", "fall", "fell", "fallen", "falling", "drop",
        "dropped", "dropping"
    ]

    /// “did volume go up last month?”, “more tickets than last week?”: one time, against the one before or the one that runs.
    private func change(
        _ parts: [Part], _ times: [Part], _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure
    ) -> SupportQuery? {
        guard times.count == 1, let span = items[times[0].place].time else { return nil }
        let isThan = !reading.has(.cue(.change)) && reading.contains(["than"])
        guard reading.has(.cue(.change)) || isThan, let (other, isLater) = neighbour(of: span), isLater == isThan else { return nil }
        let filter = filter(parts, subject, measure)
        guard let period = filter.periods?.first, filter.periods?.count == 1 else { return nil }
        // How many were open a week ago is not known.
        guard filter.status == nil || filter.status?.values.allSatisfy(\.isUnresolved) == false, filter.statusCode == nil,
            filter.isOverdue == nil
        else { return nil }
        func side(_ span: TimeSpan) -> SupportQuery.Side {
            var own = filter
            own.periods = [SupportPeriod(period.field, from: span.from, to: span.to, phrase: span.phrase)]
            return .init(span.phrase, own)
        }
        var base = filter
        base.periods = nil
        var query = SupportQuery(.compare, measure == .satisfaction ? .ratings : subject, base)
        query.measure = measure
        query.statistic = measure.isDuration ? statistic ?? .median : nil
        query.sides = isLater ? [side(other), side(span)] : [side(span), side(other)]
        query.isYesNo = startsWithYesNo && !reading.contains(Self.downward) ? true : nil
        return query
    }

    /// What a time is held against: after “than last week” this week, else the unit before.
    private func neighbour(of span: TimeSpan) -> (TimeSpan, isLater: Bool)? {
        let grammar = TimeGrammar([], now: now, zone: zone)
        let words = span.phrase.split(separator: " ").map(String.init)
        let isThan = !reading.has(.cue(.change))
        if span.phrase == "yesterday" {
            return isThan ? (grammar.calendar(.day, 0, "today"), true) : (grammar.calendar(.day, -2, "the day before"), false)
        }
        if span.phrase == "today" { return (grammar.calendar(.day, -1, "yesterday"), false) }
        guard let unit = words.last.flatMap({ Moments.Unit.words[$0] }) else { return nil }
        if words.count == 2, words[0] == "this" { return (grammar.calendar(unit, -1, "last \(unit.rawValue)"), false) }
        if words.count == 2, words[0] == "last" {
            return isThan
                ? (grammar.calendar(unit, 0, "this \(unit.rawValue)"), true)
                : (grammar.calendar(unit, -2, "the \(unit.rawValue) before"), false)
        }
        guard words.count == 5, words.prefix(3) == ["in", "the", "last"], let count = Int(words[3]), !isThan else { return nil }
        let moments = Moments(now: now, zone: zone)
        return (
            TimeSpan(
                from: moments.moved(-2 * count, unit), to: moments.moved(-count, unit),
                phrase: "in the \(TimeGrammar.words(count, unit)) before"), false
        )
    }

    // MARK: Share

    mutating func share(_ parts: [Part], _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportQuery? {
        guard reading.has(.cue(.share)), measure == .rows else { return nil }
        guard let noun = items.firstIndex(where: { if case .slot(.rows) = $0.content { true } else { false } }) else { return nil }
        let copulas: Set<String> = [
            "are", "is", "were", "was", "have", "has", "had", "got", "came", "come", "comes", "remain", "been", "belong", "go", "went"
        ]
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
}
