package import Foundation

/// One sync of one workspace: queue entry, lock, progress and history at once.
package struct SyncRun: Sendable, Equatable {
    package enum Trigger: String, Sendable {
        case first, daily, manual, cli
    }

    /// The last four never change.
    package enum State: String, Sendable, CaseIterable {
        case queued, running, waiting, succeeded, partial, failed, cancelled

        package var isActive: Bool { self == .queued || self == .running || self == .waiting }
    }

    /// Why a run failed, or the card is red: a word for machines and the exact text for people.
    package struct Problem: Sendable, Equatable {
        package enum Code: String, Sendable {
            case invalidCredentials = "invalid_credentials"
            case rateLimited = "rate_limited"
            case forbidden, network, unexpected
        }

        package var code: Code
        package var message: String

        package init(code: Code, message: String) {
            self.code = code
            self.message = message
        }
    }

    /// The portal's allowance as last seen.
    package struct RateLimit: Sendable, Equatable {
        package var total: Int?
        package var remaining: Int?
        package var resumesAt: Date?
        /// The least that ever remained while the run went on.
        package var lowest: Int?

        package init(total: Int?, remaining: Int?, resumesAt: Date?, lowest: Int? = nil) {
            self.total = total
            self.remaining = remaining
            self.resumesAt = resumesAt
            self.lowest = lowest
        }
    }

    package var id: ID<SyncRun>
    package var workspaceID: ID<Workspace>
    package var trigger: Trigger
    package var state: State
    /// Who asked for it; nil for the schedule.
    package var actor: String?
    package var queuedAt: Date
    package var startedAt: Date?
    package var endedAt: Date?
    package var resumedFrom: ID<SyncRun>?
    package var requests: Int
    package var rateLimit: RateLimit
    package var error: Problem?
    /// The six, in order.
    package var phases: [SyncPhase]
    /// About how many requests are still to be made; nil until that can be told.
    package var requestsLeft: Int?
    /// How often the portal made the run wait for more than a few seconds, and for how many seconds in all; a wait under way is counted,
    /// its length not yet.
    package var waits: Int
    package var waited: TimeInterval

    package init(
        id: ID<SyncRun>, workspaceID: ID<Workspace>, trigger: Trigger, state: State, actor: String?, queuedAt: Date, startedAt: Date?,
        endedAt: Date?, resumedFrom: ID<SyncRun>?, requests: Int, rateLimit: RateLimit, error: Problem?, phases: [SyncPhase],
        requestsLeft: Int? = nil, waits: Int = 0, waited: TimeInterval = 0
    ) {
        self.id = id
        self.workspaceID = workspaceID
        self.trigger = trigger
        self.state = state
        self.actor = actor
        self.queuedAt = queuedAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.resumedFrom = resumedFrom
        self.requests = requests
        self.rateLimit = rateLimit
        self.error = error
        self.phases = phases
        self.requestsLeft = requestsLeft
        self.waits = waits
        self.waited = waited
    }

    /// Requests and seconds after which a run's own pace says something.
    private static let tellingRequests = 20
    private static let tellingSeconds: TimeInterval = 5

    /// About how many seconds the run still takes, as its requests allow: no faster than the portal's allowance less the reserve, and no
    /// faster than it has been going. Nil when neither can be told, or the run is over.
    ///
    /// - Parameters:
    ///   - reservePercent: the share of the allowance that is left to others.
    ///   - window: seconds the allowance counts for.
    package func secondsLeft(at now: Date, reservePercent: Int, window: Int) -> TimeInterval? {
        guard state.isActive, let requestsLeft else { return nil }
        var paces: [Double] = []
        if let total = rateLimit.total, total > 0, window > 0 {
            paces.append(max(1, Double(total) * Double(100 - reservePercent) / 100) / Double(window))
        }
        let elapsed = startedAt.map { now.timeIntervalSince($0) } ?? 0
        if requests >= Self.tellingRequests, elapsed >= Self.tellingSeconds { paces.append(Double(requests) / elapsed) }
        guard let pace = paces.min() else { return nil }
        let wait = state == .waiting ? rateLimit.resumesAt.map { max(0, $0.timeIntervalSince(now)) } ?? 0 : 0
        return max(wait, Double(requestsLeft) / pace)
    }

    /// A run older than this says so on the card.
    package static let longRunning: TimeInterval = 30 * 60

    /// Whether the run has been going for more than half an hour.
    package func isLongRunning(at now: Date) -> Bool {
        state.isActive && startedAt.map { now.timeIntervalSince($0) > SyncRun.longRunning } == true
    }
}

/// One of the six steps of a run, in the order they run.
package enum PhaseName: String, Sendable, CaseIterable, Codable {
    case companies, contacts, agents, tickets, conversations
    case satisfactionRatings = "satisfaction_ratings"

    package var label: String {
        switch self {
        case .companies: "Companies"
        case .contacts: "Contacts"
        case .agents: "Agents"
        case .tickets: "Tickets"
        case .conversations: "Conversations"
        case .satisfactionRatings: "Satisfaction ratings"
        }
    }
}

/// How far one phase of a run has come. A finished phase never changes again.
package struct SyncPhase: Sendable, Equatable {
    package enum State: String, Sendable {
        case pending, running, done, skipped, failed

        package var isFinished: Bool { self != .pending && self != .running }
    }

    package var name: PhaseName
    package var state: State
    package var counts: PhaseCounts
    /// Nil until a total is known.
    package var expected: Int?
    package var note: String?
    package var startedAt: Date?
    package var endedAt: Date?

    package init(
        name: PhaseName, state: State = .pending, counts: PhaseCounts = PhaseCounts(), expected: Int? = nil, note: String? = nil,
        startedAt: Date? = nil, endedAt: Date? = nil
    ) {
        self.name = name
        self.state = state
        self.counts = counts
        self.expected = expected
        self.note = note
        self.startedAt = startedAt
        self.endedAt = endedAt
    }
}

/// What a phase did with the records it read.
package struct PhaseCounts: Sendable, Equatable {
    package var done: Int
    package var added: Int
    package var updated: Int
    package var unchanged: Int
    package var deleted: Int
    package var failed: Int

    package init(done: Int = 0, added: Int = 0, updated: Int = 0, unchanged: Int = 0, deleted: Int = 0, failed: Int = 0) {
        self.done = done
        self.added = added
        self.updated = updated
        self.unchanged = unchanged
        self.deleted = deleted
        self.failed = failed
    }

    package static func + (lhs: PhaseCounts, rhs: PhaseCounts) -> PhaseCounts {
        PhaseCounts(
            done: lhs.done + rhs.done, added: lhs.added + rhs.added, updated: lhs.updated + rhs.updated,
            unchanged: lhs.unchanged + rhs.unchanged, deleted: lhs.deleted + rhs.deleted, failed: lhs.failed + rhs.failed)
    }

    package static func += (lhs: inout PhaseCounts, rhs: PhaseCounts) { lhs = lhs + rhs }
}
