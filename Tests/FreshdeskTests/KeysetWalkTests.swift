import Foundation
import TestTools
import Testing

@testable import Freshdesk

@Suite struct KeysetWalkTests {
    private func date(_ second: Int64) -> Date { Date(timeIntervalSince1970: Double(second)) }

    @Test func beginsOneSecondEarlyAndGoesOnFromTheLastRow() {
        var walk = KeysetWalk(since: date(1_000), include: [.description], perPage: 2)
        #expect(walk.request == TicketListRequest(updatedSince: date(999), include: [.description], page: 1, perPage: 2))
        walk.advance(rows: [(1, date(1_000)), (2, date(1_005))], hasMore: true)
        #expect(walk.request?.updatedSince == date(1_004))
        #expect(walk.request?.page == 1)
        walk.advance(rows: [(2, date(1_005))], hasMore: false)
        #expect(walk.isFinished && walk.request == nil && walk.isExact && walk.overflow == nil)
    }

    @Test func aTieGroupIsReadTwiceByPages() {
        var walk = KeysetWalk(since: date(10), perPage: 2)
        var pages: [Int] = []
        let group: [Int: [Int64]] = [1: [1, 2], 2: [3, 4], 3: [5]]
        while let request = walk.request, pages.count < 20 {
            pages.append(request.page)
            let ids = group[request.page] ?? []
            walk.advance(rows: ids.map { ($0, date(10)) }, hasMore: ids.count == 2)
        }
        #expect(pages == [1, 2, 3, 1, 2, 3])
    }

    @Test func aShiftInsideATieGroupIsSeenOnTheNextReading() {
        var walk = KeysetWalk(since: date(10), perPage: 2)
        // Ticket 1 leaves after page 1, so 3 slips to page 1 unseen; the second reading finds it, the third proves it whole.
        let answers: [[Int64]] = [[1, 2], [4], [2, 3], [4], [2, 3], [4]]
        var seen: Set<Int64> = []
        for ids in answers {
            #expect(walk.request != nil)
            seen.formUnion(ids)
            walk.advance(rows: ids.map { ($0, date(10)) }, hasMore: ids.count == 2)
        }
        #expect(walk.isFinished)
        #expect(seen == [1, 2, 3, 4])
    }

    @Test func moreTiesThanPagesEndsTheWalkAndSaysSo() {
        var walk = KeysetWalk(since: date(10), perPage: 1)
        var requests = 0
        while let request = walk.request, requests < 1_000 {
            requests += 1
            #expect(request.page <= 300)
            walk.advance(rows: [(Int64(requests), date(10))], hasMore: true)
        }
        #expect(requests == 300)
        #expect(walk.overflow == date(10))
    }

    @Test func emptyAndUnsortedPagesEndToo() {
        var empty = KeysetWalk(since: date(10))
        empty.advance(rows: [], hasMore: false)
        #expect(empty.isFinished)
        var unsorted = KeysetWalk(since: date(10), perPage: 2)
        var requests = 0
        while unsorted.request != nil, requests < 1_000 {
            requests += 1
            unsorted.advance(rows: [(1, date(90)), (2, date(20))], hasMore: true)
        }
        #expect(requests <= 300)
    }

    @Test func survivesItsJourneyThroughStorage() throws {
        var walk = KeysetWalk(since: date(10), filter: .spam, include: [.stats], perPage: 2)
        walk.advance(rows: [(1, date(10)), (2, date(10))], hasMore: true)
        walk.advance(rows: [(3, date(10)), (4, date(11))], hasMore: true)
        let copy = try JSONDecoder().decode(KeysetWalk.self, from: JSONEncoder().encode(walk))
        #expect(copy == walk)
        #expect(copy.request == walk.request)
    }

    /// Thousands of short walks over portals that change between pages: nothing live and unchanged is missed, no change is.
    @Test(arguments: [true, false], ModelPortal.TieOrder.allCases)
    func nothingIsMissed(isInclusive: Bool, tieOrder: ModelPortal.TieOrder) async throws {
        for seed in 0..<600 {
            // Other tests wait for their moment on the same few threads.
            await Task.yield()
            var random = SeededGenerator(seed: UInt64(seed))
            try walkOnce(isInclusive: isInclusive, tieOrder: tieOrder, seed: seed, random: &random)
        }
    }

    private func walkOnce(
        isInclusive: Bool, tieOrder: ModelPortal.TieOrder, seed: Int, random: inout SeededGenerator
    ) throws {
        let perPage = Int.random(in: 1...5, using: &random)
        let spread = Int64.random(in: 1...12, using: &random)
        let count = Int.random(in: 0...30, using: &random)
        let changes = Double.random(in: 0...0.9, using: &random)
        var portal = ModelPortal(isInclusive: isInclusive, tieOrder: tieOrder, now: 100 + spread)
        for _ in 0..<count { portal.create(at: 100 + Int64.random(in: 0..<spread, using: &random)) }
        let since = 100 + Int64.random(in: 0...2, using: &random)
        let before = portal.tickets

        var walk = KeysetWalk(since: date(since), perPage: perPage)
        var seen: [Int64: Set<Int64>] = [:]
        var changedBefore: [Int64: Int] = [:]
        var firstPages: [Int] = []
        var requests = 0
        var budget = Int.random(in: 0...25, using: &random)
        while let request = walk.request {
            requests += 1
            try #require(requests < 20_000, "seed \(seed) does not end")
            if request.page == 1 { firstPages.append(requests) }
            let asked = Int64(request.updatedSince.timeIntervalSince1970)
            let (rows, hasMore) = portal.page(since: asked, page: request.page, perPage: perPage, random: &random)
            for row in rows { seen[row.id, default: []].insert(row.updatedAt) }
            walk.advance(rows: rows.map { ($0.id, date($0.updatedAt)) }, hasMore: hasMore)
            if Int.random(in: 0..<4, using: &random) == 0 {
                walk = try JSONDecoder().decode(KeysetWalk.self, from: JSONEncoder().encode(walk))
            }
            if Bool.random(using: &random) { portal.now += 1 }
            guard budget > 0, Double.random(in: 0..<1, using: &random) < changes else { continue }
            budget -= 1
            let ids = portal.tickets.keys.sorted()
            switch Int.random(in: 0..<8, using: &random) {
            case 0:
                changedBefore[portal.create(at: portal.now)] = requests + 1
            case 1:
                if let id = ids.randomElement(using: &random) { portal.delete(id) }
            default:
                if let id = ids.randomElement(using: &random) {
                    portal.update(id)
                    changedBefore[id] = requests + 1
                }
            }
        }
        #expect(walk.overflow == nil && walk.isExact)
        for (id, updatedAt) in portal.tickets where before[id] == updatedAt && updatedAt >= since {
            #expect(seen[id]?.contains(updatedAt) == true, "seed \(seed), \(tieOrder): ticket \(id) unchanged at \(updatedAt) missed")
        }
        // A change is owed when it came before the reading that proved the end; later ones belong to the next walk.
        let proven = firstPages.last.map { last in requests > last ? (firstPages.dropLast().last ?? last) : last } ?? 0
        for (id, request) in changedBefore where request <= proven {
            guard let updatedAt = portal.tickets[id] else { continue }
            #expect(seen[id]?.contains(updatedAt) == true, "seed \(seed), \(tieOrder): change of \(id) at \(updatedAt) missed")
        }
    }

    /// The model is nasty enough: plain page numbers lose tickets in it.
    @Test func pageNumbersAloneLoseTickets() {
        var lost = 0
        for seed in 0..<50 {
            var random = SeededGenerator(seed: UInt64(seed))
            var portal = ModelPortal(isInclusive: true, tieOrder: .ascending, now: 200)
            for second in 0..<20 { portal.create(at: 100 + Int64(second)) }
            let before = portal.tickets
            var seen: Set<Int64> = []
            var page = 1
            while true {
                let (rows, hasMore) = portal.page(since: 0, page: page, perPage: 3, random: &random)
                seen.formUnion(rows.map(\.id))
                if !hasMore { break }
                page += 1
                if let id = portal.tickets.keys.sorted().randomElement(using: &random) { portal.update(id) }
            }
            lost += portal.tickets.count { before[$0.key] == $0.value && !seen.contains($0.key) }
        }
        #expect(lost > 0)
    }

    /// Without changes the cost stays near one request a page.
    @Test func costsLittleMoreThanThePages() {
        var random = SeededGenerator(seed: 5)
        var portal = ModelPortal(isInclusive: true, tieOrder: .shuffled, now: 10_000)
        for _ in 0..<3_000 { portal.create(at: Int64.random(in: 0..<9_000, using: &random)) }
        var walk = KeysetWalk(since: date(0), perPage: 100)
        var requests = 0
        while let request = walk.request {
            requests += 1
            let since = Int64(request.updatedSince.timeIntervalSince1970)
            let (rows, hasMore) = portal.page(since: since, page: request.page, perPage: 100, random: &random)
            walk.advance(rows: rows.map { ($0.id, date($0.updatedAt)) }, hasMore: hasMore)
        }
        #expect(requests <= 33)
    }
}
