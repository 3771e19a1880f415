import Domain
import Foundation
import TestDatabases
import Testing

@testable import Store

/// What the engines intend to do for each list that the Tickets page offers: never read a whole table.
@Suite struct TicketPlanTests {
    /// Every filter of the page by itself, and some together.
    static let filters = [
        "", "status=open", "status=open,pending&priority=high,urgent", "status=!closed", "priority=urgent", "source=email", "agent=3",
        "agent=none", "account=3", "account=none", "company=3", "group=3", "requester=3", "type=Incident", "tag=vip", "match=matched",
        "match=review", "match=none", "csat=positive", "csat=none", "created=30d", "updated=2026-01-01..2026-02-01", "resolved=30d",
        "q=login",
        "q=login&status=open"
    ]
    static let sorts = TicketQuery.Sort.Key.allCases.flatMap { ["\($0.rawValue)", "-\($0.rawValue)"] }

    @Test(arguments: [Engine.sqlite, .postgresql]) func noListReadsAWholeTable(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save((1...30).map { ticket($0) })
            let workspace = mirror.workspace
            for filter in Self.filters {
                for sort in Self.sorts {
                    let query = try query(filter.isEmpty ? "sort=\(sort)" : "\(filter)&sort=\(sort)")
                    let plans = try await store.database.read { db in try Self.plans(workspace, query, db) }
                    for plan in plans {
                        // The one scan of `t` is that of the page's rows, chosen before.
                        let pages = plan.filter { $0 == "SCAN t" || $0.hasPrefix("SCAN t ") }
                        let scans = plan.filter { Self.isScan($0, engine) } + pages.dropFirst()
                        #expect(scans == [], "\(filter) sorted by \(sort) on \(engine):\n\(plan.joined(separator: "\n"))")
                    }
                }
            }
        }
    }

    /// The plans of the list's first page, of a later one, of a page before, and of the count.
    private static func plans(_ workspace: ID<Workspace>, _ query: TicketQuery, _ db: any Queries) throws -> [[String]] {
        let scopes = try TicketStore.searchScopes(workspace, query, db)
        let fresh = TicketFilter(query, workspace: workspace, now: noon, dialect: db.dialect, searchScopes: scopes)
        var statements: [(sql: String, arguments: [SQLValue])] = []
        for direction in [nil, TicketCursor.Direction.after, .before] {
            var filter = fresh
            if let direction {
                filter.begin(
                    at: TicketCursor(fingerprint: query.fingerprint, direction: direction, key: 1, id: ID(5), offset: 50), sort: query.sort)
            }
            var sorted = filter
            let walking = TicketStore.pageStatement(&filter, query, reversed: direction == .before, sorting: false)
            statements.append((walking, filter.arguments))
            let sorting = TicketStore.pageStatement(&sorted, query, reversed: direction == .before, sorting: true)
            statements.append((sorting, sorted.arguments))
        }
        var counted = fresh
        statements.append((TicketStore.countStatement(&counted), counted.arguments))
        return try statements.map { try plan(of: $0.sql, $0.arguments, db) }
    }

    private static func plan(of sql: String, _ arguments: [SQLValue], _ db: any Queries) throws -> [String] {
        switch db.dialect {
        case .sqlite:
            return try db.rows("EXPLAIN QUERY PLAN \(sql)", arguments: arguments).map { try $0.get("detail") }
        case .postgresql:
            // Among few rows reading all is cheapest; here it counts what could be done without.
            try db.script("SET LOCAL enable_seqscan = off")
            return try db.rows("EXPLAIN \(sql)", arguments: arguments).map { try $0.get("QUERY PLAN") }
        }
    }

    private static func isScan(_ step: String, _ engine: Engine) -> Bool {
        switch engine {
        case .sqlite:
            // Subqueries and FTS5 tables are "scanned" by their nature; `t` is the list of at most a page.
            let own = ["tickets", "ticket_search", "ticket_tags", "companies", "contacts", "agents", "groups", "accounts"]
            return step.hasPrefix("SCAN ") && !step.contains("VIRTUAL TABLE")
                && (own + ["s", "g", "m", "c", "rc", "ra", "ag", "gr", "co", "ac", "sr"]).contains {
                    step.hasPrefix("SCAN \($0) ") || step == "SCAN \($0)"
                }
        default:
            return step.contains("Seq Scan on")
                && ["tickets", "ticket_search", "ticket_tags", "contacts", "companies"].contains { step.contains("Seq Scan on \($0)") }
        }
    }

    /// Filters that may leave few tickets are answered by an index that finds those few, and not by reading the workspace's tickets.
    @Test(
        arguments: [
            "status=open", "agent=3", "agent=none", "account=3", "account=none", "company=3", "group=3", "requester=3", "type=Incident",
            "source=email", "tag=vip", "csat=positive", "csat=none", "priority=urgent", "created=30d", "updated=30d", "resolved=30d",
            "q=login"
        ])
    func fewTicketsAreFoundByTheirFilter(_ filter: String) async throws {
        try await withStore(.sqlite) { store in
            let mirror = try await MirrorFixture(store)
            let query = try query(filter)
            let workspace = mirror.workspace
            let plans = try await store.database.read { db in
                let scopes = try TicketStore.searchScopes(workspace, query, db)
                var page = TicketFilter(query, workspace: workspace, now: noon, dialect: db.dialect, searchScopes: scopes)
                var count = page
                let pageSQL = TicketStore.pageStatement(&page, query, reversed: false, sorting: true)
                let countSQL = TicketStore.countStatement(&count)
                return try [
                    Self.plan(of: pageSQL, page.arguments, db), Self.plan(of: countSQL, count.arguments, db)
                ]
            }
            for plan in plans {
                let access = plan.filter { $0.hasPrefix("SEARCH t USING") }
                #expect(access.count == 1, "\(plan)")
                // More is known than the workspace.
                #expect(access.allSatisfy { !$0.hasSuffix("(workspace_id=?)") }, "\(filter): \(access)")
            }
        }
    }

    // MARK: The bound of common words

    @Test(arguments: Engine.allCases) func aCommonWordFindsTheNewestAndSaysSo(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let (workspace, scope) = (mirror.scope.workspace, mirror.scope)
            let many = Int64(Dialect.mostHits + 5)
            try await store.database.write { db in
                try db.run(
                    """
                    INSERT INTO tickets (workspace_id, connection_id, id, subject, status, status_code, priority, source, source_code, tags,
                        created_at, updated_at, is_escalated, has_stats, is_live, is_deleted, is_spam)
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $3)
                    SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), i, 'Subject', CASE WHEN i <= 3 THEN 'pending' ELSE 'open' END, 2, 1, 'email', 1,
                        '[]', i, i, FALSE, FALSE, TRUE, FALSE, FALSE FROM n
                    """, scope.workspace, scope.connection, many)
                try db.run(
                    """
                    INSERT INTO ticket_search (workspace_id, connection_id, ticket_id, scope, ticket)
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $4)
                    SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), i, CAST($3 AS TEXT), 'common' || CASE WHEN i % 2 = 0 THEN ' even' ELSE '' END
                        FROM n
                    """, scope.workspace, scope.connection, scope.searchWord, many)
            }
            let tickets = TicketStore(database: store.database)
            let common = try await tickets.list(workspace, try query("q=common"), now: noon)
            #expect(common.rows.first?.id == ID(many))
            #expect(common.total == Total(count: Dialect.mostHits, isExact: false))
            // The five oldest are beyond the newest ten thousand.
            let oldest = try await tickets.list(workspace, try query("q=common&sort=created"), now: noon)
            #expect(oldest.rows.first?.id == ID(6))
            // What else narrows the list narrows those hits, and the total does not claim to know the rest.
            let narrow = try await tickets.count(workspace, try query("q=common&status=pending"), now: noon)
            #expect(narrow == Total(count: 0, isExact: false))
            // A word that fewer tickets hold is found in all of them.
            let even = try await tickets.count(workspace, try query("q=common even"), now: noon)
            #expect(even == Total(count: Int(many) / 2, isExact: true))
        }
    }
}
