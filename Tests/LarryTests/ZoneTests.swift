import Domain
import Foundation
import Store
import Sync
import Testing

@testable import Larry

/// Calendar words in the workspace's zone, over the nights when clocks change.
@Suite struct ZoneTests {
    private static func zone(_ name: String) throws -> CivilZone { try #require(CivilZone(name: name)) }
    private static func moment(_ text: String) throws -> Date { try #require(Date(rfc3339: text)) }

    /// Phrase, zone, now, and the interval it must be in UTC.
    @Test(arguments: [
        ("today", "Europe/Berlin", "2026-05-13T10:30:00Z", "2026-05-12T22:00:00Z", "2026-05-13T22:00:00Z"),
        // It is tomorrow already.
        ("today", "Asia/Tokyo", "2026-05-13T16:00:00Z", "2026-05-13T15:00:00Z", "2026-05-14T15:00:00Z"),
        ("today", "America/Los_Angeles", "2026-05-13T03:00:00Z", "2026-05-12T07:00:00Z", "2026-05-13T07:00:00Z"),
        // Clocks went forward on 29 March: that day has 23 hours, that month an hour less.
        ("yesterday", "Europe/Berlin", "2026-03-30T09:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
        ("last month", "Europe/Berlin", "2026-04-10T09:00:00Z", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z"),
        // Clocks went back on 25 October: 25 hours.
        ("on 25 October", "Europe/Berlin", "2026-10-28T09:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z"),
        ("last week", "America/New_York", "2026-11-04T12:00:00Z", "2026-10-26T04:00:00Z", "2026-11-02T05:00:00Z"),
        // An hour is always sixty minutes.
        ("in the last 24 hours", "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z"),
        // Days run back to the same time of day.
        ("in the last 7 days", "Europe/Berlin", "2026-03-30T10:00:00Z", "2026-03-23T11:00:00Z", "2026-03-30T10:00:00Z"),
        ("this year", "Asia/Kathmandu", "2026-05-13T10:30:00Z", "2025-12-31T18:15:00Z", "2026-12-31T18:15:00Z"),
        ("this morning", "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T10:00:00Z")
    ])
    func intervals(_ phrase: String, _ name: String, _ now: String, _ from: String, _ to: String) throws {
        let zone = try Self.zone(name)
        let hits = TimeGrammar(Words.split(phrase), now: try Self.moment(now), zone: zone).hits()
        let span = try #require(hits.first?.span, "\(phrase)")
        #expect(span.from == (try Self.moment(from)), "\(phrase) in \(name)")
        #expect(span.to == (try Self.moment(to)), "\(phrase) in \(name)")
    }

    /// Every day of three years begins where the one before ends, at a moment of that day, wherever clocks change at midnight too.
    @Test(arguments: ["Europe/Berlin", "America/New_York", "America/Havana", "Asia/Beirut", "Australia/Lord_Howe", "Pacific/Apia"])
    func daysFollowOneAnother(_ name: String) throws {
        let zone = try Self.zone(name)
        let first = try #require(Day("2024-12-01"))
        for number in 0..<1_100 {
            let day = first.adding(days: number)
            let (start, next) = (zone.start(of: day), zone.start(of: day.adding(days: 1)))
            #expect(zone.day(containing: start) == day && zone.day(containing: next.addingTimeInterval(-1)) == day, "\(day) in \(name)")
            #expect((22.0...26.0).contains(next.timeIntervalSince(start) / 3600), "\(day) in \(name)")
        }
    }

    @Test func unknownZonesAreNone() {
        #expect(CivilZone(name: "Mars/Olympus") == nil && CivilZone(name: "") == nil && CivilZone(name: "GMT+25") == nil)
        #expect(CivilZone(name: "UTC") == .utc && CivilZone.names.first == "UTC" && CivilZone.names.count > 300)
    }

    /// Days, weeks, months and hours are cut in SQL as the calendar cuts them, before and after clocks change.
    @Test func trendsAreCutAsTheCalendarCuts() async throws {
        try await withLarry { world, larry in
            let workspaces = WorkspaceStore(database: world.database)
            #expect(try await workspaces.setZone(world.workspace, to: "America/New_York", actor: "test", now: Date()))
            #expect(try await workspaces.setZone(world.workspace, to: "America/New_York", actor: "test", now: Date()) == false)
            await #expect(throws: Failure.self) {
                _ = try await workspaces.setZone(world.workspace, to: "Nowhere", actor: "test", now: Date())
            }
            let zone = try await workspaces.assistant(of: world.workspace).zone
            #expect(zone.name == "America/New_York")
            let now = Date()
            var all: [Date] = []
            var query = TicketQuery()
            query.limit = 200
            repeat {
                let page = try await world.tickets.list(world.workspace, query, now: now)
                all += page.rows.map(\.createdAt)
                query.cursor = page.next.flatMap { TicketCursor($0) }
            } while query.cursor != nil
            #expect(all.count > 150)
            for (bucket, first) in [
                ("day", { (day: Day) in day }), ("week", { $0.monday }),
                ("month", { Day(String($0.description.prefix(8)) + "01") ?? $0 })
            ] as [(String, (Day) -> Day)] {
                let turn = try await larry.answer("tickets per \(bucket) over the last 2 years", after: nil, in: world.workspace, now: now)
                let from = try #require(turn.answer.query?.filter.period(of: .created)?.from)
                let wanted = Dictionary(grouping: all.filter { $0 >= from }) { first(zone.day(containing: $0)).description }
                    .mapValues { Double($0.count) }
                let found = (turn.answer.rows ?? []).filter { $0.value ?? 0 > 0 }
                #expect(Dictionary(uniqueKeysWithValues: found.map { ($0.key, $0.value ?? 0) }) == wanted, "\(bucket)")
                #expect(turn.trace.untraced.isEmpty)
            }
        }
    }
}
