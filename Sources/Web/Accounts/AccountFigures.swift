import Domain
import Foundation
import Markup

/// A count that leads to the tickets it counts; zero is quiet.
struct Figure {
    var count: Int
    var query: TicketQuery
    var isAlarming: Bool

    init(_ count: Int, to query: TicketQuery, isAlarming: Bool = false) {
        self.count = count
        self.query = query
        self.isAlarming = isAlarming
    }

    var html: HTML {
        if count == 0 { return span("0", .class("muted")) }
        return a(count.grouped, .href(Route.tickets(query).link), .class("figure", isAlarming ? "danger-text" : ""))
    }
}

/// When a contract is renewed: the date, and how soon when that is near.
struct Renewal {
    var day: Day
    var now: Date

    var html: HTML {
        let days = day.number - Day(containing: now).number
        return span(.class("nowrap", (0...Self.soon).contains(days) ? "warning-text" : ""), .title(words(days))) { DateText.day(day) }
    }

    private static let soon = 60

    private func words(_ days: Int) -> String {
        switch days {
        case 0: "today"
        case 1...: "in \(days.counted("day"))"
        default: "\((-days).counted("day")) ago"
        }
    }
}

/// A sum in the workspace's currency, which it does not name: `1,250,000`, `99.50`.
enum Money {
    static func text(_ amount: Decimal) -> String {
        var (rounded, exact) = (Decimal(), amount)
        NSDecimalRound(&rounded, &exact, 2, .plain)
        let parts = "\(abs(rounded))".split(separator: ".", maxSplits: 1)
        let digits = Array(parts.first ?? "0")
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        if parts.count > 1 { text += "." + parts[1].padding(toLength: 2, withPad: "0", startingAt: 0) }
        return rounded < 0 ? "−" + text : text
    }
}
