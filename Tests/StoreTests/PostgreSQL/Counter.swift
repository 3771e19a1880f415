import Synchronization

/// Counts across threads.
final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    /// The number after this call.
    func next() -> Int {
        value.withLock {
            $0 += 1
            return $0
        }
    }
}
