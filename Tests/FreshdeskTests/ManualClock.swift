import Foundation
import Synchronization

@testable import Freshdesk

/// A clock that stands still until a test moves it; a sleep that nobody waits out moves it at once when `runsAhead`.
final class ManualClock: RequestClock {
    private struct State {
        var elapsed: Duration = .zero
        var sleepers: [Int: (until: Duration, continuation: CheckedContinuation<Void, any Error>)] = [:]
        var nextSleeper = 0
        var slept: [Duration] = []
    }

    private let state = Mutex(State())
    /// Whether sleeping moves the clock by itself, as in a film that skips the waits.
    let runsAhead: Bool
    let start = Date(timeIntervalSince1970: 1_700_000_000)

    init(runsAhead: Bool = false) { self.runsAhead = runsAhead }

    var elapsed: Duration { state.withLock { $0.elapsed } }
    var date: Date { start.addingTimeInterval(elapsed.interval) }
    /// Every sleep asked for so far.
    var slept: [Duration] { state.withLock { $0.slept } }
    var sleeperCount: Int { state.withLock { $0.sleepers.count } }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        if runsAhead {
            state.withLock {
                $0.slept.append(duration)
                $0.elapsed += duration
            }
            return
        }
        let id = state.withLock { state in
            defer { state.nextSleeper += 1 }
            state.slept.append(duration)
            return state.nextSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let isCancelled = Task.isCancelled
                state.withLock { state in
                    if isCancelled { return }
                    state.sleepers[id] = (state.elapsed + duration, continuation)
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: id) }?.continuation.resume(throwing: CancellationError())
        }
    }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.elapsed += duration
            let due = state.sleepers.filter { $0.value.until <= state.elapsed }
            for id in due.keys { state.sleepers[id] = nil }
            return due.values.map(\.continuation)
        }
        for continuation in due { continuation.resume() }
    }
}

/// Waits until a condition holds, without a fixed pause; false after a minute.
func eventually(_ condition: @Sendable () async -> Bool) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
        if await condition() { return true }
        try? await Task.sleep(for: .milliseconds(2))
    }
    return false
}
