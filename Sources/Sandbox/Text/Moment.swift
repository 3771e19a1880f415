/// A moment of the portal's clock in whole seconds since 1970, as precise as Freshdesk's timestamps (fact 52).
struct Moment: Comparable, Hashable, Sendable {
    var seconds: Int64

    static let minute: Int64 = 60
    static let hour: Int64 = 3_600
    static let day: Int64 = 86_400

    static func < (left: Moment, right: Moment) -> Bool { left.seconds < right.seconds }
    static func + (moment: Moment, seconds: Int64) -> Moment { Moment(seconds: moment.seconds + seconds) }
    static func - (moment: Moment, seconds: Int64) -> Moment { Moment(seconds: moment.seconds - seconds) }
    static func - (left: Moment, right: Moment) -> Int64 { left.seconds - right.seconds }

    /// Days since 1970-01-01 in UTC.
    var dayNumber: Int64 { Moment.floor(seconds, Moment.day) }
    /// The day's first second.
    var startOfDay: Moment { Moment(seconds: dayNumber * Moment.day) }
    /// 0 Monday … 6 Sunday.
    var weekday: Int { Int(((dayNumber + 3) % 7 + 7) % 7) }

    /// Year, month and day in UTC (proleptic Gregorian; Howard Hinnant's day count).
    var date: (year: Int, month: Int, day: Int) {
        let shifted = dayNumber + 719_468
        let era = Moment.floor(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (Int(year), Int(month), Int(day))
    }

    /// The first second of a day, nil when there is no such day.
    init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day), (0...9_999).contains(year) else { return nil }
        let shiftedYear = Int64(month <= 2 ? year - 1 : year)
        let era = Moment.floor(shiftedYear, 400)
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        seconds = (era * 146_097 + dayOfEra - 719_468) * Moment.day
        let back = date
        guard back.day == day, back.month == month else { return nil }
    }

    init(seconds: Int64) {
        self.seconds = seconds
    }

    private static func floor(_ value: Int64, _ unit: Int64) -> Int64 {
        value >= 0 ? value / unit : -((-value + unit - 1) / unit)
    }
}

extension Moment: CustomStringConvertible {
    /// `2026-03-09T14:05:00Z`
    var description: String { text() }

    /// RFC 3339, by default in UTC with `Z`; `offsetMinutes` writes the same moment in another zone, as Freshdesk does for
    /// groups and products (`+05:30`, fact 52).
    func text(offsetMinutes: Int = 0) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(25)
        append(to: &bytes, offsetMinutes: offsetMinutes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `2026-03-09`
    var dayText: String { String(text().prefix(10)) }

    func append(to bytes: inout [UInt8], offsetMinutes: Int = 0) {
        let local = self + Int64(offsetMinutes) * Moment.minute
        let day = local.date
        let time = Int(local.seconds - local.dayNumber * Moment.day)
        Moment.digits(day.year, 4, &bytes)
        bytes.append(UInt8(ascii: "-"))
        Moment.digits(day.month, 2, &bytes)
        bytes.append(UInt8(ascii: "-"))
        Moment.digits(day.day, 2, &bytes)
        bytes.append(UInt8(ascii: "T"))
        Moment.digits(time / 3_600, 2, &bytes)
        bytes.append(UInt8(ascii: ":"))
        Moment.digits(time / 60 % 60, 2, &bytes)
        bytes.append(UInt8(ascii: ":"))
        Moment.digits(time % 60, 2, &bytes)
        guard offsetMinutes != 0 else { return bytes.append(UInt8(ascii: "Z")) }
        bytes.append(UInt8(ascii: offsetMinutes < 0 ? "-" : "+"))
        Moment.digits(abs(offsetMinutes) / 60, 2, &bytes)
        bytes.append(UInt8(ascii: ":"))
        Moment.digits(abs(offsetMinutes) % 60, 2, &bytes)
    }

    private static func digits(_ value: Int, _ width: Int, _ bytes: inout [UInt8]) {
        var scale = 1
        for _ in 1..<width { scale *= 10 }
        while scale > 0 {
            bytes.append(UInt8(ascii: "0") + UInt8(value / scale % 10))
            scale /= 10
        }
    }
}

extension Moment {
    /// Reads the date forms Freshdesk accepts (fact 54): a day, a day with minutes or seconds, with `Z`, `±hh`, `±hhmm` or
    /// `±hh:mm`; without a zone it is UTC. Nil for anything else.
    init?(_ text: some StringProtocol) {
        var rest = Substring(text)
        guard let year = Moment.number(&rest, 4), Moment.skip(&rest, "-"),
            let month = Moment.number(&rest, 2), Moment.skip(&rest, "-"),
            let day = Moment.number(&rest, 2), var moment = Moment(year: year, month: month, day: day)
        else { return nil }
        if !rest.isEmpty {
            guard Moment.skip(&rest, "T"), let hour = Moment.number(&rest, 2), hour < 24, Moment.skip(&rest, ":"),
                let minute = Moment.number(&rest, 2), minute < 60
            else { return nil }
            moment = moment + Int64(hour * 3_600 + minute * 60)
            if Moment.skip(&rest, ":") {
                guard let second = Moment.number(&rest, 2), second < 60 else { return nil }
                moment = moment + Int64(second)
                if Moment.skip(&rest, ".") {
                    while Moment.number(&rest, 1) != nil {}
                }
            }
            guard let offset = Moment.zone(&rest), rest.isEmpty else { return nil }
            moment = moment - Int64(offset * 60)
        }
        self = moment
    }

    /// Minutes east of UTC, nil when what is left is no zone.
    private static func zone(_ rest: inout Substring) -> Int? {
        if rest.isEmpty || skip(&rest, "Z") { return 0 }
        let sign: Int
        if skip(&rest, "+") { sign = 1 } else if skip(&rest, "-") { sign = -1 } else { return nil }
        guard let hours = number(&rest, 2), hours < 15 else { return nil }
        if rest.isEmpty { return sign * hours * 60 }
        _ = skip(&rest, ":")
        guard let minutes = number(&rest, 2), minutes < 60 else { return nil }
        return sign * (hours * 60 + minutes)
    }

    private static func number(_ rest: inout Substring, _ width: Int) -> Int? {
        let head = rest.utf8.prefix(width)
        guard head.count == width, head.allSatisfy({ (48...57).contains($0) }) else { return nil }
        rest = rest.dropFirst(width)
        return head.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    private static func skip(_ rest: inout Substring, _ character: Character) -> Bool {
        guard rest.first == character else { return false }
        rest = rest.dropFirst()
        return true
    }
}
