/// A destination that is safe in `href`, `src` and `action`. Escaping alone does not stop `javascript:` from a text that was read.
package struct Link: Sendable, Hashable {
    /// The destination as it is written, not yet escaped for HTML.
    package let destination: String

    private init(destination: String) { self.destination = destination }

    /// A path of our own site, beginning with one `/`; query and fragment included.
    ///
    /// What would lead elsewhere is defused rather than refused, so that routes need no optional: `//host` and `/\host` become
    /// `/host`, a missing slash is added, white space, controls and backslashes are percent-encoded.
    package static func path(_ path: String) -> Link {
        let rest = path.utf8.drop { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") || $0 <= 0x20 }
        return Link(destination: "/" + percentEncoded(rest))
    }

    /// An element of the same page by its id.
    package static func fragment(_ id: String) -> Link { Link(destination: "#" + percentEncoded(id.utf8[...])) }

    /// The same path with another query; `query` is already form-encoded and has no `?`.
    package static func query(_ query: String) -> Link { Link(destination: "?" + percentEncoded(query.utf8[...])) }

    /// An address elsewhere: `https`, `http` (both with a host and no user name before it) or `mailto`; nil for anything else.
    ///
    /// Tabs and line ends are removed and white space around is cut, as browsers do before they look for the scheme.
    package static func external(_ address: String) -> Link? {
        var bytes = address.utf8.filter { $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }[...]
        bytes = bytes.drop { $0 <= 0x20 }
        while let last = bytes.last, last <= 0x20 { bytes = bytes.dropLast() }
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon - bytes.startIndex <= 6 else { return nil }
        let scheme = String(decoding: bytes[..<colon], as: UTF8.self).lowercased()
        let rest = bytes[(colon + 1)...]
        switch scheme {
        case "mailto":
            guard !rest.isEmpty else { return nil }
        case "http", "https":
            guard rest.starts(with: Array("//".utf8)), hasPlainHost(rest.dropFirst(2)) else { return nil }
        default:
            return nil
        }
        return Link(destination: scheme + ":" + percentEncoded(rest))
    }

    /// A user name before the host is a trick to make a host look like another; a backslash is a slash to browsers.
    private static func hasPlainHost(_ rest: ArraySlice<UInt8>) -> Bool {
        let authority = rest.prefix { ![UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#")].contains($0) }
        guard let first = authority.first, first != UInt8(ascii: ":") else { return false }
        return !authority.contains { $0 <= 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "\\") }
    }

    private static func percentEncoded(_ bytes: some Collection<UInt8>) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count)
        for byte in bytes {
            let unsafe = byte <= 0x20 || byte == 0x7F || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"")
            if unsafe || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">") {
                let digits = Array("0123456789ABCDEF".utf8)
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            } else {
                encoded.append(byte)
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
