import Foundation

/// A name reduced to what makes it equal to another spelling of itself: no case, diacritics or punctuation.
struct FoldedName: Sendable, Hashable {
    let text: String

    /// Nil for names that name nobody: empty, only punctuation, or a word people type to get past a required field.
    init?(_ name: String) {
        // Apostrophes and dots join (`O'Neill`, `S.A.`); every other mark separates words.
        let decomposed = name.precomposedStringWithCompatibilityMapping.lowercased().decomposedStringWithCompatibilityMapping
        var words = String.UnicodeScalarView()
        for scalar in decomposed.unicodeScalars {
            switch scalar {
            case "'", "’", "‘", "`", "´", ".": continue
            case "ß": words.append(contentsOf: "ss".unicodeScalars)
            case "ø": words.append("o")
            case "đ": words.append("d")
            case "ł": words.append("l")
            case "ı": words.append("i")
            case "æ": words.append(contentsOf: "ae".unicodeScalars)
            case "œ": words.append(contentsOf: "oe".unicodeScalars)
            case "\u{0300}"..."\u{036F}", "\u{0591}"..."\u{05C7}", "\u{064B}"..."\u{0652}": continue
            default:
                if scalar.properties.generalCategory != .format { words.append(Self.belongsToWord(scalar) ? scalar : " ") }
            }
        }
        let folded = String(words).split(separator: " ").joined(separator: " ").precomposedStringWithCanonicalMapping
        guard folded.contains(where: { $0.isLetter || $0.isNumber }), !Self.nobody.contains(folded) else { return nil }
        text = folded
    }

    /// Other marks than the diacritics above belong to their letter: kana and Indic scripts spell different words with them.
    private static func belongsToWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber, .letterNumber,
            .otherNumber, .nonspacingMark, .spacingMark, .mathSymbol, .currencySymbol:
            true
        default: false
        }
    }

    private static let nobody: Set<String> = [
        "na", "n a", "none", "no name", "no company", "null", "nil", "undefined", "unknown", "test", "test company", "company", "tbd",
        "other", "others", "private", "individual", "self", "self employed", "personal", "x", "xx", "xxx", "asdf", "freelance", "freelancer"
    ]
}
