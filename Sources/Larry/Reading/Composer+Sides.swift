import Domain
import Foundation

/// Comparisons and shares.
extension Composer {
    mutating func comparison(_ parts: [Part], _ subject: SupportQuery.Subject, _ measure: SupportQuery.Measure) -> SupportQuery? {
        let times = parts.filter(\.isTime)
        let hasCue =
            reading.has(.cue(.compare))
            || reading.has(.cue(.or)) && (reading.has(.cue(.which)) || reading.has(.cue(.who)) || reading.has(.cue(.most)))
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
                if let verb = fields.first(where: { $0 != defaultField(subject, measure) }), verb != field, let period = own.periods?.first
                {
                    joined.periods = (base.periods ?? []) + [SupportPeriod(verb, from: period.from, to: period.to, phrase: period.phrase)]
                }
            }
            return .init(side.label, joined)
        }
        query.isYesNo = startsWithYesNo && !reading.contains(["fewer", "less", "lower", "worse"]) ? true : nil
        return query
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
