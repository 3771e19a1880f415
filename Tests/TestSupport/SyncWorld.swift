package import AsyncHTTPClient
package import Domain
import Foundation
import Freshdesk
package import Logging
import NIOCore
import NIOHTTP1
package import Sandbox
package import Store
package import Sync
package import TestDatabases

/// A whole small installation against a simulated portal over real HTTP: what sync and web tests live in.
package struct SyncWorld: Sendable {
    package let home: TestDatabase
    package let database: any Database
    package let server: SandboxServer
    package let options: SandboxOptions
    package let portalURL: String
    /// Where the portal's control routes are.
    package let controlURL: String
    package let http: HTTPClient
    package let vault: Vault
    package let portals: PortalDirectory
    package let connector: Connector
    package let clock: SyncClock
    package let viewer: Viewer
    package let logger: Logger

    package var workspace: ID<Workspace> { viewer.workspace.id }
    package var engine: SyncEngine { SyncEngine(database: database, portals: portals, clock: clock, logger: logger) }
    package var worker: Worker { Worker(database: database, engine: engine, clock: clock, logger: logger) }
    package var runs: RunStore { RunStore(database: database) }
    package var tickets: TicketStore { TicketStore(database: database) }

    /// Starts portal and installation, runs `body`, and stops both whatever happens.
    ///
    /// - Parameter others: further portals, for `neighbour(at:)`.
    package static func with(
        _ options: SandboxOptions, others: [SandboxOptions] = [], on engine: Engine = .ofRun, clock: SyncClock = SyncClock(),
        _ body: @escaping @Sendable (SyncWorld) async throws -> Void
    ) async throws {
        var logger = Logger(label: "clynto.test")
        logger.logLevel = .critical
        let quiet = logger
        let server = SandboxServer(first: options, others: others, port: 0, logger: quiet)
        try await withDatabase(engine) { home in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await server.run() }
                let world = try await make(server, options, home, clock, quiet, isOneOfMany: !others.isEmpty)
                do {
                    try await body(world)
                } catch {
                    await world.close()
                    group.cancelAll()
                    throw error
                }
                await world.close()
                group.cancelAll()
            }
        }
    }

    private static func make(
        _ server: SandboxServer, _ options: SandboxOptions, _ home: TestDatabase, _ clock: SyncClock, _ logger: Logger,
        isOneOfMany: Bool
    ) async throws -> SyncWorld {
        let portalURL = "http://127.0.0.1:\(try await server.port)"
        let database = home.database
        let vault = try await Vault.open(.file(home.folder.appending(path: "clynto.key").path), database: database)
        let http = HTTPClient.forPortals()
        let portals = PortalDirectory(
            template: portalURL + "/{subdomain}", http: http, vault: vault, connections: ConnectionStore(database: database))
        let connector = Connector(
            database: database, portals: portals, vault: vault, clock: clock, reservePercent: 20, logger: logger)
        let now = clock.real()
        let person = try await PersonStore(database: database).create(email: "owner@northwind.example", name: "Olga", now: now)
        let workspace = try await WorkspaceStore(database: database).create(name: "Northwind", owner: person.id, now: now)
        return SyncWorld(
            home: home, database: database, server: server, options: options, portalURL: portalURL,
            controlURL: portalURL + (isOneOfMany ? "/\(options.subdomain)/_sandbox/" : "/_sandbox/"), http: http, vault: vault,
            portals: portals,
            connector: connector, clock: clock, viewer: Viewer(actor: .person(person), workspace: workspace, role: .owner), logger: logger)
    }

    private func close() async { try? await http.shutdown() }

    // MARK: Steps

    /// Connects with the portal's own key and carries the first sync out.
    @discardableResult
    package func connectAndSync(backfillDays: Int?? = nil) async throws -> SyncRun {
        _ = try await connector.connect(
            viewer: viewer, typedSubdomain: options.subdomain, key: Secret(options.apiKey), backfillDays: backfillDays)
        return try await carryOut()
    }

    /// Starts a further sync and carries it out.
    @discardableResult
    package func sync() async throws -> SyncRun {
        _ = try await connector.sync(viewer: viewer)
        return try await carryOut()
    }

    /// Works until the workspace's current run has ended, and answers it.
    package func carryOut() async throws -> SyncRun {
        while true {
            _ = await worker.runOnce(workspace: workspace)
            if let run = try await runs.current(workspace), !run.state.isActive { return run }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Tells the portal to change, through its control routes.
    @discardableResult
    package func change(_ path: String, _ body: String = "{}") async throws -> String {
        var request = HTTPClientRequest(url: controlURL + path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(.init(string: body))
        return try await answer(request)
    }

    /// Reads one of the portal's control routes.
    package func look(_ path: String) async throws -> String {
        try await answer(HTTPClientRequest(url: controlURL + path))
    }

    private func answer(_ request: HTTPClientRequest) async throws -> String {
        let response = try await http.execute(request, timeout: .seconds(30))
        let body = try await response.body.collect(upTo: 1 << 28)
        let text = String(buffer: body)
        guard (200..<300).contains(response.status.code) else { throw PortalRefused(status: response.status.code, text: text) }
        return text
    }

    package struct PortalRefused: Error {
        package var status: UInt
        package var text: String
    }
}
