import Domain

/// The phrases Larry knows, each with its meaning. English; another language is another table.
///
/// A phrase is words with spaces between; `a|b` is either, `x?` may be missing.
enum Lexicon {
    struct Pattern: Sendable {
        var parts: [Set<String>]
        var slot: Slot
    }

    /// Phrases by first word, longest first.
    static let patterns: [String: [Pattern]] = {
        var patterns: [String: [Pattern]] = [:]
        // Of equally long phrases the one further up in the tables counts.
        for (slot, lines) in LexiconTables.all {
            for line in lines {
                for parts in expanded(line) {
                    for word in parts.first ?? [] { patterns[word, default: []].append(Pattern(parts: parts, slot: slot)) }
                }
            }
        }
        return patterns.mapValues { list in
            list.enumerated().sorted { ($1.element.parts.count, $0.offset) < ($0.element.parts.count, $1.offset) }.map(\.element)
        }
    }()

    /// Every word of the lexicon and of the time grammar.
    static let vocabulary: Set<String> = {
        var words: Set<String> = []
        for list in patterns.values { for pattern in list { for part in pattern.parts { words.formUnion(part) } } }
        words.formUnion(Moments.Unit.words.keys.filter { $0.count > 2 })
        words.formUnion(TimeGrammar.weekdays.keys)
        words.formUnion(DayText.months.map { $0.lowercased() })
        words.formUnion([
            "today", "yesterday", "tomorrow", "weekend", "fortnight", "since", "between", "before", "after", "until", "older", "newer",
            "ago", "quarter", "previous", "past", "last", "next", "during"
        ])
        words.formUnion(Numbers.words.keys)
        words.formUnion(Numbers.ordinals.keys)
        words.formUnion(negations)
        words.formUnion(textCues)
        return words
    }()

    static let negations: Set<String> = ["not", "non", "never", "excluding", "except", "without", "no", "neither", "nor"]
    /// Before words to search for.
    static let textCues: Set<String> = [
        "about", "mention", "mentions", "mentioning", "mentioned", "regarding", "concerning", "contain", "contains", "containing", "re",
        "referencing", "involving", "around", "says", "saying"
    ]

    static func isKnown(_ word: String) -> Bool { vocabulary.contains(word) }

    /// The longest phrase at a place, over words that nothing else has used.
    static func phrase(_ words: [Word], at start: Int) -> (slot: Slot, length: Int)? {
        guard words[start].use == nil, let candidates = patterns[words[start].text] else { return nil }
        for pattern in candidates {
            let end = start + pattern.parts.count
            guard end <= words.count else { continue }
            let fits = zip(words[start..<end], pattern.parts).allSatisfy { $0.use == nil && $1.contains($0.text) }
            if fits { return (pattern.slot, pattern.parts.count) }
        }
        return nil
    }

    /// The word of the lexicon a misspelling means; nil when none or two are as near.
    static func correction(of word: String) -> String? {
        guard word.count >= 4, !isKnown(word), word.allSatisfy(\.isLetter) else { return nil }
        let allowance = word.count >= 8 ? 2 : 1
        var best = allowance + 1
        var found: Set<String> = []
        for known in vocabulary where known.count >= 4 && abs(known.count - word.count) <= allowance {
            guard let distance = EditDistance.between(word, known, limit: allowance), distance <= best else { continue }
            if distance < best { found = [] }
            best = distance
            found.insert(known)
        }
        if found.count == 1 { return found.first }
        // Two forms of one word, such as ticket and tickets, mean the same.
        let meanings = Set(found.map { patterns[$0]?.first { $0.parts.count == 1 }?.slot })
        return meanings.count == 1 && meanings.first != .some(nil) ? found.min() : nil
    }

    private static func expanded(_ line: String) -> [[Set<String>]] {
        var results: [[Set<String>]] = [[]]
        for part in line.split(separator: " ") {
            let isOptional = part.hasSuffix("?")
            let words = Set((isOptional ? part.dropLast() : part).split(separator: "|").map(String.init))
            results = results.flatMap { isOptional ? [$0 + [words], $0] : [$0 + [words]] }
        }
        return results.filter { !$0.isEmpty }
    }
}
