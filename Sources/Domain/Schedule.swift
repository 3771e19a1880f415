package import Foundation

/// When the daily sync is due: once a day at one hour UTC, and once, not many times, after downtime.
package struct Schedule: Sendable, Equatable {
    /// From 0 to 23.
    package var hourUTC: Int

    package init(hourUTC: Int = 3) { self.hourUTC = hourUTC }

    /// The first slot after `date`.
    package func next(after date: Date) -> Date {
        let today = slot(on: Day(containing: date))
        return today > date ? today : slot(on: Day(containing: date).adding(days: 1))
    }

    /// The latest slot that is not after `date`.
    package func latest(notAfter date: Date) -> Date {
        let today = slot(on: Day(containing: date))
        return today <= date ? today : slot(on: Day(containing: date).adding(days: -1))
    }

    private func slot(on day: Day) -> Date { day.start.addingTimeInterval(Double(hourUTC) * 3600) }
}
