import Foundation

/// Turns people's text into search words, once, the same for both engines: folded in case and accents, split at everything that is
/// neither letter nor digit, e-mail addresses and hosts also kept whole, CJK text as overlapping pairs.
package enum SearchText {
    /// Longest text of one document part that is indexed, in characters.
    static let longestText = 60_000
    /// Longest word that is indexed, in characters.
    static let longestWord = 64
    /// Longest word that is indexed, in bytes: a character may carry any number of marks, and PostgreSQL takes no word beyond 2,046.
    static let longestWordBytes = 512
    /// Most bytes of words of one document part: PostgreSQL's index of a ticket, three parts, may hold 1 MB.
    static let mostBytes = 300_000

    /// The words of a text, in order, joined by spaces; what both engines index.
    package static func tokens(of text: String) -> String {
        // Bytes are counted first: characters take a hundred times as long, and there are never more of them.
        let isLong = text.utf8.count > longestText && text.count > longestText
        var left = mostBytes
        return words(in: isLong ? String(text.prefix(longestText)) : text).prefix { word in
            left -= word.utf8.count + 1
            return left >= 0
        }.joined(separator: " ")
    }

    /// Folded for comparing and sorting names: case and accents gone, white space trimmed.
    package static func folded(_ text: String) -> String {
        text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
            .trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func bounded(_ word: String) -> String {
        let short = word.prefix(longestWord)
        guard short.utf8.count > longestWordBytes else { return String(short) }
        // Cut between scalars, so that the rest is still text.
        return String(String.UnicodeScalarView(short.unicodeScalars.prefix(longestWordBytes / 4)))
    }

    /// The words of `text` in order.
    static func words(in text: String) -> [String] {
        var words: [String] = []
        // Between blanks most text is ASCII, which needs neither Unicode's folding nor its classes.
        for run in text.utf8.split(whereSeparator: { $0 == 0x20 || (0x09...0x0D).contains($0) }) {
            if run.allSatisfy({ $0 < 0x80 }) {
                appendPlain(run, to: &words)
            } else {
                append(String(Substring(run)), to: &words)
            }
        }
        return words
    }

    private static func appendPlain(_ run: Substring.UTF8View, to words: inout [String]) {
        for part in run.split(whereSeparator: { !(0x30...0x39).contains($0) && !(0x61...0x7A).contains($0 | 0x20) }) {
            words.append(String(decoding: part.prefix(longestWord).lazy.map { $0 | 0x20 }, as: UTF8.self))
        }
    }

    private static func append(_ text: String, to words: inout [String]) {
        let folded = text.folding(options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
        var word = ""
        var pair: Character?
        func finishWord() {
            if !word.isEmpty { words.append(bounded(word)) }
            word = ""
        }
        func finishPair() {
            // A single CJK character between other things is a word of its own.
            if let pair, words.last?.hasSuffix(String(pair)) != true { words.append(String(pair)) }
            pair = nil
        }
        for character in folded {
            if character.isUnspaced {
                finishWord()
                if let first = pair { words.append(String([first, character])) }
                pair = character
            } else if character.isLetter || character.isNumber {
                finishPair()
                word.append(character)
            } else {
                finishWord()
                finishPair()
            }
        }
        finishWord()
        finishPair()
    }
}

extension Character {
    /// Han, Hiragana, Katakana and Hangul are written without spaces (or, in Korean, inflected), so they are indexed in pairs.
    fileprivate var isUnspaced: Bool {
        guard let scalar = unicodeScalars.first?.value else { return false }
        return (0x3040...0x30FF).contains(scalar) || (0x3400...0x9FFF).contains(scalar) || (0xAC00...0xD7AF).contains(scalar)
            || (0xF900...0xFAFF).contains(scalar) || (0x20000...0x3134F).contains(scalar)
    }
}
