extension String {
    /// Appends text so that it stays text, in content and inside a double- or single-quoted attribute value.
    ///
    /// Besides `& < > " '` two characters do not survive a parser: a carriage return would become a line feed, so it is written as a
    /// reference; a null is an error anywhere in HTML, so it becomes U+FFFD here.
    mutating func appendEscaped(_ text: String) {
        var text = text
        let escaped: String? = text.withUTF8 { bytes in
            var length = bytes.count
            var isPlain = true
            for byte in bytes where needsEscape(byte) {
                isPlain = false
                length += replacement(of: byte).utf8CodeUnitCount - 1
            }
            if isPlain { return nil }
            return String(unsafeUninitializedCapacity: length) { buffer in
                var end = 0
                for byte in bytes {
                    guard needsEscape(byte) else {
                        buffer[end] = byte
                        end += 1
                        continue
                    }
                    let replacement = replacement(of: byte)
                    for offset in 0..<replacement.utf8CodeUnitCount {
                        buffer[end] = replacement.utf8Start[offset]
                        end += 1
                    }
                }
                return end
            }
        }
        append(escaped ?? text)
    }
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
