import Domain
import Foundation

/// Calendar words, rolling windows, dates and their parts.
extension TimeGrammar {
    func interval(at index: Int, hasArticle: Bool, _ preposition: String) -> (TimeSpan, Int)? {
        let near =
            edge(at: index) ?? weekOfMonth(at: index) ?? day(at: index) ?? relative(at: index, hasArticle: hasArticle) ?? ago(at: index)
        if let near { return near }
        let dated = weekday(at: index) ?? monthOrDate(at: index) ?? before(at: index) ?? quarter(at: index)
        if let dated { return dated }
        return year(at: index, preposition) ?? weekOf(at: index) ?? toDate(at: index)
    }

    /// “the end of March”, “the beginning of last week”: that day.
    func edge(at start: Int) -> (TimeSpan, Int)? {
        guard ["end", "start", "beginning"].contains(text(start)), text(start + 1) == "of" else { return nil }
        let index = start + 2 + (text(start + 2) == "the" ? 1 : 0)
        guard !["end", "start", "beginning"].contains(text(index)), let (span, length) = interval(at: index, hasArticle: false, ""),
            let from = span.from, let to = span.to
        else { return nil }
        let day = text(start) == "end" ? moments.day(to.addingTimeInterval(-0.001)) : moments.day(from)
        return (whole(day, "on \(DayText.text(day))"), index + length - start)
    }

    func calendar(_ unit: Moments.Unit, _ offset: Int, _ phrase: String) -> TimeSpan {
        TimeSpan(from: moments.start(of: unit, offset: offset), to: moments.start(of: unit, offset: offset + 1), phrase: phrase)
    }

    func whole(_ day: Day, _ phrase: String) -> TimeSpan {
        TimeSpan(from: moments.start(day), to: moments.start(day.adding(days: 1)), phrase: phrase)
    }

    func day(at index: Int) -> (TimeSpan, Int)? {
        switch text(index) {
        case "today", "tonight": return (calendar(.day, 0, "today"), 1)
        case "yesterday": return (calendar(.day, -1, "yesterday"), 1)
        case "tomorrow": return (calendar(.day, 1, "tomorrow"), 1)
        case "day":
            guard text(index + 1) == "before", text(index + 2) == "yesterday" else { return nil }
            return (whole(moments.today.adding(days: -2), "the day before yesterday"), 3)
        case "this":
            guard ["morning", "afternoon", "evening"].contains(text(index + 1)) else { return nil }
            let (first, last) = ["morning": (0, 12), "afternoon": (12, 18), "evening": (18, 24)][text(index + 1)] ?? (0, 24)
            let (today, zone) = (moments.today, moments.zone)
            return (
                TimeSpan(
                    from: zone.moment(today, hour: first), to: zone.moment(today, hour: last),
                    phrase: "this \(text(index + 1))"), 2
            )
        default: return nil
        }
    }

    /// “this week”, “last month”, “the last 30 days”, “next week”, “last fortnight”, “last weekend”, “last Monday”, “last March”.
    func relative(at start: Int, hasArticle: Bool) -> (TimeSpan, Int)? {
        let word = text(start)
        guard ["this", "current", "last", "past", "previous", "prior", "next", "coming", "preceding"].contains(word) else {
            // “30 days” alone after “in” or “within” runs back from now: “in 30 days” is not asked of the past.
            return nil
        }
        let isBack = ["last", "past", "previous", "prior", "preceding"].contains(word)
        let isNext = word == "next" || word == "coming"
        if let (count, unit, length) = amount(at: start + 1), isNumberOrFew(start + 1) {
            // “the last 90 days against the previous 90 days”: the ones before those.
            if ["previous", "prior", "preceding"].contains(word), isNamedBefore(start, count, unit) {
                return (
                    TimeSpan(
                        from: moments.moved(-2 * count, unit), to: moments.moved(-count, unit),
                        phrase: "in the \(Self.words(count, unit)) before"), 1 + length
                )
            }
            if isBack {
                return (
                    TimeSpan(from: moments.moved(-count, unit), to: moments.now, phrase: "in the last \(Self.words(count, unit))"),
                    1 + length
                )
            }
            if isNext {
                return (
                    TimeSpan(from: moments.now, to: moments.moved(count, unit), phrase: "in the next \(Self.words(count, unit))"),
                    1 + length
                )
            }
            return nil
        }
        let second = text(start + 1)
        if second == "fortnight" {
            return isBack ? (TimeSpan(from: moments.moved(-14, .day), to: moments.now, phrase: "in the last 14 days"), 2) : nil
        }
        if second == "weekend" {
            let monday = moments.today.monday
            // Saturday of this week, or of the last weekend that is over.
            let saturday = isBack ? monday.adding(days: -2) : monday.adding(days: isNext ? 12 : 5)
            return (
                TimeSpan(
                    from: moments.start(saturday), to: moments.start(saturday.adding(days: 2)),
                    phrase: "\(isBack ? "last" : isNext ? "next" : "this") weekend"), 2
            )
        }
        if let unit = Moments.Unit.words[second], second.count > 2 {
            let isRolling =
                word == "past" || (hasArticle && word == "last" && unit != .quarter && unit != .day) || unit == .hour || unit == .minute
            if isBack, isRolling {
                return (
                    TimeSpan(from: moments.moved(-1, unit), to: moments.now, phrase: "in the last \(Self.rolling(unit))"), 2
                )
            }
            let name = isBack ? "last \(unit.rawValue)" : isNext ? "next \(unit.rawValue)" : "this \(unit.rawValue)"
            if unit == .day {
                return (calendar(.day, isBack ? -1 : isNext ? 1 : 0, isBack ? "yesterday" : isNext ? "tomorrow" : "today"), 2)
            }
            return (calendar(unit, isBack ? -1 : isNext ? 1 : 0, name), 2)
        }
        if let weekday = Self.weekdays[second] {
            var day = moments.latest(weekday: weekday)
            if isBack, day == moments.today { day = day.adding(days: -7) }
            if word == "this" || word == "current" { day = moments.today.monday.adding(days: weekday) }
            if isNext { day = moments.latest(weekday: weekday).adding(days: 7) }
            return (whole(day, "on \(DayText.text(day))"), 2)
        }
        if let month = Self.month(second) {
            var year = moments.year(of: month)
            if isBack, month == moments.month { year -= 1 }
            if word == "this" || word == "current" { year = moments.year }
            if isNext { year = month > moments.month ? moments.year : moments.year + 1 }
            return (monthSpan(year, month), 2)
        }
        return nil
    }

    private func isNamedBefore(_ place: Int, _ count: Int, _ unit: Moments.Unit) -> Bool {
        words[..<place].indices.contains { index in
            guard ["last", "past"].contains(words[index].text), let (other, same, _) = amount(at: index + 1) else { return false }
            return other == count && same == unit
        }
    }

    func isNumberOrFew(_ index: Int) -> Bool {
        words.indices.contains(index)
            && (words[index].number != nil || ["couple", "few", "a"].contains(text(index)) || Self.glued(text(index)) != nil)
    }

    /// “3 days ago”, “a week ago”, “two months ago”.
    func ago(at start: Int) -> (TimeSpan, Int)? {
        guard let (count, unit, length) = amount(at: start), text(start + length) == "ago" else { return nil }
        switch unit {
        case .minute, .hour:
            let from = moments.moved(-count, unit)
            return (TimeSpan(from: from, to: moments.now, phrase: "in the last \(Self.words(count, unit))"), length + 1)
        case .day: return (whole(moments.today.adding(days: -count), "\(Self.words(count, unit)) ago"), length + 1)
        default: return (calendar(unit, -count, "\(Self.words(count, unit)) ago"), length + 1)
        }
    }

    func weekday(at start: Int) -> (TimeSpan, Int)? {
        if text(start) == "weekend" {
            var saturday = moments.today.monday.adding(days: 5)
            if saturday > moments.today { saturday = saturday.adding(days: -7) }
            return (
                TimeSpan(
                    from: moments.start(saturday), to: moments.start(saturday.adding(days: 2)),
                    phrase: "on the weekend of \(DayText.text(saturday))"),
                1
            )
        }
        guard let weekday = Self.weekdays[text(start)] else { return nil }
        // “mon”, “sat” and “sun” are days only where something says so.
        if text(start).count <= 4, !["on", "since", "before", "after"].contains(text(start - 1)), text(start) != "tues" { return nil }
        let day = moments.latest(weekday: weekday)
        return (whole(day, "on \(DayText.text(day))"), 1)
    }

    /// “March”, “March 2026”, “3 March”, “March 3rd, 2026”, “2026-03-01”.
    func monthOrDate(at start: Int) -> (TimeSpan, Int)? {
        if let day = Day(text(start)) { return (whole(day, "on \(DayText.text(day))"), 1) }
        if let found = slashed(at: start) { return found }
        if let number = dayNumber(at: start) {
            var index = start + 1
            if text(index) == "of" { index += 1 }
            guard let month = Self.month(text(index)) else { return nil }
            let (year, length) = yearBehind(index + 1, month, number)
            guard let day = moments.day(year, month, number) else { return nil }
            return (whole(day, "on \(DayText.text(day))"), index + 1 + length - start)
        }
        guard let month = Self.month(text(start)), isMonth(at: start) else { return nil }
        if let number = dayNumber(at: start + 1) ?? (text(start + 1) == "the" ? dayNumber(at: start + 2) : nil) {
            let index = start + (text(start + 1) == "the" ? 3 : 2)
            let (year, length) = yearBehind(index, month, number)
            if let day = moments.day(year, month, number) { return (whole(day, "on \(DayText.text(day))"), index + length - start) }
        }
        if let year = Self.year(text(start + 1)) { return (monthSpan(year, month), 2) }
        if text(start + 1) == "last", text(start + 2) == "year" { return (monthSpan(moments.year - 1, month), 3) }
        if text(start + 1) == "this", text(start + 2) == "year" { return (monthSpan(moments.year, month), 3) }
        return (monthSpan(moments.year(of: month), month), 1)
    }

    /// “may”, “mar” and “march” are also other words.
    func isMonth(at index: Int) -> Bool {
        guard ["may", "mar", "march", "dec", "sep", "sept", "jan"].contains(text(index)) else { return true }
        if Self.year(text(index + 1)) != nil || dayNumber(at: index + 1) != nil { return true }
        let before = text(index - 1)
        return [
            "in", "since", "during", "of", "before", "after", "until", "between", "and", "for", "from", "last", "this", "to", "vs",
            "versus", "than", "with", "about", "by"
        ]
        .contains(before) || (words[index].isCapitalised && index > 0)
    }

    func monthSpan(_ year: Int, _ month: Int) -> TimeSpan {
        TimeSpan(
            from: moments.first(year: year, month: month), to: moments.first(year: year, month: month + 1),
            phrase: "in \(DayText.months[month - 1]) \(year)")
    }

    func yearBehind(_ index: Int, _ month: Int, _ day: Int) -> (year: Int, length: Int) {
        if let year = Self.year(text(index)) { return (year, 1) }
        // The latest such day that has begun.
        if let this = moments.day(moments.year, month, day), this <= moments.today { return (moments.year, 0) }
        return (moments.year - 1, 0)
    }

    /// 3/4/2026 is the third of April or the fourth of March: both are offered.
    func slashed(at start: Int) -> (TimeSpan, Int)? {
        let text = text(start)
        let separator: Character = text.contains("/") ? "/" : "."
        let parts = text.split(separator: separator).compactMap { Int($0) }
        guard text.contains(separator), parts.count == 3 || (parts.count == 2 && separator == "/") else { return nil }
        if parts.count == 3, parts[0] > 31, let day = moments.day(parts[0], parts[1], parts[2]) {
            return (whole(day, "on \(DayText.text(day))"), 1)
        }
        let year = parts.count == 3 ? (parts[2] < 100 ? 2000 + parts[2] : parts[2]) : moments.year
        let european = moments.day(year, parts[1], parts[0])
        let american = separator == "." ? nil : moments.day(year, parts[0], parts[1])
        guard let day = european ?? american else { return nil }
        var span = whole(day, "on \(DayText.text(day))")
        if let european, let american, european != american {
            span.alternatives = [DayText.text(european), DayText.text(american)]
        }
        return (span, 1)
    }

    func quarter(at start: Int) -> (TimeSpan, Int)? {
        var number: Int?
        var index = start
        let word = text(start)
        if word.count == 2, word.hasPrefix("q"), let digit = Int(word.dropFirst()), (1...4).contains(digit) {
            number = digit
            index += 1
        } else if let ordinal = Numbers.ordinals[word], text(start + 1) == "quarter" {
            number = ordinal
            index += 2
        } else if word == "quarter", let digit = Int(text(start + 1)), (1...4).contains(digit) {
            number = digit
            index += 2
        } else if word == "h1" || word == "h2" {
            let year = Self.year(text(start + 1)) ?? (word == "h2" && moments.month < 7 ? moments.year - 1 : moments.year)
            let first = word == "h1" ? 1 : 7
            return (
                TimeSpan(
                    from: moments.first(year: year, month: first), to: moments.first(year: year, month: first + 6),
                    phrase: "in the \(word == "h1" ? "first" : "second") half of \(year)"), Self.year(text(start + 1)) == nil ? 1 : 2
            )
        }
        guard let number else { return nil }
        if text(index) == "of" { index += 1 }
        var year = moments.year
        if let given = Self.year(text(index)) {
            year = given
            index += 1
        } else if text(index) == "last", text(index + 1) == "year" {
            year -= 1
            index += 2
        } else if text(index) == "this", text(index + 1) == "year" {
            index += 2
        } else {
            if text(index - 1) == "of" { index -= 1 }
            // The latest that has begun.
            if 3 * number - 2 > moments.month { year -= 1 }
        }
        let from = moments.first(year: year, month: 3 * number - 2)
        return (TimeSpan(from: from, to: moments.first(year: year, month: 3 * number + 1), phrase: "in Q\(number) \(year)"), index - start)
    }

    func year(at start: Int, _ preposition: String) -> (TimeSpan, Int)? {
        guard let year = Self.year(text(start)) else { return nil }
        let before = text(start - 1)
        guard
            !preposition.isEmpty || ["since", "before", "after", "until", "year", "and", "vs", "versus", "than", "between"].contains(before)
        else { return nil }
        return (TimeSpan(from: moments.first(year: year, month: 1), to: moments.first(year: year + 1, month: 1), phrase: "in \(year)"), 1)
    }

    /// “the first week of May”: its days 1 to 7. “the last week of May”: its last seven.
    func weekOfMonth(at start: Int) -> (TimeSpan, Int)? {
        let ordinal = Numbers.ordinals[text(start)]
        guard ordinal != nil || text(start) == "last", text(start + 1) == "week", ["of", "in"].contains(text(start + 2)),
            Self.month(text(start + 3)) != nil, let (span, length) = monthOrDate(at: start + 3), let from = span.from, let to = span.to
        else { return nil }
        let first = ordinal.map { moments.day(from).adding(days: 7 * ($0 - 1)) } ?? moments.day(to).adding(days: -7)
        return (closed(moments.start(first), moments.start(first.adding(days: 7))), length + 3)
    }

    func weekOf(at start: Int) -> (TimeSpan, Int)? {
        guard text(start) == "week", ["of", "starting", "beginning"].contains(text(start + 1)) else { return nil }
        let index = start + 2 + (text(start + 2) == "the" ? 1 : 0)
        guard let (span, length) = monthOrDate(at: index) ?? weekday(at: index), let from = span.from, let to = span.to,
            moments.day(from).adding(days: 1) == moments.day(to)
        else { return nil }
        let monday = moments.day(from).monday
        return (
            TimeSpan(
                from: moments.start(monday), to: moments.start(monday.adding(days: 7)), phrase: "in the week of \(DayText.text(monday))"),
            index + length - start
        )
    }

    /// “the week before”: before the one just named, which is this or last one.
    func before(at start: Int) -> (TimeSpan, Int)? {
        guard text(start + 1) == "before", let unit = Moments.Unit.words[text(start)], unit != .day, unit != .hour, unit != .minute else {
            return nil
        }
        var length = 2
        if text(start + 2) == "last" || text(start + 2) == "that" { length = 3 }
        guard length == 3 || interval(at: start + 2, hasArticle: false, "") == nil else { return nil }
        let follows = words[..<start].contains { $0.text == "this" } && text(start + 2) != "last"
        return (calendar(unit, follows ? -1 : -2, "the \(unit.rawValue) before \(follows ? "this one" : "last")"), length)
    }

    func toDate(at start: Int) -> (TimeSpan, Int)? {
        let short: [String: Moments.Unit] = ["ytd": .year, "mtd": .month, "qtd": .quarter, "wtd": .week]
        if let unit = short[text(start)] {
            return (TimeSpan(from: moments.start(of: unit), to: moments.now, phrase: "this \(unit.rawValue) to date"), 1)
        }
        if let unit = Moments.Unit.words[text(start)], text(start).count > 2, text(start + 1) == "to", text(start + 2) == "date" {
            return (TimeSpan(from: moments.start(of: unit), to: moments.now, phrase: "this \(unit.rawValue) to date"), 3)
        }
        if text(start) == "fortnight" {
            return (TimeSpan(from: moments.moved(-14, .day), to: moments.now, phrase: "in the last 14 days"), 1)
        }
        return nil
    }
}
