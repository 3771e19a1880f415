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

/// A site with two workspaces that hold the same ids, and callers of every role in the first.
struct APIFixture: Sendable {
    let site: Site
    let home: TestDatabase
    /// Connected to `acme`, with rows of every kind.
    let workspace: Workspace
    let scope: MirrorScope
    /// Never connected, without rows.
    let neighbour: Workspace
    let webhookKey: Secret
    let owner: APICaller
    let admin: APICaller
    let member: APICaller
    /// The owner of `neighbour`.
    let other: APICaller
    let client: any TestClientProtocol

    var stranger: APICaller { APICaller(client: client, token: nil) }

    func caller(_ role: Role) -> APICaller {
        switch role {
        case .owner: owner
        case .admin: admin
        case .member: member
        }
    }
}

/// A program that calls the API with a bearer token.
struct APICaller: Sendable {
    let client: any TestClientProtocol
    let token: String?

    func send(
        _ method: HTTPRequest.Method, _ path: String, body: String? = nil, headers: HTTPFields = [:]
    ) async throws -> Reply {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        let response = try await client.executeRequest(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        return Reply(response: response)
    }

    func get(_ path: String) async throws -> Reply { try await send(.get, path) }
}

struct Reply {
    let response: TestResponse

    var status: Int { response.status.code }
    var headers: HTTPFields { response.headers }
    var text: String { String(buffer: response.body) }
    var json: JSON { JSON(parsing: response.body.readableBytesView) ?? .null }
    var code: String? { json["code"]?.text }
    /// The fields that were refused.
    var faults: [String] { json["errors"]?.elements?.compactMap { $0["field"]?.text } ?? [] }
    /// The ids of a list's rows.
    var ids: [Int64] {
        json["data"]?.elements?.compactMap {
            if case .integer(let id) = $0["id"] { id } else { nil }
        } ?? []
    }
}

/// Monday, 2026-03-09 12:00 UTC.
let apiNow = Date(milliseconds: 1_773_057_600_000)

func withAPI(
    portals: String = "http://127.0.0.1:9/{subdomain}", pace: CardEvents.Pace = .init(), isSeeded: Bool = true,
    _ body: @Sendable (APIFixture) async throws -> Void
) async throws {
    try await withDatabase(.ofRun) { try await serve($0, portals: portals, isSeeded: isSeeded, body) }
}

private func serve(
    _ home: TestDatabase, portals: String, isSeeded: Bool, _ body: @Sendable (APIFixture) async throws -> Void
) async throws {
    let database = home.database
    var configuration = HTTPClient.Configuration()
    // As the product sets it: a port that nobody listens on is told at once.
    configuration.connectionPool.retryConnectionEstablishment = false
    let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    do {
        let vault = try await Vault.open(.file(home.folder.appending(path: "clynto.key").path), database: database)
        let site = makeSite(database, http, vault, portals)
        let application = Application(router: makeRouter(site: site), logger: quiet)
        try await application.test(.router) { client in
            try await body(try await makeFixture(site, home, vault, client, isSeeded: isSeeded))
        }
    } catch {
        try? await http.shutdown()
        throw error
    }
    try? await http.shutdown()
}

private let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

private func makeSite(_ database: any Database, _ http: HTTPClient, _ vault: Vault, _ portals: String) -> Site {
    let clock = SyncClock(product: { apiNow }, real: { apiNow })
    let directory = PortalDirectory(template: portals, http: http, vault: vault, connections: ConnectionStore(database: database))
    let connector = Connector(database: database, portals: directory, vault: vault, clock: clock, reservePercent: 20, logger: quiet)
    let publicURL = "http://127.0.0.1:8080"
    return Site(
        database: database, connector: connector,
        notices: Notices(database: database, vault: vault, clock: clock, publicURL: publicURL),
        cards: CardReader(
            database: database, connector: connector, schedule: Schedule(), clock: clock, publicURL: publicURL, customPortal: nil),
        versions: LiveVersions(database: database, poll: .milliseconds(5)), clock: clock, publicURL: publicURL,
        ticketURL: { "https://\($0).freshdesk.com/a/tickets/\($1)" }, logger: quiet)
}

private func makeFixture(
    _ site: Site, _ home: TestDatabase, _ vault: Vault, _ client: any TestClientProtocol, isSeeded: Bool
) async throws -> APIFixture {
    let workspace = try await site.workspaces.create(name: "Northwind", now: apiNow)
    let neighbour = try await site.workspaces.create(name: "Southwind", now: apiNow)
    func caller(_ workspace: Workspace, _ role: Role) async throws -> APICaller {
        let made = try await site.tokens.create(workspace.id, name: role.rawValue, role: role, acting: .owner, by: "test", now: apiNow)
        return APICaller(client: client, token: made.secret.reveal())
    }
    let key = Randomness.token()
    var scope = MirrorScope(workspace: workspace.id, connection: 1)
    if isSeeded {
        let new = ConnectionStore.NewConnection(
            subdomain: "acme", sealedKey: try vault.seal(Secret("key"), for: .freshdeskKey, workspace: workspace.id),
            sealedWebhookKey: try vault.seal(key, for: .webhookKey, workspace: workspace.id), webhookKeyHash: TokenHash.of(key),
            backfillDays: 90, warnings: [])
        let connection = try await site.connections.connect(workspace.id, new, reservePercent: 20, now: apiNow)
        scope = MirrorScope(workspace: workspace.id, connection: connection.id)
        try await APISeed(site: site, scope: scope).save()
    }
    return APIFixture(
        site: site, home: home, workspace: workspace, scope: scope, neighbour: neighbour, webhookKey: key,
        owner: try await caller(workspace, .owner), admin: try await caller(workspace, .admin),
        member: try await caller(workspace, .member), other: try await caller(neighbour, .owner), client: client)
}
