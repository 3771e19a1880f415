import Domain
import Foundation
import TestDatabases
import TestTools
import Testing

@testable import Store

/// An engine comes by a list in one of two ways; which one is a matter of time and never of what is listed.
@Suite struct TicketWayTests {
    @Test(arguments: Engine.allCases) func bothWaysListTheSame(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await Self.portal(store)
            let workspace = mirror.workspace
            let filters = TicketPlanTests.filters.filter { !$0.contains("q=") } + ["priority=medium,urgent", "priority=high&status=open"]
            let different = try await store.database.read { db in
                var different: [String] = []
                for filter in filters {
                    for sort in TicketPlanTests.sorts {
                        let text = filter.isEmpty ? "sort=\(sort)" : "\(filter)&sort=\(sort)"
                        let query = try query(text + "&limit=200")
                        func ids(_ way: TicketFilter.Way, sorting: Bool) throws -> [Int64] {
                            let filter = TicketFilter(query, workspace: workspace, now: noon, dialect: db.dialect, hits: nil, by: way)
                            let statement = TicketStore.pageStatement(filter, query, reversed: false, sorting: sorting)
                            return try db.rows(statement, arguments: filter.arguments).map { try $0.get("id") }
                        }
                        let found = try ids(.filters, sorting: true)
                        if try ids(.order(query.sort), sorting: false) != found { different.append(text) }
                    }
                }
                return different
            }
            #expect(different == [])
            // A comparison of nothing with nothing would prove nothing.
            for some in ["match=review", "csat=positive,negative", "tag=vip", "resolved=..2026-02-01", "priority=medium,urgent"] {
                #expect(try await mirror.list(some).isEmpty == false, "\(some)")
            }
        }
    }

    /// Every set of ratings, asked for and excluded, against the plain meaning.
    @Test(arguments: Engine.allCases) func ratingsAreFoundByAnySetOfThem(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save((1...8).map { ticket($0) })
            let ratings = [1: 103, 2: 101, 3: 100, 4: -101, 5: -103, 6: 100]
            _ = try await mirror.write {
                try $0.save(
                    ratings.map {
                        SatisfactionRating(
                            id: ID(Int64($0.key)), ticketID: ID(Int64($0.key)), rating: $0.value, createdAt: noon, updatedAt: noon)
                    })
            }
            func state(_ id: Int) -> TicketQuery.RatingState {
                guard let rating = ratings[id] else { return .none }
                return rating > 100 ? .positive : rating == 100 ? .neutral : .negative
            }
            let states = TicketQuery.RatingState.allCases
            for mask in 1..<16 {
                let wanted = states.enumerated().filter { mask & (1 << $0.offset) != 0 }.map(\.element)
                for isNegated in [false, true] {
                    var query = TicketQuery()
                    query.csat = .init(wanted, isNegated: isNegated)
                    let page = try await mirror.tickets.list(mirror.workspace, query, now: noon)
                    let expected = (1...8).filter { wanted.contains(state($0)) != isNegated }
                    #expect(page.rows.map(\.id.rawValue).sorted() == expected.map(Int64.init), "\(isNegated ? "!" : "")\(wanted)")
                    #expect(page.total == Total(count: expected.count, isExact: true))
                }
            }
        }
    }

    // MARK: What is read

    /// SQLite took each of these ranges for telling, found the half of all tickets and sorted them for one page.
    @Test(
        arguments: [
            "csat=positive", "csat=neutral", "csat=negative", "csat=positive,negative", "csat=!none", "created=..2026-02-01",
            "updated=..2026-02-01", "resolved=..2026-02-01", "match=review", "tag=vip", "tag=vip,billing",
            "status=!closed&resolved=..2026-02-01"
        ])
    func aLongListIsReadInItsOrder(_ filter: String) async throws {
        try await withStore(.sqlite) { store in
            let mirror = try await MirrorFixture(store)
            for sort in TicketPlanTests.sorts {
                #expect(try await Self.sorts("\(filter)&sort=\(sort)", mirror) == [], "\(filter) by \(sort)")
            }
        }
    }

    /// The newest come first in these orders.
    @Test(arguments: ["created=30d", "resolved=2026-01-01..", "updated=30d"]) func theNewestAreReadFromTheNewestOn(_ filter: String)
        async throws
    {
        try await withStore(.sqlite) { store in
            let mirror = try await MirrorFixture(store)
            for sort in ["-updated", "-created"] {
                #expect(try await Self.sorts("\(filter)&sort=\(sort)", mirror) == [], "\(filter) by \(sort)")
            }
        }
    }

    /// Of an account, a company or a requester there are few tickets: a range beside them finds no more, only later.
    @Test(arguments: ["account=3", "company=3", "requester=3"]) func aNameLeadsToTheTicketsAndARangeSieves(_ name: String) async throws {
        try await withStore(.sqlite) { store in
            let mirror = try await MirrorFixture(store)
            for range in ["csat=positive", "resolved=30d", "updated=..2026-02-01"] {
                let query = try query("\(name)&\(range)")
                let workspace = mirror.workspace
                let steps: [String] = try await store.database.read { db in
                    var filter = TicketFilter(query, workspace: workspace, now: noon, dialect: db.dialect, hits: nil)
                    let statement = TicketStore.countStatement(&filter)
                    return try db.rows("EXPLAIN QUERY PLAN \(statement)", arguments: filter.arguments).map { try $0.get("detail") }
                }
                let column = name.prefix { $0 != "=" }
                #expect(steps.contains { $0.hasPrefix("SEARCH t USING") && $0.contains("\(column)_id=?") }, "\(name)&\(range): \(steps)")
            }
        }
    }

    /// Where an order has the listed time at its end, a counted list is sorted.
    @Test(
        arguments: [
            ("created=30d&sort=updated", true), ("created=30d&sort=-updated", false), ("resolved=..2026-02-01&sort=-updated", true),
            ("resolved=..2026-02-01&sort=updated", false), ("created=2026-01-01..2026-02-01&sort=-due", true),
            ("created=30d&sort=created", false),
            ("created=30d&sort=-created", false), ("status=open&sort=updated", false), ("resolved=30d&sort=waiting", true)
        ])
    func aTimeMayLieAtTheEndOfAnOrder(_ text: String, _ isAtTheEnd: Bool) throws {
        #expect(try TicketFilter.mayLieAtTheEnd(query(text), now: noon) == isAtTheEnd)
    }

    /// The menu of the busiest accounts reads the index of unresolved tickets.
    @Test(arguments: [Engine.sqlite, .postgresql]) func theBusiestAccountsAreCountedOverTheirOwnIndex(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await Self.portal(store)
            let sent = Statements()
            let watched = CheckedDatabase(store.database) { sql, arguments in sent.add(sql, arguments) }
            _ = try await DirectoryStore(database: watched).choices(mirror.workspace, mostAccounts: 1)
            let (sql, arguments) = try #require(sent.all.first { $0.0.contains("FROM tickets") })
            let steps: [String] = try await store.database.read { db in
                if engine == .sqlite { return try db.rows("EXPLAIN QUERY PLAN \(sql)", arguments: arguments).map { try $0.get("detail") } }
                try db.script("SET LOCAL enable_seqscan = off")
                return try db.rows("EXPLAIN \(sql)", arguments: arguments).map { try $0.get("QUERY PLAN") }
            }
            #expect(steps.contains { $0.contains("tickets_unresolved") }, "\(steps.joined(separator: "\n"))")
        }
    }

    /// Steps of the page's statement that sort what the page is chosen from.
    private static func sorts(_ text: String, _ mirror: MirrorFixture) async throws -> [String] {
        let query = try query(text)
        let workspace = mirror.workspace
        return try await mirror.store.database.read { db in
            let filter = TicketFilter(query, workspace: workspace, now: noon, dialect: db.dialect, hits: nil, by: .order(query.sort))
            let statement = TicketStore.pageStatement(filter, query, reversed: false, sorting: false)
            return try db.rows("EXPLAIN QUERY PLAN \(statement)", arguments: filter.arguments)
                .filter { try $0.get("parent", as: Int.self) != 0 }.map { try $0.get("detail", as: String.self) }
                .filter { $0.contains("TEMP B-TREE") }
        }
    }

    // MARK: A portal

    /// Tickets of every kind that a filter knows.
    private static func portal(_ store: StoreFixture) async throws -> MirrorFixture {
        let mirror = try await MirrorFixture(store)
        var random = SeededGenerator(seed: 17)
        for id in [Int64(1), 2, 3] {
            _ = try await AccountStore(database: store.database).create(mirror.workspace, AccountDraft(name: "Account \(id)"), now: noon) {
                _, _ in
            }
        }
        _ = try await mirror.write {
            try $0.save((1...6).map { Company(id: ID($0), name: "Company \($0)", createdAt: noon, updatedAt: noon) }, run: 1)
        }
        let tickets = (1...150).map { id in
            let created = noon.addingTimeInterval(-Double(id) * day)
            var one = Ticket(
                id: ID(Int64(id)), subject: "Ticket \(id)", statusCode: [2, 3, 4, 5, 5].randomElement(using: &random) ?? 2,
                priority: TicketPriority.allCases.randomElement(using: &random) ?? .low,
                sourceCode: [1, 2, 7].randomElement(using: &random) ?? 1,
                type: ["Incident", "Question", nil].randomElement(using: &random) ?? nil,
                tags: [["vip"], ["billing"], ["vip", "billing"], []].randomElement(using: &random) ?? [],
                agentID: [3, 4, nil].randomElement(using: &random) ?? nil,
                companyID: [1, 2, 3, 4, nil].randomElement(using: &random) ?? nil,
                createdAt: created, updatedAt: created.addingTimeInterval(Double(Int.random(in: 0...40, using: &random)) * day),
                dueBy: Bool.random(using: &random) ? created.addingTimeInterval(day) : nil,
                stats: TicketStats(
                    requesterRespondedAt: Bool.random(using: &random) ? created : nil,
                    resolvedAt: Bool.random(using: &random) ? created.addingTimeInterval(2 * day) : nil))
            one.requesterID = [3, 5].randomElement(using: &random)
            one.groupID = [3, nil].randomElement(using: &random) ?? nil
            return one
        }
        _ = try await mirror.save(tickets)
        _ = try await mirror.write {
            try $0.save(
                (1...40).map {
                    SatisfactionRating(
                        id: ID($0), ticketID: ID($0 * 3), rating: [103, 101, 100, -101, -103][Int($0) % 5], createdAt: noon, updatedAt: noon
                    )
                })
        }
        try await store.database.write { [workspace = mirror.workspace] db in
            try db.run("UPDATE companies SET match_state = 'review' WHERE workspace_id = $1 AND id IN (1, 2)", workspace)
            // Some of a company under review are of an account nevertheless, by their requester.
            try db.run("UPDATE tickets SET account_id = 3 WHERE workspace_id = $1 AND (company_id IN (3, 4) OR id % 7 = 0)", workspace)
        }
        return mirror
    }
}
