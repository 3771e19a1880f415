/// Writes JSON straight into bytes, keys in the order they are given: the portal's answers are the same byte for byte, and a
/// page of a hundred tickets costs no tree of values.
struct JSONWriter: Sendable {
    private(set) var bytes: [UInt8] = []
    /// Whether a comma stands before the next element.
    private var needsComma = false

    init(capacity: Int = 1_024) {
        bytes.reserveCapacity(capacity)
    }

    mutating func object(_ members: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        needsComma = false
        members(&self)
        bytes.append(UInt8(ascii: "}"))
        needsComma = true
    }

    mutating func array(_ elements: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "["))
        needsComma = false
        elements(&self)
        bytes.append(UInt8(ascii: "]"))
        needsComma = true
    }

    mutating func key(_ key: String) {
        separate()
        quote(key)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    mutating func null() {
        separate()
        bytes.append(contentsOf: [110, 117, 108, 108])
    }

    mutating func value(_ value: Bool) {
        separate()
        bytes.append(contentsOf: (value ? "true" : "false").utf8)
    }

    mutating func value(_ value: Int64) {
        separate()
        appendNumber(value)
    }

    mutating func value(_ value: Int) {
        self.value(Int64(value))
    }

    mutating func value(_ text: String) {
        separate()
        quote(text)
    }

    mutating func value(_ moment: Moment) {
        separate()
        bytes.append(UInt8(ascii: "\""))
        moment.append(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Bytes that are JSON already.
    mutating func raw(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    private mutating func appendNumber(_ value: Int64) {
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        var rest = value.magnitude
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for position in 0..<utf8.count {
                let byte = utf8[position]
                guard byte < 0x20 || byte == 0x22 || byte == 0x5C else { continue }
                bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start..<position]))
                appendEscape(byte)
                start = position + 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: utf8[start...]))
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x22, 0x5C: bytes.append(byte)
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: [
                UInt8(ascii: "u"), UInt8(ascii: "0"), UInt8(ascii: "0"), digits[Int(byte >> 4)], digits[Int(byte & 15)]
            ])
        }
    }
}

extension JSONWriter {
    mutating func member(_ key: String, _ value: Bool) {
        self.key(key)
        self.value(value)
    }

    mutating func member(_ key: String, _ value: Int?) {
        member(key, value.map(Int64.init))
    }

    mutating func member(_ key: String, _ value: Int64?) {
        self.key(key)
        if let value { self.value(value) } else { null() }
    }

    mutating func member(_ key: String, _ value: String?) {
        self.key(key)
        if let value { self.value(value) } else { null() }
    }

    mutating func member(_ key: String, _ value: Moment?) {
        self.key(key)
        if let value { self.value(value) } else { null() }
    }

    mutating func member(_ key: String, _ values: [String]?) {
        self.key(key)
        guard let values else { return null() }
        array { writer in
            for value in values { writer.value(value) }
        }
    }

    mutating func member(_ key: String, _ values: [Int64]) {
        self.key(key)
        array { writer in
            for value in values { writer.value(value) }
        }
    }

    mutating func nullMember(_ key: String) {
        self.key(key)
        null()
    }

    mutating func objectMember(_ key: String, _ members: (inout JSONWriter) -> Void) {
        self.key(key)
        object(members)
    }

    mutating func arrayMember(_ key: String, _ elements: (inout JSONWriter) -> Void) {
        self.key(key)
        array(elements)
    }
}
