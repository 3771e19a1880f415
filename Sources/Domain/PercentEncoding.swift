extension String {
    /// For a query value: letters, digits and `-._~` stand for themselves, and so do the comma, the colon and the exclamation mark of
    /// filter lists.
    package var encodedForQuery: String { percentEncoded(keeping: ",:!") }

    /// For one segment of a path.
    package var encodedForPath: String { percentEncoded(keeping: "") }

    private func percentEncoded(keeping others: StaticString) -> String {
        let kept = UnsafeBufferPointer(start: others.utf8Start, count: others.utf8CodeUnitCount)
        func isPlain(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                true
            default: kept.contains(byte)
            }
        }
        if utf8.allSatisfy(isPlain) { return self }
        let digits = Array("0123456789ABCDEF".utf8)
        var encoded: [UInt8] = []
        for byte in utf8 {
            if isPlain(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
