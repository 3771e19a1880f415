/// A short stand-in for texts that are only compared with what they were: FNV-1a, the same on every machine and in every process.
struct Fingerprint {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    init(_ texts: some Sequence<String?>) { for text in texts { add(text) } }

    /// Null and the empty text differ, and so do `a, bc` and `ab, c`.
    private mutating func add(_ text: String?) {
        for byte in (text ?? "").utf8 { add(byte) }
        // No byte of UTF-8.
        add(text == nil ? 0xFE : 0xFF)
    }

    private mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }

    var text: String { String(value, radix: 16) }
}
