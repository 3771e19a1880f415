package import Domain
import Foundation
package import Logging
import ServiceLifecycle
package import Store

/// Takes runs from the queue and carries them out, several at once, keeping their leases alive.
///
/// The queue is the database's: of all workers on it each takes what has waited longest. A portal that makes a run wait holds no place,
/// and a run that goes on for long gives its place up when others wait, so that a slow or a huge portal delays nobody.
package struct Worker: Service {
    /// A run whose worker has been silent for so long is another's to take.
    static let lease: TimeInterval = 15
    static let heartbeat: Duration = .seconds(5)
    /// How often an idle worker looks at the queue. Not quite regular: workers that started together would look together.
    static let poll: Range<Int> = 400..<600
    /// After the queue could not be read.
    static let pauseAfterFailure: Duration = .seconds(2)
    /// A wait that is longer frees the place. As long as the shortest wait that is shown: what is shown as waiting holds nothing.
    static let longestWait: Duration = .seconds(5)
    /// Runs at once in one process, unless told otherwise.
    package static let usualPlaces = 4

    let runs: RunStore
    let engine: SyncEngine
    let clock: SyncClock
    let places: Int
    let turn: Duration
    let identity: WorkerIdentity
    let logger: Logger
    private let isDead: (@Sendable (String) -> Bool)?

    /// - Parameters:
    ///   - places: how many runs are carried out at once.
    ///   - turn: for how long a run keeps its place while others wait for one.
    package init(
        database: any Database, engine: SyncEngine, clock: SyncClock, places: Int = usualPlaces, turn: Duration = .seconds(120),
        logger: Logger
    ) {
        runs = RunStore(database: database)
        self.engine = engine
        self.clock = clock
        self.places = max(1, places)
        self.turn = turn
        self.logger = logger
        let identity = WorkerIdentity.current()
        self.identity = identity
        // One SQLite file lies on one machine. Beside a server two machines may have one name, or one machine several process tables
        // (containers): there only the lease tells.
        if database.dialect == .sqlite { isDead = { identity.knowsDead($0) } } else { isDead = nil }
    }

    /// Works until the process is asked to stop; runs in hand are then given back with their checkpoints.
    package func run() async throws {
        let turns = Turns()
        let bell = Bell()
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    guard turns.count < places else {
                        await endLongTurn(turns)
                        await bell.wait(atMost: .milliseconds(Int.random(in: Self.poll)))
                        continue
                    }
                    switch await claim(workspace: nil) {
                    case .success(let claim?):
                        let turn = turns.begin()
                        group.addTask {
                            _ = await carryOut(claim, turn)
                            turns.end(turn)
                            bell.ring()
                        }
                    case .success(nil): await bell.wait(atMost: .milliseconds(Int.random(in: Self.poll)))
                    case .failure: await bell.wait(atMost: Self.pauseAfterFailure)
                    }
                }
            }
        }
    }

    /// Carries out one workspace's run if it can be had; nil when somebody else has it or there is none.
    package func runOnce(workspace: ID<Workspace>) async -> SyncEngine.Outcome? {
        guard case .success(let claim?) = await claim(workspace: workspace) else { return nil }
        return await carryOut(claim, Turn())
    }

    private func claim(workspace: ID<Workspace>?) async -> Result<RunStore.Claim?, any Error> {
        do {
            return .success(
                try await runs.claim(
                    owner: identity.newHold(), lease: Self.lease, startedAt: clock.product(), workspace: workspace, isDead: isDead))
        } catch {
            if !Task.isCancelled { logger.warning("The queue of sync runs could not be read", metadata: ["reason": "\(error)"]) }
            return .failure(error)
        }
    }

    /// Asks the run that has had its place for longest to give it up, if its turn is over and another run waits.
    private func endLongTurn(_ turns: Turns) async {
        guard let longest = turns.longest(over: turn), (try? await runs.isAnyDue()) == true else { return }
        longest.bell.ring()
    }

    /// What ends first, of the three that a turn waits for.
    private enum Ending: Sendable {
        case engine(SyncEngine.Outcome)
        case leaseIsLost
        case turnIsOver
    }

    /// Runs until the end, until the lease is lost, or until the turn is ended.
    private func carryOut(_ claim: RunStore.Claim, _ turn: Turn) async -> SyncEngine.Outcome {
        await withTaskGroup(of: Ending.self) { group in
            group.addTask { .engine(await engine.run(claim)) }
            group.addTask { await keepAlive(claim) ? .turnIsOver : .leaseIsLost }
            group.addTask {
                await turn.bell.wait()
                return .turnIsOver
            }
            var (outcome, isLost) = (SyncEngine.Outcome.lost, false)
            for await ending in group {
                // Whichever ends first ends the others: the engine then gives the run back.
                group.cancelAll()
                switch ending {
                // What is somebody else's by now, or cancelled, could not be given back.
                case .engine(let finished): outcome = finished == .released && isLost ? .lost : finished
                case .leaseIsLost: isLost = true
                case .turnIsOver: break
                }
            }
            return outcome
        }
    }

    /// Prolongs the lease until it is lost (false) or the turn is over.
    private func keepAlive(_ claim: RunStore.Claim) async -> Bool {
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: Self.heartbeat)
                guard try await runs.heartbeat(claim, lease: Self.lease) else { return false }
            } catch is CancellationError {
                return true
            } catch {
                // A busy database is no reason to give the run up; the lease outlasts two missed beats.
                logger.warning("A heartbeat failed", metadata: ["run.id": "\(claim.run)", "reason": "\(error)"])
            }
        }
        return true
    }
}
