package import Foundation
import NIOHTTP1

/// The rate-limit headers of one answer. Values may be decimals such as `49.0` (fact 29); case varies (fact 28).
package struct RateHeaders: Sendable, Equatable {
    /// Requests a minute the account may make; an hour on some legacy plans (facts 37–38).
    package var total: Double?
    package var remaining: Double?
    /// Credits this request cost.
    package var used: Double?

    package init(total: Double? = nil, remaining: Double? = nil, used: Double? = nil) {
        self.total = total
        self.remaining = remaining
        self.used = used
    }

    init(_ headers: HTTPHeaders) {
        func number(_ name: String) -> Double? {
            headers.first(name: name).flatMap { Double($0.filter { $0 != " " }) }.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
        }
        total = number("X-RateLimit-Total")
        remaining = number("X-RateLimit-Remaining")
        used = number("X-RateLimit-Used-CurrentRequest")
    }
}

/// What a request is expected to cost, and which hidden sub-limit it falls under (facts 38–40, 45–48).
package struct RequestCost: Sendable, Equatable {
    /// Requests that share a sub-limit which no header shows.
    package enum Family: Sendable, Hashable {
        case ticketList, contactList, other
    }

    package var credits: Double
    package var family: Family

    package init(credits: Double = 1, family: Family = .other) {
        self.credits = credits
        self.family = family
    }
}

/// How long a caller is ready to wait for the budget.
package struct Patience: Sendable {
    /// A longer wait throws `FreshdeskError.mustWait`, so that the worker can do something else meanwhile.
    package var maximumWait: Duration
    /// Called with the end of a wait of more than five seconds, before it begins.
    package var onWait: (@Sendable (Date) async -> Void)?

    package init(maximumWait: Duration = .seconds(60), onWait: (@Sendable (Date) async -> Void)? = nil) {
        self.maximumWait = maximumWait
        self.onWait = onWait
    }
}
