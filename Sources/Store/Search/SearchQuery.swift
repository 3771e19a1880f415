/// What a person typed into a search field: words that must all occur, the last one as a beginning, and quoted phrases.
package struct SearchQuery: Sendable, Equatable {
    /// Words that must follow each other; a single word is a phrase of one.
    package struct Phrase: Sendable, Equatable {
        package var words: [String]
        /// The last word may go on.
        package var isPrefix: Bool
    }

    package var phrases: [Phrase]

    /// Most words a search may have; more are left out.
    static let mostWords = 12

    /// Nil when the text holds no word at all. Safe for any input.
    package init?(_ text: String) {
        phrases = []
        var words = 0
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            let isQuoted = index % 2 == 1 && index < parts.count - 1
            let found = SearchText.words(in: String(part)).prefix(Self.mostWords - words)
            guard !found.isEmpty else { continue }
            words += found.count
            if isQuoted {
                phrases.append(Phrase(words: Array(found), isPrefix: false))
            } else {
                let isOpen = index == parts.count - 1 && part.last.map { $0.isLetter || $0.isNumber } == true
                for (position, word) in found.enumerated() {
                    phrases.append(Phrase(words: [word], isPrefix: isOpen && position == found.count - 1))
                }
            }
        }
        if phrases.isEmpty { return nil }
    }

    /// The question as FTS5 reads it. Words hold letters and digits only, so nothing needs escaping beyond the quotes.
    func fts5(scope: String) -> String {
        let terms = phrases.map { "\"" + $0.words.joined(separator: " ") + "\"" + ($0.isPrefix ? "*" : "") }
        return "scope : \"\(scope)\" AND {ticket requester thread} : (\(terms.joined(separator: " AND ")))"
    }

    /// The question as PostgreSQL reads a `tsquery`: every word, and the portal's scope. That words of a phrase follow each other is
    /// looked up beside it.
    func tsquery(scope: String) -> String {
        let words = phrases.flatMap { phrase in phrase.words.map { "'\($0)'" + (phrase.isPrefix ? ":*" : "") } }
        return (["'#\(scope)'"] + words).joined(separator: " & ")
    }
}
