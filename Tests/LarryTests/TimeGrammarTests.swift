import Domain
import Foundation
import Testing

@testable import Larry

/// Every phrase with the interval it must be, at Wednesday 13 May 2026, 10:30 UTC.
@Suite struct TimeGrammarTests {
    @Test(arguments: [
        ("today", "2026-05-13", "2026-05-14"), ("yesterday", "2026-05-12", "2026-05-13"), ("this week", "2026-05-11", "2026-05-18"),
        ("last week", "2026-05-04", "2026-05-11"), ("last month", "2026-04-01", "2026-05-01"), ("this quarter", "2026-04-01", "2026-07-01"),
        ("last quarter", "2026-01-01", "2026-04-01"), ("last year", "2025-01-01", "2026-01-01"), ("in March", "2026-03-01", "2026-04-01"),
        ("in December", "2025-12-01", "2026-01-01"), ("in May", "2026-05-01", "2026-06-01"), ("in June 2025", "2025-06-01", "2025-07-01"),
        ("in Q1", "2026-01-01", "2026-04-01"), ("in Q4", "2025-10-01", "2026-01-01"), ("Q2 2025", "2025-04-01", "2025-07-01"),
        ("on 2026-04-15", "2026-04-15", "2026-04-16"), ("on 15 April", "2026-04-15", "2026-04-16"),
        ("on April 15th, 2025", "2025-04-15", "2025-04-16"), ("on Monday", "2026-05-11", "2026-05-12"),
        ("on Wednesday", "2026-05-13", "2026-05-14"), ("last Wednesday", "2026-05-06", "2026-05-07"),
        ("last Friday", "2026-05-08", "2026-05-09"), ("last weekend", "2026-05-09", "2026-05-11"),
        ("in the week of 20 April", "2026-04-20", "2026-04-27"), ("3 days ago", "2026-05-10", "2026-05-11"),
        ("between 1 April and 10 April", "2026-04-01", "2026-04-11"), ("between 1 and 10 April", "2026-04-01", "2026-04-11"),
        ("from March to April", "2026-03-01", "2026-05-01"), ("in 2025", "2025-01-01", "2026-01-01"),
        ("since 1 May", "2026-05-01", ""), ("before April", "", "2026-04-01"), ("after April", "2026-05-01", ""),
        ("year to date", "2026-01-01", "2026-05-13T10:30:00Z"), ("in the last 24 hours", "2026-05-12T10:30:00Z", "2026-05-13T10:30:00Z"),
        ("in the last week", "2026-05-06T10:30:00Z", "2026-05-13T10:30:00Z"),
        ("in the past month", "2026-04-13T10:30:00Z", "2026-05-13T10:30:00Z"),
        ("over the last 3 months", "2026-02-13T10:30:00Z", "2026-05-13T10:30:00Z"),
        ("last fortnight", "2026-04-29T10:30:00Z", "2026-05-13T10:30:00Z"), ("older than 30 days", "", "2026-04-13T10:30:00Z"),
        ("in the last 48 hours", "2026-05-11T10:30:00Z", "2026-05-13T10:30:00Z"), ("previous quarter", "2026-01-01", "2026-04-01"),
        ("previous month", "2026-04-01", "2026-05-01"), ("previous week", "2026-05-04", "2026-05-11"),
        ("this year", "2026-01-01", "2027-01-01"), ("this month", "2026-05-01", "2026-06-01"),
        ("in the past year", "2025-05-13T10:30:00Z", "2026-05-13T10:30:00Z"),
        ("in the last 2 years", "2024-05-13T10:30:00Z", "2026-05-13T10:30:00Z"),
        ("in the past 2 quarters", "2025-11-13T10:30:00Z", "2026-05-13T10:30:00Z"),
        ("in the previous 3 weeks", "2026-04-22T10:30:00Z", "2026-05-13T10:30:00Z"), ("since yesterday", "2026-05-12", ""),
        ("before yesterday", "", "2026-05-12"), ("during April", "2026-04-01", "2026-05-01"), ("in Q3 2025", "2025-07-01", "2025-10-01"),
        ("since March 2026", "2026-03-01", ""), ("this weekend", "2026-05-16", "2026-05-18"),
        ("for more than a week", "", "2026-05-06T10:30:00Z"), ("two months ago", "2026-03-01", "2026-04-01")
    ])
    func intervals(_ phrase: String, _ from: String, _ to: String) throws {
        let hit = try #require(TimeGrammar(Words.split(phrase), now: noon).hits().first, "\(phrase)")
        #expect(hit.range == 0..<Words.split(phrase).count, "\(phrase)")
        #expect(hit.span.from == Self.moment(from), "\(phrase)")
        #expect(hit.span.to == Self.moment(to), "\(phrase)")
    }

    @Test func aDateThatReadsTwoWaysIsAskedBack() {
        guard case .clarify(_, let options) = understand("How many tickets were created on 3/4/2026?") else {
            Issue.record("not asked back")
            return
        }
        #expect(options.map(\.label) == ["3 April 2026", "4 March 2026"])
    }

    @Test(arguments: ["May I see tickets", "March on", "the second ticket", "more than 5 tickets"])
    func otherWordsAreNoTimes(_ text: String) {
        #expect(TimeGrammar(Words.split(text), now: noon).hits().isEmpty)
    }

    private static func moment(_ text: String) -> Date? { Day(text)?.start ?? Date(rfc3339: text) }
}
