import Foundation
import Store
import TestDatabases
import Testing

/// That the schema is ready for a distributed engine; that the statements are is checked wherever a test uses PostgreSQL.
@Suite struct DistributionTests {
    @Test(arguments: [
        "SELECT id FROM tickets WHERE id = $1",
        "SELECT t.id FROM tickets t JOIN companies c ON c.id = t.company_id WHERE t.workspace_id = $1",
        "SELECT t.id FROM tickets t LEFT JOIN companies c ON c.workspace_id = t.workspace_id WHERE t.id = $1 AND c.name = 'workspace_id = 1'",
        "UPDATE tickets SET is_live = FALSE WHERE id = $1",
        "DELETE FROM ticket_tags WHERE tag = $1 AND ticket_id IN (SELECT id FROM tickets WHERE workspace_id = $2)",
        "SELECT id FROM agents WHERE workspace_id = $1 UNION ALL SELECT id FROM contacts WHERE id = $2",
        "INSERT INTO ticket_tags (connection_id, tag, ticket_id) VALUES ($1, $2, $3)",
        "SELECT COUNT(*) FROM (SELECT 1 FROM tickets t WHERE t.is_live LIMIT $1) counted",
        "SELECT id FROM workspaces WHERE id = $1 AND EXISTS (SELECT 1 FROM tickets)"
    ])
    func statementsWithoutTheirWorkspaceAreFound(_ sql: String) async throws {
        try await withStore(.postgresql) { _ in #expect(ShardRule.violation(sql) != nil) }
    }

    @Test(arguments: [
        "SELECT id FROM tickets WHERE workspace_id = $1 AND (id = $2 OR id IS DISTINCT FROM $3)",
        "SELECT t.id FROM tickets t LEFT JOIN companies c ON c.workspace_id = t.workspace_id AND c.id = t.company_id WHERE t.workspace_id = $1",
        "SELECT 1 FROM tickets t WHERE t.workspace_id = $1 AND EXISTS (SELECT 1 FROM companies m WHERE m.workspace_id = t.workspace_id)",
        "INSERT INTO ticket_tags (workspace_id, tag) VALUES ($1, $2) ON CONFLICT (workspace_id, tag) DO UPDATE SET tag = excluded.tag",
        "SELECT id FROM sync_runs WHERE state = 'queued' FOR UPDATE", "SELECT email FROM people WHERE id = $1",
        "DELETE FROM tickets WHERE workspace_id = $1"
    ])
    func statementsThatKeepTheRulePass(_ sql: String) async throws {
        try await withStore(.postgresql) { _ in #expect(ShardRule.violation(sql) == nil) }
    }

    @Test func aTestThatSendsAStrayStatementFails() async throws {
        await #expect(throws: StrayStatements.self) {
            try await withStore(.postgresql) { store in
                _ = try await store.database.read { try $0.rows("SELECT id FROM tickets WHERE id = $1", 1) }
            }
        }
    }

    @Test func everyUniqueKeyOfATenantTableHasItsWorkspace() async throws {
        try await withStore(.postgresqlPartitioned) { store in
            let kinds = try await store.database.read { db in
                let tenants = try Partitions.tenantTables(db)
                #expect(tenants.count > 10)
                return try tenants.map { table in
                    try db.first("SELECT CAST(relkind AS TEXT) AS kind FROM pg_class WHERE oid = CAST($1 AS regclass)", table)?
                        .get("kind", as: String.self)
                }
            }
            // All of them are spread; PostgreSQL would have refused a unique key without the partition's column.
            #expect(Set(kinds) == ["p"])
        }
    }

    /// Every table stands in the file once, distributed if it is a tenant's and otherwise not.
    @Test func theFileForCitusNamesEveryTable() async throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        let text = try String(contentsOf: root.appending(path: "docs/citus.sql"), encoding: .utf8)
        func named(_ function: String) -> [String] {
            text.split(separator: "\n").compactMap { line in
                line.hasPrefix("SELECT \(function)('") ? line.split(separator: "'").dropFirst().first.map(String.init) : nil
            }
        }
        let others = named("create_reference_table") + named("citus_add_local_table_to_metadata")
        try await withStore(.postgresql) { store in
            let tenants = try await store.database.read { try Partitions.tenantTables($0) }
            #expect(named("create_distributed_table").sorted() == tenants)
            let all = try await store.database.read { db in
                try db.rows("SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = 'public'")
                    .map { try $0.get("name", as: String.self) }
            }
            #expect(others.sorted() == all.filter { !tenants.contains($0) }.sorted())
            #expect(Set(others) == Set(Schema.globalTables.keys))
        }
    }
}
