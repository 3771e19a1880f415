import Domain
import Foundation

/// Reads times out of questions: calendar words, rolling windows, dates, open ends. Intervals are half-open.
struct TimeGrammar {
    let moments: Moments
    let words: [Word]

    init(_ words: [Word], now: Date, zone: CivilZone = .utc) {
        self.words = words
        moments = Moments(now: now, zone: zone)
    }

    /// Every time in the question, from the left, longest first.
    func hits() -> [TimeHit] {
        var hits: [TimeHit] = []
        var index = 0
        while index < words.count {
            if let (span, length) = phrase(at: index) {
                hits.append(TimeHit(range: index..<(index + length), span: span))
                index += length
            } else {
                index += 1
            }
        }
        return hits
    }

    func text(_ index: Int) -> String {
        index >= 0 && index < words.count && (words[index].use == nil) ? words[index].text : ""
    }

    // MARK: Phrases

    func phrase(at start: Int) -> (TimeSpan, Int)? {
        guard !text(start).isEmpty else { return nil }
        if let found = age(at: start) ?? between(at: start) ?? openEnd(at: start) { return found }
        // A preposition and an article belong to the time.
        var index = start
        let preposition = Self.prepositions.contains(text(index)) ? text(index) : ""
        if !preposition.isEmpty { index += 1 }
        if preposition == "as", text(index) == "of" { index += 1 }
        var hasArticle = false
        if text(index) == "the" {
            hasArticle = true
            index += 1
        }
        if text(index) == "whole" || text(index) == "entire" { index += 1 }
        if let (span, length) = interval(at: index, hasArticle: hasArticle, preposition) { return (span, index - start + length) }
        guard ["in", "for", "within"].contains(preposition), isDenied(before: start), let (count, unit, length) = amount(at: index) else {
            return nil
        }
        return (silence(count, unit), index - start + length)
    }

    /// Whether something before this place is said not to have happened.
    private func isDenied(before place: Int) -> Bool {
        words[..<place].contains { ["not", "no", "without", "never", "unanswered", "untouched"].contains($0.text) }
    }

    /// “not answered in 3 days” is older than that; “have not contacted us in 60 days” looks back so far.
    private func silence(_ count: Int, _ unit: Moments.Unit) -> TimeSpan {
        let isOfTickets = words.contains { Self.silent.contains($0.text) }
        let (moment, amount) = (moments.moved(-count, unit), Self.words(count, unit))
        return isOfTickets
            ? TimeSpan(from: nil, to: moment, phrase: "more than \(amount) ago", isAge: true)
            : TimeSpan(from: moment, to: moments.now, phrase: "in the last \(amount)")
    }

    private static let silent: Set<String> = [
        "reply", "replies", "response", "responses", "answer", "answers", "answered", "replied", "responded", "updated", "touched",
        "update", "updates", "activity", "unanswered", "untouched"
    ]

    static let prepositions: Set<String> = [
        "in", "on", "at", "during", "over", "within", "for", "from", "of", "across", "throughout", "as"
    ]

    /// “older than 30 days”, “open for more than a week”, “more than 5 days old”.
    func age(at start: Int) -> (TimeSpan, Int)? {
        var index = start
        var isYounger = false
        var needsTail = false
        switch (text(index), text(index + 1)) {
        case ("older", "than"), ("longer", "than"): index += 2
        case ("newer", "than"), ("younger", "than"):
            isYounger = true
            index += 2
        case ("in", "over"), ("in", "more"), ("for", "more"), ("for", "over"), ("for", "longer"), ("for", "at"), ("since", "over"):
            // “closed in over 3 days” tells how long it took; “no reply in over 3 days” how old it is.
            if text(index) == "in", !isDenied(before: start) { return nil }
            index += 1
            if text(index) == "over" {
                index += 1
            } else {
                guard text(index + 1) == "than" || text(index + 1) == "least" else { return nil }
                index += 2
            }
        case ("more", "than"), ("less", "than"):
            isYounger = text(index) == "less"
            needsTail = true
            index += 2
        case ("over", _), ("at", "least"):
            needsTail = true
            index += text(index) == "over" ? 1 : 2
        default: return nil
        }
        guard let (count, unit, length) = amount(at: index) else { return nil }
        index += length
        if text(index) == "old" || text(index) == "ago" || text(index) == "now" {
            index += 1
        } else if needsTail {
            return nil
        }
        let moment = moments.moved(-count, unit)
        let words = Self.words(count, unit)
        let span =
            isYounger
            ? TimeSpan(from: moment, to: nil, phrase: "less than \(words) ago", isAge: true)
            : TimeSpan(from: nil, to: moment, phrase: "more than \(words) ago", isAge: true)
        return (span, index - start)
    }

    /// “between 1 March and 15 March”, “from Monday to Friday”: both ends are inside.
    func between(at start: Int) -> (TimeSpan, Int)? {
        guard text(start) == "between" || text(start) == "from" else { return nil }
        let joins: Set<String> = text(start) == "between" ? ["and"] : ["to", "until", "till", "through", "thru"]
        var index = start + 1
        if text(index) == "the" { index += 1 }
        // “between 1 and 15 March”: the first end takes the month of the second.
        if let day = dayNumber(at: index), joins.contains(text(index + 1)),
            let (end, length) = interval(at: index + 2, hasArticle: false, ""),
            let to = end.to, let lastDay = end.from.map(moments.day)
        {
            let parts = lastDay.description.split(separator: "-").compactMap { Int($0) }
            if parts.count == 3, let first = moments.day(parts[0], parts[1], day), first <= lastDay {
                return (closed(moments.start(first), to), index + 2 + length - start)
            }
        }
        guard let (first, firstLength) = interval(at: index, hasArticle: false, ""), let from = first.from else { return nil }
        index += firstLength
        guard joins.contains(text(index)) else { return nil }
        index += 1
        if text(index) == "the" { index += 1 }
        guard let (last, lastLength) = interval(at: index, hasArticle: false, ""), var to = last.to else {
            if text(index) == "now" { return (closed(from, moments.now), index + 1 - start) }
            return nil
        }
        var from2 = from
        // “between November and February”: the first one is the earlier.
        if from2 >= to, let earlier = moments.zone.calendar.date(byAdding: .year, value: -1, to: from2) { from2 = earlier }
        if from2 >= to { to = from2 }
        return (closed(from2, to), index + lastLength - start)
    }

    func closed(_ from: Date, _ to: Date) -> TimeSpan {
        TimeSpan(from: from, to: to, phrase: "from \(moments.text(from)) to \(moments.lastDay(before: to))")
    }

    /// “since June”, “before 3 March”, “after Monday”, “until the end of May”.
    func openEnd(at start: Int) -> (TimeSpan, Int)? {
        let word = text(start)
        var index = start + 1
        if word == "prior" || word == "up" {
            guard text(index) == "to" else { return nil }
            index += 1
        }
        guard ["since", "before", "after", "until", "till", "prior", "up", "by", "starting"].contains(word) else { return nil }
        if word == "starting", text(index) == "from" || text(index) == "in" || text(index) == "on" { index += 1 }
        var hasArticle = false
        if text(index) == "the" {
            hasArticle = true
            index += 1
        }
        if text(index) == "start" || text(index) == "beginning" || text(index) == "end", text(index + 1) == "of" {
            let isEnd = text(index) == "end"
            index += 2
            if text(index) == "the" { index += 1 }
            guard let (span, length) = interval(at: index, hasArticle: false, "") ?? unit(at: index), let from = span.from,
                let to = span.to
            else { return nil }
            let moment = isEnd ? to : from
            index += length
            let isStart = word == "since" || word == "after" || word == "starting"
            return (
                TimeSpan(
                    from: isStart ? moment : nil, to: isStart ? nil : moment,
                    phrase: isStart ? "since \(moments.text(moment))" : "before \(moments.text(moment))"), index - start
            )
        }
        guard let (span, length) = interval(at: index, hasArticle: hasArticle, ""), let from = span.from else { return nil }
        let end = span.to ?? moments.now
        let result: TimeSpan
        switch word {
        case "since", "starting": result = TimeSpan(from: from, to: nil, phrase: "since \(moments.text(from))")
        case "after": result = TimeSpan(from: end, to: nil, phrase: "since \(moments.text(end))")
        case "before", "prior": result = TimeSpan(from: nil, to: from, phrase: "before \(moments.text(from))")
        default: result = TimeSpan(from: nil, to: end, phrase: "until \(moments.lastDay(before: end))")
        }
        return (result, index + length - start)
    }

    // MARK: Pieces

    /// “the month” alone, as in “since the beginning of the month”.
    private func unit(at index: Int) -> (TimeSpan, Int)? {
        guard let unit = Moments.Unit.words[text(index)], text(index).count > 2, unit != .hour, unit != .minute else { return nil }
        return (calendar(unit, 0, "this \(unit.rawValue)"), 1)
    }

    /// “30 days”, “a week”, “two weeks”, “24h”, “couple of days”, “a half year” is not read.
    func amount(at start: Int) -> (Int, Moments.Unit, Int)? {
        if let (count, unit) = Self.glued(text(start)) { return (count, unit, 1) }
        var index = start
        var count: Int?
        if text(index) == "a" || text(index) == "an" {
            count = 1
            index += 1
        }
        if text(index) == "couple" {
            count = 2
            index += text(index + 1) == "of" ? 2 : 1
        } else if words.indices.contains(index), words[index].use == nil, let number = words[index].number, number > 0, number < 5_000 {
            count = number
            index += 1
        }
        guard let count else { return nil }
        if text(index) == "full" || text(index) == "calendar" || text(index) == "whole" { index += 1 }
        if text(index) == "fortnight" || text(index) == "fortnights" { return (14 * count, .day, index + 1 - start) }
        // Working days are not calendar days, and which days a team works is not in the data.
        guard let unit = Moments.Unit.words[text(index)] else { return nil }
        return (count, unit, index + 1 - start)
    }

    /// `24h`, `30d`, `2w`.
    static func glued(_ word: String) -> (Int, Moments.Unit)? {
        let digits = word.prefix { $0.isNumber }
        guard let count = Int(digits), count > 0, count < 5_000, digits.count < word.count else { return nil }
        guard let unit = Moments.Unit.words[String(word.dropFirst(digits.count))] else { return nil }
        return (count, unit)
    }

    func dayNumber(at index: Int) -> Int? {
        var word = text(index)
        for ending in ["st", "nd", "rd", "th"] where word.hasSuffix(ending) && word.first?.isNumber == true {
            word = String(word.dropLast(2))
        }
        guard let number = Int(word), (1...31).contains(number), word.count <= 2 else { return nil }
        return number
    }

    static func year(_ word: String) -> Int? {
        guard word.count == 4, let number = Int(word), (2000...2099).contains(number) else { return nil }
        return number
    }

    static func month(_ word: String) -> Int? {
        guard word.count >= 3 else { return nil }
        if word == "sept" { return 9 }
        return DayText.months.firstIndex { $0.lowercased() == word || $0.lowercased().prefix(3) == word }.map { $0 + 1 }
    }

    static let weekdays: [String: Int] = {
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        var words: [String: Int] = ["tues": 1, "thurs": 3]
        for (index, name) in names.enumerated() {
            words[name] = index
            words[String(name.prefix(3))] = index
        }
        return words
    }()

    static func words(_ count: Int, _ unit: Moments.Unit) -> String { "\(count) \(unit.rawValue)\(count == 1 ? "" : "s")" }

    static func rolling(_ unit: Moments.Unit) -> String {
        switch unit {
        case .week: "7 days"
        case .month: "month up to now"
        case .quarter: "3 months"
        case .year: "12 months"
        default: unit.rawValue
        }
    }
}
