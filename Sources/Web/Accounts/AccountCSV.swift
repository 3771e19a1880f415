import Domain
package import Foundation
import Matching

/// The columns of an accounts file, and one row of it read as an account.
package enum AccountCSV {
    /// Largest accepted file, in bytes.
    package static let longest = 5 * 1024 * 1024

    package enum Column: String, Sendable, CaseIterable {
        case name, domains
        case externalID = "external_id"
        case ownerEmail = "owner_email"
        case arr
        case renewalDate = "renewal_date"
    }

    /// The first line as people should write it.
    package static let header = Column.allCases.map(\.rawValue).joined(separator: ",")

    /// Where each column stands.
    struct Header: Sendable, Equatable {
        var positions: [Column: Int]
        /// Columns that mean nothing here; they are ignored and told.
        var unknown: [String]
        var count: Int

        /// - Throws: `invalid` with code `no_header`.
        init(_ row: CSVTable.Row?) throws {
            guard let row, row.fault == nil else { throw AccountCSV.noHeader("The file is empty.") }
            var positions: [Column: Int] = [:]
            var unknown: [String] = []
            for (index, field) in row.fields.enumerated() {
                let name = field.trimmed.lowercased().replacing(" ", with: "_")
                guard let column = Column(rawValue: name) else {
                    if !name.isEmpty { unknown.append(field.trimmed) }
                    continue
                }
                guard positions[column] == nil else { throw AccountCSV.noHeader("The column “\(column.rawValue)” is there twice.") }
                positions[column] = index
            }
            guard positions[.name] != nil else {
                let joined = row.fields.joined(separator: ",")
                if row.fields.count == 1, joined.contains(where: { $0 == ";" || $0 == "\t" }) {
                    throw AccountCSV.noHeader("The columns are not separated by commas.")
                }
                throw AccountCSV.noHeader("The file has no header with a column “name”.")
            }
            self.positions = positions
            self.unknown = unknown
            count = row.fields.count
        }
    }

    /// A row's values; nil where the column is missing or the field empty.
    struct Values: Sendable, Equatable {
        var name = ""
        var domains: [String]?
        var externalID: String?
        var ownerEmail: String?
        var arr: Decimal?
        var renewalDate: Day?
    }

    /// The row as values, and what is wrong with it.
    static func read(_ row: CSVTable.Row, _ header: Header) -> (values: Values, faults: [String]) {
        var values = Values()
        var faults: [String] = []
        func field(_ column: Column) -> String? {
            guard let position = header.positions[column], position < row.fields.count else { return nil }
            return cleaned(row.fields[position]).nilIfEmpty
        }
        if let fault = row.fault { return (values, [fault]) }
        if row.fields.dropFirst(header.count).contains(where: { !$0.trimmed.isEmpty }) {
            faults.append("The row has \(row.fields.count) fields, the header \(header.count). Put fields with commas in quotation marks.")
        }
        values.name = field(.name) ?? ""
        values.domains = field(.domains).map { $0.split(separator: ";").map(String.init).trimmedAndUnique }
        if values.domains?.isEmpty == true { values.domains = nil }
        values.externalID = field(.externalID)
        values.ownerEmail = field(.ownerEmail)
        if let text = field(.arr) {
            values.arr = decimal(text)
            if values.arr == nil { faults.append("arr: “\(text.shown)” is not a plain number such as 12000 or 12000.50.") }
        }
        if let text = field(.renewalDate) {
            values.renewalDate = Day(text)
            if values.renewalDate == nil { faults.append("renewal_date: “\(text.shown)” is not a day such as 2026-09-30.") }
        }
        return (values, faults)
    }

    /// What is odd about the domains, each as a sentence. They are kept as typed all the same.
    package static func oddDomains(_ domains: [String]) -> [String] {
        domains.compactMap { DomainName.fault(of: $0).map { $0 + ", so it will not match companies." } }
    }

    /// Digits with at most one point: no separators, signs, currencies or exponents.
    package static func decimal(_ text: String) -> Decimal? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), text.utf8.count <= 30,
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        return Decimal(string: text, locale: Locale(identifier: "en_US_POSIX"))
    }

    /// One line without control characters: cells are names and keys, whatever a spreadsheet put around them.
    static func cleaned(_ text: String) -> String {
        let plain = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        return String(plain).split(separator: " ").joined(separator: " ")
    }

    fileprivate static func noHeader(_ reason: String) -> Failure {
        Failure(.invalid, code: "no_header", "\(reason) The first line must name the columns: \(header). Only name is required.")
    }
}

extension String {
    /// At most 40 characters, for quoting input back.
    var shown: String { count > 40 ? prefix(40) + "…" : self }
}
