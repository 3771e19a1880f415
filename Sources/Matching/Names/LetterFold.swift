import Foundation

/// Brings letters of names to one form: lower case, no diacritics, Cyrillic and Greek in Latin letters.
///
/// German and Scandinavian vowels have two honest spellings (`Müller`: `muller`, `mueller`), so there are two folds side by side;
/// two names are equal when any of their folds is.
enum LetterFold {
    struct Folded: Equatable {
        /// `ü` as `u`.
        var plain: String
        /// `ü` as `ue`; nil where that makes no difference.
        var digraph: String?
        /// Whether Cyrillic or Greek letters were brought to Latin ones.
        var isTransliterated = false
    }

    /// - Parameter word: in compatibility form (NFKC), without white space.
    static func fold(_ word: some StringProtocol) -> Folded {
        if word.utf8.allSatisfy({ $0 < 0x80 }) { return Folded(plain: word.lowercased()) }
        var plain = String.UnicodeScalarView()
        var digraph = String.UnicodeScalarView()
        var folded = Folded(plain: "")
        var differs = false
        for scalar in word.lowercased().precomposedStringWithCanonicalMapping.unicodeScalars {
            if let pair = twoSpellings[scalar] {
                plain.append(contentsOf: pair.plain.unicodeScalars)
                digraph.append(contentsOf: pair.digraph.unicodeScalars)
                differs = true
            } else {
                let letters = spelling(of: scalar, &folded.isTransliterated)
                plain.append(contentsOf: letters)
                digraph.append(contentsOf: letters)
            }
        }
        folded.plain = String(plain).precomposedStringWithCanonicalMapping
        folded.digraph = differs ? String(digraph).precomposedStringWithCanonicalMapping : nil
        return folded
    }

    private static func spelling(of scalar: Unicode.Scalar, _ isTransliterated: inout Bool) -> String.UnicodeScalarView {
        if scalar.value < 0x80 { return String(scalar).unicodeScalars }
        if let latin = singleSpelling[scalar] { return latin.unicodeScalars }
        if let latin = transliteration[scalar] {
            isTransliterated = true
            return latin.unicodeScalars
        }
        var kept = String.UnicodeScalarView()
        for part in String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars where !isDiacritic(part) {
            if part != scalar, let latin = transliteration[part] {
                isTransliterated = true
                kept.append(contentsOf: latin.unicodeScalars)
            } else {
                kept.append(part)
            }
        }
        return kept
    }

    /// Marks that change no word: Latin, Greek and Cyrillic accents, Hebrew points, Arabic vowel signs. Kana and Indic marks spell
    /// different words and stay.
    private static func isDiacritic(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\u{0300}"..."\u{036F}", "\u{0591}"..."\u{05C7}", "\u{064B}"..."\u{0652}", "\u{0670}", "\u{0640}": true
        default: false
        }
    }

    /// How a name sounds, roughly: what several ways of writing Cyrillic or Greek in Latin letters have in common. Only ever compared
    /// where one side was transliterated.
    static func sound(of letters: String) -> String {
        let bytes = Array(letters.utf8)
        var output: [UInt8] = []
        var place = 0
        while place < bytes.count {
            let rest = bytes[place...]
            let spelling = sounds[Int(bytes[place])].first { rest.starts(with: $0.spelling) }
            let sound = spelling?.sound ?? bytes[place]
            place += spelling?.spelling.count ?? 1
            if sound != 32, sound != output.last { output.append(sound) }
        }
        return String(decoding: output, as: UTF8.self)
    }

    // MARK: Tables

    private static let twoSpellings: [Unicode.Scalar: (plain: String, digraph: String)] = [
        "ä": ("a", "ae"), "ö": ("o", "oe"), "ü": ("u", "ue"), "å": ("a", "aa"), "ø": ("o", "oe")
    ]

    private static let singleSpelling: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ĸ": "k", "ŧ": "t"
    ]

    private static let transliteration: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = [:]
        let pairs = """
            а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch
            ы y э e ю yu я ya і i ї yi є ye ґ g ў u ђ dj ј j љ lj њ nj ћ c џ dz ѓ gj ќ kj ѕ dz
            α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o
            """.split(whereSeparator: \.isWhitespace)
        for place in stride(from: 0, to: pairs.count - 1, by: 2) {
            if let scalar = pairs[place].unicodeScalars.first { table[scalar] = String(pairs[place + 1]) }
        }
        table["ъ"] = ""
        table["ь"] = ""
        return table
    }()

    /// Spellings by their first byte, the longest first.
    private static let sounds: [[(spelling: [UInt8], sound: UInt8)]] = {
        var table = [[(spelling: [UInt8], sound: UInt8)]](repeating: [], count: 256)
        let pairs = """
            shch s sch s tch h dzh i zh z kh h ch h sh s ts k tz k ck k ph f th t ks x ou u ei i oi i yu u ju u iu u ya a ja a ia a ye e je e
            yi i iy i ij i yj i mp b nt d gk g c k w v y i j i q k
            """.split(whereSeparator: \.isWhitespace)
        for place in stride(from: 0, to: pairs.count - 1, by: 2) {
            let spelling = Array(pairs[place].utf8)
            if let sound = pairs[place + 1].utf8.first { table[Int(spelling[0])].append((spelling, sound)) }
        }
        return table.map { $0.sorted { $0.spelling.count > $1.spelling.count } }
    }()
}
