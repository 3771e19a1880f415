package import Domain
import Foundation

/// The mark of a database that is being filled: what from, and how far each table is. Only a finished copy loses it, so that nobody takes
/// a part for the whole; it is also where an interrupted copy goes on.
package struct UnfinishedCopy: Sendable, Equatable {
    /// Where the rows come from, as people are told: a backup's name and id, or a database's address without its password.
    package var origin: String
    /// Table → the key of the last row written.
    var positions: [String: [SQLValue]]

    private static let table = "unfinished_copy"

    /// Nil for a database that is whole.
    package static func find(in database: any Database) async throws -> UnfinishedCopy? {
        try await database.read { try find($0) }
    }

    static func find(_ db: any Queries) throws -> UnfinishedCopy? {
        guard try Catalogue.names(db).contains(table) else { return nil }
        var copy = UnfinishedCopy(origin: "", positions: [:])
        for row in try db.rows("SELECT table_name, position FROM \(table)") {
            let name: String = try row.get("table_name")
            let position: String = try row.get("position")
            if name.isEmpty {
                copy.origin = position
            } else {
                copy.positions[name] = try Position.values(of: position)
            }
        }
        return copy
    }

    /// Throws `unavailable` with a sentence while the database is only partly filled.
    package static func refuse(_ database: any Database) async throws {
        if let copy = try await find(in: database) { throw copy.failure }
    }

    /// What keeps anybody from using the database.
    package var failure: Failure {
        Failure(
            .unavailable, code: "unfinished_copy",
            "This database is only partly filled: copying from \(origin) was interrupted. Run the same command again to finish it.")
    }

    /// Marks the database; part of the transaction that makes its empty tables.
    static func begin(from origin: String, _ db: any Queries) throws {
        try db.script("CREATE TABLE \(table) (table_name TEXT NOT NULL PRIMARY KEY, position TEXT NOT NULL)")
        try set("", origin, db)
    }

    /// Notes how far a table is; part of the transaction that writes those rows.
    static func advance(_ name: String, to key: [SQLValue], _ db: any Queries) throws {
        try set(name, try Position.text(of: key), db)
    }

    static func forget(_ name: String, _ db: any Queries) throws {
        try db.run("DELETE FROM \(table) WHERE table_name = $1", name)
    }

    static func end(_ db: any Queries) throws { try db.script("DROP TABLE IF EXISTS \(table)") }

    private static func set(_ name: String, _ position: String, _ db: any Queries) throws {
        try db.run(
            """
            INSERT INTO \(table) (table_name, position) VALUES ($1, $2)
            ON CONFLICT (table_name) DO UPDATE SET position = excluded.position
            """, name, position)
    }

    /// A key as JSON: an array of numbers and texts.
    private enum Position: Codable {
        case number(Int64)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int64.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            }
        }

        static func text(of key: [SQLValue]) throws -> String {
            let parts = try key.map { value -> Position in
                switch value {
                case .integer(let number): return .number(number)
                case .text(let text): return .text(text)
                default: throw Failure(.internal, "A table has a key that cannot be noted.", cause: "\(value)")
                }
            }
            return String(decoding: try JSONEncoder().encode(parts), as: UTF8.self)
        }

        static func values(of text: String) throws -> [SQLValue] {
            guard let parts = try? JSONDecoder().decode([Position].self, from: Data(text.utf8)) else {
                throw Failure(.unavailable, "How far the copy had come cannot be read. Start it again with --force.", cause: text)
            }
            return parts.map { part in
                switch part {
                case .number(let number): .integer(number)
                case .text(let text): .text(text)
                }
            }
        }
    }
}
