import Dispatch
import Synchronization

/// Hands values from a thread that reads to a task that writes. The thread waits while `capacity` of them are on the way.
///
/// The reading side is a database's own thread inside a transaction, which may block; the writing side is a task, which may not.
final class Handoff<Value: Sendable>: Sendable {
    /// The writing side was told to stop.
    struct Stopped: Error {}

    let values: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation
    private let room = DispatchSemaphore(value: 0)
    private let isStopped = Mutex(false)

    init(capacity: Int) {
        (values, continuation) = AsyncStream.makeStream()
        for _ in 0..<capacity { room.signal() }
    }

    /// Waits for room. Throws `Stopped` once nobody takes values any more.
    func give(_ value: Value) throws {
        room.wait()
        guard !isStopped.withLock({ $0 }) else {
            // The next one that waits must not wait for ever.
            room.signal()
            throw Stopped()
        }
        continuation.yield(value)
    }

    /// The value taken last is dealt with.
    func makeRoom() { room.signal() }

    /// There are no more values.
    func finish() { continuation.finish() }

    /// Nobody takes values any more.
    func stop() {
        isStopped.withLock { $0 = true }
        room.signal()
    }
}
