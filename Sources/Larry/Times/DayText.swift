import Domain
import Foundation

/// Days in words.
enum DayText {
    static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"
    ]

    /// `3 March 2026`.
    static func text(_ day: Day) -> String {
        let parts = day.civil
        return "\(parts.day) \(months[(parts.month - 1 + 12) % 12]) \(parts.year)"
    }

    static func text(_ date: Date, in zone: CivilZone = .utc) -> String { text(zone.day(containing: date)) }
}
