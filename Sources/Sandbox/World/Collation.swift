import Foundation

/// The alphabetical order of names seen in recorded lists (fact 73): blanks, then `_ - , ; :` and other punctuation, then
/// digits, then letters without regard to case or accents.
enum Collation {
    static func sorted(_ names: [(name: String, id: Int64)]) -> [Int64] {
        names.map { (key: key(of: $0.name), id: $0.id) }
            .sorted { left, right in
                left.key == right.key ? left.id < right.id : left.key.lexicographicallyPrecedes(right.key)
            }
            .map(\.id)
    }

    static func key(of name: String) -> [UInt32] {
        name.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars.compactMap { scalar in
            switch scalar.value {
            case 0x20, 0xA0: return 1
            case 0x300...0x36F: return nil
            case 0x30...0x39, 0x61...0x7A: return 1_000 + scalar.value
            case 0..<0x80: return UInt32(punctuation.firstIndex(of: scalar) ?? 30) + 2
            default: return 2_000 + scalar.value
            }
        }
    }

    private static let punctuation = Array("_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$".unicodeScalars)
}
