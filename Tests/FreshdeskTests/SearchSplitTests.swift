import Foundation
import TestTools
import Testing

@testable import Freshdesk

@Suite struct SearchSplitTests {
    private struct Ticket {
        var id: Int64
        var day: Int
        var status: Int
        var priority: Int
    }

    private let latest = Date(timeIntervalSince1970: 20_000 * 86_400)

    /// The search as the model answers it: a parser of the queries the split writes.
    private func search(_ tickets: [Ticket], _ query: String, page: Int) -> (total: Int, ids: [Int64]) {
        let statuses = query.matches(of: /status:(\d+)/).compactMap { Int($0.1) }
        let priority = query.firstMatch(of: /priority:(\d)/).flatMap { Int($0.1) }
        func day(_ text: Substring?) -> Int? {
            text.flatMap { WireTime.parse(String($0)) }.map { Int($0.timeIntervalSince1970 / 86_400) }
        }
        let from = day(query.firstMatch(of: /created_at:>'([^']*)'/)?.1)
        let to = day(query.firstMatch(of: /created_at:<'([^']*)'/)?.1)
        let matching = tickets.filter {
            statuses.contains($0.status) && $0.priority == priority ?? $0.priority && $0.day >= from ?? .min && $0.day <= to ?? .max
        }
        return (matching.count, matching.dropFirst((page - 1) * 30).prefix(30).map(\.id))
    }

    @Test func oneQueryWhenThereIsLittle() {
        var split = SearchSplit(statuses: [2, 3, 9_000], latest: latest)
        #expect(split.request?.query == "(status:2 OR status:3 OR status:9000)")
        split.advance(total: 31, ids: (1...30).map(Int64.init))
        #expect(split.request?.page == 2)
        split.advance(total: 31, ids: [31])
        #expect(split.isComplete && split.request == nil)
    }

    @Test func noStatusesNothingToAsk() {
        #expect(SearchSplit(statuses: [], latest: latest).isComplete)
    }

    @Test func manyStatusesStayBelowTheLimit() {
        var split = SearchSplit(statuses: Array(9_000..<9_120), latest: latest)
        var queries: [String] = []
        while let request = split.request, queries.count < 500 {
            queries.append(request.query)
            split.advance(total: request.query.contains("created_at") ? 0 : 301, ids: [])
        }
        #expect(queries.allSatisfy { $0.count <= 510 })
        #expect(Set(queries.flatMap { $0.matches(of: /status:(\d+)/).map { String($0.1) } }).count == 120)
    }

    @Test func anIndexThatMovesIsReadAgainOnce() {
        var split = SearchSplit(statuses: [2], latest: latest)
        split.advance(total: 2, ids: [1])
        #expect(split.request?.page == 1)
        split.advance(total: 2, ids: [2])
        #expect(split.isComplete)
        var stubborn = SearchSplit(statuses: [2], latest: latest)
        stubborn.advance(total: 2, ids: [1])
        stubborn.advance(total: 2, ids: [1])
        #expect(stubborn.isFinished && !stubborn.isComplete)
        #expect(stubborn.gaps.map(\.reason) == [.moved])
    }

    @Test func oneDayOneStatusOnePriorityTooManyIsNamed() {
        let tickets = (1...400).map { Ticket(id: Int64($0), day: 19_000, status: 2, priority: 1) }
        var split = SearchSplit(statuses: [2, 3], latest: latest)
        var seen: Set<Int64> = []
        var requests = 0
        while let request = split.request, requests < 1_000 {
            requests += 1
            #expect(request.page <= 10)
            let (total, ids) = search(tickets, request.query, page: request.page)
            seen.formUnion(ids)
            split.advance(total: total, ids: ids)
        }
        #expect(!split.isComplete && split.gaps.count == 1)
        #expect(split.gaps.first?.total == 400 && split.gaps.first?.found == 300)
        #expect(seen.count == 300)
    }

    @Test func everyTicketIsFound() async throws {
        for seed in 0..<60 {
            // Other tests wait for their moment on the same few threads.
            await Task.yield()
            var random = SeededGenerator(seed: UInt64(seed))
            let count = Int.random(in: 0...2_500, using: &random)
            let span = [1, 3, 400, 7_000].randomElement(using: &random) ?? 1
            let tickets = (0..<count).map { id in
                // Some lie before the earliest and after the latest day.
                Ticket(
                    id: Int64(id), day: 20_003 - Int.random(in: 0..<span, using: &random),
                    status: [2, 3, 4, 5, 8, 9_000].randomElement(using: &random) ?? 2, priority: Int.random(in: 1...4, using: &random))
            }
            var split = SearchSplit(statuses: [2, 3, 8, 9_000], earliest: Date(timeIntervalSince1970: 14_000 * 86_400), latest: latest)
            var seen: Set<Int64> = []
            var requests = 0
            while let request = split.request {
                requests += 1
                try #require(requests < 5_000)
                let (total, ids) = search(tickets, request.query, page: request.page)
                seen.formUnion(ids)
                split.advance(total: total, ids: ids)
                if requests % 7 == 0 { split = try JSONDecoder().decode(SearchSplit.self, from: JSONEncoder().encode(split)) }
            }
            let unresolved = Set(tickets.filter { $0.status != 4 && $0.status != 5 }.map(\.id))
            if split.isComplete {
                #expect(seen == unresolved, "seed \(seed)")
            } else {
                #expect(unresolved.subtracting(seen).count == split.gaps.reduce(0) { $0 + $1.total - $1.found }, "seed \(seed)")
            }
        }
    }
}
