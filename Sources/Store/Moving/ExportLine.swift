import Domain
import Foundation

/// A row as a line of CSV (RFC 4180): commas, CRLF, quotation marks where they are needed.
enum CSVLine {
    /// What spreadsheet programs take for the beginning of a formula, a tab and a carriage return included.
    private static let formulaStarts: Set<Character> = ["=", "+", "-", "@", "\t", "\r", "\r\n"]

    static func text(of row: [SQLValue], _ columns: [ExportColumn]) -> String {
        let fields = columns.map { column -> String in
            switch row[column.position] {
            case .null: ""
            case .integer(let number): column.isTime ? ExportColumn.moment(number) : String(number)
            case .double(let number): String(number)
            case .bool(let flag): flag ? "true" : "false"
            // An empty text is not a missing one.
            case .text(let text): text.isEmpty ? "\"\"" : field(text)
            }
        }
        return fields.joined(separator: ",") + "\r\n"
    }

    static func text(of names: [String]) -> String { names.map(field).joined(separator: ",") + "\r\n" }

    /// People's text: one that a spreadsheet would run as a formula gets an apostrophe in front.
    static func field(_ text: String) -> String {
        let isFormula = text.first.map(formulaStarts.contains) == true
        let safe = isFormula ? "'" + text : text
        guard safe.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return safe }
        return "\"" + safe.replacing("\"", with: "\"\"") + "\""
    }
}

/// A row as a line of JSON: numbers as they are, times in RFC 3339, text as text, missing values as null.
enum JSONLine {
    static func text(of row: [SQLValue], _ columns: [ExportColumn]) -> String {
        let members = columns.map { column -> String in
            let value =
                switch row[column.position] {
                case .null: "null"
                case .integer(let number): column.isTime ? ExportColumn.moment(number).jsonQuoted : String(number)
                case .double(let number): number.isFinite ? String(number) : "null"
                case .bool(let flag): flag ? "true" : "false"
                case .text(let text): text.jsonQuoted
                }
            return "\(column.name.jsonQuoted):\(value)"
        }
        return "{" + members.joined(separator: ",") + "}\n"
    }
}
