import Domain
import Foundation

/// Days in words.
enum DayText {
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
    ]

    /// `3 March 2026`.
    static func text(_ date: Date) -> String {
        let day = Day(containing: date)
        let parts = day.description.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return day.description }
        return "\(parts[2]) \(months[parts[1] - 1]) \(parts[0])"
    }

    /// The last day inside a half-open interval.
    static func lastDay(before date: Date) -> String { text(date.addingTimeInterval(-0.001)) }
}

extension Calendar {
    static let utc: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}
