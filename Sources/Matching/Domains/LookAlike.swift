/// Domains that people mistake for one another: letters of other scripts that look Latin, `rn` for `m`, `0` for `o`.
///
/// Two domains that look alike are two domains. That they do is only ever a warning.
enum LookAlike {
    /// The same text for domains that look alike.
    /// - Parameter registrable: lower-case A-labels.
    static func look(of registrable: String) -> String {
        let unicode = registrable.contains("xn--") ? InternationalDomain.unicode(registrable) ?? registrable : registrable
        var look = String.UnicodeScalarView()
        for scalar in unicode.unicodeScalars { look.append(letters[scalar] ?? scalar) }
        return String(look).replacing("rn", with: "m").replacing("vv", with: "w").replacing("cl", with: "d")
    }

    private static let letters: [Unicode.Scalar: Unicode.Scalar] = [
        "0": "o", "1": "l", "5": "s", "а": "a", "в": "b", "с": "c", "е": "e", "ё": "e", "һ": "h", "і": "i", "ї": "i", "ј": "j", "к": "k",
        "м": "m", "н": "h", "о": "o", "р": "p", "ѕ": "s", "т": "t", "у": "y", "х": "x", "ԁ": "d", "ԛ": "q", "ԝ": "w", "ӏ": "l",
        "α": "a", "ε": "e", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "τ": "t", "υ": "u", "χ": "x", "ı": "i", "ɑ": "a", "ɡ": "g"
    ]
}
