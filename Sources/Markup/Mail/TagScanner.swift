/// Splits markup into text and tags by the HTML standard's rules for where a tag ends, without understanding it. Linear, never
/// fails: what a browser would ignore (comments, doctypes, an unfinished tag at the end) is not reported.
struct TagScanner {
    enum Token {
        /// Text as it stands in the source, references not decoded. A `<` in it begins no tag.
        case text(Range<Int>)
        /// Name in lower case; of each attribute we read the first value as it stands in the source.
        case start(name: String, attributes: [(name: String, value: Range<Int>)], isSelfClosing: Bool)
        case end(name: String)
    }

    let bytes: [UInt8]
    private(set) var position = 0
    /// Something unfinished (a comment, a tag, a script) swallowed the rest of the source.
    private(set) var lostTheRest = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Notes that the message ended inside something that is not shown.
    mutating func loseTheRest() { lostTheRest = true }

    mutating func next() -> Token? {
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "<") else { return text(from: position) }
            guard position + 1 < bytes.count else { return text(from: position) }
            let following = bytes[position + 1]
            if Self.isLetter(following) {
                position += 1
                if let token = tag(isEnd: false) { return token }
            } else if following == UInt8(ascii: "/"), position + 2 < bytes.count {
                if Self.isLetter(bytes[position + 2]) {
                    position += 2
                    if let token = tag(isEnd: true) { return token }
                } else {
                    skip(past: UInt8(ascii: ">"))
                }
            } else if following == UInt8(ascii: "!") {
                skipDeclaration()
            } else if following == UInt8(ascii: "?") {
                skip(past: UInt8(ascii: ">"))
            } else {
                return text(from: position)
            }
        }
        return nil
    }

    /// Goes past the end tag of an element whose content is text to a parser.
    mutating func skipText(of name: String) {
        let name = Array(name.utf8)
        while position + name.count + 2 <= bytes.count {
            if bytes[position] == UInt8(ascii: "<"), bytes[position + 1] == UInt8(ascii: "/"), matches(name, at: position + 2) {
                let after = position + 2 + name.count
                if after == bytes.count || Self.isSpace(bytes[after]) || [UInt8(ascii: "/"), UInt8(ascii: ">")].contains(bytes[after]) {
                    position += 2
                    _ = tag(isEnd: true)
                    return
                }
            }
            position += 1
        }
        position = bytes.count
        lostTheRest = true
    }

    private func matches(_ name: [UInt8], at start: Int) -> Bool {
        guard start + name.count <= bytes.count else { return false }
        return name.indices.allSatisfy { bytes[start + $0] | 0x20 == name[$0] }
    }

    private mutating func text(from start: Int) -> Token {
        position = start + 1
        while position < bytes.count, bytes[position] != UInt8(ascii: "<") { position += 1 }
        return .text(start..<position)
    }

    private mutating func skip(past byte: UInt8) {
        while position < bytes.count {
            position += 1
            if bytes[position - 1] == byte { return }
        }
        lostTheRest = true
    }

    private mutating func skipDeclaration() {
        let rest = bytes[position...]
        guard rest.starts(with: "<!--".utf8) else { return skip(past: UInt8(ascii: ">")) }
        position += 4
        if bytes[position...].starts(with: ">".utf8) {
            position += 1
            return
        }
        if bytes[position...].starts(with: "->".utf8) {
            position += 2
            return
        }
        while position + 2 < bytes.count {
            if bytes[position] == UInt8(ascii: "-"), bytes[position + 1] == UInt8(ascii: "-") {
                let third = bytes[position + 2]
                if third == UInt8(ascii: ">") {
                    position += 3
                    return
                }
                if third == UInt8(ascii: "!"), position + 3 < bytes.count, bytes[position + 3] == UInt8(ascii: ">") {
                    position += 4
                    return
                }
            }
            position += 1
        }
        position = bytes.count
        lostTheRest = true
    }

    /// From the first letter of the name to past the `>`; nil when the source ends inside.
    private mutating func tag(isEnd: Bool) -> Token? {
        let name = read { !Self.isSpace($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ">") }
        var attributes: [(name: String, value: Range<Int>)] = []
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: ">") {
                let isSelfClosing = bytes[position - 1] == UInt8(ascii: "/")
                position += 1
                let name = lowercased(name)
                return isEnd ? .end(name: name) : .start(name: name, attributes: attributes, isSelfClosing: isSelfClosing)
            }
            if Self.isSpace(byte) || byte == UInt8(ascii: "/") {
                position += 1
                continue
            }
            attribute(into: &attributes)
        }
        lostTheRest = true
        return nil
    }

    private mutating func attribute(into attributes: inout [(name: String, value: Range<Int>)]) {
        let start = position
        // A name may begin with "=": then that sign is part of it.
        position += 1
        _ = read { !Self.isSpace($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "=") }
        let name = start..<position
        _ = read(while: Self.isSpace)
        var value = position..<position
        if position < bytes.count, bytes[position] == UInt8(ascii: "=") {
            position += 1
            _ = read(while: Self.isSpace)
            if position < bytes.count, bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'") {
                let quote = bytes[position]
                position += 1
                value = read { $0 != quote }
                position = min(position + 1, bytes.count)
            } else {
                value = read { !Self.isSpace($0) && $0 != UInt8(ascii: ">") }
            }
        }
        guard name.count <= 16, value.count <= MailElements.longestAttribute else { return }
        let known = lowercased(name)
        guard MailElements.attributes.contains(known), !attributes.contains(where: { $0.name == known }) else { return }
        attributes.append((known, value))
    }

    private mutating func read(while isPart: (UInt8) -> Bool) -> Range<Int> {
        let start = position
        while position < bytes.count, isPart(bytes[position]) { position += 1 }
        return start..<position
    }

    /// A name longer than any we know is cut: it stays unknown.
    private func lowercased(_ range: Range<Int>) -> String {
        let name = bytes[range.prefix(32)].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return String(decoding: name, as: UTF8.self)
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0B }
}
