import Domain
import Foundation

/// Turns a question into a `Reading`: names first, then words to search for, times, the lexicon, tags, and numbers.
struct Reader {
    let index: NameIndex
    let now: Date
    let zone: CivilZone
    let email: String?
    var words: [Word] = []
    var items: [Reading.Item] = []

    init(index: NameIndex, now: Date, zone: CivilZone = .utc, email: String? = nil) {
        self.index = index
        self.now = now
        self.zone = zone
        self.email = email
    }

    mutating func read(_ question: String) -> Reading {
        words = Words.split(String(question.prefix(Words.longestQuestion)))
        items = []
        readTickets()
        readSearches(cues: Self.literalCues)
        for hit in index.link(words) { add(hit.range, .name(hit.entities), .name) }
        readSelf()
        readSearches(cues: Lexicon.textCues)
        readTypesAndGroups()
        correct()
        for hit in TimeGrammar(words, now: now, zone: zone).hits() { add(hit.range, .time(hit.span), .time) }
        readTags()
        readSlots()
        readMisspelledNames()
        readLooseNames()
        negate()
        items.sort { $0.range.lowerBound < $1.range.lowerBound }
        return Reading(words: words, items: items, unknown: unknownRuns())
    }

    /// After these even a known name is text to look for.
    private static let literalCues: Set<String> = [
        "mention", "mentions", "mentioning", "mentioned", "contain", "contains", "containing", "says", "saying"
    ]

    mutating func add(_ range: Range<Int>, _ content: Reading.Item.Content, _ use: Word.Use, isFuzzy: Bool = false) {
        for index in range { words[index].use = use }
        items.append(.init(range: range, content: content, isFuzzy: isFuzzy))
    }

    // MARK: Steps

    /// `#123`, `ticket 123`.
    private mutating func readTickets() {
        for index in words.indices where index > 0 && words[index].use == nil {
            guard let id = Int64(words[index].text), id > 0, words[index].text.allSatisfy(\.isASCII) else { continue }
            if words[index - 1].text == "#" {
                let start = index > 1 && ["ticket", "issue", "case"].contains(words[index - 2].text) ? index - 2 : index - 1
                add(start..<(index + 1), .ticket(id), .slot)
            } else if ["ticket", "issue", "case"].contains(words[index - 1].text), !isUnit(index + 1) {
                add((index - 1)..<(index + 1), .ticket(id), .slot)
            } else if ["number", "no", "id"].contains(words[index - 1].text), index > 1, ["ticket", "case"].contains(words[index - 2].text)
            {
                add((index - 2)..<(index + 1), .ticket(id), .slot)
            }
        }
    }

    private func isUnit(_ index: Int) -> Bool { words.indices.contains(index) && Moments.Unit.words[words[index].text] != nil }

    /// “about single sign-on”, “mentioning refunds”, and quoted words.
    private mutating func readSearches(cues: Set<String>) {
        for index in words.indices where words[index].use == nil && cues.contains(words[index].text) {
            var start = index + 1
            // “how about”, “what about” edit the last question; “tell me about” asks for an overview.
            if words[index].text == "about", index > 0, ["how", "what", "me", "us", "think"].contains(words[index - 1].text) { continue }
            if words[index].text == "around", isUnit(start) || words.indices.contains(start) && words[start].isNumber { continue }
            while words.indices.contains(start), Self.skipped.contains(words[start].text), words[start].use == nil { start += 1 }
            let isLiteral = Self.literalCues.contains(words[index].text)
            var end = start
            while words.indices.contains(end), words[end].use == nil, !stopsText(end, from: start, isLiteral) { end += 1 }
            var kept = words[start..<end].filter { !Self.dropped.contains($0.text) }
            // “errors in reports” keeps its in, “refunds in” does not.
            while let last = kept.last, Self.inText.contains(last.text) { kept.removeLast() }
            while let first = kept.first, Self.inText.contains(first.text) { kept.removeFirst() }
            guard !kept.isEmpty else { continue }
            let isQuoted = kept.allSatisfy { $0.quotation != nil }
            let text = kept.map(\.shown).joined(separator: " ")
            add(index..<end, .text(isQuoted ? "\"\(text)\"" : text), .text)
        }
    }

    /// Words between a cue and what is searched for.
    private static let skipped: Set<String> = ["the", "a", "an", "word", "words", "phrase", "term", "text", "topic", "of", "any", "some"]
    private static let dropped: Set<String> = ["the", "a", "an", "and", "or"]
    private static let inText: Set<String> = ["of", "in", "with", "to", "on"]
    private static let boundaries: Set<String> = [
        "from", "for", "by", "that", "which", "who", "opened", "created", "filed", "submitted", "raised", "closed", "resolved", "did", "do",
        "does", "has", "have", "are", "is", "were", "was", "this", "last", "since", "before", "after", "between", "during", "over", "per",
        "or", "but", "yesterday", "today", "than", "we", "still", "right", "currently", "within"
    ]

    private func stopsText(_ index: Int, from start: Int, _ isLiteral: Bool) -> Bool {
        let word = words[index]
        if word.quotation != nil { return index > start && words[index - 1].quotation != word.quotation }
        if index > start, words[index - 1].quotation != nil { return true }
        if Self.boundaries.contains(word.text) { return true }
        if ["in", "at", "on", "of", "with"].contains(word.text) {
            // A time or a name behind it ends the text; anything else is part of it.
            let rest = TimeGrammar(Array(words[index...]), now: now, zone: zone).hits().first?.range.lowerBound == 0
            return rest || (words.indices.contains(index + 1) && words[index + 1].use == .name)
        }
        return false
    }

    /// Types by their names, groups by name and the word group, statuses of the portal were linked with the names.
    private mutating func readTypesAndGroups() {
        for group in index.names.groups {
            let entity = Entity(kind: .group, id: group.id, name: group.name)
            let parts = Words.folded(group.name)
            let found = places(of: parts) { range in
                let label: Set<String> = ["group", "team", "queue", "department"]
                let before = range.lowerBound > 0 ? words[range.lowerBound - 1].text : ""
                let after = words.indices.contains(range.upperBound) ? words[range.upperBound].text : ""
                let isLabelled = label.contains(before) || label.contains(after)
                let isPlain = parts.count > 1 && !parts.allSatisfy(Lexicon.isKnown)
                guard isLabelled || isPlain else { return nil }
                let lower = label.contains(before) ? range.lowerBound - 1 : range.lowerBound
                return lower..<(label.contains(after) ? range.upperBound + 1 : range.upperBound)
            }
            for range in found { add(range, .name([entity]), .name) }
        }
        for type in index.names.types {
            let entity = Entity(kind: .type, id: 0, name: type)
            let parts = Words.folded(type)
            for plural in [parts, parts.dropLast() + [(parts.last ?? "") + "s"]] {
                let found = places(of: plural) { range in
                    // “quick question”, “my question is” ask, and name no type.
                    let before = range.lowerBound > 0 ? words[range.lowerBound - 1].text : ""
                    if parts == ["question"], ["quick", "my", "a", "one"].contains(before) { return nil }
                    if parts.count == 1, ["request", "issue", "case"].contains(parts[0]),
                        plural != parts || !words[range.lowerBound].isCapitalised
                    {
                        return nil
                    }
                    return range
                }
                for range in found { add(range, .name([entity]), .name) }
            }
        }
    }

    /// Where these words stand free, one place after another.
    private func places(of parts: [String], _ accept: (Range<Int>) -> Range<Int>?) -> [Range<Int>] {
        guard !parts.isEmpty, words.count >= parts.count else { return [] }
        var found: [Range<Int>] = []
        for start in 0...(words.count - parts.count) where start >= found.last?.upperBound ?? 0 {
            let range = start..<(start + parts.count)
            guard zip(words[range], parts).allSatisfy({ $0.use == nil && $0.text == $1 }), let whole = accept(range) else { continue }
            found.append(whole)
        }
        return found
    }

    /// Misspelled words of the lexicon become what they mean. A capitalised word where names stand is left alone.
    private mutating func correct() {
        for index in words.indices where words[index].use == nil && words[index].quotation == nil {
            let before = index > 0 ? words[index - 1].text : ""
            let followsName = index > 0 && (words[index - 1].use == .name || (words[index - 1].isCapitalised && !Lexicon.isKnown(before)))
            if words[index].isCapitalised, index > 0, NameIndex.placing.contains(before) || followsName { continue }
            if index > 0, ["tagged", "tag"].contains(before) { continue }
            if !self.index.entities(words[index].text).isEmpty { continue }
            if self.index.tags(beginningWith: words[index].text).contains(where: { $0.parts.count == 1 }) { continue }
            if let known = Lexicon.correction(of: words[index].text), !isNearerName(words[index].text, known) { words[index].text = known }
        }
    }

    /// Whether a word is as near to a name as to the lexicon; then it is left to the names.
    private func isNearerName(_ word: String, _ known: String) -> Bool {
        guard let distance = EditDistance.between(word, known, limit: 2), distance > 1 else { return false }
        return !index.nearly(word).isEmpty
    }

    /// “tagged vip”, “with the tag go-live”, and tags that are no word of the lexicon.
    private mutating func readTags() {
        for start in words.indices where words[start].use == nil {
            let tags = index.tags(beginningWith: words[start].text)
            for tag in tags {
                let parts = tag.parts
                guard start + parts.count <= words.count else { continue }
                let range = start..<(start + parts.count)
                guard zip(words[range], parts).allSatisfy({ $0.use == nil && $0.text == $1 }) else { continue }
                let before = start > 0 ? words[start - 1].text : ""
                let after = words.indices.contains(range.upperBound) ? words[range.upperBound].text : ""
                let isLabelled =
                    ["tag", "tagged", "tags", "label", "labelled", "labeled", "as"].contains(before) || after == "tag"
                    || (before == "with" && start > 1 && words[start - 2].text == "tagged")
                // “tagged billing or invoice”.
                let isJoined =
                    ["or", "and"].contains(before)
                    && items.contains { $0.range.upperBound == start - 1 && $0.entities?.first?.kind == .tag }
                guard isLabelled || isJoined || !parts.allSatisfy(Lexicon.isKnown) else { continue }
                let same = tags.filter { $0.parts == parts }
                add(range, .name(same.map { Entity(kind: .tag, id: 0, name: $0.name) }), .name)
                break
            }
        }
    }

    private mutating func readSlots() {
        var index = 0
        while index < words.count {
            guard words[index].use == nil else {
                index += 1
                continue
            }
            if ["day", "date", "week", "month", "hour", "weekday"].contains(words[index].text), isAskedFor(index),
                text(index + 1) != "of"
            {
                let keys: [String: SupportQuery.Key] = ["week": .week, "month": .month, "hour": .hour, "weekday": .weekday]
                add(index..<(index + 1), .slot(.bucket(keys[words[index].text] ?? .day)), .slot)
                index += 1
                continue
            }
            if let (slot, length) = Lexicon.phrase(words, at: index) {
                if slot == .filler {
                    words[index].use = .filler
                    for extra in index..<(index + length) { words[extra].use = .filler }
                } else {
                    add(index..<(index + length), .slot(slot), .slot)
                }
                index += length
                continue
            }
            if let number = words[index].number {
                add(index..<(index + 1), .number(number), .slot)
            }
            index += 1
        }
    }

    private func text(_ index: Int) -> String { words.indices.contains(index) ? words[index].text : "" }

    /// “which day”, “busiest week”, “what month”.
    private func isAskedFor(_ index: Int) -> Bool {
        guard index > 0 else { return false }
        return ["which", "what", "busiest", "quietest", "best", "worst", "slowest", "top", "biggest"].contains(words[index - 1].text)
    }

    /// What is left over may be a name with a slip of the hand.
    private mutating func readMisspelledNames() {
        for run in unknownRuns() {
            if absorb(run) { continue }
            let texts = words[run].map(\.text)
            var found = index.nearly(texts)
            if !found.isEmpty {
                add(run, .name(found), .name, isFuzzy: true)
                continue
            }
            for place in run {
                found = index.nearly(words[place].text)
                if !found.isEmpty { add(place..<(place + 1), .name(found), .name, isFuzzy: true) }
            }
        }
    }

    /// “Acme Corporatino”: what stands behind a short name may be a misspelled rest of the long one.
    private mutating func absorb(_ run: Range<Int>) -> Bool {
        guard let place = items.firstIndex(where: { $0.range.upperBound == run.lowerBound && $0.entities?.isEmpty == false }),
            let entities = items[place].entities, !words[items[place].range].contains(where: \.isPossessive)
        else { return false }
        let range = items[place].range.lowerBound..<run.upperBound
        let nearby = index.nearly(words[range].map(\.text))
        let same = entities.filter(nearby.contains)
        guard !same.isEmpty else { return false }
        for word in run { words[word].use = .name }
        items[place] = .init(range: range, content: .name(same), isFuzzy: true)
        return true
    }

    /// A group's name without the word group, where it is no other word.
    private mutating func readLooseNames() {
        for run in unknownRuns() {
            let phrase = words[run].map(\.text)
            for group in index.names.groups where Words.folded(group.name) == phrase {
                add(run, .name([Entity(kind: .group, id: group.id, name: group.name)]), .name)
            }
        }
    }

    /// Puts a negation on what follows it, and on what is joined to that by or, and, nor.
    private mutating func negate() {
        items.sort { $0.range.lowerBound < $1.range.lowerBound }
        var used: [Int] = []
        for index in items.indices {
            guard items[index].slot == .cue(.negation) || items[index].slot == .cue(.none) else { continue }
            // “not updated in 14 days”: the age says it already.
            if items.indices.contains(index + 1), items[index + 1].slot == .verb(.updated),
                items.contains(where: { $0.time?.isAge == true })
            {
                used.append(index)
                continue
            }
            var next = index + 1
            guard items.indices.contains(next), items[next].range.lowerBound - items[index].range.upperBound <= 2 else { continue }
            // “no open tickets” says how many, not which.
            if items[index].slot == .cue(.none), !Self.isName(items[next]) { continue }
            guard Self.takesNegation(items[next]) else { continue }
            items[next].isNegated.toggle()
            used.append(index)
            while items.indices.contains(next + 1) {
                let between = words[items[next].range.upperBound..<max(items[next].range.upperBound, items[next + 1].range.lowerBound)]
                let isJoin = items[next + 1].slot == .cue(.or) || items[next + 1].slot == .cue(.followUp)
                let following = isJoin ? next + 2 : next + 1
                guard items.indices.contains(following), isJoin || between.contains(where: { ["or", "and", "nor"].contains($0.text) }),
                    Self.takesNegation(items[following]), Self.isAlike(items[next], items[following])
                else { break }
                items[following].isNegated = true
                next = following
            }
        }
        // “not assigned to Priya” is not “unassigned”.
        for index in items.indices where items[index].slot == .flag(.assigned, false) && items.indices.contains(index + 1) {
            let next = items[index + 1]
            guard next.entities?.first?.kind == .agent, next.range.lowerBound - items[index].range.upperBound <= 1 else { continue }
            items[index + 1].isNegated = true
            used.append(index)
        }
        for index in used.sorted(by: >) { items.remove(at: index) }
    }

    private static func isName(_ item: Reading.Item) -> Bool { item.entities != nil }

    private static func takesNegation(_ item: Reading.Item) -> Bool {
        switch item.content {
        case .name: return true
        case .slot(let slot):
            switch slot {
            case .status, .unresolved, .priority, .source, .flag, .sentiment, .kind, .incoming: return true
            default: return false
            }
        default: return false
        }
    }

    private static func isAlike(_ left: Reading.Item, _ right: Reading.Item) -> Bool {
        switch (left.slot, right.slot) {
        case (.status, .status), (.status, .unresolved), (.priority, .priority), (.source, .source): true
        case (nil, nil): left.entities?.first?.kind == right.entities?.first?.kind
        default: false
        }
    }

    private func unknownRuns() -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in words.indices where words[index].use == nil && words[index].text.contains(where: { $0.isLetter || $0.isNumber }) {
            if let last = runs.last, last.upperBound == index, words[index - 1].quotation == words[index].quotation,
                !words[index - 1].isPossessive
            {
                runs[runs.count - 1] = last.lowerBound..<(index + 1)
            } else {
                runs.append(index..<(index + 1))
            }
        }
        return runs
    }
}
