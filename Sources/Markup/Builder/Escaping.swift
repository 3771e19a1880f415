extension [UInt8] {
    /// Appends text so that it stays text, in content and inside a double- or single-quoted attribute value.
    ///
    /// Besides `& < > " '` two characters do not survive a parser: a carriage return would become a line feed, so it is written as a
    /// reference; a null is an error anywhere in HTML, so it becomes U+FFFD here.
    mutating func appendEscaped(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var plain = 0
            for (index, byte) in bytes.enumerated() where needsEscape(byte) {
                append(contentsOf: bytes[plain..<index])
                append(contentsOf: UnsafeBufferPointer(replacement(of: byte)))
                plain = index + 1
            }
            append(contentsOf: bytes[plain...])
        }
    }
}

extension String {
    /// The same as text of its own.
    var escaped: String {
        var bytes: [UInt8] = []
        bytes.appendEscaped(self)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension UnsafeBufferPointer<UInt8> {
    init(_ text: StaticString) { self.init(start: text.utf8Start, count: text.utf8CodeUnitCount) }
}

@inline(__always)
private func needsEscape(_ byte: UInt8) -> Bool {
    // Everything to be escaped lies at or below ">" (0x3E); letters and all bytes of other scripts leave on the first test.
    guard byte <= UInt8(ascii: ">") else { return false }
    return escapedBytes >> UInt64(byte) & 1 == 1
}

/// One bit for each byte to be escaped.
private let escapedBytes: UInt64 = 1 << 0 | 1 << 0x0D | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E

private func replacement(of byte: UInt8) -> StaticString {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#39;"
    case UInt8(ascii: "\r"): "&#13;"
    default: "\u{FFFD}"
    }
}
