import Domain
import Foundation

/// Comma-separated values as RFC 4180 has them, read as far as they can be: a broken row does not spoil the ones around it.
package struct CSVTable: Sendable, Equatable {
    package struct Row: Sendable, Equatable {
        /// Where the row begins in the file, counted from 1.
        package var line: Int
        package var fields: [String]
        /// What is wrong with the row's quoting, as a sentence; its fields are not to be used then.
        package var fault: String?
    }

    /// All rows, the header first. Empty lines are left out.
    package var rows: [Row]

    /// - Throws: `invalid` for text that is not UTF-8.
    package init(_ bytes: [UInt8]) throws {
        var bytes = bytes[...]
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
        guard String(validating: bytes, as: UTF8.self) != nil, !bytes.starts(with: [0xFF, 0xFE]) else {
            throw Failure(.invalid, code: "not_utf8", "This file is not UTF-8 text. Save it as “CSV UTF-8” and upload it again.")
        }
        var reader = Reader(bytes: bytes)
        rows = reader.rows()
    }

    /// Walks over the bytes once. Commas, quotes and line ends are single bytes in UTF-8, so nothing has to be decoded to find them.
    private struct Reader {
        var bytes: ArraySlice<UInt8>
        var line = 1

        private static let comma = UInt8(ascii: ",")
        private static let quote = UInt8(ascii: "\"")
        private static let feed = UInt8(ascii: "\n")
        private static let carriage = UInt8(ascii: "\r")

        mutating func rows() -> [Row] {
            var rows: [Row] = []
            while !bytes.isEmpty {
                let row = row()
                let isBlank = row.fault == nil && row.fields.allSatisfy { $0.allSatisfy(\.isWhitespace) }
                if !isBlank { rows.append(row) }
            }
            return rows
        }

        private mutating func row() -> Row {
            var row = Row(line: line, fields: [], fault: nil)
            while true {
                if bytes.first == Self.quote {
                    guard let field = quoted() else {
                        row.fault = "A quotation mark that opens here is never closed."
                        return row
                    }
                    row.fields.append(field)
                    if let next = bytes.first, next != Self.comma, next != Self.feed, next != Self.carriage {
                        row.fault = "There is text after a closing quotation mark; quotation marks inside a field are written twice."
                        skipLine()
                        return row
                    }
                } else {
                    row.fields.append(plain())
                }
                if bytes.first == Self.comma {
                    bytes = bytes.dropFirst()
                    continue
                }
                endLine()
                return row
            }
        }

        private mutating func plain() -> String {
            let field = bytes.prefix { $0 != Self.comma && $0 != Self.feed && $0 != Self.carriage }
            bytes = bytes[field.endIndex...]
            return String(decoding: field, as: UTF8.self)
        }

        /// Nil when the file ends inside.
        private mutating func quoted() -> String? {
            bytes = bytes.dropFirst()
            var field: [UInt8] = []
            while let end = bytes.firstIndex(of: Self.quote) {
                let part = bytes[..<end]
                field += part
                line += part.count { $0 == Self.feed }
                bytes = bytes[(end + 1)...]
                guard bytes.first == Self.quote else { return String(decoding: field, as: UTF8.self) }
                field.append(Self.quote)
                bytes = bytes.dropFirst()
            }
            bytes = []
            return nil
        }

        private mutating func skipLine() {
            bytes = bytes.drop { $0 != Self.feed && $0 != Self.carriage }
            endLine()
        }

        /// CRLF, LF or a lone CR, as old spreadsheets write it.
        private mutating func endLine() {
            guard let first = bytes.first else { return }
            bytes = bytes.dropFirst()
            if first == Self.carriage, bytes.first == Self.feed { bytes = bytes.dropFirst() }
            line += 1
        }
    }
}
