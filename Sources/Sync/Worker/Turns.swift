import Synchronization

/// One run's turn in a worker's place.
final class Turn: Sendable {
    /// Rung when the turn is to end.
    let bell = Bell()
    let beganAt = ContinuousClock.now
}

/// The turns that are under way in one worker.
final class Turns: Sendable {
    private let held = Mutex<[Turn]>([])

    var count: Int { held.withLock { $0.count } }

    func begin() -> Turn {
        let turn = Turn()
        held.withLock { $0.append(turn) }
        return turn
    }

    func end(_ turn: Turn) { held.withLock { $0.removeAll { $0 === turn } } }

    /// The turn that began first, if it has lasted longer than `duration`.
    func longest(over duration: Duration) -> Turn? {
        // In the order in which they began.
        held.withLock { $0.first.flatMap { $0.beganAt.duration(to: .now) > duration ? $0 : nil } }
    }
}
