import Crypto
import Foundation

/// How many rows there are and a checksum over them: the sum, modulo 2^256, of each row's SHA-256 over its canonical text.
///
/// A sum does not depend on the order of the rows, so that each engine reads in the order of its own index, whatever it thinks of text.
package struct TableSum: Sendable, Equatable {
    package private(set) var rows = 0
    /// Least significant word first.
    private var words = SIMD4<UInt64>(repeating: 0)

    package init() {}

    init?(rows: Int, text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ $0 < 128 }) else { return nil }
        for position in 0..<4 {
            let from = text.index(text.startIndex, offsetBy: (3 - position) * 16)
            guard let word = UInt64(text[from..<text.index(from, offsetBy: 16)], radix: 16) else { return nil }
            words[position] = word
        }
        self.rows = rows
    }

    mutating func add(_ row: RowText) {
        rows += 1
        let digest = SHA256.hash(data: row.bytes)
        let added = digest.withUnsafeBytes { bytes in
            SIMD4((0..<4).map { UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self)) })
        }
        var carry: UInt64 = 0
        for position in 0..<4 {
            let (half, first) = words[position].addingReportingOverflow(added[position])
            let (whole, second) = half.addingReportingOverflow(carry)
            words[position] = whole
            carry = first || second ? 1 : 0
        }
    }

    /// 64 hexadecimal digits.
    package var checksum: String { (0..<4).reversed().map { Self.hex(words[$0]) }.joined() }

    private static func hex(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// A row as bytes that mean the same on every engine: each value with its kind, text with its length, columns in the order of their names.
struct RowText {
    private(set) var bytes: [UInt8] = []

    mutating func set(_ row: [SQLValue]) {
        bytes.removeAll(keepingCapacity: true)
        for value in row {
            switch value {
            case .null: bytes.append(UInt8(ascii: "n"))
            case .integer(let number): append("i", String(number))
            case .double(let number): append("d", String(number.bitPattern, radix: 16))
            case .bool(let flag): append("b", flag ? "1" : "0")
            case .text(var text):
                // A string that came from elsewhere may not lie in one piece.
                text.makeContiguousUTF8()
                append("t", String(text.utf8.count))
                bytes.append(contentsOf: text.utf8)
            }
        }
    }

    private mutating func append(_ mark: Unicode.Scalar, _ text: String) {
        bytes.append(UInt8(ascii: mark))
        bytes.append(contentsOf: text.utf8)
        bytes.append(UInt8(ascii: ";"))
    }
}
