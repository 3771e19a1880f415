package import Domain
package import Foundation
import Freshdesk
import Store
import Synchronization
package import Sync
import TestDatabases

/// Time that stands still until somebody has to wait, for product, portal and database alike: days of waiting pass in moments.
///
/// The portal must have been started at `start` with a clock that stands.
package final class SimulatedTime: RequestClock {
    private struct State {
        var elapsed: Duration = .zero
        var isMoving = false
        var world: SyncWorld?
    }

    package let start: Date
    private let state = Mutex(State())

    package init(start: Date) { self.start = start }

    package var elapsed: Duration { state.withLock { $0.elapsed } }
    package var date: Date { start.addingTimeInterval(elapsed / .seconds(1)) }
    package var clock: SyncClock { SyncClock(product: { self.date }, real: { self.date }) }

    /// The world as it lives in this time: everything that waits in it waits here.
    package func inhabit(_ world: SyncWorld) -> SyncWorld {
        let inhabited = world.elsewhere(clock: clock, requestClock: self)
        state.withLock { $0.world = inhabited }
        return inhabited
    }

    package func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        try await pass(until: elapsed + duration)
    }

    /// Lets time pass until a moment, unless it is there already. Many may wait for the same one.
    package func pass(until moment: Duration) async throws {
        while true {
            let step = state.withLock { state -> Duration? in
                guard state.elapsed + .milliseconds(1) < moment else { return .zero }
                guard !state.isMoving else { return nil }
                state.isMoving = true
                return moment - state.elapsed
            }
            guard let step else {
                await Task.yield()
                continue
            }
            if step == .zero { return }
            // The portal's clock moves by whole seconds; a moment may have lost a trifle on its way through a date.
            let seconds = Int64((step / .seconds(1) - 0.001).rounded(.up))
            defer { state.withLock { $0.isMoving = false } }
            let world = state.withLock { $0.world }
            try await world?.change("clock", #"{"advance": \#(seconds)}"#)
            try await world?.database.letTimePass(TimeInterval(seconds))
            state.withLock { $0.elapsed += .seconds(seconds) }
        }
    }
}

/// How a run went that had to wait.
package struct WaitedRun: Sendable {
    package var run: SyncRun
    /// How long each wait was, in seconds.
    package var waits: [TimeInterval]
}

extension SyncWorld {
    /// Carries the current run out with a worker that is free during every wait, and lets the time pass.
    ///
    /// - Parameter duringWait: is told how many waits have begun.
    package func carryOut(
        in time: SimulatedTime, duringWait: (Int) async throws -> Void = { _ in }
    ) async throws -> WaitedRun {
        var waits: [TimeInterval] = []
        while true {
            switch await worker.runOnce(workspace: workspace) {
            case .waits(let until):
                let pause = until.timeIntervalSince(time.date)
                waits.append(pause)
                try await duringWait(waits.count)
                try await time.pass(until: time.elapsed + .seconds(max(0, pause)))
                // The database's clock is real and has its own small delays.
                try await database.letTimePass(1)
            case .ended:
                guard let run = try await runs.current(workspace) else { throw Failure(.internal, "There is no run.") }
                return WaitedRun(run: run, waits: waits)
            case .lost, .released, nil: throw Failure(.internal, "The run could not be taken.")
            }
        }
    }
}
