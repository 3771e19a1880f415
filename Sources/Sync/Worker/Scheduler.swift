package import Domain
import Foundation
package import Logging
import ServiceLifecycle
package import Store

/// Queues the daily sync of every connected workspace at its hour, once; after downtime the latest slot alone.
///
/// Runs in every process. The hour is told by the database's clock, so that no machine's clock starts the day early.
package struct Scheduler: Service {
    /// How often the schedule is looked at.
    static let tick: Duration = .seconds(10)
    /// Runs that are queued in one transaction.
    static let batch = 50

    let database: any Database
    let schedule: Schedule
    let clock: SyncClock
    let logger: Logger

    package init(database: any Database, schedule: Schedule, clock: SyncClock, logger: Logger) {
        self.database = database
        self.schedule = schedule
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await repeatUntilShutdown(every: Self.tick, logger: logger, failure: "The schedule could not be carried out") {
            try await queueDue()
        }
    }

    /// Queues what is due now; returns how many runs this call started. May run in every process: a slot is served once.
    @discardableResult
    package func queueDue() async throws -> Int {
        let runs = RunStore(database: database)
        var started = 0
        while true {
            let now = clock.product(databaseTime: try await database.read { try $0.now() })
            let slot = schedule.latest(notAfter: now)
            let served = try await runs.serveDue(slot: slot, windowEnd: now, limit: Self.batch)
            for one in served {
                let metadata: Logger.Metadata = ["workspace.id": "\(one.workspace)", "run.id": "\(one.start.id)"]
                switch one.start {
                case .started:
                    started += 1
                    logger.info("Daily sync queued", metadata: metadata)
                case .skipped:
                    logger.info("Daily sync skipped: a run is active", metadata: metadata)
                }
            }
            if served.count < Self.batch { return started }
        }
    }
}
