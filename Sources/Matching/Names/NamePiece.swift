import Foundation

/// A word of a name as written, with its fold.
struct NamePiece: Sendable, Equatable {
    let written: String
    let folded: LetterFold.Folded
    let isBracketed: Bool

    /// The words of a name: apostrophes join, dots between single letters join (`S.A.` is `SA`), `&` and `+` are "and", every other
    /// mark separates; forms that are written without spaces are taken out first.
    static func pieces(of name: String) -> [NamePiece] {
        var reader = Reader()
        let scalars = Array(prepared(name).unicodeScalars)
        for (place, scalar) in scalars.enumerated() { reader.take(scalar, before: place + 1 < scalars.count ? scalars[place + 1] : " ") }
        reader.endWord()
        return joinedLetters(reader.words).map {
            NamePiece(written: $0.text, folded: LetterFold.fold($0.text), isBracketed: $0.isBracketed)
        }.filter { !$0.folded.plain.isEmpty }
    }

    /// In compatibility form, like the names they are looked for in.
    private static let unspacedForms = LegalFormTable.unspaced.map(\.precomposedStringWithCompatibilityMapping)

    private static func prepared(_ name: String) -> String {
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return name }
        var text = name.precomposedStringWithCompatibilityMapping
        for form in unspacedForms where text.contains(form) {
            let rest = text.replacing(form, with: " ")
            if rest.contains(where: { $0.isLetter || $0.isNumber }) { text = rest }
        }
        return text
    }

    fileprivate struct Word {
        var text: String
        var isBracketed: Bool
        /// A single dot stood before it, and no space.
        var followsDot: Bool
    }

    private struct Reader {
        var words: [Word] = []
        private var current = String.UnicodeScalarView()
        private var depth = 0
        private var followsDot = false

        mutating func take(_ scalar: Unicode.Scalar, before next: Unicode.Scalar) {
            switch scalar {
            case "'", "\u{2019}", "\u{2018}", "`", "\u{B4}", "\u{2BC}", "\u{5F3}", "\u{5F4}": return
            // Hebrew writes abbreviations with a quotation mark inside the word.
            case "\"" where current.last.map({ (0x0590...0x05FF).contains($0.value) }) ?? false: return
            case ".":
                endWord()
                followsDot = true
                return
            // `C++` is another word than `C`; `A+B` is two words.
            case "+" where !current.isEmpty && !NamePiece.belongsToWord(next):
                current.append(scalar)
                return
            case "&", "+":
                endWord()
                words.append(Word(text: "and", isBracketed: depth > 0, followsDot: false))
            case "(", "[", "{", "\u{3010}", "\u{300C}":
                endWord()
                depth += 1
            case ")", "]", "}", "\u{3011}", "\u{300D}":
                endWord()
                depth = max(0, depth - 1)
            default:
                if scalar.properties.generalCategory == .format { return }
                if NamePiece.belongsToWord(scalar) {
                    current.append(scalar)
                    return
                }
                endWord()
            }
            followsDot = false
        }

        mutating func endWord() {
            guard !current.isEmpty else { return }
            words.append(Word(text: String(current), isBracketed: depth > 0, followsDot: followsDot))
            current = String.UnicodeScalarView()
            followsDot = false
        }
    }

    /// Single letters with dots between them are one word.
    private static func joinedLetters(_ words: [Word]) -> [Word] {
        var joined: [Word] = []
        var isRun = false
        for word in words {
            let isLetter = word.text.count == 1
            if isLetter, word.followsDot, isRun, let last = joined.indices.last, joined[last].isBracketed == word.isBracketed {
                joined[last].text += word.text
            } else {
                joined.append(word)
            }
            isRun = isLetter
        }
        return joined
    }

    private static func belongsToWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 {
            return switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9": true
            default: false
            }
        }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .otherNumber, .nonspacingMark, .spacingMark, .currencySymbol:
            true
        default: false
        }
    }
}
