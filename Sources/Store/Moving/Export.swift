package import Domain
import Foundation

/// `clynto export`: every table of one workspace, a file each, for people and other programs.
///
/// Never exported: secrets, sealed or hashed; who is signed in where; what is only an index over the rest.
package struct Export: Sendable {
    package enum Format: String, Sendable, CaseIterable {
        case csv, jsonl
    }

    /// A written file.
    package struct File: Sendable, Equatable {
        package var name: String
        package var rows: Int
    }

    let database: any Database
    let folder: String
    let format: Format

    package init(from database: any Database, to folder: String, as format: Format) {
        self.database = database
        self.folder = folder
        self.format = format
    }

    /// Writes the workspace as it was at one moment into the folder, which is made, or must be empty.
    ///
    /// The files are written into a hidden folder inside it and appear together once all of them are whole.
    /// Throws `conflict` when the folder holds something, `unavailable` when it cannot be written.
    package func run(_ workspace: ID<Workspace>) async throws -> [File] {
        let place = try ExportFolder(folder)
        do {
            let files = try await database.read { [format] db in
                try db.allowLongStatements()
                return try Catalogue.shapes(db).compactMap { shape -> File? in
                    guard let table = MovedTable.all.first(where: { $0.name == shape.name }), table.omission == nil else { return nil }
                    let name = "\(shape.name).\(format.rawValue)"
                    let rows = try Self.write(shape, of: table, workspace, db, to: place.partial(name), format)
                    return File(name: name, rows: rows)
                }
            }
            try place.finish(files.map(\.name))
            return files
        } catch {
            place.discard()
            throw error
        }
    }

    private static func write(
        _ shape: TableShape, of table: MovedTable, _ workspace: ID<Workspace>, _ db: any Queries, to path: String, _ format: Format
    ) throws -> Int {
        var output = try OutputFile(path)
        defer { output.close() }
        let columns = ExportColumn.columns(of: shape, hiding: table.secrets)
        var rows = 0
        if format == .csv { try output.write(CSVLine.text(of: columns.map(\.name))) }
        try TableReader(shape, where: table.condition(workspace)).forEach(in: db) { row in
            rows += 1
            switch format {
            case .csv: try output.write(CSVLine.text(of: row, columns))
            case .jsonl: try output.write(JSONLine.text(of: row, columns))
            }
        }
        try output.flush()
        return rows
    }
}

extension MovedTable {
    /// The rows of one workspace.
    func condition(_ workspace: ID<Workspace>) -> TableReader.Condition {
        let sql =
            switch ownership {
            case .column: "workspace_id = $1"
            case .workspace: "id = $1"
            case .membership: "id IN (SELECT person_id FROM members WHERE workspace_id = $1)"
            }
        return TableReader.Condition(sql: sql, argument: workspace.sqlValue)
    }
}

/// A column as it is exported.
struct ExportColumn: Sendable, Equatable {
    var name: String
    /// Where it stands in a row of the shape.
    var position: Int
    /// Milliseconds since 1970, written as a moment.
    var isTime: Bool

    /// The key first, then the others by name; no secrets.
    static func columns(of shape: TableShape, hiding secrets: Set<String>) -> [ExportColumn] {
        let others = shape.columns.map(\.name).filter { !shape.key.contains($0) }
        return (shape.key + others).filter { !secrets.contains($0) }.compactMap { name in
            guard let position = shape.position(of: name) else { return nil }
            return ExportColumn(name: name, position: position, isTime: isTime(shape.columns[position]))
        }
    }

    /// Moments whose names do not end as the others' do.
    private static let timeNames: Set<String> = ["at", "due_by", "window_end", "tickets_watermark", "thread_version", "renewal_date"]
    private static let timeEndings = ["_at", "_since", "_until"]

    static func isTime(_ column: TableShape.Column) -> Bool {
        column.kind == .integer && (timeNames.contains(column.name) || timeEndings.contains { column.name.hasSuffix($0) })
    }

    /// The first moment of the year 0 and the last of 9999: what RFC 3339 can write.
    private static let writable: ClosedRange<Int64> = -62_167_219_200_000...253_402_300_799_999

    /// The moment in RFC 3339, UTC, with milliseconds where there are any; beyond its years the number itself.
    static func moment(_ milliseconds: Int64) -> String {
        guard writable.contains(milliseconds) else { return String(milliseconds) }
        let rest = (milliseconds % 1000 + 1000) % 1000
        let text = Date(milliseconds: milliseconds - rest).rfc3339
        guard rest > 0 else { return text }
        let digits = String(rest)
        return text.dropLast() + "." + String(repeating: "0", count: 3 - digits.count) + digits + "Z"
    }
}
