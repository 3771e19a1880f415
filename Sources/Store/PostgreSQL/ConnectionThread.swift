import Dispatch
import Foundation
import Synchronization

/// A thread that does the work of one connection's actor: libpq blocks, and nothing else may stand still because of it.
final class ConnectionThread: SerialExecutor {
    private let jobs = Mutex<[UnownedJob?]>([])
    private let waiting = DispatchSemaphore(value: 0)

    /// Enough for what a transaction's body decodes.
    private static let stackSize = 4 << 20

    init(name: String) {
        let thread = Thread { [self] in work() }
        thread.name = name
        thread.stackSize = Self.stackSize
        thread.start()
    }

    func enqueue(_ job: consuming ExecutorJob) { add(UnownedJob(job)) }

    /// Ends the thread after the work it has. Nothing may be given to it afterwards.
    func stop() { add(nil) }

    private func add(_ job: UnownedJob?) {
        jobs.withLock { $0.append(job) }
        waiting.signal()
    }

    private func work() {
        while true {
            waiting.wait()
            guard let job = jobs.withLock({ $0.removeFirst() }) else { return }
            job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }
}
