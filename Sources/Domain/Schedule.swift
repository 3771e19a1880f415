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

    /// The slot that has to be run now: the latest one, unless it or a later one was served, or it lies before the connection began.
    package func due(at now: Date, lastServed: Date?, connectedAt: Date) -> Date? {
        let slot = latest(notAfter: now)
        guard slot > connectedAt else { return nil }
        if let lastServed, lastServed >= slot { return nil }
        return slot
    }

    private func slot(on day: Day) -> Date { day.start.addingTimeInterval(Double(hourUTC) * 3600) }
}
