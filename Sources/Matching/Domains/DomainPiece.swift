import Foundation

/// One piece of what people type into a domain field, on its way to a host.
struct DomainPiece: Equatable {
    /// The piece as typed, lower case, without invisible characters: what "exactly equal" compares.
    let typed: String
    /// Whether more than `/` followed the host.
    let hadPath: Bool
    /// Whether the piece was an e-mail address (`name@host`).
    let hadMailbox: Bool
    /// Lower-case A-labels, or why there are none.
    let host: Result<String, DomainFault>

    /// The pieces of a text: compatibility form, no invisible characters, split on commas, semicolons, bars and white space.
    static func pieces(of text: String) -> [DomainPiece] {
        let plain = text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCompatibilityMapping
        return plain.unicodeScalars.lazy.filter { !isInvisible($0) }.split(whereSeparator: isSeparator).map { scalars in
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars)
            return DomainPiece(String(view).lowercased())
        }
    }

    private init(_ typed: String) {
        self.typed = typed
        var rest = Substring(typed).unicodeScalars
        rest.trim(Self.isWrapping)
        rest.dropScheme()
        if let end = rest.firstIndex(where: Self.isPathStart) {
            hadPath = rest[end...].contains { !Self.isPathStart($0) }
            rest = rest[..<end]
        } else {
            hadPath = false
        }
        if let at = rest.lastIndex(of: "@") {
            hadMailbox = at != rest.startIndex
            rest = rest[rest.index(after: at)...]
        } else {
            hadMailbox = false
        }
        host = Self.host(rest)
    }

    private static func host(_ authority: Substring.UnicodeScalarView) -> Result<String, DomainFault> {
        var rest = authority
        rest.trim(isWrapping)
        // More than one colon cannot be a port: an IPv6 address, with or without its brackets.
        if rest.count(where: { $0 == ":" }) > 1 { return .failure(.address) }
        if let colon = rest.firstIndex(of: ":") { rest = rest[..<colon] }
        if rest.starts(with: "*.".unicodeScalars) { rest = rest.dropFirst(2) }
        rest.trim { isWrapping($0) || isDot($0) }
        if rest.isEmpty { return .failure(.empty) }
        return HostName.checked(String(rest))
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x034F, 0x061C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF: true
        default: false
        }
    }

    /// Control characters separate too: a zero byte must never reach a C string.
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", ";", "|", "、": true
        default: scalar.properties.isWhitespace || scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        }
    }

    private static func isWrapping(_ scalar: Unicode.Scalar) -> Bool {
        "\"'`´()[]{}<>“”„‟‘’‚‛«»‹›「」『』【】〈〉《》".unicodeScalars.contains(scalar)
    }

    private static func isPathStart(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "/" || scalar == "\\" || scalar == "?" || scalar == "#"
    }

    private static func isDot(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar == "\u{3002}" }
}

extension Substring.UnicodeScalarView {
    fileprivate mutating func trim(_ unwanted: (Unicode.Scalar) -> Bool) {
        while let first, unwanted(first) { removeFirst() }
        while let last, unwanted(last) { removeLast() }
    }

    /// Drops `https://`, `//`, `mailto:` and what people make of them (`http:/`, `http://https://`).
    fileprivate mutating func dropScheme() {
        while true {
            let before = count
            for scheme in ["mailto:", "http:", "https:"] where starts(with: scheme.unicodeScalars) {
                self = dropFirst(scheme.count)
            }
            let schemeEnd = firstIndex { !($0.properties.isAlphabetic || "0123456789+-.".unicodeScalars.contains($0)) }
            if let end = schemeEnd, end != startIndex, self[end...].starts(with: "://".unicodeScalars) {
                self = self[end...].dropFirst(3)
            }
            while let first, first == "/" || first == "\\" { removeFirst() }
            if count == before { return }
        }
    }
}
