import Foundation

/// The clock of windows, schedule, answers and sandbox: real time, or a time that began at `CLYNTO_NOW` and runs on from there.
///
/// Leases, sessions, tokens, audit and waiting use real time and must not be given this one.
struct ProductClock: Sendable {
    /// The moment it was told to begin at; nil when it shows real time. Shown to people as a banner.
    let began: Date?
    private let offset: TimeInterval
    private let readRealTime: @Sendable () -> Date

    /// - Parameters:
    ///   - moment: what the clock shows right now; nil = real time.
    ///   - readRealTime: replaced in tests.
    init(beginningAt moment: Date? = nil, readRealTime: @escaping @Sendable () -> Date = { Date() }) {
        began = moment
        offset = moment?.timeIntervalSince(readRealTime()) ?? 0
        self.readRealTime = readRealTime
    }

    func now() -> Date { readRealTime().addingTimeInterval(offset) }
}
