import Domain
import Foundation

/// Groups, trends and comparisons as sentences and rows.
extension AnswerWriter {
    static func plural(_ key: SupportQuery.Key) -> String {
        switch key {
        case .account: "accounts"
        case .agent: "agents"
        case .contact: "requesters"
        case .group: "groups"
        case .status: "statuses"
        case .priority: "priorities"
        case .source: "sources"
        case .type: "types"
        case .tag: "tags"
        case .day: "days"
        case .week: "weeks"
        case .month: "months"
        case .weekday: "weekdays"
        case .hour: "hours"
        }
    }

    func row(_ row: SupportResult.Row) -> LarryAnswer.Row {
        LarryAnswer.Row(
            key: row.second.map { "\(row.key) · \($0)" } ?? row.key, id: row.id, value: row.value,
            text: row.value.map { Figures.text($0, query.measure) } ?? "no data")
    }

    func groups() -> Written {
        let key = query.keys?.first ?? (query.subject == .accounts ? .account : .agent)
        var written = Written()
        written.rows = result.rows.map(row)
        let ids = result.rows.compactMap(\.id)
        if key == .account { written.accounts = Array(NSOrderedSet(array: ids)) as? [Int64] ?? ids }
        if key == .agent { written.agents = Array(NSOrderedSet(array: ids)) as? [Int64] ?? ids }
        let isCounted = query.measure == .rows
        guard let first = result.rows.first else {
            if query.limit != nil || !isCounted {
                written.status = .noData
                written.text = "There are no \(text.phrase(query.measure == .satisfaction ? "ratings" : noun)) to compare."
            } else {
                written.value = 0
                written.unit = Self.unit(of: key)
                written.text = "No \(Figures.singular(Self.plural(key))) has \(text.phrase(noun))."
                if query.having != nil { written.text = "No \(Figures.singular(Self.plural(key))) fits." }
            }
            return written
        }
        if query.limit != nil {
            written.value = first.value
            written.unit = isCounted ? unit : query.measure == .satisfaction ? .percent : .seconds
            let tied = result.rows.filter { $0.value == first.value }
            let figure = first.value.map { isCounted ? Figures.counted($0, noun) : Figures.text($0, query.measure) } ?? "no data"
            let direction = query.isDescending ?? true
            if result.rows.count == tied.count {
                let who = FilterText.joined(tied.prefix(Self.mostListed).map(\.key))
                let verb = tied.count == 1 ? "has" : "have"
                written.text =
                    isCounted
                    ? "\(who) \(verb) the \(direction ? "most" : "fewest") \(text.phrase(noun)): \(figure)\(tied.count > 1 ? " each" : "")."
                    : "\(who) \(verb) the \(direction ? "highest" : "lowest") \(measureName): \(figure)\(tied.count > 1 ? " each" : ""), over \(Figures.count(Double(first.sample))) \(query.measure == .satisfaction ? "ratings" : "tickets")\(periodText)."
            } else {
                let shown = result.rows.prefix(Self.mostListed).map {
                    "\($0.key) (\($0.value.map { Figures.text($0, query.measure) } ?? "no data"))"
                }
                written.text =
                    "The \(direction ? "top" : "bottom") \(Self.plural(key)) by \(isCounted ? text.phrase(noun) : measureName + periodText): \(FilterText.joined(shown))."
            }
            return written
        }
        written.value = Double(result.total)
        written.unit = Self.unit(of: key)
        let shown = result.rows.prefix(Self.mostNamedGroups).map { "\(row($0).key) (\(row($0).text))" }
        let rest = result.total > shown.count ? " and \(Figures.count(Double(result.total - shown.count))) more" : ""
        let condition = query.having.map { " with \(Self.words($0, noun))" } ?? ""
        if query.includesNone == true || !isCounted || key.isTime || Self.unit(of: key) == nil {
            written.text =
                "\((isCounted ? text.phrase(noun) : measureName + periodText).capitalisedFirst) by \(Figures.singular(Self.plural(key))): \(shown.joined(separator: ", "))\(rest)."
            if isCounted {
                written.value = Double(result.sample)
                written.unit = unit
            }
        } else {
            let count = Double(result.total)
            let who = count == 1 ? Figures.singular(Self.plural(key)) : Self.plural(key)
            written.text =
                "\(Figures.count(count)) \(who) \(query.having == nil ? (count == 1 ? "has" : "have") + " " + text.phrase(noun) : "fit\(count == 1 ? "s" : "")\(condition.isEmpty ? "" : ",\(condition)") (\(text.phrase(noun)))"): \(shown.joined(separator: ", "))\(rest)."
        }
        return written
    }

    var periodText: String {
        let words = text.qualifiers() + text.adjectives
        return words.isEmpty ? "" : " (" + words.joined(separator: ", ") + ")"
    }

    static func words(_ having: SupportQuery.Having, _ noun: String) -> String {
        let number = Figures.count(having.number)
        switch having.comparison {
        case .moreThan: return "more than \(number) \(noun)"
        case .atLeast: return "at least \(number) \(noun)"
        case .fewerThan: return "fewer than \(number) \(noun)"
        case .atMost: return "at most \(number) \(noun)"
        case .exactly: return having.number == 0 ? "no such \(noun)" : "exactly \(number) \(noun)"
        }
    }

    static func unit(of key: SupportQuery.Key) -> LarryAnswer.Unit? {
        switch key {
        case .account: .accounts
        case .agent: .agents
        case .contact: .contacts
        default: nil
        }
    }

    func trend() -> Written {
        var written = Written(unit: unit)
        written.rows = result.rows.map(row)
        if let account = query.filter.account, !account.isNegated { written.accounts = account.ids }
        let bucket = Figures.singular(Self.plural(query.keys?.first ?? .week))
        guard !result.rows.isEmpty, result.sample > 0 else {
            written.status = query.measure == .rows && !result.rows.isEmpty ? .answered : .noData
            written.value = written.status == .answered ? 0 : nil
            written.text = "There are no \(text.phrase(query.measure == .satisfaction ? "ratings" : noun))."
            return written
        }
        written.value = result.value
        let most = result.rows.filter { $0.value != nil }.max { ($0.value ?? 0) < ($1.value ?? 0) }
        let peak = most.map { " The highest \(bucket) begins on \($0.key) with \(row($0).text)." } ?? ""
        written.text =
            query.measure == .rows
            ? "\(Figures.count(Double(result.sample))) \(text.phrase(result.sample == 1 ? Figures.singular(noun) : noun)), by \(bucket).\(bucket == "day" ? peak.replacing("begins on", with: "is") : peak)"
            : "\(measureName.capitalisedFirst)\(periodText) by \(bucket), over \(Figures.count(Double(result.sample))) \(query.measure == .satisfaction ? "ratings" : "tickets")."
        return written
    }

    func comparison() -> Written {
        var written = Written(unit: unit)
        written.rows = result.rows.map(row)
        written.accounts = (query.sides ?? []).flatMap { $0.filter.account?.ids ?? [] }.reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
        written.agents = (query.sides ?? []).flatMap { $0.filter.agent?.ids ?? [] }.reduce(into: []) {
            if !$0.contains($1) { $0.append($1) }
        }
        let parts = result.rows.map { "\($0.key) \(row($0).text)" }
        let what = query.measure == .rows ? text.phrase(noun) : measureName + periodText
        if result.rows.allSatisfy({ $0.value == nil }) {
            written.status = .noData
            written.text = "There is no data to compare the \(measureName) over."
            return written
        }
        written.text = "\(what.capitalisedFirst) compared: \(parts.joined(separator: ", "))."
        if result.rows.count == 2, let a = result.rows[0].value, let b = result.rows[1].value {
            if a == b {
                written.text += " They are equal."
            } else {
                let more = a > b ? result.rows[0].key : result.rows[1].key
                let gap = query.measure == .satisfaction ? "\(Figures.decimal(abs(a - b))) points" : Figures.text(abs(a - b), query.measure)
                written.text += " \(more.capitalisedFirst) is higher by \(gap)."
            }
            if query.isYesNo == true { written.text = (a > b ? "Yes. " : "No. ") + written.text }
        }
        return written
    }
}
