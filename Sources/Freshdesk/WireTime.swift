package import Foundation

/// Reading and writing the times of the wire. Hand-written because the formatters of Foundation refuse what Freshdesk sends
/// (facts 52–54) and cost more than the rest of a row.
package enum WireTime {
    /// A time in RFC 3339 with any offset, with or without seconds, or a bare date. Without a zone it is UTC. A fraction is
    /// kept. The three-digit hour of the docs' `2015-08-28T010:08:16Z` is read as 10. Nil when it cannot be a time.
    package static func parse(_ text: String) -> Date? {
        var reader = DigitReader(Array(text.utf8))
        guard let year = reader.number(upTo: 4), reader.skip(45), let month = reader.number(upTo: 2), reader.skip(45),
            let day = reader.number(upTo: 2), (1...12).contains(month), day >= 1, day <= length(ofMonth: month, year: year)
        else { return nil }
        var seconds = Double(days(year: year, month: month, day: day)) * 86_400
        if reader.isAtEnd { return Date(timeIntervalSince1970: seconds) }
        guard reader.skip(84) || reader.skip(116) || reader.skip(32), let hour = reader.number(upTo: 3), hour < 24,
            reader.skip(58), let minute = reader.number(upTo: 2), minute < 60
        else { return nil }
        seconds += Double(hour * 3_600 + minute * 60)
        if reader.skip(58) {
            guard let second = reader.number(upTo: 2), second <= 60 else { return nil }
            seconds += Double(second)
            if reader.skip(46) { seconds += reader.fraction() }
        }
        guard let offset = reader.offset(), reader.isAtEnd else { return nil }
        return Date(timeIntervalSince1970: seconds - Double(offset))
    }

    /// `YYYY-MM-DDTHH:MM:SSZ`, whole seconds, the one form every endpoint takes (fact 54).
    package static func format(_ date: Date) -> String {
        format(second: Int64(date.timeIntervalSince1970.rounded(.down)))
    }

    static func format(second: Int64) -> String {
        let day = (Double(second) / 86_400).rounded(.down)
        let rest = Int(second - Int64(day) * 86_400)
        return "\(format(day: Int(day)))T\(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
    }

    /// `YYYY-MM-DD` of a day counted from 1970-01-01.
    static func format(day: Int) -> String {
        let (year, month, dayOfMonth) = civil(day: day)
        let digits = String(year)
        return "\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)-\(two(month))-\(two(dayOfMonth))"
    }

    /// The `Date` header's form, `Tue, 15 Nov 2022 08:12:31 GMT` (fact 34: the right clock for watermarks).
    package static func parseHeader(_ text: String) -> Date? {
        let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let parts = text.split(whereSeparator: { $0 == " " || $0 == "," || $0 == ":" || $0 == "-" })
        guard parts.count >= 7, let day = Int(parts[1]), let month = months.firstIndex(of: parts[2].lowercased()),
            let year = Int(parts[3]), let hour = Int(parts[4]), let minute = Int(parts[5]), let second = Int(parts[6]),
            (1970...9_999).contains(year), (1...31).contains(day), (0...23).contains(hour), (0...59).contains(minute),
            (0...60).contains(second)
        else { return nil }
        let total = days(year: year, month: month + 1, day: day) * 86_400 + hour * 3_600 + minute * 60 + second
        return Date(timeIntervalSince1970: Double(total))
    }

    /// Days from 1970-01-01 in the Gregorian calendar; years are shifted to begin in March so that a leap day is the last.
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func civil(day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        if month == 2 { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        return [4, 6, 9, 11].contains(month) ? 30 : 31
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}

/// Reads runs of digits and single marks from a short text.
private struct DigitReader {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }

    mutating func skip(_ mark: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == mark else { return false }
        position += 1
        return true
    }

    mutating func number(upTo limit: Int) -> Int? {
        var value = 0
        let start = position
        while position < bytes.count, position - start < limit, (48...57).contains(bytes[position]) {
            value = value * 10 + Int(bytes[position] - 48)
            position += 1
        }
        return position == start ? nil : value
    }

    mutating func fraction() -> Double {
        var value = 0.0
        var scale = 0.1
        while position < bytes.count, (48...57).contains(bytes[position]) {
            value += Double(bytes[position] - 48) * scale
            scale /= 10
            position += 1
        }
        return value
    }

    /// Seconds east of UTC: `Z`, `±hh`, `±hhmm`, `±hh:mm`, or nothing, which means UTC.
    mutating func offset() -> Int? {
        if isAtEnd || skip(90) || skip(122) { return 0 }
        let sign: Int
        if skip(43) { sign = 1 } else if skip(45) { sign = -1 } else { return nil }
        guard let hours = number(upTo: 2), hours < 24 else { return nil }
        if isAtEnd { return sign * hours * 3_600 }
        _ = skip(58)
        guard let minutes = number(upTo: 2), minutes < 60 else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}
