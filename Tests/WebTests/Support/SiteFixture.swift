import AsyncHTTPClient
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Store
import Sync
import TestDatabases
import Testing

@testable import Web

/// A whole site on a fresh database, with one workspace, and a client that talks to its router.
struct SiteFixture: Sendable {
    let site: Site
    let workspace: Workspace
    let client: any TestClientProtocol
    let vault: Vault

    static let now = Day(number: 20_500).start.addingTimeInterval(9 * 3600)

    /// Somebody with a role in the workspace, and their browser. No password: hashing one is slow.
    func browser(_ role: Role, email: String? = nil, in workspace: Workspace? = nil) async throws -> Browser {
        let email = email ?? "\(role.rawValue)-\(UUID().uuidString.prefix(8))@example.com".lowercased()
        let person = try await site.people.create(email: email, name: "The \(role.rawValue)", now: SiteFixture.now)
        let workspace = workspace ?? self.workspace
        try await site.members.add(workspace.id, person: person.id, role: role, acting: .owner, now: SiteFixture.now)
        return try await browser(of: person)
    }

    /// Another browser of somebody who is there already.
    func browser(of person: Person) async throws -> Browser {
        let token = try await site.sessions.create(for: person.id, now: SiteFixture.now)
        let session = try #require(try await site.sessions.find(token, now: SiteFixture.now))
        let browser = Browser(client: client, origin: site.publicURL, person: person)
        browser.cookies.set(site.cookies.sessionName, token.reveal())
        browser.csrf.set("", session.csrf)
        return browser
    }

    /// A browser of nobody.
    var stranger: Browser { Browser(client: client, origin: site.publicURL, person: nil) }

    /// A connection made by hand, for rows of the mirror.
    func connect(_ workspace: Workspace? = nil) async throws -> MirrorScope {
        let workspace = workspace ?? self.workspace
        let new = ConnectionStore.NewConnection(
            subdomain: "acme", sealedKey: "sealed", sealedWebhookKey: "sealed", webhookKeyHash: UUID().uuidString, backfillDays: 90,
            warnings: [])
        let connection = try await site.connections.connect(workspace.id, new, reservePercent: 20, now: SiteFixture.now)
        return MirrorScope(workspace: workspace.id, connection: connection.id)
    }

    /// Saves rows as a sync would, and matches them.
    func save(
        _ scope: MirrorScope, companies: [Company] = [], contacts: [Contact] = [], agents: [Agent] = [], tickets: [Ticket] = []
    ) async throws {
        try await site.database.write { db in
            let mirror = MirrorStore(db, scope: scope)
            _ = try mirror.save(companies, run: 1)
            _ = try mirror.save(contacts, run: 1)
            _ = try mirror.save(agents, run: 1)
            _ = try mirror.save(tickets)
            try AccountMatching.apply(scope.workspace, db)
            try ConnectionStore.recount(scope, windowEnd: SiteFixture.now, db)
        }
    }
}

/// Runs `body` on a fresh site.
///
/// - Parameters:
///   - publicURL: what the site believes its address to be.
///   - portals: the template of portal addresses; nothing listens at the default.
func withSite(
    publicURL: String = "http://127.0.0.1:8080", portals: String = "http://127.0.0.1:9", hasWorkspace: Bool = true,
    logger: Logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, _ body: @Sendable (SiteFixture) async throws -> Void
) async throws {
    try await withDatabase(.ofRun) { home in
        try await serve(home.database, publicURL: publicURL, portals: portals, hasWorkspace: hasWorkspace, logger: logger, body)
    }
}

private func serve(
    _ database: any Database, publicURL: String, portals: String, hasWorkspace: Bool, logger: Logger,
    _ body: @Sendable (SiteFixture) async throws -> Void
) async throws {
    // As the product sets its own up: a dead host is noticed at once.
    var configuration = HTTPClient.Configuration()
    configuration.connectionPool.retryConnectionEstablishment = false
    let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    do {
        let vault = try await Vault.open(
            .value(Secret(Data((0..<32).map { _ in UInt8.random(in: .min ... .max) }).base64EncodedString())), database: database)
        let clock = SyncClock(product: { SiteFixture.now }, real: { SiteFixture.now })
        let directory = PortalDirectory(
            template: portals, http: http, vault: vault, connections: ConnectionStore(database: database))
        let connector = Connector(
            database: database, portals: directory, vault: vault, clock: clock, reservePercent: 20, logger: logger)
        let cards = CardReader(
            database: database, connector: connector, schedule: Schedule(), clock: clock, publicURL: publicURL, customPortal: nil)
        let site = Site(
            database: database, connector: connector,
            notices: Notices(database: database, vault: vault, clock: clock, publicURL: publicURL), cards: cards, clock: clock,
            publicURL: publicURL,
            ticketURL: { "https://\($0).freshdesk.com/a/tickets/\($1)" }, logger: logger)
        let workspace =
            hasWorkspace
            ? try await site.workspaces.create(name: "Northwind", now: SiteFixture.now)
            : Workspace(id: 0, name: "", createdAt: SiteFixture.now)
        let application = Application(router: makeRouter(site: site), logger: logger)
        try await application.test(.router) { client in
            try await body(SiteFixture(site: site, workspace: workspace, client: client, vault: vault))
        }
    } catch {
        try? await http.shutdown()
        throw error
    }
    try await http.shutdown()
}
