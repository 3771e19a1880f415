import Foundation
package import Logging
import ServiceLifecycle
package import Store

/// Removes what has expired: sessions, one-time links, and the memory of failed sign-ins.
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
    }
}
