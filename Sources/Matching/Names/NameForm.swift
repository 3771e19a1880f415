import Foundation

/// A name in its normal form: what makes it equal to another spelling of itself.
struct NameForm: Sendable, Equatable {
    /// Characters of a name that are read; more is no name.
    private static let longest = 300

    /// As written.
    let written: String
    /// The words in order, without legal forms, "and", a leading "the", and what stood in brackets.
    let words: [NameWord]
    /// The words in brackets, without legal forms.
    let qualifiers: [String]
    /// The legal forms left out, as the table has them.
    let forms: Set<String>
    /// The legal forms left out, as written.
    let dropped: [String]
    /// The words of each fold in one text, and the words with those in brackets; the plain fold first.
    let keys: [String]
    /// Everything folded, legal forms included.
    let full: String

    /// Each key without spaces.
    let squeezed: [String]
    /// The plain key, letter by letter.
    let letters: [UInt32]
    /// The words with digits, in order.
    let numbers: [String]
    /// The first letters of the words, when there are at least three.
    let initials: String?
    let isTransliterated: Bool

    var sound: String { LetterFold.sound(of: keys[0]) }

    /// Nil for names that name nobody: empty, only punctuation or a legal form, or a word people type to get past a required field.
    init?(_ name: String) {
        let pieces = NamePiece.pieces(of: String(name.prefix(Self.longest)))
        let all = pieces.map(\.folded.plain).joined(separator: " ")
        guard all.contains(where: { $0.isLetter || $0.isNumber }), !CommonWords.nobody.contains(all) else { return nil }

        var core = pieces.filter { !$0.isBracketed }
        var inBrackets = pieces.filter(\.isBracketed)
        if core.isEmpty { (core, inBrackets) = (inBrackets, []) }
        var found: [LegalForms.Found] = []
        LegalForms.strip(&core, &found)
        guard !LegalForms.isNothingElse(core) else { return nil }
        inBrackets = LegalForms.isNothingElse(inBrackets) ? [] : inBrackets
        LegalForms.strip(&inBrackets, &found)

        let kept = Self.withoutConnectives(core)
        guard !CommonWords.nobody.contains(kept.map(\.folded.plain).joined(separator: " ")) else { return nil }
        written = name
        words = kept.map(NameWord.init)
        qualifiers = inBrackets.map(\.folded.plain)
        forms = Set(found.map(\.form))
        dropped = found.map(\.written)
        let plain = words.map(\.text).joined(separator: " ")
        let digraph = words.map { $0.digraph ?? $0.text }.joined(separator: " ")
        var keys = [plain]
        for key in [digraph, ([plain] + qualifiers).joined(separator: " ")] where !keys.contains(key) { keys.append(key) }
        self.keys = keys
        squeezed = keys.map { $0.filter { $0 != " " } }
        letters = plain.unicodeScalars.map(\.value)
        numbers = words.filter(\.isNumber).map(\.text).sorted()
        initials = words.count >= 3 ? String(words.compactMap(\.text.first)) : nil
        isTransliterated = words.contains(where: \.isTransliterated)
        full = all
    }

    /// Whether the names are the same but for case, accents, punctuation and legal forms.
    func equals(_ other: NameForm) -> Bool { keys.contains { other.keys.contains($0) } }

    /// Whether what stands in brackets tells the two apart: Acme (France), Acme (Italy).
    func isToldApart(from other: NameForm) -> Bool {
        !qualifiers.isEmpty && !other.qualifiers.isEmpty && qualifiers != other.qualifiers
    }

    /// Whether nothing in the name says whose it is: Global Services.
    var isWeak: Bool { words.allSatisfy(\.isWeak) }

    /// "and" between words and "the" before them.
    private static func withoutConnectives(_ pieces: [NamePiece]) -> [NamePiece] {
        var kept = pieces
        if kept.count > 1, kept[0].folded.plain == "the" { kept.removeFirst() }
        return kept.enumerated().filter { place, piece in
            place == 0 || place == kept.count - 1 || !CommonWords.conjunctions.contains(piece.folded.plain)
        }.map(\.element)
    }
}

/// A word of a name, ready for comparing.
struct NameWord: Sendable, Equatable {
    let text: String
    /// The other fold, where it differs.
    let digraph: String?
    let scalars: [UInt32]
    let isTransliterated: Bool
    /// Has a digit: compared as it is.
    let isNumber: Bool
    let isGeneric: Bool
    let isPlace: Bool

    init(_ piece: NamePiece) {
        text = piece.folded.plain
        digraph = piece.folded.digraph
        scalars = text.unicodeScalars.map(\.value)
        isTransliterated = piece.folded.isTransliterated
        isNumber = scalars.contains { (0x30...0x39).contains($0) }
        isGeneric = CommonWords.generic.contains(text)
        isPlace = CommonWords.places.contains(text) || digraph.map(CommonWords.places.contains) == true
    }

    /// Says nothing about whose the name is.
    var isWeak: Bool { isGeneric || isPlace }

    func equals(_ other: NameWord) -> Bool {
        text == other.text || digraph.map { $0 == other.text || $0 == other.digraph } == true || (other.digraph.map { $0 == text } ?? false)
    }
}
