/// Cuts a page into the texts of its elements, looking only at strings and brackets, so that an element whose inside is wrong
/// is found wrong alone and never loses the page. A page that does not close is refused whole: the body was cut short or is not
/// JSON at all, and asking again is right.
struct JSONSlices {
    private var scanner: JSONScanner

    private init(_ bytes: [UInt8]) {
        scanner = JSONScanner(bytes)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { scanner.position = 3 }
    }

    /// The ranges of the elements of a top-level array. A top-level `null` counts as an empty array.
    static func elements(of bytes: [UInt8]) throws(JSONFault) -> [Range<Int>] {
        var slices = JSONSlices(bytes)
        let elements = try slices.array()
        try slices.finish()
        return elements
    }

    /// The elements of the array under `key` of a top-level object, and the ranges of its other members by key. The array is
    /// empty when the key is absent or null.
    static func elements(
        of bytes: [UInt8], under key: String
    ) throws(JSONFault) -> (elements: [Range<Int>], members: [String: Range<Int>]) {
        var slices = JSONSlices(bytes)
        var elements: [Range<Int>] = []
        var members: [String: Range<Int>] = [:]
        try slices.scanner.expect(0x7B)
        slices.scanner.skipSpace()
        if !slices.scanner.skip(0x7D) {
            repeat {
                slices.scanner.skipSpace()
                let name = JSONText.string(in: bytes, try slices.scanner.skipString())
                try slices.scanner.expect(0x3A)
                slices.scanner.skipSpace()
                if name == key {
                    elements = try slices.array()
                } else {
                    members[name] = try slices.value()
                }
                slices.scanner.skipSpace()
            } while slices.scanner.skip(0x2C)
            try slices.scanner.expect(0x7D)
        }
        try slices.finish()
        return (elements, members)
    }

    private mutating func finish() throws(JSONFault) {
        scanner.skipSpace()
        if scanner.position < scanner.end { throw scanner.fault("text after the end") }
    }

    private mutating func array() throws(JSONFault) -> [Range<Int>] {
        scanner.skipSpace()
        if scanner.current == 0x6E {
            _ = try scanner.skipValue()
            return []
        }
        if !scanner.skip(0x5B) { throw scanner.fault("an array expected") }
        var ranges: [Range<Int>] = []
        scanner.skipSpace()
        if scanner.skip(0x5D) { return ranges }
        while true {
            scanner.skipSpace()
            ranges.append(try value())
            scanner.skipSpace()
            if scanner.skip(0x2C) { continue }
            if scanner.skip(0x5D) { return ranges }
            throw scanner.fault("a comma or the end of an array expected")
        }
    }

    /// Walks to the end of a value by brackets and quotes alone.
    private mutating func value() throws(JSONFault) -> Range<Int> {
        let start = scanner.position
        var open: [UInt8] = []
        repeat {
            guard let byte = scanner.current else { throw scanner.fault("an open value") }
            switch byte {
            case 0x22: _ = try scanner.skipString()
            case 0x7B, 0x5B:
                open.append(byte + 2)
                scanner.position += 1
            case 0x7D, 0x5D:
                guard let expected = open.popLast(), expected == byte else { throw scanner.fault("a stray bracket") }
                scanner.position += 1
            default:
                if open.isEmpty { try scalar() } else { scanner.position += 1 }
            }
        } while !open.isEmpty
        return start..<scanner.position
    }

    private mutating func scalar() throws(JSONFault) {
        let start = scanner.position
        while let byte = scanner.current, ![0x2C, 0x5D, 0x7D, 0x20, 0x0A, 0x0D, 0x09].contains(byte) { scanner.position += 1 }
        if scanner.position == start { throw scanner.fault("a value expected") }
    }
}
