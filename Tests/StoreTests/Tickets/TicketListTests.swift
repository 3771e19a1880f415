import Domain
import Foundation
import Store
import TestDatabases
import TestTools
import Testing

/// Lists against a plain evaluation of the same query in memory, so that SQL and meaning cannot drift apart together.
@Suite struct TicketListTests {
    @Test(arguments: Engine.allCases) func pagingVisitsEveryTicketOnceInOrder(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let tickets = Self.portal()
            _ = try await mirror.save(tickets)
            for sort in ["updated", "-updated", "created", "-created", "priority", "-priority", "due", "-due", "waiting", "-waiting"] {
                for filter in ["", "&status=open,pending", "&priority=!low", "&agent=none", "&agent=7,none", "&source=email&tag=vip"] {
                    let expected = Self.evaluate(tickets, try query("sort=\(sort)\(filter)"))
                    try await Self.expectPages(of: "sort=\(sort)\(filter)", expected, mirror)
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func pagesGoBackTheWayTheyCame(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save(Self.portal())
            for sort in ["-updated", "due", "-waiting"] {
                var forward: [[ID<Ticket>]] = []
                var page = try await mirror.page("sort=\(sort)&limit=7")
                forward.append(page.rows.map(\.id))
                while let next = page.next {
                    page = try await mirror.page("sort=\(sort)&limit=7&cursor=\(next)")
                    forward.append(page.rows.map(\.id))
                }
                var backward = [page.rows.map(\.id)]
                while let previous = page.previous {
                    page = try await mirror.page("sort=\(sort)&limit=7&cursor=\(previous)")
                    backward.insert(page.rows.map(\.id), at: 0)
                }
                #expect(backward.flatMap(\.self) == forward.flatMap(\.self), "\(sort)")
                #expect(page.previous == nil)
                #expect(page.offset == 0)
            }
        }
    }

    @Test(arguments: Engine.allCases) func totalsAreExactAndGoneTicketsNeverCount(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save((1...30).map { ticket($0) })
            let gone = try await mirror.write {
                try $0.bury([ticket(1), ticket(2)], isSpam: false, since: nil) + $0.bury([ticket(3)], isSpam: true, since: nil)
            }
            #expect(gone == 3)
            let page = try await mirror.page("status=open&limit=5")
            #expect(page.total == Total(count: 27, isExact: true))
            #expect(try await !mirror.list("limit=200").contains(3))
            let fault = await failure { try await mirror.tickets.get(mirror.workspace, 1) }
            #expect(fault?.kind == .notFound)
        }
    }

    @Test(arguments: Engine.allCases) func workspacesNeverSeeEachOther(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let one = try await MirrorFixture(store)
            let other = try await MirrorFixture(store, workspace: "Contoso", subdomain: "contoso")
            _ = try await one.save([ticket(1, subject: "Only ours")])
            _ = try await other.save([ticket(1, subject: "Only theirs"), ticket(2)])
            #expect(try await one.list("") == [1])
            #expect(try await one.list("q=theirs") == [])
            #expect(try await other.list("q=theirs") == [1])
            #expect(try await one.tickets.get(one.workspace, 1).summary.subject == "Only ours")
            let fault = await failure { try await one.tickets.get(one.workspace, 2) }
            #expect(fault?.kind == .notFound)
        }
    }

    @Test(arguments: Engine.allCases) func filtersByNamesRatingsAndPeriods(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save((1...4).map { ticket($0, updated: -day * Double($0)) })
            _ = try await mirror.write {
                try $0.save([
                    SatisfactionRating(id: 9, ticketID: 1, rating: 103, createdAt: noon, updatedAt: noon),
                    SatisfactionRating(id: 10, ticketID: 2, rating: -101, createdAt: noon, updatedAt: noon)
                ])
            }
            #expect(try await mirror.list("csat=positive") == [1])
            #expect(try await mirror.list("csat=negative") == [2])
            #expect(try await mirror.list("csat=!none") == [1, 2])
            #expect(try await mirror.list("csat=none") == [3, 4])
            #expect(try await mirror.list("updated=2d") == [1, 2])
            #expect(try await mirror.list("updated=2026-03-06..2026-03-08") == [2, 3])
            #expect(try await mirror.list("match=matched") == [])
            #expect(try await mirror.list("account=none").count == 4)
        }
    }

    // MARK: A portal and what a query means

    private static func portal() -> [Ticket] {
        var random = SeededGenerator(seed: 7)
        return (1...60).map { id in
            let updated = Double(Int.random(in: -20...20, using: &random)) * hour
            let stats = TicketStats(
                agentRespondedAt: Bool.random(using: &random) ? noon.addingTimeInterval(-hour) : nil,
                requesterRespondedAt: Bool.random(using: &random)
                    ? noon.addingTimeInterval(Double.random(in: -9...9, using: &random).rounded() * hour) : nil)
            return Ticket(
                id: ID(Int64(id)), subject: "Ticket \(id)", statusCode: [2, 3, 4, 5, 9000].randomElement(using: &random) ?? 2,
                priority: TicketPriority.allCases.randomElement(using: &random) ?? .low,
                sourceCode: [1, 2, 7, 101].randomElement(using: &random) ?? 1, tags: Bool.random(using: &random) ? ["vip", "a,b"] : [],
                agentID: [7, 8, nil].randomElement(using: &random) ?? nil, createdAt: noon.addingTimeInterval(updated - day),
                updatedAt: noon.addingTimeInterval(updated),
                dueBy: Bool.random(using: &random) ? noon.addingTimeInterval(updated + day) : nil,
                stats: stats)
        }
    }

    private static func evaluate(_ tickets: [Ticket], _ query: TicketQuery) -> [ID<Ticket>] {
        func allows<Value>(_ filter: TicketQuery.AnyOf<Value>?, _ value: Value?) -> Bool {
            guard let filter else { return true }
            return filter.values.contains { $0 == value } != filter.isNegated
        }
        let matching = tickets.filter { ticket in
            let agent = ticket.agentID.map { TicketQuery.Reference.id($0) } ?? TicketQuery.Reference<Agent>.none
            let tags = query.tag.map { filter in filter.values.contains { ticket.tags.contains($0) } != filter.isNegated } ?? true
            return allows(query.status, ticket.status) && allows(query.priority, ticket.priority) && allows(query.source, ticket.source)
                && allows(query.agent, agent) && tags
        }
        func key(_ ticket: Ticket) -> Int64? {
            switch query.sort.key {
            case .updated: ticket.updatedAt.milliseconds
            case .created: ticket.createdAt.milliseconds
            case .priority: Int64(ticket.priority.code)
            case .due: ticket.dueBy?.milliseconds
            case .waiting: ticket.waitingSince?.milliseconds
            }
        }
        return matching.sorted { left, right in
            switch (key(left), key(right)) {
            case (nil, nil): return query.sort.isDescending ? left.id > right.id : left.id < right.id
            case (nil, _): return false
            case (_, nil): return true
            case (let a?, let b?):
                if a != b { return query.sort.isDescending ? a > b : a < b }
                return query.sort.isDescending ? left.id > right.id : left.id < right.id
            }
        }.map(\.id)
    }

    private static func expectPages(of text: String, _ expected: [ID<Ticket>], _ mirror: MirrorFixture) async throws {
        var found: [ID<Ticket>] = []
        var page = try await mirror.page("\(text)&limit=7")
        #expect(page.total == Total(count: expected.count, isExact: true), "\(text)")
        while true {
            #expect(page.offset == found.count, "\(text)")
            found += page.rows.map(\.id)
            guard let next = page.next, found.count <= expected.count else { break }
            page = try await mirror.page("\(text)&limit=7&cursor=\(next)")
        }
        #expect(found == expected, "\(text)")
    }
}
