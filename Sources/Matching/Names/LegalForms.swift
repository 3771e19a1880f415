/// Takes legal forms off names.
enum LegalForms {
    /// Words of the longest form: "społka z ograniczoną odpowiedzialnością", "S. de R. L. de C. V.".
    private static let mostWords = 6
    private static let table = LegalFormTable.standard

    struct Found: Equatable {
        /// As the table has it.
        let form: String
        let written: String
    }

    /// Takes forms off the end, again and again, and at most two off the beginning; never everything.
    static func strip(_ pieces: inout [NamePiece], _ found: inout [Found]) {
        while let (count, form) = ending(of: pieces), count < pieces.count {
            found.insert(Found(form: form, written: written(pieces.suffix(count))), at: 0)
            pieces.removeLast(count)
            // "& Co. KG" leaves its "and" behind.
            while pieces.count > 1, let last = pieces.last, CommonWords.conjunctions.contains(last.folded.plain) { pieces.removeLast() }
        }
        for _ in 0..<2 {
            guard let (count, form) = beginning(of: pieces), count < pieces.count else { return }
            found.append(Found(form: form, written: written(pieces.prefix(count))))
            pieces.removeFirst(count)
        }
    }

    private static func written(_ pieces: ArraySlice<NamePiece>) -> String { pieces.map(\.written).joined(separator: " ") }

    /// Whether the words are a legal form and nothing else.
    static func isNothingElse(_ pieces: [NamePiece]) -> Bool {
        if pieces.count == 1, LegalFormTable.unspaced.contains(pieces[0].written) { return true }
        var rest = pieces[...]
        while let (count, form) = ending(of: Array(rest)) {
            // A firm may be called like a form (`SAS`, `COOP`); several of them, or one that only ever is a form, name nobody.
            if rest.count == count { return pieces.count > count || form.count > 4 || unmistakable.contains(form) }
            rest = rest.dropLast(count)
        }
        return false
    }

    /// The countries that have one of the forms; empty when no form is known.
    static func countries(of forms: Set<String>) -> Set<String> {
        forms.reduce(into: []) { $0.formUnion((table.endings[$1] ?? []).union(table.beginnings[$1] ?? [])) }
    }

    private static let unmistakable: Set<String> = [
        "gmbh", "ltd", "llc", "inc", "corp", "plc", "kft", "eurl", "sarl", "ltda", "pty", "llp", "bvba"
    ]

    private static func ending(of pieces: [NamePiece]) -> (count: Int, form: String)? {
        for count in stride(from: min(mostWords, pieces.count), through: 1, by: -1) {
            let last = pieces.suffix(count)
            // An "and" cannot begin a form, and a form does not hold one unless it is "GmbH & Co. KG".
            if CommonWords.conjunctions.contains(last[last.startIndex].folded.plain), count > 1 { continue }
            let squeezed = last.map(\.folded.plain).filter { $0 != "and" && $0 != "und" }.joined()
            guard table.endings[squeezed] != nil else { continue }
            if count == 1, let only = last.first, isWrittenAsWord(only, form: squeezed) { continue }
            return (count, squeezed)
        }
        return nil
    }

    private static func beginning(of pieces: [NamePiece]) -> (count: Int, form: String)? {
        for count in stride(from: min(4, pieces.count), through: 1, by: -1) {
            let first = pieces.prefix(count)
            let squeezed = first.map(\.folded.plain).joined()
            guard table.beginnings[squeezed] != nil else { continue }
            // Short ones are forms only in capitals: `AB Volvo`, `PT Telkom`, not `As Seen` or `Et Cetera`.
            if squeezed.count <= 3, first.contains(where: { $0.written != $0.written.uppercased() && $0.written.count > 1 }),
                squeezed != "oy"
            {
                continue
            }
            return (count, squeezed)
        }
        return nil
    }

    /// `Spa`, `Ag`: a capital and small letters.
    private static func isWrittenAsWord(_ piece: NamePiece, form: String) -> Bool {
        guard LegalFormTable.alsoWords.contains(form), let first = piece.written.first, first.isUppercase else { return false }
        return piece.written.dropFirst().allSatisfy(\.isLowercase)
    }
}
