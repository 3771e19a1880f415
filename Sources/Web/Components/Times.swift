import Domain
import Foundation
import Markup

/// A moment as people say it, with the exact time in its title: `3 min ago`, `in 2 h`, `14 Mar`.
struct RelativeTime {
    var date: Date
    var now: Date

    init(_ date: Date, now: Date) {
        self.date = date
        self.now = now
    }

    var text: String {
        let seconds = now.timeIntervalSince(date)
        let distance = abs(seconds)
        if distance < 45 { return seconds >= 0 ? "just now" : "in a moment" }
        if distance >= 30 * 86_400 { return DateText.day(date, now: now) }
        let words = Self.distance(distance)
        return seconds >= 0 ? words + " ago" : "in " + words
    }

    var html: HTML {
        time(text, .datetime(date.rfc3339), .title(DateText.exact(date)))
    }

    private static func distance(_ seconds: TimeInterval) -> String {
        let minutes = Int((seconds / 60).rounded())
        if minutes < 60 { return "\(minutes) min" }
        let hours = Int((seconds / 3600).rounded())
        if hours < 24 { return "\(hours) h" }
        return Int((seconds / 86_400).rounded()).counted("day")
    }
}

/// A moment as date and time in UTC: `14 Mar 2026, 09:05 UTC`.
struct ExactTime {
    var date: Date

    init(_ date: Date) { self.date = date }

    var html: HTML { time(DateText.exact(date), .datetime(date.rfc3339), .title(DateText.exact(date))) }
}

/// An hour of the clock, such as the next sync's; the script shows it in the reader's zone.
struct ClockTime {
    var date: Date

    init(_ date: Date) { self.date = date }

    var html: HTML {
        time(DateText.clock(date) + " UTC", .datetime(date.rfc3339), .title(DateText.exact(date)), .data("time", "clock"))
    }
}

/// How long something has been going; the script counts on.
struct ElapsedTime {
    var since: Date
    var now: Date
    var isRunning = true

    var html: HTML {
        let seconds = max(0, now.timeIntervalSince(since))
        return span(Span.text(seconds), isRunning ? .data("elapsed", String(Int(seconds))) : .none, .class("nowrap"))
    }
}

/// How long until something; the script counts down.
struct Countdown {
    var until: Date
    var now: Date

    var html: HTML {
        let seconds = max(0, until.timeIntervalSince(now))
        return span(Span.text(seconds), .data("countdown", String(Int(seconds))), .class("nowrap"))
    }
}

/// Dates in words, in UTC.
enum DateText {
    /// `14 Mar 2026, 09:05 UTC`
    static func exact(_ date: Date) -> String {
        "\(day(Day(containing: date))), \(clock(date)) UTC"
    }

    /// `14 Mar`, with the year unless it is this one.
    static func day(_ date: Date, now: Date) -> String {
        let (then, today) = (Day(containing: date).civil, Day(containing: now).civil)
        return "\(then.day) \(month(then.month))" + (then.year == today.year ? "" : " \(then.year)")
    }

    /// `14 Mar 2026`
    static func day(_ day: Day) -> String {
        let parts = day.civil
        return "\(parts.day) \(month(parts.month)) \(parts.year)"
    }

    /// `09:05`
    static func clock(_ date: Date) -> String {
        let minutes = date.secondsOfDay / 60
        let (hour, minute) = (minutes / 60, minutes % 60)
        return (hour < 10 ? "0" : "") + "\(hour):" + (minute < 10 ? "0" : "") + "\(minute)"
    }

    private static func month(_ number: Int) -> String { months[(number - 1 + 12) % 12] }

    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
