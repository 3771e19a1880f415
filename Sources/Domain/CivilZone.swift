package import Foundation

/// A time zone as a calendar hangs in it: which day a moment falls on, and when a day begins.
///
/// Days are as long as they are: on the days clocks change, a day has 23 or 25 hours, and a day whose midnight is skipped begins when its
/// first moment does.
package struct CivilZone: Sendable, Equatable {
    package let zone: TimeZone

    package static let utc = CivilZone(zone: .gmt)

    package init(zone: TimeZone) { self.zone = zone }

    /// The zone of a name of the tz database such as `Europe/Berlin`; nil when there is none.
    package init?(name: String) {
        if name == "UTC" {
            self = .utc
            return
        }
        guard Self.names.contains(name), let zone = TimeZone(identifier: name) else { return nil }
        self.init(zone: zone)
    }

    /// Every name that is taken, `UTC` first.
    package static let names: [String] =
        ["UTC"] + TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") && TimeZone(identifier: $0) != nil }.sorted()

    package var isUTC: Bool { zone == .gmt }

    /// As it is written behind times.
    package var name: String { isUTC ? "UTC" : zone.identifier }

    /// Seconds to add to UTC at a moment.
    package func offset(at date: Date) -> Int { isUTC ? 0 : zone.secondsFromGMT(for: date) }

    package func day(containing date: Date) -> Day { Day(containing: date.addingTimeInterval(Double(offset(at: date)))) }

    /// Whole seconds since midnight as clocks show them.
    package func secondsOfDay(_ date: Date) -> Int { date.addingTimeInterval(Double(offset(at: date))).secondsOfDay }

    /// The day's first moment.
    package func start(of day: Day) -> Date { moment(day, hour: 0) }

    /// The first moment of the day at which clocks show the hour or, where clocks skip it, a later one. 24 is the next day's beginning.
    package func moment(_ day: Day, hour: Int) -> Date {
        let shown = day.start.addingTimeInterval(Double(hour) * 3600)
        guard !isUTC else { return shown }
        let around = [shown.addingTimeInterval(-86_400), shown.addingTimeInterval(86_400)].map { Double(offset(at: $0)) }
        let fitting = around.map { shown.addingTimeInterval(-$0) }.filter {
            $0.addingTimeInterval(Double(offset(at: $0))) == shown
        }
        if let first = fitting.min() { return first }
        // Skipped: the clocks jump over it at this very moment.
        let before = shown.addingTimeInterval(-(around.max() ?? 0) - 1)
        return zone.nextDaylightSavingTimeTransition(after: before) ?? shown.addingTimeInterval(-(around.first ?? 0))
    }

    /// Changes of the offset in an interval, each with the offset from then on, in seconds; the first is the offset at its beginning.
    package func offsets(from: Date, to: Date) -> [(since: Date, offset: Int)] {
        var found = [(since: from, offset: offset(at: from))]
        guard !isUTC else { return found }
        var moment = from
        while let next = zone.nextDaylightSavingTimeTransition(after: moment), next > moment, next < to, found.count < 1_000 {
            let offset = offset(at: next)
            if offset != found[found.count - 1].offset { found.append((next, offset)) }
            moment = next
        }
        return found
    }

    package var calendar: Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        return calendar
    }
}
