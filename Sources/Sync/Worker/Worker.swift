package import Domain
import Foundation
package import Logging
import ServiceLifecycle
package import Store
import Synchronization

/// Takes runs from the queue and carries them out, several at once, keeping their leases alive.
package struct Worker: Service {
    /// A run whose worker has been silent for so long is another's to take.
    static let lease: TimeInterval = 15
    static let heartbeat: Duration = .seconds(5)
    /// How often an idle worker looks at the queue.
    static let poll: Duration = .milliseconds(500)
    /// Runs at once in one process; a portal that waits for its rate limit holds none.
    static let capacity = 4

    let runs: RunStore
    let engine: SyncEngine
    let clock: SyncClock
    let owner: WorkerIdentity
    let logger: Logger

    package init(database: any Database, engine: SyncEngine, clock: SyncClock, logger: Logger) {
        runs = RunStore(database: database)
        self.engine = engine
        self.clock = clock
        self.logger = logger
        owner = WorkerIdentity.current()
    }

    /// Works until the process is asked to stop; runs in hand are then given back with their checkpoints.
    package func run() async throws {
        let busy = Busy()
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    if busy.count < Self.capacity, let claim = await claim(workspace: nil) {
                        busy.add(1)
                        group.addTask {
                            _ = await carryOut(claim)
                            busy.add(-1)
                        }
                    } else {
                        try? await Task.sleep(for: Self.poll)
                    }
                }
            }
        }
    }

    /// Carries out one workspace's run if it can be had; nil when somebody else has it or there is none.
    package func runOnce(workspace: ID<Workspace>) async -> SyncEngine.Outcome? {
        guard let claim = await claim(workspace: workspace) else { return nil }
        return await carryOut(claim)
    }

    private func claim(workspace: ID<Workspace>?) async -> RunStore.Claim? {
        let owner = owner
        do {
            return try await runs.claim(
                owner: owner.text, lease: Self.lease, now: clock.real(), startedAt: clock.product(), workspace: workspace,
                deadOwners: { owner.knowsDead($0) })
        } catch {
            if !Task.isCancelled { logger.warning("The queue of sync runs could not be read", metadata: ["reason": "\(error)"]) }
            return nil
        }
    }

    /// Runs until the end, or until the lease is lost.
    private func carryOut(_ claim: RunStore.Claim) async -> SyncEngine.Outcome {
        await withTaskGroup(of: SyncEngine.Outcome?.self) { group in
            group.addTask { await engine.run(claim) }
            group.addTask {
                await keepAlive(claim)
                return nil
            }
            var outcome: SyncEngine.Outcome = .lost
            for await finished in group {
                group.cancelAll()
                if let finished { outcome = finished }
            }
            return outcome
        }
    }

    /// Prolongs the lease until it is lost or the run is over.
    private func keepAlive(_ claim: RunStore.Claim) async {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: Self.heartbeat)
                guard try await runs.heartbeat(claim, lease: Self.lease, now: clock.real()) else { return }
            } catch is CancellationError {
                return
            } catch {
                // A busy database is no reason to give the run up; the lease outlasts two missed beats.
                logger.warning("A heartbeat failed", metadata: ["run.id": "\(claim.run)", "reason": "\(error)"])
            }
        }
    }
}

/// How many runs a worker has in hand.
private final class Busy: Sendable {
    private let held = Mutex(0)

    var count: Int { held.withLock { $0 } }

    func add(_ change: Int) { held.withLock { $0 += change } }
}
