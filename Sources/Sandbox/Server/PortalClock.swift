import Foundation

/// The portal's clock: real time, or started at a given moment and running on or standing still; it can be advanced, never turned back.
struct PortalClock: Sendable {
    private let origin: Double
    private let started: ContinuousClock.Instant
    private let stands: Bool
    private var advanced: Double = 0

    /// - Parameter stands: only `advance` moves it.
    init(start: Date?, stands: Bool = false) {
        origin = (start ?? Date()).timeIntervalSince1970
        self.stands = stands
        started = ContinuousClock.now
    }

    /// Seconds since 1970 with their fraction.
    var precise: Double {
        guard !stands else { return origin + advanced }
        let elapsed = ContinuousClock.now - started
        return origin + advanced + Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
    }

    var now: Moment { Moment(seconds: Int64(precise.rounded(.down))) }

    mutating func advance(by seconds: Double) {
        advanced += max(0, seconds)
    }
}
