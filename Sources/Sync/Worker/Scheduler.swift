package import Domain
import Foundation
package import Logging
import ServiceLifecycle
package import Store

/// Queues the daily sync of every connected workspace at its hour, once; after downtime the latest slot alone.
package struct Scheduler: Service {
    /// How often the schedule is looked at.
    static let tick: Duration = .seconds(10)

    let runs: RunStore
    let schedule: Schedule
    let clock: SyncClock
    let logger: Logger

    package init(database: any Database, schedule: Schedule, clock: SyncClock, logger: Logger) {
        runs = RunStore(database: database)
        self.schedule = schedule
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await repeatUntilShutdown(every: Self.tick, logger: logger, failure: "The schedule could not be carried out") {
            try await queueDue()
        }
    }

    /// Queues what is due now. May run in every process: a slot is served once.
    package func queueDue() async throws {
        let now = clock.product()
        for connection in try await runs.scheduled() {
            guard let slot = schedule.due(at: now, lastServed: connection.lastServed, connectedAt: connection.connectedAt),
                try await runs.serve(slot: slot, of: connection.scope)
            else { continue }
            let start = try await runs.start(connection.scope, trigger: .daily, actor: nil, windowEnd: now, now: clock.real())
            let workspace = "\(connection.scope.workspace)"
            switch start {
            case .started(let run): logger.info("Daily sync queued", metadata: ["workspace.id": "\(workspace)", "run.id": "\(run)"])
            case .skipped(let run):
                logger.info("Daily sync skipped: a run is active", metadata: ["workspace.id": "\(workspace)", "run.id": "\(run)"])
            }
        }
    }
}
