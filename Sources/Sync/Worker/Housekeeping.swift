import Domain
import Foundation
package import Logging
import ServiceLifecycle
package import Store

/// Removes what has expired: sessions, one-time links, the memory of failed sign-ins, and what workspaces keep for a time only.
package struct Housekeeping: Service {
    static let interval: Duration = .seconds(3600)

    let database: any Database
    let clock: SyncClock
    let logger: Logger

    package init(database: any Database, clock: SyncClock, logger: Logger) {
        self.database = database
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await repeatUntilShutdown(every: Self.interval, logger: logger, failure: "Expired rows could not be removed") { try await tidy() }
    }

    /// Removes what has expired by now. May run in every process.
    package func tidy() async throws {
        let now = clock.real()
        _ = try await SessionStore(database: database).purgeExpired(now: now)
        _ = try await InvitationStore(database: database).purgeExpired(now: now)
        _ = try await SignInStore(database: database).purge(now: now)
        let retention = RetentionStore(database: database)
        for workspace in try await WorkspaceStore(database: database).list() {
            let removed = try await retention.apply(workspace.id, now: clock.product())
            guard removed.runs + removed.tickets > 0 else { continue }
            logger.info(
                "Old rows removed",
                metadata: ["workspace.id": "\(workspace.id)", "runs": "\(removed.runs)", "tickets": "\(removed.tickets)"])
        }
    }
}
