import Foundation

/// One word of a question, folded for comparing, with what it looked like.
struct Word: Equatable, Sendable {
    /// Lower-case, without accents.
    var text: String
    /// As typed.
    var shown: String
    var isCapitalised: Bool
    /// Ended in `'s` or `s'`.
    var isPossessive = false
    /// Number of the quotation it stands in.
    var quotation: Int?
    /// What the word was used for; nil while nothing has.
    var use: Use?

    /// How a word was understood.
    enum Use: Equatable, Sendable {
        case name, time, slot, text, filler
    }

    var isNumber: Bool { Int(text) != nil }
    var number: Int? { Int(text) ?? Numbers.words[text] }
}

/// Number words.
enum Numbers {
    static let words: [String: Int] = [
        "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
        "eleven": 11, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
        "ninety": 90, "hundred": 100, "couple": 2, "dozen": 12
    ]
    static let ordinals: [String: Int] = ["first": 1, "second": 2, "third": 3, "fourth": 4]
}

/// Splits text into words: the same for questions and for names, so that both fold alike.
enum Words {
    /// Longest question that is read, in characters.
    static let longestQuestion = 1_000

    static func split(_ text: String) -> [Word] {
        var text = text.precomposedStringWithCompatibilityMapping
        for mark in ["’", "‘", "`", "´", "ʼ"] { text = text.replacing(mark, with: "'") }
        for mark in ["“", "”", "„", "«", "»"] { text = text.replacing(mark, with: "\"") }
        var words: [Word] = []
        var piece = ""
        var quotation: Int?
        var quotations = 0
        func finish() {
            if !piece.isEmpty { words += read(piece, quotation) }
            piece = ""
        }
        let characters = Array(text)
        for (index, character) in characters.enumerated() {
            if character.isLetter || character.isNumber || character.unicodeScalars.first?.properties.isEmoji == true && !character.isASCII
            {
                piece.append(character)
            } else if character == "'" {
                // Inside a word, or after its last s.
                piece.append(character)
            } else if character == "\"" {
                finish()
                if quotation == nil {
                    quotations += 1
                    quotation = quotations
                } else {
                    quotation = nil
                }
            } else if character == "#" || character == "%" || character == "&" || character == "@" {
                finish()
                piece = character == "&" ? "and" : String(character)
                finish()
            } else if "-/.,".contains(character), isInsideNumber(characters, index) {
                // Dates and grouped numbers stay whole.
                if character != "," { piece.append(character) }
            } else {
                finish()
            }
        }
        finish()
        // A question that shouts names nobody by its capitals.
        if !text.contains(where: \.isLowercase), words.count > 2 { for index in words.indices { words[index].isCapitalised = false } }
        return words
    }

    /// The folded words of a name.
    static func folded(_ text: String) -> [String] { split(text).map(\.text) }

    static func fold(_ text: String) -> String {
        text.lowercased().replacing("ß", with: "ss").replacing("ø", with: "o").replacing("ł", with: "l").replacing("æ", with: "ae")
            .folding(options: [.diacriticInsensitive, .widthInsensitive], locale: nil)
    }

    private static func isInsideNumber(_ characters: [Character], _ index: Int) -> Bool {
        guard index > 0, index + 1 < characters.count else { return false }
        let (before, after) = (characters[index - 1], characters[index + 1])
        guard before.isASCII, after.isASCII, before.isNumber, after.isNumber else { return false }
        if characters[index] == "," {
            // A thousands separator stands before exactly three digits.
            let digits = characters[(index + 1)...].prefix { $0.isNumber }
            return digits.count == 3
        }
        return true
    }

    private static func read(_ piece: String, _ quotation: Int?) -> [Word] {
        var piece = piece
        while piece.hasPrefix("'") { piece.removeFirst() }
        let lower = piece.lowercased()
        if let parts = contractions[lower] ?? negation(lower) {
            return parts.map { Word(text: $0, shown: $0, isCapitalised: false, quotation: quotation) }
        }
        var isPossessive = false
        if lower.hasSuffix("'s") {
            piece = String(piece.dropLast(2))
            isPossessive = true
        } else if lower.hasSuffix("'") {
            piece = String(piece.dropLast())
            isPossessive = lower.hasSuffix("s'")
        }
        let text = fold(piece.replacing("'", with: ""))
        guard !text.isEmpty else { return [] }
        return [
            Word(
                text: text, shown: piece, isCapitalised: piece.first?.isUppercase == true, isPossessive: isPossessive, quotation: quotation)
        ]
    }

    private static func negation(_ word: String) -> [String]? {
        guard word.hasSuffix("n't"), word.count > 3 else { return nil }
        let stem = String(word.dropLast(3))
        return [stem == "wo" ? "will" : stem == "ca" ? "can" : stem, "not"]
    }

    private static let contractions: [String: [String]] = [
        "who's": ["who", "is"], "what's": ["what", "is"], "how's": ["how", "is"], "where's": ["where", "is"], "there's": ["there", "is"],
        "that's": ["that", "is"], "it's": ["it", "is"], "let's": ["let", "us"], "i'd": ["i", "would"], "i'm": ["i", "am"],
        "we've": ["we", "have"], "they've": ["they", "have"], "i've": ["i", "have"], "whats": ["what", "is"], "whos": ["who", "is"],
        "wont": ["will", "not"], "dont": ["do", "not"], "doesnt": ["does", "not"], "isnt": ["is", "not"], "arent": ["are", "not"],
        "havent": ["have", "not"], "hasnt": ["has", "not"], "didnt": ["did", "not"], "cannot": ["can", "not"], "when's": ["when", "is"],
        "which's": ["which", "is"], "they're": ["they", "are"], "we're": ["we", "are"], "what're": ["what", "are"]
    ]
}
