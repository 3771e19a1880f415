package import Foundation

/// The clock of waiting: budgets and retries measure on it and sleep on it, so tests need no real time.
package protocol RequestClock: Sendable {
    /// Time since an unnamed start; never jumps, unlike the wall clock.
    var elapsed: Duration { get }
    /// The wall clock, for moments shown to people.
    var date: Date { get }
    /// Returns after `duration`, or throws `CancellationError` when the task is cancelled.
    func sleep(for duration: Duration) async throws
}

/// The real clock.
package struct SystemRequestClock: RequestClock {
    private static let start = ContinuousClock.now

    package init() {}

    package var elapsed: Duration { SystemRequestClock.start.duration(to: .now) }
    package var date: Date { Date() }
    package func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}

extension Duration {
    /// As Foundation counts: seconds in floating point.
    var interval: TimeInterval {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
