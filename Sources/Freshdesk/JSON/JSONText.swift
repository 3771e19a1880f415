/// Functions over JSON as text.
package enum JSONText {
    /// `text` of one object without the named top-level members, so that bodies and descriptions are not stored twice.
    ///
    /// Everything else stays as written, in its order. Text that is not an object is answered unchanged: a record's `raw` always
    /// is one.
    package static func dropping(_ keys: Set<String>, from text: String) -> String {
        let bytes = Array(text.utf8)
        var scanner = JSONScanner(bytes)
        var kept: [Range<Int>] = []
        var dropped = false
        do {
            try scanner.members { key, value in
                if keys.contains(string(in: bytes, key)) {
                    dropped = true
                } else {
                    kept.append(key.lowerBound..<value.upperBound)
                }
            }
        } catch { return text }
        if !dropped { return text }
        var output: [UInt8] = [0x7B]
        for range in kept {
            if output.count > 1 { output.append(0x2C) }
            output.append(contentsOf: bytes[range])
        }
        output.append(0x7D)
        return String(decoding: output, as: UTF8.self)
    }

    /// The value of a JSON string whose range includes both quotes. Broken UTF-8, lone surrogates and NUL (which databases
    /// refuse inside text) become U+FFFD; an unknown escape stays as its letter.
    static func string(in bytes: [UInt8], _ range: Range<Int>) -> String {
        let inside = (range.lowerBound + 1)..<max(range.lowerBound + 1, range.upperBound - 1)
        let text = bytes[inside]
        if !text.contains(where: { $0 == 0x5C || $0 == 0 }) { return String(decoding: text, as: UTF8.self) }
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        var position = inside.lowerBound
        while position < inside.upperBound {
            let byte = bytes[position]
            position += 1
            if byte == 0 {
                append(0xFFFD, to: &output)
                continue
            }
            guard byte == 0x5C, position < inside.upperBound else {
                output.append(byte)
                continue
            }
            let letter = bytes[position]
            position += 1
            switch letter {
            case 0x6E: output.append(0x0A)
            case 0x74: output.append(0x09)
            case 0x72: output.append(0x0D)
            case 0x62: output.append(0x08)
            case 0x66: output.append(0x0C)
            case 0x75: append(scalar(in: bytes, at: &position, end: inside.upperBound), to: &output)
            default: output.append(letter)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// The text of a value as a string, with raw control characters inside strings written as escapes, so that any reader of the
    /// stored text accepts it.
    static func raw(in bytes: [UInt8], _ range: Range<Int>, escapingControls: Bool) -> String {
        guard escapingControls else { return String(decoding: bytes[range], as: UTF8.self) }
        var output: [UInt8] = []
        var isInString = false
        var isEscaped = false
        for byte in bytes[range] {
            if isInString, byte < 0x20 {
                output.append(contentsOf: (byte < 0x10 ? "\\u000" : "\\u00").utf8)
                output.append(contentsOf: String(byte, radix: 16).utf8)
                continue
            }
            if isEscaped {
                isEscaped = false
            } else if byte == 0x5C {
                isEscaped = isInString
            } else if byte == 0x22 {
                isInString.toggle()
            }
            output.append(byte)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func scalar(in bytes: [UInt8], at position: inout Int, end: Int) -> UInt32 {
        guard let first = unit(in: bytes, at: position, end: end) else { return 0xFFFD }
        position += 4
        if first == 0 { return 0xFFFD }
        guard (0xD800..<0xE000).contains(first) else { return first }
        guard first < 0xDC00, position + 6 <= end, bytes[position] == 0x5C, bytes[position + 1] == 0x75,
            let second = unit(in: bytes, at: position + 2, end: end), (0xDC00..<0xE000).contains(second)
        else { return 0xFFFD }
        position += 6
        return 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
    }

    private static func unit(in bytes: [UInt8], at position: Int, end: Int) -> UInt32? {
        guard position + 4 <= end else { return nil }
        var value: UInt32 = 0
        for byte in bytes[position..<(position + 4)] {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
            value = value << 4 + UInt32(digit)
        }
        return value
    }

    private static func append(_ value: UInt32, to output: inout [UInt8]) {
        output.append(contentsOf: Array(String(Character(UnicodeScalar(value) ?? "\u{FFFD}")).utf8))
    }
}
