package import Store

/// Spreads every tenant table over hash partitions by workspace. PostgreSQL then refuses any unique key without `workspace_id`, as a
/// distributed engine does: a schema that survives this is ready for one.
package enum Partitions {
    private static let count = 4

    package static func spread(_ database: any Database) async throws {
        try await database.write { db in
            for table in try tenantTables(db) {
                let parts = (0..<count).map {
                    "CREATE TABLE \(table)_part\($0) PARTITION OF \(table) FOR VALUES WITH (MODULUS \(count), REMAINDER \($0));"
                }
                try db.script(
                    """
                    CREATE TABLE \(table)_spread (LIKE \(table) INCLUDING ALL) PARTITION BY HASH (workspace_id);
                    DROP TABLE \(table);
                    ALTER TABLE \(table)_spread RENAME TO \(table);
                    \(parts.joined(separator: "\n"))
                    """)
            }
        }
    }

    /// Every table with a workspace's rows, the global ones left out.
    package static func tenantTables(_ db: any Queries) throws -> [String] {
        try db.rows(
            """
            SELECT CAST(c.relname AS TEXT) AS name FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped
            WHERE c.relnamespace = CAST('public' AS regnamespace) AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
            """
        ).map { try $0.get("name") }.filter { Schema.globalTables[$0] == nil }
    }
}
