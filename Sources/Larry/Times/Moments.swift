import Domain
import Foundation

/// Calendar arithmetic in the workspace's zone; weeks start on Monday.
struct Moments: Sendable {
    /// The moment of the question, on a whole second.
    let now: Date
    let zone: CivilZone

    init(now: Date, zone: CivilZone = .utc) {
        self.now = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
        self.zone = zone
    }

    enum Unit: String, Sendable, CaseIterable {
        case minute, hour, day, week, month, quarter, year

        static let words: [String: Unit] = {
            var words: [String: Unit] = [
                "min": .minute, "mins": .minute, "hr": .hour, "hrs": .hour, "h": .hour, "d": .day, "wk": .week, "wks": .week, "w": .week,
                "mo": .month, "mos": .month, "mth": .month, "yr": .year, "yrs": .year, "qtr": .quarter, "24h": .hour
            ]
            for unit in allCases {
                words[unit.rawValue] = unit
                words[unit.rawValue + "s"] = unit
            }
            return words
        }()
    }

    var today: Day { day(now) }
    var year: Int { today.civil.year }
    var month: Int { today.civil.month }

    func day(_ date: Date) -> Day { zone.day(containing: date) }
    func start(_ day: Day) -> Date { zone.start(of: day) }

    /// `3 March 2026`.
    func text(_ date: Date) -> String { DayText.text(day(date)) }

    /// The last day inside a half-open interval.
    func lastDay(before date: Date) -> String { text(date.addingTimeInterval(-0.001)) }

    /// The first of a month; months beyond 12 or below 1 roll over.
    func first(year: Int, month: Int) -> Date {
        let count = year * 12 + month - 1
        let text = "\(count / 12)-" + (count % 12 < 9 ? "0" : "") + "\(count % 12 + 1)-01"
        return Day(text).map(start) ?? now
    }

    /// The beginning of the calendar unit that now lies in, moved by so many units.
    func start(of unit: Unit, offset: Int = 0) -> Date {
        let (year, month, _) = today.civil
        return switch unit {
        case .minute: now.addingTimeInterval(Double(offset * 60 - zone.secondsOfDay(now) % 60))
        case .hour: now.addingTimeInterval(Double(offset * 3600 - zone.secondsOfDay(now) % 3600))
        case .day: start(today.adding(days: offset))
        case .week: start(today.monday.adding(days: 7 * offset))
        case .month: first(year: year, month: month + offset)
        case .quarter: first(year: year, month: (month - 1) / 3 * 3 + 1 + 3 * offset)
        case .year: first(year: year + offset, month: 1)
        }
    }

    /// Now moved by so many units; a day or month earlier is the same time of day, an hour is always sixty minutes.
    func moved(_ count: Int, _ unit: Unit) -> Date {
        let component: (Calendar.Component, Int) =
            switch unit {
            case .minute: (.minute, count)
            case .hour: (.hour, count)
            case .day: (.day, count)
            case .week: (.day, 7 * count)
            case .month: (.month, count)
            case .quarter: (.month, 3 * count)
            case .year: (.year, count)
            }
        return zone.calendar.date(byAdding: component.0, value: component.1, to: now) ?? now
    }

    /// The latest year in which the month has begun.
    func year(of month: Int) -> Int { month <= self.month ? year : year - 1 }

    /// A day of a month, if there is one.
    func day(_ year: Int, _ month: Int, _ day: Int) -> Day? {
        guard (1...12).contains(month), (1...31).contains(day) else { return nil }
        return Day("\(year)-" + (month < 10 ? "0" : "") + "\(month)-" + (day < 10 ? "0" : "") + "\(day)")
    }

    /// The latest day of this weekday (0 = Monday) that has begun.
    func latest(weekday: Int) -> Day {
        let distance = ((today.number + 3 - weekday) % 7 + 7) % 7
        return today.adding(days: -distance)
    }
}

/// A stretch of time that a question names.
struct TimeSpan: Equatable, Sendable {
    var from: Date?
    var to: Date?
    /// In words, to stand behind a figure: “in the last 30 days”, “on 3 March 2026”.
    var phrase: String
    /// Told how old something is rather than when it happened.
    var isAge = false
    /// Two readings exist: their question texts.
    var alternatives: [String] = []
}

/// Where a question names a time.
struct TimeHit: Equatable, Sendable {
    var range: Range<Int>
    var span: TimeSpan
}
