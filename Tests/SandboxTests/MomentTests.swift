import Testing

@testable import Sandbox

@Suite struct MomentTests {
    @Test(arguments: [
        ("2026-03-09", "2026-03-09T00:00:00Z"), ("2026-03-09T14:05", "2026-03-09T14:05:00Z"), ("2026-03-09T14:05Z", "2026-03-09T14:05:00Z"),
        ("2026-03-09T14:05:06Z", "2026-03-09T14:05:06Z"), ("2026-03-09T14:05:06.250Z", "2026-03-09T14:05:06Z"),
        ("2026-03-09T14:05:06+05:30", "2026-03-09T08:35:06Z"), ("2026-03-09T14:05:06-0800", "2026-03-09T22:05:06Z"),
        ("2026-03-09T14:05:06+02", "2026-03-09T12:05:06Z"), ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        ("2024-02-29", "2024-02-29T00:00:00Z"), ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z")
    ])
    func reads(text: String, moment: String) {
        #expect(Moment(text)?.description == moment)
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-02-30", "2026-03-09 14:05", "2026-03-09T25:00", "2026-03-09T14:05:06 05:30", "yesterday"
    ])
    func refuses(text: String) {
        #expect(Moment(text) == nil)
    }

    @Test func writesAnotherZone() {
        #expect(Moment("2026-03-09T20:00:00Z")?.text(offsetMinutes: 330) == "2026-03-10T01:30:00+05:30")
    }

    @Test func knowsWeekdays() {
        #expect(Moment("2026-03-09")?.weekday == 0)
        #expect(Moment("1970-01-01")?.weekday == 3)
        #expect(Moment("1969-12-28")?.weekday == 6)
    }
}
