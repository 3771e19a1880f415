import Synchronization

/// Wakes somebody who waits between two looks. A ring while nobody waits is kept, so that none is missed.
package final class Bell: Sendable {
    private struct State {
        var hasRung = false
        var waiter: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    package init() {}

    package func ring() {
        let waiter = state.withLock { state in
            let waiter = state.waiter
            state.waiter = nil
            if waiter == nil { state.hasRung = true }
            return waiter
        }
        waiter?.resume()
    }

    /// Returns at a ring, after `pause` where there is one, or when the task is cancelled. One waits at a time; a second one sends the
    /// first home.
    package func wait(atMost pause: Duration? = nil) async {
        let timer = pause.map { pause in
            Task { if (try? await Task.sleep(for: pause)) != nil { ring() } }
        }
        defer { timer?.cancel() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let (earlier, isOver) = state.withLock { state in
                    if state.hasRung || Task.isCancelled {
                        state.hasRung = false
                        return (nil as CheckedContinuation<Void, Never>?, true)
                    }
                    let earlier = state.waiter
                    state.waiter = continuation
                    return (earlier, false)
                }
                earlier?.resume()
                if isOver { continuation.resume() }
            }
        } onCancel: {
            ring()
        }
    }
}
