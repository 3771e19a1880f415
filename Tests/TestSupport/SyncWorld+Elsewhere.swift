package import Domain
import Foundation
package import Freshdesk
package import Sandbox
package import Store
package import Sync
import TestDatabases

/// The same installation from other places.
extension SyncWorld {
    /// As another process or machine sees it: with another way to the database or to the portal, or with another clock.
    package func elsewhere(
        database: (any Database)? = nil, portalURL: String? = nil, clock: SyncClock? = nil,
        requestClock: any RequestClock = SystemRequestClock()
    ) -> SyncWorld {
        let database = database ?? self.database
        let clock = clock ?? self.clock
        let portals = PortalDirectory(
            template: (portalURL ?? self.portalURL) + "/{subdomain}", http: http, vault: vault,
            connections: ConnectionStore(database: database), requestClock: requestClock)
        let connector = Connector(
            database: database, portals: portals, vault: vault, clock: clock, reservePercent: 20, logger: logger)
        return SyncWorld(
            home: home, database: database, server: server, options: options, portalURL: portalURL ?? self.portalURL,
            controlURL: controlURL, http: http, vault: vault, portals: portals, connector: connector, clock: clock, viewer: viewer,
            logger: logger)
    }

    /// Another workspace, for another one of the server's portals.
    package func neighbour(at options: SandboxOptions) async throws -> SyncWorld {
        let now = clock.real()
        let person = try await PersonStore(database: database).create(
            email: "owner@\(options.subdomain).example", name: "Olga", now: now)
        let workspace = try await WorkspaceStore(database: database).create(name: options.subdomain, owner: person.id, now: now)
        return SyncWorld(
            home: home, database: database, server: server, options: options, portalURL: portalURL,
            controlURL: "\(portalURL)/\(options.subdomain)/_sandbox/", http: http, vault: vault, portals: portals, connector: connector,
            clock: clock, viewer: Viewer(actor: .person(person), workspace: workspace, role: .owner), logger: logger)
    }

    /// Connects with the portal's own key and leaves the first run in the queue.
    package func connect(backfillDays: Int?? = nil) async throws {
        _ = try await connector.connect(
            viewer: viewer, typedSubdomain: options.subdomain, key: Secret(options.apiKey), backfillDays: backfillDays)
    }

    /// After so many more requests the portal takes two seconds over every answer, so that a run stays in the middle of its work for as
    /// long as a test needs to find it there, however loaded the machine is.
    package func slowDown(after requests: Int) async throws {
        try await change("faults", #"{"set": ["slow=2000@\#(requests)"]}"#)
    }

    /// The portal answers at its own speed again.
    package func speedUp() async throws { try await change("faults", #"{"clear": true}"#) }

    /// Waits until the workspace's run is as wanted, and answers it.
    @discardableResult
    package func run(_ isThere: (SyncRun) -> Bool) async throws -> SyncRun {
        let end = ContinuousClock.now + .seconds(240)
        while true {
            if let run = try await runs.current(workspace), isThere(run) { return run }
            guard ContinuousClock.now < end else { throw Failure(.internal, "The run did not get there.") }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The settings with which a process of the program works on this installation.
    package var environment: [String: String] {
        [
            "CLYNTO_DATABASE_URL": home.address.map { "\($0.shown)?pool=6" } ?? "sqlite://\(home.folder.path)/clynto.sqlite",
            "CLYNTO_DATA_DIR": home.folder.path, "CLYNTO_SECRET_KEY_FILE": home.folder.appending(path: "clynto.key").path,
            "CLYNTO_FRESHDESK_URL": portalURL + "/{subdomain}", "CLYNTO_LOG_LEVEL": "warning"
        ]
    }
}

extension SyncRun {
    /// How many records of a phase are done.
    package func done(_ phase: PhaseName) -> Int { phases.first { $0.name == phase }?.counts.done ?? 0 }
}
