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
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
        else { return nil }
        self.init(year: year, month: month, day: day)
        // 2026-02-30 counts on into March; only a day that reads back the same is one.
        guard self.description == description else { return nil }
    }

    package var description: String {
        let (year, month, day) = civil
        return Day.padded(year, 4) + "-" + Day.padded(month, 2) + "-" + Day.padded(day, 2)
    }

    /// Year, month and day of the month in the Gregorian calendar, also before it was introduced.
    ///
    /// Counted by hand, because a list of tickets writes hundreds of dates and a `Calendar` takes longer for them than all the rest.
    /// Years begin in March here, so that the leap day is a year's last, and repeat every 400.
    package var civil: (year: Int, month: Int, day: Int) {
        let days = number + Day.marchOfYearZero
        let era = (days >= 0 ? days : days - Day.inFourCenturies + 1) / Day.inFourCenturies
        let inEra = days - era * Day.inFourCenturies
        let yearOfEra = (inEra - inEra / 1460 + inEra / 36_524 - inEra / 146_096) / 365
        let inYear = inEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * inYear + 2) / 153
        let isNextYear = month >= 10
        return (
            yearOfEra + era * 400 + (isNextYear ? 1 : 0), month + (isNextYear ? -9 : 3), inYear - (153 * month + 2) / 5 + 1
        )
    }

    /// The inverse of `civil`; a day past the month's end counts on into the next.
    private init(year: Int, month: Int, day: Int) {
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let inYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let inEra = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100 + inYear
        number = era * Day.inFourCenturies + inEra - Day.marchOfYearZero
    }

    /// Days from 0000-03-01 to 1970-01-01.
    private static let marchOfYearZero = 719_468
    private static let inFourCenturies = 146_097

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

    fileprivate static func padded(_ value: Int, _ width: Int) -> String {
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
    ///
    /// Written digit by digit: a list of tickets has hundreds of them, and joining padded texts took a twentieth of the page's time.
    package var rfc3339: String {
        let day = Day(containing: self)
        let seconds = secondsOfDay
        let (year, month, dayOfMonth) = day.civil
        guard (0...9999).contains(year) else {
            return "\(day)T\(Day.padded(seconds / 3600, 2)):\(Day.padded(seconds / 60 % 60, 2)):\(Day.padded(seconds % 60, 2))Z"
        }
        let parts: [(value: Int, width: Int, end: Unicode.Scalar)] = [
            (year, 4, "-"), (month, 2, "-"), (dayOfMonth, 2, "T"), (seconds / 3600, 2, ":"), (seconds / 60 % 60, 2, ":"), (seconds % 60, 2, "Z")
        ]
        return String(unsafeUninitializedCapacity: 20) { text in
            var place = 0
            for part in parts {
                var rest = part.value
                for digit in (place..<place + part.width).reversed() {
                    text[digit] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
                text[place + part.width] = UInt8(ascii: part.end)
                place += part.width + 1
            }
            return place
        }
    }

    /// Whole seconds since midnight UTC.
    package var secondsOfDay: Int {
        let seconds = timeIntervalSince1970.rounded(.down)
        return Int(seconds - (seconds / 86_400).rounded(.down) * 86_400)
    }

    /// Milliseconds since 1970 UTC, as both engines store every time.
    package var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    package init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
