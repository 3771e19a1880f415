import Domain

/// A table as a catalogue describes it: what is read from one engine and written to the other.
struct TableShape: Sendable, Equatable {
    struct Column: Sendable, Equatable {
        var name: String
        var kind: Kind
    }

    enum Kind: Sendable, Equatable {
        case integer, double, text, boolean

        /// Nil for a type that the schema does not use.
        init?(type: String) {
            switch type.uppercased() {
            case "BIGINT", "INTEGER", "INT", "SMALLINT": self = .integer
            case "DOUBLE PRECISION", "REAL": self = .double
            case "TEXT": self = .text
            case "BOOLEAN": self = .boolean
            default: return nil
            }
        }

        /// The same value whichever engine answered: SQLite tells flags as 0 and 1.
        func normal(_ value: SQLValue) -> SQLValue {
            switch (self, value) {
            case (.boolean, .integer(let number)): .bool(number != 0)
            case (.double, .integer(let number)): .double(Double(number))
            default: value
            }
        }
    }

    var name: String
    /// In the order of their names, which is the same on every engine.
    var columns: [Column]
    /// What orders the rows and tells them apart.
    var key: [String]

    /// Where the key's parts stand among the columns.
    var keyPositions: [Int] { key.compactMap { part in columns.firstIndex { $0.name == part } } }

    func position(of column: String) -> Int? { columns.firstIndex { $0.name == column } }

    /// A name of the schema as SQL takes it, whatever words the engine keeps for itself.
    static func quoted(_ name: String) -> String { "\"\(name)\"" }
}

/// What an engine says about its tables.
enum Catalogue {
    /// The tables of `MovedTable.all` that are there, in its order. An older schema lacks some.
    static func shapes(_ db: any Queries) throws -> [TableShape] {
        let known = try tables(db)
        return try MovedTable.all.compactMap { table in
            guard let columns = known[table.name] else { return nil }
            return try shape(of: table, columns)
        }
    }

    /// The names of all tables but the engine's own.
    static func names(_ db: any Queries) throws -> Set<String> { Set(try tables(db).keys) }

    private struct Entry {
        var name: String
        var type: String
        /// 1 for the first part of the primary key, 0 for what is no part of it.
        var keyPart: Int
        var isGenerated: Bool
    }

    private static func shape(of table: MovedTable, _ entries: [Entry]) throws -> TableShape {
        let kept = entries.filter { !$0.isGenerated && !table.engineColumns.contains($0.name) }
        let columns = try kept.sorted { $0.name < $1.name }.map { entry in
            guard let kind = TableShape.Kind(type: entry.type) else {
                throw Failure(
                    .internal, "A table has a column that cannot be copied.", cause: "\(table.name).\(entry.name) is \(entry.type)")
            }
            return TableShape.Column(name: entry.name, kind: kind)
        }
        let primary = entries.filter { $0.keyPart > 0 }.sorted { $0.keyPart < $1.keyPart }.map(\.name)
        let shape = TableShape(name: table.name, columns: columns, key: table.key ?? primary)
        guard !shape.key.isEmpty, shape.keyPositions.count == shape.key.count else {
            throw Failure(.internal, "A table has no key to copy it by.", cause: table.name)
        }
        return shape
    }

    private static func tables(_ db: any Queries) throws -> [String: [Entry]] {
        var tables: [String: [Entry]] = [:]
        for row in try db.rows(query(db.dialect)) {
            let entry = try Entry(
                name: row.get("name"), type: row.get("type"), keyPart: row.get("key_part"), isGenerated: row.get("is_generated"))
            tables[try row.get("table_name"), default: []].append(entry)
        }
        return tables
    }

    /// A catalogue is the one thing that every engine keeps in its own way.
    private static func query(_ dialect: Dialect) -> String {
        switch dialect {
        case .sqlite:
            // Virtual tables and the tables that FTS5 keeps behind one are the engine's own.
            """
            SELECT m.name AS table_name, p.name AS name, p.type AS type, p.pk AS key_part, p.hidden <> 0 AS is_generated
            FROM sqlite_master m JOIN pragma_table_xinfo(m.name) p
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite|_%' ESCAPE '|' AND m.sql NOT LIKE 'CREATE VIRTUAL%'
                AND NOT EXISTS (
                    SELECT 1 FROM sqlite_master v WHERE v.sql LIKE 'CREATE VIRTUAL%' AND substr(m.name, 1, length(v.name) + 1) = v.name || '_')
            ORDER BY m.name, p.cid
            """
        case .postgresql:
            // Partitions are parts of the table that is asked.
            """
            SELECT CAST(c.relname AS TEXT) AS table_name, CAST(a.attname AS TEXT) AS name, format_type(a.atttypid, NULL) AS type,
                CAST(COALESCE(array_position(string_to_array(CAST(i.indkey AS TEXT), ' '), CAST(a.attnum AS TEXT)), 0) AS BIGINT) AS key_part,
                a.attgenerated <> '' AS is_generated
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
            WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            ORDER BY c.relname, a.attnum
            """
        }
    }
}
