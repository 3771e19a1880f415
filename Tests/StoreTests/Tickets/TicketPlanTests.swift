import Domain
import Foundation
import Synchronization
import TestDatabases
import Testing

@testable import Store

/// What the engines intend to do for each list that the Tickets page offers: never read a whole table.
@Suite struct TicketPlanTests {
    /// Every filter of the page by itself, and some together.
    static let filters = [
        "", "status=open", "status=open,pending&priority=high,urgent", "status=!closed", "priority=urgent", "priority=!low", "source=email",
        "source=!email,portal", "agent=3", "agent=none", "agent=!3", "agent=!none", "agent=3,none", "account=3", "account=none",
        "account=!3", "account=!none", "company=3", "company=none", "company=!3", "group=3", "group=none", "group=!3", "requester=3",
        "requester=!3", "type=Incident", "type=!Incident", "tag=vip", "tag=vip,billing", "tag=!vip", "match=matched", "match=review",
        "match=none", "match=!matched", "csat=positive", "csat=neutral", "csat=negative", "csat=none", "csat=positive,negative",
        "csat=!positive", "created=30d", "created=2026-01-01..", "created=..2026-02-01", "updated=2026-01-01..2026-02-01", "resolved=30d",
        "resolved=..2026-02-01", "q=login", "q=\"login fails\"", "q=login&status=open", "q=login&tag=vip&account=3",
        "account=3&status=open,pending&created=30d", "agent=3&tag=vip&csat=negative"
    ]

    /// A parameter that nobody thought of here has no plan that was looked at.
    @Test func everyFilterIsAmongThem() {
        let named = Set(Self.filters.flatMap { $0.split(separator: "&") }.compactMap { $0.split(separator: "=").first.map(String.init) })
        #expect(named == Set(TicketQuery.Parameter.allCases.map(\.rawValue)).subtracting(["sort", "cursor", "limit"]))
    }
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
        let hits = query.search.map { _ in SearchHits(ids: "1,2,3,4,5", isCut: false) }
        let fresh = TicketFilter(query, workspace: workspace, now: noon, dialect: db.dialect, hits: hits)
        let inOrder = TicketFilter(query, workspace: workspace, now: noon, dialect: db.dialect, hits: hits, by: .order(query.sort))
        var statements: [(sql: String, arguments: [SQLValue])] = []
        if hits != nil { statements.append((TicketStore.countedPageStatement(fresh, query), fresh.arguments)) }
        for (direction, start) in [nil, TicketCursor.Direction.after, .before].flatMap({ [($0, fresh), ($0, inOrder)] }) {
            var filter = start
            if let direction {
                filter.begin(
                    at: TicketCursor(fingerprint: query.fingerprint, direction: direction, key: 1, id: ID(5), offset: 50), sort: query.sort)
            }
            for sorting in [false, true] {
                let page = TicketStore.pageStatement(filter, query, reversed: direction == .before, sorting: sorting)
                statements.append((page, filter.arguments))
            }
        }
        var counted = TicketFilter(query, workspace: workspace, now: noon, dialect: db.dialect, hits: hits, by: .counting)
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
            let own = [
                "tickets", "ticket_search", "ticket_tags", "companies", "contacts", "agents", "groups", "accounts",
                "conversations", "ticket_bodies", "satisfaction_ratings"
            ]
            return step.hasPrefix("SCAN ") && !step.contains("VIRTUAL TABLE")
                && (own + ["s", "g", "m", "c", "rc", "ra", "ag", "gr", "co", "ac", "sr", "v", "b"]).contains {
                    step.hasPrefix("SCAN \($0) ") || step == "SCAN \($0)"
                }
        default:
            return step.contains("Seq Scan on")
                && ["tickets", "ticket_search", "ticket_tags", "ticket_bodies", "conversations", "contacts", "companies"]
                    .contains { step.contains("Seq Scan on \($0)") }
        }
    }

    /// Filters that may leave few tickets are answered by an index that finds those few, and not by reading the workspace's tickets.
    @Test(
        arguments: [
            "status=open", "agent=3", "agent=none", "account=3", "account=none", "company=3", "group=3", "requester=3", "type=Incident",
            "source=email", "tag=vip", "csat=positive", "csat=none", "csat=positive,negative", "csat=negative,neutral", "csat=!none",
            "match=review", "priority=urgent", "created=30d", "updated=30d", "resolved=30d",
            "q=login"
        ])
    func fewTicketsAreFoundByTheirFilter(_ filter: String) async throws {
        try await withStore(.sqlite) { store in
            let mirror = try await MirrorFixture(store)
            let query = try query(filter)
            let workspace = mirror.workspace
            let plans = try await store.database.read { db in
                let hits = query.search.map { _ in SearchHits(ids: "1,2,3", isCut: false) }
                let page = TicketFilter(query, workspace: workspace, now: noon, dialect: db.dialect, hits: hits)
                var count = page
                let pageSQL = TicketStore.pageStatement(page, query, reversed: false, sorting: true)
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

    /// One ticket, its thread, and what stands beside it in a list.
    @Test(arguments: [Engine.sqlite, .postgresql]) func noTicketReadsAWholeTable(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save((1...30).map { ticket($0) })
            let sent = Mutex<[(String, [SQLValue])]>([])
            let watched = CheckedDatabase(store.database) { sql, arguments in sent.withLock { $0.append((sql, arguments)) } }
            let tickets = TicketStore(database: watched)
            _ = try await tickets.get(mirror.workspace, ID(5))
            _ = try await tickets.thread(mirror.workspace, ID(5))
            _ = try await tickets.neighbours(of: ID(5), in: try query("status=open&sort=created"), mirror.workspace, now: noon)
            let statements = sent.withLock { $0 }
            #expect(statements.count >= 7)
            let plans = try await store.database.read { db in try statements.map { try Self.plan(of: $0.0, $0.1, db) } }
            for plan in plans { #expect(plan.filter { Self.isScan($0, engine) } == [], "\(plan.joined(separator: "\n"))") }
        }
    }

    // MARK: Searches

    /// Finding the hits, the newest of many, and whether there are more.
    @Test(arguments: [Engine.sqlite, .postgresql]) func noSearchReadsAWholeTable(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let scope = mirror.scope
            // Enough of them that the words are the quickest way to the few that have them.
            try await store.database.write { db in
                try db.run(
                    """
                    INSERT INTO ticket_search (workspace_id, connection_id, ticket_id, scope, ticket)
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6000)
                    SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), i, CAST($3 AS TEXT), CASE WHEN i % 1000 = 0 THEN 'login fails now' ELSE 'other' END
                        FROM n
                    """, scope.workspace, scope.connection, scope.searchWord)
                if engine == .postgresql { _ = try db.rows("SELECT gin_clean_pending_list('ticket_words')") }
                try db.script("ANALYZE ticket_search")
            }
            let sent = Mutex<[(String, [SQLValue])]>([])
            let watched = CheckedDatabase(store.database) { sql, arguments in sent.withLock { $0.append((sql, arguments)) } }
            for text in ["login", "login fai", "\"login fails\" now"] {
                var query = TicketQuery()
                query.search = text
                let search = query
                _ = try await watched.read { try SearchHits.find(mirror.workspace, search, $0) }
            }
            var statements = sent.withLock { $0 }.filter { $0.0.contains("ticket_search s") }
            #expect(statements.count >= 3)
            let search = try #require(SearchQuery("login"))
            let reach = SearchReach(connection: mirror.scope.connection, lowest: 10)
            for reach in [nil, reach] {
                var arguments = [mirror.workspace.sqlValue]
                let sql = store.database.dialect.searchHits(
                    search, scope: mirror.scope.searchWord, workspace: "$1", .newest, within: reach, limit: 10
                ) {
                    arguments.append($0)
                    return "$\(arguments.count)"
                }
                statements.append((sql, arguments))
            }
            let found = statements
            let plans = try await store.database.read { db in try found.map { try Self.plan(of: $0.0, $0.1, db) } }
            for plan in plans {
                #expect(plan.filter { Self.isScan($0, engine) } == [], "\(plan.joined(separator: "\n"))")
                if engine == .sqlite { #expect(plan.contains { $0.contains("VIRTUAL TABLE") }, "\(plan)") }
            }
            if engine == .postgresql {
                // All but the samples, which read from the newest ticket on, go by the words: three searches, and the two above.
                let fromNewest = found.map { $0.0.contains("ORDER BY s.connection_id DESC") }
                #expect(plans.map { $0.contains { $0.contains("ticket_words") } } == fromNewest.map { !$0 })
                #expect(fromNewest.count { !$0 } == 5)
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
