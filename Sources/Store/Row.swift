package import Domain
package import Foundation

/// A value as the engines store it.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case double(Double)
    case text(String)
    case bool(Bool)

    /// As both engines can keep it. PostgreSQL refuses U+0000 in text, and upstream text is hostile: it becomes U+FFFD on every engine, so
    /// that the same row reads the same.
    var storable: SQLValue {
        guard case .text(let text) = self, text.utf8.contains(0) else { return self }
        return .text(text.replacing("\0", with: "\u{FFFD}"))
    }
}

/// A type that can be sent to the database and read back.
package protocol SQLConvertible {
    var sqlValue: SQLValue { get }

    /// Nil when `sqlValue` is not one of this type's.
    init?(sqlValue: SQLValue)
}

/// One row of an answer; columns are read by name.
package struct Row: Sendable {
    let columns: ColumnNames
    let values: [SQLValue]

    init(columns: ColumnNames, values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The column's value; throws when it is missing, null or of another type.
    package func get<Value: SQLConvertible>(_ column: String, as type: Value.Type = Value.self) throws -> Value {
        guard let value = Value(sqlValue: try raw(column)) else { throw mismatch(column, "\(Value.self)") }
        return value
    }

    /// The column's value, or nil when it is null; throws when it is missing or of another type.
    package func find<Value: SQLConvertible>(_ column: String, as type: Value.Type = Value.self) throws -> Value? {
        let raw = try raw(column)
        if raw == .null { return nil }
        guard let value = Value(sqlValue: raw) else { throw mismatch(column, "\(Value.self)") }
        return value
    }

    /// The column as the engine answered it; throws when it is missing.
    func value(_ column: String) throws -> SQLValue { try raw(column) }

    /// A list that is stored as a JSON array of strings.
    package func list(_ column: String) throws -> [String] {
        JSONColumn.list(try get(column))
    }

    private func raw(_ column: String) throws -> SQLValue {
        guard let index = columns.index[column] else { throw mismatch(column, "a column") }
        return values[index]
    }

    private func mismatch(_ column: String, _ wanted: String) -> Failure {
        Failure(.internal, "The database returned something unexpected.", cause: "column \(column) is not \(wanted)")
    }
}

/// The columns of an answer, shared by its rows.
final class ColumnNames: Sendable {
    let index: [String: Int]

    init(_ names: [String]) {
        index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
}

// MARK: Types

extension Int64: SQLConvertible {
    package var sqlValue: SQLValue { .integer(self) }
    package init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self = value
    }
}

extension Int: SQLConvertible {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
    package init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self = Int(value)
    }
}

extension Double: SQLConvertible {
    package var sqlValue: SQLValue { .double(self) }
    package init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .double(let value): self = value
        case .integer(let value): self = Double(value)
        default: return nil
        }
    }
}

extension String: SQLConvertible {
    package var sqlValue: SQLValue { .text(self) }
    package init?(sqlValue: SQLValue) {
        guard case .text(let value) = sqlValue else { return nil }
        self = value
    }
}

extension Bool: SQLConvertible {
    package var sqlValue: SQLValue { .bool(self) }
    /// SQLite has no booleans and answers 0 or 1.
    package init?(sqlValue: SQLValue) {
        switch sqlValue {
        case .bool(let value): self = value
        case .integer(let value): self = value != 0
        default: return nil
        }
    }
}

extension Date: SQLConvertible {
    package var sqlValue: SQLValue { .integer(milliseconds) }
    package init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self.init(milliseconds: value)
    }
}

extension Day: SQLConvertible {
    package var sqlValue: SQLValue { .text(description) }
    package init?(sqlValue: SQLValue) {
        guard case .text(let value) = sqlValue else { return nil }
        self.init(value)
    }
}

extension Decimal: SQLConvertible {
    /// As text, because neither engine has a decimal that the other reads back the same.
    package var sqlValue: SQLValue { .text(description) }
    package init?(sqlValue: SQLValue) {
        guard case .text(let value) = sqlValue else { return nil }
        self.init(string: value, locale: Locale(identifier: "en_US_POSIX"))
    }
}

extension ID: SQLConvertible {
    package var sqlValue: SQLValue { .integer(rawValue) }
    package init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self.init(value)
    }
}

extension SQLConvertible where Self: RawRepresentable, RawValue == String {
    package var sqlValue: SQLValue { .text(rawValue) }
    package init?(sqlValue: SQLValue) {
        guard case .text(let value) = sqlValue else { return nil }
        self.init(rawValue: value)
    }
}

extension Role: SQLConvertible {}
extension TicketStatus: SQLConvertible {}
extension TicketSource: SQLConvertible {}
extension ConversationKind: SQLConvertible {}
extension Match.Layer: SQLConvertible {}
extension Connection.State: SQLConvertible {}
extension SyncRun.State: SQLConvertible {}
extension SyncRun.Trigger: SQLConvertible {}
extension SyncRun.Problem.Code: SQLConvertible {}
extension SyncPhase.State: SQLConvertible {}
extension WebhookDelivery.State: SQLConvertible {}
extension RunEvent.Level: SQLConvertible {}
extension RunFailure.Settlement: SQLConvertible {}
extension SyncNotice.Kind: SQLConvertible {}
extension SyncNotice.Delivery: SQLConvertible {}
extension PhaseName: SQLConvertible {}

extension TicketPriority: SQLConvertible {
    /// As its number, so that it sorts.
    package var sqlValue: SQLValue { .integer(Int64(code)) }
    package init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self.init(code: Int(value))
    }
}

/// Lists and small structures that are kept as JSON text.
enum JSONColumn {
    static func list(_ text: String) -> [String] {
        // Short lists of plain words are on every row; a backslash is the only thing that makes a JSON string differ from its text.
        if text == "[]" { return [] }
        return plainList(text) ?? (try? JSONDecoder().decode([String].self, from: Data(text.utf8))) ?? []
    }

    /// A JSON array of strings without any backslash, as `text` writes it; nil for every other form.
    private static func plainList(_ text: String) -> [String]? {
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count >= 4, bytes.first == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") else { return nil }
            var words: [String] = []
            var at = 1
            while bytes[at] == quote, let end = bytes[(at + 1)...].firstIndex(where: { $0 == quote || $0 == backslash }),
                bytes[end] == quote
            {
                words.append(String(decoding: bytes[(at + 1)..<end], as: UTF8.self))
                // The bracket at the end stands behind every quote.
                if end + 2 == bytes.count { return words }
                guard bytes[end + 1] == UInt8(ascii: ",") else { return nil }
                at = end + 2
            }
            return nil
        }
    }

    static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else { return "[]" }
        return String(decoding: data, as: UTF8.self)
    }

    static func value<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) -> Value? {
        try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}
