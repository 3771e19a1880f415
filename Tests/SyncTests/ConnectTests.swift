import Domain
import Foundation
import Freshdesk
import Sandbox
import Store
import Sync
import TestSupport
import Testing

@Suite(.serialized) struct ConnectTests {
    private static var options: SandboxOptions { FirstSyncTests.options(tickets: 20, companies: 5) }

    private static func failure(_ body: () async throws -> some Sendable) async -> Failure? {
        do {
            _ = try await body()
            return nil
        } catch { return error as? Failure }
    }

    @Test func aWrongKeyOrSubdomainIsSaidInTheExactWords() async throws {
        try await SyncWorld.with(Self.options) { world in
            for (subdomain, key) in [("demo", "wrong"), ("nobody", "test-key")] {
                let fault = await Self.failure {
                    try await world.connector.connect(viewer: world.viewer, typedSubdomain: subdomain, key: Secret(key))
                }
                #expect(fault?.code == "invalid_credentials")
                #expect(fault?.message == "Invalid Freshdesk credentials. Check your domain and API key.")
            }
            let held = try await ConnectionStore(database: world.database).find(world.workspace)
            #expect(held == nil)
        }
    }

    @Test func aPastedAddressIsUnderstood() async throws {
        try await SyncWorld.with(Self.options) { world in
            let connection = try await world.connector.connect(
                viewer: world.viewer, typedSubdomain: " https://Demo.freshdesk.com/a/tickets/filters?x=1 ", key: Secret(" test-key\n"))
            #expect(connection.subdomain == "demo")
            let bad = await Self.failure {
                try await world.connector.connect(viewer: world.viewer, typedSubdomain: "evil.example/..", key: Secret("test-key"))
            }
            #expect(bad?.kind == .invalid)
        }
    }

    @Test func theKeyLiesSealedAndGoesWithDisconnect() async throws {
        try await SyncWorld.with(Self.options) { world in
            try await world.connectAndSync()
            let connections = ConnectionStore(database: world.database)
            let sealed = try #require(try await connections.sealedKey(world.workspace))
            #expect(!sealed.contains("test-key"))
            let before = try await Picture(world, since: nil)
            try await world.connector.disconnect(viewer: world.viewer)
            #expect(try await connections.sealedKey(world.workspace) == nil)
            #expect(try await connections.find(world.workspace)?.state == .disconnected)
            #expect(try await Picture(world, since: nil) == before)
            let refused = await Self.failure { try await world.connector.sync(viewer: world.viewer) }
            #expect(refused?.code == "not_connected")
        }
    }

    @Test func reconnectingKeepsDataAndWebhookKey() async throws {
        try await SyncWorld.with(Self.options) { world in
            try await world.connectAndSync()
            let key = try await world.connector.webhookKey(world.workspace)?.reveal()
            try await world.connector.disconnect(viewer: world.viewer)
            let run = try await world.connectAndSync()
            #expect(run.trigger == .first)
            #expect(run.phases.first { $0.name == .conversations }?.counts.added == 0)
            #expect(try await world.connector.webhookKey(world.workspace)?.reveal() == key)
        }
    }

    @Test func onlyOwnersAndAdminsMay() async throws {
        try await SyncWorld.with(Self.options) { world in
            var member = world.viewer
            member.role = .member
            let viewer = member
            let refused = await Self.failure {
                try await world.connector.connect(viewer: viewer, typedSubdomain: "demo", key: Secret("test-key"))
            }
            #expect(refused?.kind == .forbidden)
            let sync = await Self.failure { try await world.connector.sync(viewer: viewer) }
            #expect(sync?.kind == .forbidden)
        }
    }

    @Test func deletingDataNeedsTheTypedNameAndADisconnectedPortal() async throws {
        try await SyncWorld.with(Self.options) { world in
            try await world.connectAndSync()
            let connected = await Self.failure { try await world.connector.deleteData(viewer: world.viewer, confirmation: "demo") }
            #expect(connected?.kind == .conflict)
            try await world.connector.disconnect(viewer: world.viewer)
            let mistyped = await Self.failure { try await world.connector.deleteData(viewer: world.viewer, confirmation: "dmeo") }
            #expect(mistyped?.kind == .invalid)
            try await world.connector.deleteData(viewer: world.viewer, confirmation: "demo")
            #expect(try await Picture(world, since: nil).lines.isEmpty)
            #expect(try await ConnectionStore(database: world.database).find(world.workspace) == nil)
        }
    }

    @Test func anUnreachablePortalIsSaid() async throws {
        try await SyncWorld.with(Self.options) { world in
            let portals = PortalDirectory(
                template: "http://127.0.0.1:9", http: world.http, vault: world.vault, connections: ConnectionStore(database: world.database)
            )
            let connector = Connector(
                database: world.database, portals: portals, vault: world.vault, clock: world.clock, reservePercent: 20, logger: world.logger
            )
            let fault = await Self.failure {
                try await connector.connect(viewer: world.viewer, typedSubdomain: "demo", key: Secret("test-key"))
            }
            #expect(fault?.kind == .unavailable)
            #expect(fault?.code == "network")
        }
    }
}
