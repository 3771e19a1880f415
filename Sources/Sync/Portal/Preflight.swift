package import Domain
import Foundation
import Freshdesk

/// What a key may read and how long a first sync would take, found out before anything is stored.
package struct Preflight: Sendable, Equatable {
    /// What was asked for, in the order shown.
    package enum Subject: String, Sendable, CaseIterable {
        case tickets, conversations, companies, contacts, agents, groups
        case ticketFields = "ticket_fields"
        case satisfactionRatings = "satisfaction_ratings"
    }

    /// What one probe found. A sync can do without what is `refused`, except tickets.
    package enum Outcome: Sendable, Equatable {
        case readable
        /// The portal's own sentence.
        case refused(String)
        /// Neither yes nor no: the portal did not answer as it should.
        case unclear(String)
    }

    package struct Probe: Sendable, Equatable {
        package var subject: Subject
        package var outcome: Outcome
    }

    /// What a first sync over one window would read.
    package struct Estimate: Sendable, Equatable {
        /// Nil for everything.
        package var backfillDays: Int?
        /// Tickets in scope, at most: a ticket may be unresolved and recent at once.
        package var tickets: Int
        /// Requests for tickets and their threads; companies and contacts come on top, a request for each hundred.
        package var requests: Int
        /// Nil when the portal does not say its allowance.
        package var minutes: Int?
    }

    package var subdomain: String
    package var agent: String
    package var probes: [Probe]
    /// Requests a minute (on some old plans an hour) that the portal says it allows; nil when it says nothing.
    package var allowance: Int?
    package var estimates: [Estimate]
    package var warnings: [ConnectionWarning]

    package init(
        subdomain: String, agent: String, probes: [Probe], allowance: Int?, estimates: [Estimate], warnings: [ConnectionWarning]
    ) {
        self.subdomain = subdomain
        self.agent = agent
        self.probes = probes
        self.allowance = allowance
        self.estimates = estimates
        self.warnings = warnings
    }

    /// The windows a person chooses from, in days; nil is everything.
    package static let windows: [Int?] = [90, 180, 365, 730, nil]

    /// Which plan the allowance speaks for (facts 37 and 38); nil when it fits none.
    package var plan: String? {
        switch allowance {
        case 50: "A trial, or an old plan counted by the hour"
        case 100: "Growth"
        case 200: "Growth (older), or an old plan counted by the hour"
        case 400: "Pro"
        case 700: "Enterprise"
        case let allowance? where allowance >= 3000: "An old plan counted by the hour"
        default: nil
        }
    }

    /// Whether a sync could run with this key.
    package var isReady: Bool {
        probes.allSatisfy { probe in
            guard probe.subject == .tickets || probe.subject == .conversations else { return true }
            return probe.outcome == .readable
        }
    }

    /// Requests of a first sync: pages of a hundred tickets, searches of thirty, one thread a ticket (reference 6.2), and the few around.
    static func requests(tickets: Int, unresolved: Int) -> Int {
        let pages = (tickets + 99) / 100
        let searches = (unresolved + 29) / 30
        return pages + searches + tickets + 10
    }

    /// Minutes at the share of the allowance that is not left to others; at least 1.
    static func minutes(requests: Int, allowance: Int, reservePercent: Int) -> Int {
        let usable = max(1, allowance * (100 - reservePercent) / 100)
        return max(1, (requests + usable - 1) / usable)
    }
}
