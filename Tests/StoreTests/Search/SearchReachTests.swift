import Domain
import Foundation
import Synchronization
import TestDatabases
import Testing

@testable import Store

/// What a database was asked.
final class Statements: Sendable {
    private let found = Mutex<[(String, [SQLValue])]>([])

    var all: [(String, [SQLValue])] { found.withLock { $0 } }

    func add(_ sql: String, _ arguments: [SQLValue]) { found.withLock { $0.append((sql, arguments)) } }
}

/// Of a common word the newest hits are looked for among the newer tickets, and among all when ids have such gaps that they are too few.
@Suite struct SearchReachTests {
    private static let many = Dialect.mostHits * 5 / 2

    @Test(arguments: Engine.allCases, [1, 1000]) func theNewestAreFoundWhateverTheIds(_ engine: Engine, _ gap: Int) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let scope = mirror.scope
            _ = try await store.database.write { db in
                try db.run(
                    """
                    INSERT INTO ticket_search (workspace_id, connection_id, ticket_id, scope, ticket)
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $4)
                    SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), i * CAST($5 AS BIGINT), CAST($3 AS TEXT),
                        'common' || CASE WHEN i % 5 = 0 THEN ' fifth' ELSE '' END FROM n
                    """, scope.workspace, scope.connection, scope.searchWord, Self.many, gap)
            }
            let sent = Statements()
            let watched = CheckedDatabase(store.database) { sql, arguments in sent.add(sql, arguments) }
            let common = try await Self.hits("common", watched, mirror)
            let newest = ((Self.many - Dialect.mostHits + 1)...Self.many).map { Int64($0 * gap) }
            #expect(common.isCut)
            #expect(Self.numbers(common) == newest)
            if engine != .sqlite {
                let searches = sent.all.map(\.0).filter { $0.contains("hits.ticket_id") }
                #expect(searches.map { $0.contains("ticket_id >=") } == (gap == 1 ? [true] : [true, false]))
            }
            // All of a word that fewer hold, found once more where the bound left some out.
            let fifth = try await Self.hits("fifth", watched, mirror)
            #expect(!fifth.isCut)
            #expect(Self.numbers(fifth) == (1...(Self.many / 5)).map { Int64($0 * 5 * gap) })
        }
    }

    /// The first page of a search and its total come from one statement, later pages and asked-for totals from others.
    @Test(arguments: Engine.allCases) func theFirstPageCountsAsTheOthersDo(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save(
                (1...90).map {
                    ticket($0, subject: $0 % 3 == 0 ? "Login fails" : "Invoice \($0)", status: $0 % 2 == 0 ? 2 : 5, updated: Double($0 % 7))
                })
            for text in ["q=login", "q=login&status=open", "q=invoice&sort=created", "q=invoice&sort=due", "q=nowhere", "q=..."] {
                let query = try query("\(text)&limit=7")
                let first = try await mirror.tickets.list(mirror.workspace, query, now: noon)
                let total = try await mirror.tickets.count(mirror.workspace, query, now: noon)
                #expect(first.total == total, "\(text)")
                let under = try await mirror.tickets.list(mirror.workspace, query, now: noon, total: total)
                #expect(
                    first.rows.map(\.id) == under.rows.map(\.id) && first.next == under.next && first.previous == under.previous, "\(text)")
                var found = first.rows.map(\.id)
                var page = first
                while let next = page.next, found.count <= 90 {
                    page = try await mirror.page("\(text)&limit=7&cursor=\(next)")
                    #expect(page.total == total, "\(text)")
                    found += page.rows.map(\.id)
                }
                #expect(Set(found).count == total.count && found.count == total.count, "\(text)")
            }
            #expect(try await mirror.list("q=login").count == 30)
        }
    }

    private static func hits(_ word: String, _ database: any Database, _ mirror: MirrorFixture) async throws -> SearchHits {
        var query = TicketQuery()
        query.search = word
        let search = query
        return try #require(try await database.read { try SearchHits.find(mirror.workspace, search, $0) })
    }

    private static func numbers(_ hits: SearchHits) -> [Int64] { hits.ids.split(separator: ",").compactMap { Int64($0) }.sorted() }
}
