/// Where markup is written: bytes of UTF-8 in one piece that grows at its end.
///
/// Memory of its own instead of `[UInt8]`: a page is tens of thousands of small pieces, and an array checks for each whether it is
/// shared.
struct MarkupBuffer: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var count = 0
    private var capacity: Int

    /// - Parameter capacity: bytes that fit without growing.
    init(capacity: Int) {
        start = .allocate(capacity: capacity)
        self.capacity = capacity
    }

    deinit { start.deallocate() }

    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: start, count: count) }

    mutating func append(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    /// Text taken as it is.
    mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return }
            reserve(bytes.count)
            (start + count).initialize(from: base, count: bytes.count)
            count += bytes.count
        }
    }

    /// Text that stays text, in content and inside a double- or single-quoted attribute value.
    ///
    /// Besides `& < > " '` two characters do not survive a parser: a carriage return would become a line feed, so it is written as a
    /// reference; a null is an error anywhere in HTML, so it becomes U+FFFD here.
    mutating func appendEscaped(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = UnsafeBufferPointer(rebasing: bytes[...])
            // Room is made for the worst a piece can become.
            while !rest.isEmpty {
                let piece = rest.prefix(Self.piece)
                reserve(piece.count * Self.longestReplacement)
                for byte in piece {
                    if Self.needsEscape(byte) {
                        write(Self.replacement(of: byte))
                    } else {
                        start[count] = byte
                        count += 1
                    }
                }
                rest = UnsafeBufferPointer(rebasing: rest.dropFirst(Self.piece))
            }
        }
    }

    private mutating func write(_ text: StaticString) {
        (start + count).initialize(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count += text.utf8CodeUnitCount
    }

    @inline(__always)
    private mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(to: count + more) }
    }

    private mutating func grow(to least: Int) {
        capacity = max(least, capacity * 2)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.moveInitialize(from: start, count: count)
        start.deallocate()
        start = larger
    }

    // MARK: Escaping

    private static let piece = 4096
    private static let longestReplacement = 6

    @inline(__always)
    private static func needsEscape(_ byte: UInt8) -> Bool {
        // Everything to be escaped lies at or below ">" (0x3E); letters and all bytes of other scripts leave on the first test.
        guard byte <= UInt8(ascii: ">") else { return false }
        return escapedBytes >> UInt64(byte) & 1 == 1
    }

    /// One bit for each byte to be escaped.
    private static var escapedBytes: UInt64 { 1 << 0 | 1 << 0x0D | 1 << 0x22 | 1 << 0x26 | 1 << 0x27 | 1 << 0x3C | 1 << 0x3E }

    private static func replacement(of byte: UInt8) -> StaticString {
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
}

extension String {
    /// The text escaped as `MarkupBuffer` writes it.
    var escaped: String {
        var output = MarkupBuffer(capacity: utf8.count + 16)
        output.appendEscaped(self)
        return String(decoding: output.bytes, as: UTF8.self)
    }
}
