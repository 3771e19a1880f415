package import Foundation

/// One JSON object, its members found but not yet read; every accessor is lenient and answers nil rather than throwing.
///
/// Freshdesk omits keys, sends null for lists, strings for numbers and numbers for strings (facts 55–57, 114–116); a field that
/// cannot be read is a missing field, never a lost record.
package struct JSONObject: Sendable {
    private let bytes: [UInt8]
    private let range: Range<Int>
    private let index: [String: Range<Int>]
    private let hasControlCharacters: Bool

    /// Reads the object that fills `range`; of a repeated key the last counts.
    init(_ bytes: [UInt8], range: Range<Int>? = nil) throws(JSONFault) {
        var scanner = JSONScanner(bytes, range: range)
        if range == nil, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { scanner.position = 3 }
        scanner.skipSpace()
        let start = scanner.position
        guard scanner.current == 0x7B else { throw scanner.fault("an object expected") }
        var index: [String: Range<Int>] = Dictionary(minimumCapacity: 48)
        try scanner.members { key, value in index[JSONText.string(in: bytes, key)] = value }
        self.range = start..<scanner.position
        scanner.skipSpace()
        if scanner.position < scanner.end { throw scanner.fault("text after the end") }
        self.bytes = bytes
        self.index = index
        hasControlCharacters = scanner.hasControlCharacters
    }

    package init(_ text: String) throws(JSONFault) {
        try self.init(Array(text.utf8))
    }

    /// The object's own text.
    package var text: String { JSONText.raw(in: bytes, range, escapingControls: hasControlCharacters) }

    /// Whether the key is there with something else than null.
    package func has(_ key: String) -> Bool { value(key) != nil }

    /// A string; a number or a boolean as written. Nil for null, objects and arrays.
    package func string(_ key: String) -> String? { value(key).flatMap(string(at:)) }

    /// A whole number, written as a number or as a string, never rounded through a floating-point value.
    package func int(_ key: String) -> Int64? { value(key).flatMap(int(at:)) }

    /// As `int`, for codes and counts that fit a machine word.
    package func code(_ key: String) -> Int? { int(key).map(Int.init) }

    /// `true`, `"true"`, `1` and their opposites.
    package func bool(_ key: String) -> Bool? {
        switch string(key)?.lowercased() {
        case "true", "1", "yes": true
        case "false", "0", "no": false
        default: nil
        }
    }

    package func time(_ key: String) -> Date? { string(key).flatMap(WireTime.parse) }

    /// The strings of an array; null and absent are empty, a lone string is a list of one.
    package func strings(_ key: String) -> [String] {
        guard let range = value(key) else { return [] }
        return bytes[range.lowerBound] == 0x5B ? elements(range).compactMap(string(at:)) : [string(at: range)].compactMap { $0 }
    }

    /// The whole numbers of an array; null and absent are empty.
    package func ints(_ key: String) -> [Int64] {
        value(key).map(elements)?.compactMap(int(at:)) ?? []
    }

    package func object(_ key: String) -> JSONObject? {
        value(key).flatMap { try? JSONObject(bytes, range: $0) }
    }

    /// The objects of an array, others skipped; a lone object is a list of one.
    package func objects(_ key: String) -> [JSONObject] {
        guard let range = value(key) else { return [] }
        if bytes[range.lowerBound] == 0x7B { return [object(key)].compactMap { $0 } }
        return elements(range).compactMap { try? JSONObject(bytes, range: $0) }
    }

    /// The value's own JSON text; nil for null and absent.
    package func raw(_ key: String) -> String? {
        value(key).map { JSONText.raw(in: bytes, $0, escapingControls: hasControlCharacters) }
    }

    /// Whether the value is an object or an array, to tell the shapes of one key apart.
    func isObject(_ key: String) -> Bool { value(key).map { bytes[$0.lowerBound] == 0x7B } ?? false }
    func isArray(_ key: String) -> Bool { value(key).map { bytes[$0.lowerBound] == 0x5B } ?? false }

    /// The keys in the order of the text, which carries meaning in choices (fact 174).
    var orderedKeys: [String] {
        var keys: [String] = []
        var scanner = JSONScanner(bytes, range: range)
        // The text was walked once already, so this cannot fail.
        try? scanner.members { key, _ in
            let name = JSONText.string(in: bytes, key)
            if !keys.contains(name) { keys.append(name) }
        }
        return keys
    }

    private func value(_ key: String) -> Range<Int>? {
        guard let range = index[key], bytes[range.lowerBound] != 0x6E else { return nil }
        return range
    }

    private func elements(_ range: Range<Int>) -> [Range<Int>] {
        guard bytes[range.lowerBound] == 0x5B else { return [] }
        var ranges: [Range<Int>] = []
        var scanner = JSONScanner(bytes, range: range)
        try? scanner.elements { ranges.append($0) }
        return ranges
    }

    private func string(at range: Range<Int>) -> String? {
        switch bytes[range.lowerBound] {
        case 0x22: JSONText.string(in: bytes, range)
        case 0x7B, 0x5B, 0x6E: nil
        default: String(decoding: bytes[range], as: UTF8.self)
        }
    }

    private func int(at range: Range<Int>) -> Int64? {
        guard let text = string(at: range)?.trimmingCharacters(in: .whitespaces) else { return nil }
        if let value = Int64(text) { return value }
        // "49.0" is a whole number too; only zeros may follow the point.
        guard let point = text.firstIndex(of: "."), text[text.index(after: point)...].allSatisfy({ $0 == "0" }) else { return nil }
        return Int64(text[..<point])
    }
}
