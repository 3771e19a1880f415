package import Foundation

/// A calendar day in UTC, written `YYYY-MM-DD`.
package struct Day: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// Days since 1970-01-01.
    package var number: Int

    package init(number: Int) { self.number = number }

    /// The UTC day that `date` falls in.
    package init(containing date: Date) {
        number = Int((date.timeIntervalSince1970 / Day.seconds).rounded(.down))
    }

    package init?(_ description: String) {
        let parts = description.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2, parts[2].utf8.count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
            let date = Day.calendar.date(from: DateComponents(year: year, month: month, day: day))
        else { return nil }
        self.init(containing: date)
        // The calendar rolls 2026-02-30 over to March; only a day that reads back the same is one.
        guard self.description == description else { return nil }
    }

    package var description: String {
        let parts = Day.calendar.dateComponents([.year, .month, .day], from: start)
        return Day.padded(parts.year ?? 0, 4) + "-" + Day.padded(parts.month ?? 0, 2) + "-" + Day.padded(parts.day ?? 0, 2)
    }

    /// Midnight UTC at the beginning of the day.
    package var start: Date { Date(timeIntervalSince1970: Double(number) * Day.seconds) }

    /// The Monday of the day's week (weeks start on Monday).
    package var monday: Day {
        // 1970-01-01 was a Thursday, three days after a Monday.
        Day(number: number - ((number + 3) % 7 + 7) % 7)
    }

    package func adding(days: Int) -> Day { Day(number: number + days) }

    package static func < (lhs: Day, rhs: Day) -> Bool { lhs.number < rhs.number }

    private static let seconds = 86_400.0

    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    private static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension Date {
    /// Parses RFC 3339 with any offset, with or without fractional seconds; nil when it is not one.
    package init?(rfc3339 text: String) {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        guard let date = try? Date(text, strategy: style) else { return nil }
        self = date
    }

    /// RFC 3339 in UTC with `Z` and whole seconds, as the API prints every time.
    package var rfc3339: String { formatted(.iso8601) }

    /// Milliseconds since 1970 UTC, as both engines store every time.
    package var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    package init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
