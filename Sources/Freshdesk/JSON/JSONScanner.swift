/// Text that is not the JSON it should be.
package struct JSONFault: Error, Equatable, CustomStringConvertible {
    package let reason: String
    package var description: String { reason }
}

/// Walks over JSON text without building values: it answers where a value ends.
///
/// Everything the client decodes is sliced from the page's own bytes by this scanner. That keeps a record's text for the store,
/// keeps numbers as written (ids above 2^53, decimals), costs one pass, and tolerates raw control characters inside strings,
/// which occur in subjects and bodies (fact 58) and which stricter readers refuse together with the whole page.
struct JSONScanner {
    let bytes: [UInt8]
    var position: Int
    let end: Int
    /// Whether a string walked over so far holds an unescaped control character.
    private(set) var hasControlCharacters = false

    /// Deeper nesting than any real record; bounds the recursion on hostile text.
    static let depthLimit = 200

    init(_ bytes: [UInt8], range: Range<Int>? = nil) {
        self.bytes = bytes
        position = range?.lowerBound ?? 0
        end = range?.upperBound ?? bytes.count
    }

    var current: UInt8? { position < end ? bytes[position] : nil }

    mutating func skipSpace() {
        while position < end {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    mutating func skip(_ mark: UInt8) -> Bool {
        guard current == mark else { return false }
        position += 1
        return true
    }

    mutating func expect(_ mark: UInt8) throws(JSONFault) {
        skipSpace()
        if !skip(mark) { throw fault("\"\(Character(UnicodeScalar(mark)))\" expected") }
    }

    func fault(_ reason: String) -> JSONFault {
        position >= end ? JSONFault(reason: "the text ends early") : JSONFault(reason: "\(reason) at byte \(position)")
    }

    /// Walks over a string whose opening quote is at `position`; answers its range with both quotes.
    mutating func skipString() throws(JSONFault) -> Range<Int> {
        let start = position
        guard skip(0x22) else { throw fault("a string expected") }
        while position < end {
            switch bytes[position] {
            case 0x22:
                position += 1
                return start..<position
            case 0x5C:
                position += 2
            case 0..<0x20:
                hasControlCharacters = true
                position += 1
            default:
                position += 1
            }
        }
        position = end
        throw fault("an open string")
    }

    /// Walks over one whole value, checking the grammar; answers its range.
    mutating func skipValue(depth: Int = 0) throws(JSONFault) -> Range<Int> {
        skipSpace()
        let start = position
        switch current {
        case 0x22: _ = try skipString()
        case 0x7B: try skipObject(depth: depth)
        case 0x5B: try skipArray(depth: depth)
        case 0x74: try skipWord("true")
        case 0x66: try skipWord("false")
        case 0x6E: try skipWord("null")
        default: try skipNumber()
        }
        return start..<position
    }

    /// Calls `body` for every member of the object at `position`, with the key's range (quotes included) and the value's.
    mutating func members(depth: Int = 0, _ body: (Range<Int>, Range<Int>) -> Void) throws(JSONFault) {
        if depth >= JSONScanner.depthLimit { throw fault("nesting too deep") }
        try expect(0x7B)
        skipSpace()
        if skip(0x7D) { return }
        while true {
            skipSpace()
            let key = try skipString()
            try expect(0x3A)
            body(key, try skipValue(depth: depth + 1))
            skipSpace()
            if skip(0x2C) { continue }
            if skip(0x7D) { return }
            throw fault("a comma or the end of an object expected")
        }
    }

    /// Calls `body` with the range of every element of the array at `position`.
    mutating func elements(depth: Int = 0, _ body: (Range<Int>) -> Void) throws(JSONFault) {
        if depth >= JSONScanner.depthLimit { throw fault("nesting too deep") }
        try expect(0x5B)
        skipSpace()
        if skip(0x5D) { return }
        while true {
            body(try skipValue(depth: depth + 1))
            skipSpace()
            if skip(0x2C) { continue }
            if skip(0x5D) { return }
            throw fault("a comma or the end of an array expected")
        }
    }

    private mutating func skipObject(depth: Int) throws(JSONFault) {
        try members(depth: depth) { _, _ in }
    }

    private mutating func skipArray(depth: Int) throws(JSONFault) {
        try elements(depth: depth) { _ in }
    }

    private mutating func skipWord(_ word: StaticString) throws(JSONFault) {
        let length = word.utf8CodeUnitCount
        guard position + length <= end else {
            position = end
            throw fault("an open word")
        }
        for offset in 0..<length where bytes[position + offset] != word.utf8Start[offset] { throw fault("an unknown word") }
        position += length
    }

    private mutating func skipNumber() throws(JSONFault) {
        _ = skip(0x2D)
        try skipDigits()
        if skip(0x2E) { try skipDigits() }
        if skip(0x65) || skip(0x45) {
            if !skip(0x2B) { _ = skip(0x2D) }
            try skipDigits()
        }
    }

    private mutating func skipDigits() throws(JSONFault) {
        let start = position
        while let byte = current, (0x30...0x39).contains(byte) { position += 1 }
        if position == start { throw fault("a value expected") }
    }
}
