import Foundation
import Testing

@testable import Freshdesk

@Suite struct IdSweepTests {
    private static func at(_ second: Int) -> Date { Date(timeIntervalSince1970: Double(second)) }

    /// Tickets listed from a model portal, one page after another, as a mirror would compare them.
    private static func missing(
        held: [Int64: Int], portal: [Int64: Int], perPage: Int = 100, change: (Int, inout [Int64: Int]) -> Void = { _, _ in }
    )
        -> Set<Int64>
    {
        var sweep = IdSweep(since: at(0))
        var portal = portal
        var page = 0
        while let request = sweep.request, page < 1_000 {
            page += 1
            let since = Int(request.updatedSince.timeIntervalSince1970)
            let rows = portal.filter { $0.value >= since }.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
            let part = rows.dropFirst((request.page - 1) * request.perPage).prefix(request.perPage)
            let hasMore = part.count == request.perPage
            if let span = sweep.advance(rows: part.map { ($0.key, at($0.value)) }, hasMore: hasMore) {
                let inSpan = held.filter { span.contains(at($0.value)) }
                sweep.compare(held: Set(inSpan.keys), in: span)
            }
            change(page, &portal)
        }
        return sweep.missing
    }

    @Test func whatIsListedIsNotMissing() {
        let all = Dictionary(uniqueKeysWithValues: (1...450).map { (Int64($0), 10 + $0 / 3) })
        #expect(Self.missing(held: all, portal: all).isEmpty)
    }

    @Test func whatLeftIsMissing() {
        let all = Dictionary(uniqueKeysWithValues: (1...450).map { (Int64($0), 10 + $0 / 3) })
        var portal = all
        for id: Int64 in [1, 100, 101, 299, 450] { portal[id] = nil }
        #expect(Self.missing(held: all, portal: portal) == [1, 100, 101, 299, 450])
    }

    @Test func whatChangesMeanwhileIsSeenAtTheEnd() {
        let all = Dictionary(uniqueKeysWithValues: (1...450).map { (Int64($0), 10 + $0) })
        let missing = Self.missing(held: all, portal: all) { page, portal in
            if page == 1 { for id: Int64 in [150, 300] { portal[id] = 2_000 + Int(id) } }
        }
        #expect(missing.isEmpty)
    }

    @Test func oneSecondMayHoldManyPages() {
        var all = Dictionary(uniqueKeysWithValues: (1...700).map { (Int64($0), 50) })
        all[701] = 60
        var portal = all
        portal[333] = nil
        #expect(Self.missing(held: all, portal: portal) == [333])
    }

    @Test func theBoundOnTheLastUpdateStandsInEveryQuery() throws {
        var split = SearchSplit(
            statuses: [2, 3], updatedUntil: Self.at(86_400 * 20_000), earliest: Self.at(0), latest: Self.at(86_400 * 20_000))
        let first = try #require(split.request)
        #expect(first.query.hasSuffix(" AND updated_at:<'2024-10-04'"))
        split.advance(total: 400, ids: [])
        #expect(try #require(split.request).query.hasSuffix(" AND updated_at:<'2024-10-04'"))
    }
}
