package import Domain
import Foundation
import Freshdesk
package import Logging
package import Store

/// Connects, reconnects and disconnects a workspace's portal, and starts its syncs.
package struct Connector: Sendable {
    let connections: ConnectionStore
    let runs: RunStore
    let database: any Database
    let portals: PortalDirectory
    let vault: Vault
    let clock: SyncClock
    let reservePercent: Int
    let logger: Logger

    package init(database: any Database, portals: PortalDirectory, vault: Vault, clock: SyncClock, reservePercent: Int, logger: Logger) {
        self.database = database
        connections = ConnectionStore(database: database)
        runs = RunStore(database: database)
        self.portals = portals
        self.vault = vault
        self.clock = clock
        self.reservePercent = reservePercent
        self.logger = logger
    }

    /// The exact sentence of a key that the portal does not take.
    package static let invalidCredentials = "Invalid Freshdesk credentials. Check your domain and API key."

    /// Seconds a person waits for the check of a key.
    static let checkTimeout: Duration = .seconds(10)

    /// The key without what a paste brings along; throws `invalid` when nothing is left.
    static func typedKey(_ key: Secret) throws -> Secret {
        let key = Secret(key.reveal().trimmed)
        guard !key.reveal().isEmpty else {
            throw Failure(
                .invalid, code: "missing", "Enter the API key.", fields: [.init("api_key", "Enter the API key.", code: "missing")])
        }
        return key
    }

    /// Checks the key against `/agents/me`, stores it sealed, and starts the first sync; also reconnects, keeping all data.
    ///
    /// - Parameter backfillDays: `.some(nil)` = everything; nil = what was chosen before, or 90.
    /// - Throws: `invalid` (`invalid_credentials`, `invalid_subdomain`, `invalid`), `conflict` (`different_portal`),
    ///   `unavailable` (`network`, `timeout`, `unexpected`).
    package func connect(viewer: Viewer, typedSubdomain: String, key: Secret, backfillDays: Int?? = nil) async throws -> Connection {
        try viewer.require(.manageConnection)
        let workspace = viewer.workspace.id
        let portal = try portals.address(typed: typedSubdomain)
        let key = try Self.typedKey(key)
        if case .some(.some(let days)) = backfillDays, !(1...36_500).contains(days) {
            throw Failure(.invalid, "Choose a window of 1 to 36,500 days.", fields: [.init("backfill_days", "Choose 1 to 36,500 days.")])
        }
        if let held = try await connections.find(workspace), held.subdomain != portal.subdomain, try await holdsData(held) {
            throw Self.differentPortal(held.subdomain, portal.subdomain)
        }
        let agent = try await check(key, at: portal)
        _ = try await runs.cancel(workspace, now: clock.product())

        let webhookKey = Randomness.token()
        let new = ConnectionStore.NewConnection(
            subdomain: portal.subdomain, sealedKey: try vault.seal(key, for: .freshdeskKey, workspace: workspace),
            sealedWebhookKey: try vault.seal(webhookKey, for: .webhookKey, workspace: workspace), webhookKeyHash: TokenHash.of(webhookKey),
            backfillDays: backfillDays, warnings: Warnings.about(agent))
        let now = clock.product()
        let connection = try await connections.connect(workspace, new, reservePercent: reservePercent, now: now)
        try await audit(viewer, "freshdesk.connect", portal.subdomain)
        let scope = MirrorScope(workspace: workspace, connection: connection.id)
        _ = try await runs.start(scope, trigger: .first, actor: viewer.displayName, windowEnd: now)
        return connection
    }

    /// Starts a sync, or answers the one in progress.
    package func sync(viewer: Viewer, trigger: SyncRun.Trigger = .manual) async throws -> RunStore.Start {
        try viewer.require(.manageConnection)
        let start = try await sync(workspace: viewer.workspace.id, trigger: trigger, actor: viewer.displayName)
        if case .started(let run) = start { try await audit(viewer, "freshdesk.sync", "run \(run)") }
        return start
    }

    package func sync(workspace: ID<Workspace>, trigger: SyncRun.Trigger, actor: String?) async throws -> RunStore.Start {
        let connection = try await connections.get(workspace)
        guard connection.state == .connected else {
            throw Failure(.conflict, code: "not_connected", "Freshdesk is disconnected. Connect it again to sync.")
        }
        let scope = MirrorScope(workspace: workspace, connection: connection.id)
        return try await runs.start(scope, trigger: trigger, actor: actor, windowEnd: clock.product())
    }

    /// Stops the active run and keeps what is saved; nil when none is active.
    package func cancel(viewer: Viewer) async throws -> ID<SyncRun>? {
        try viewer.require(.manageConnection)
        let run = try await runs.cancel(viewer.workspace.id, now: clock.product())
        if let run { try await audit(viewer, "freshdesk.cancel", "run \(run)") }
        return run
    }

    /// Cancels an active run and clears the key; everything synced stays, frozen.
    package func disconnect(viewer: Viewer) async throws {
        try viewer.require(.manageConnection)
        let connection = try await connections.get(viewer.workspace.id)
        _ = try await runs.cancel(viewer.workspace.id, now: clock.product())
        try await connections.disconnect(viewer.workspace.id, now: clock.product())
        try await audit(viewer, "freshdesk.disconnect", connection.subdomain)
    }

    /// Changes window, reserve, or the days within which every thread is read again for silent edits (0: never).
    package func update(viewer: Viewer, backfillDays: Int??, reservePercent: Int?, threadSweepDays: Int? = nil) async throws {
        try viewer.require(.manageConnection)
        _ = try await connections.get(viewer.workspace.id)
        if case .some(.some(let days)) = backfillDays, !(1...36_500).contains(days) {
            throw Failure(.invalid, "Choose a window of 1 to 36,500 days.", fields: [.init("backfill_days", "Choose 1 to 36,500 days.")])
        }
        if let reservePercent, !(0...90).contains(reservePercent) {
            throw Failure(.invalid, "Choose a reserve from 0 to 90 percent.", fields: [.init("reserve_percent", "Choose 0 to 90 percent.")])
        }
        if let threadSweepDays, !(0...365).contains(threadSweepDays) {
            throw Failure(.invalid, "Choose 0 to 365 days.", fields: [.init("thread_sweep_days", "Choose 0 to 365 days.")])
        }
        try await connections.update(
            viewer.workspace.id, backfillDays: backfillDays, reservePercent: reservePercent, threadSweepDays: threadSweepDays)
        let days = backfillDays.map { $0.map { "\($0) days" } ?? "everything" }
        let detail = [days.map { "window \($0)" }, reservePercent.map { "reserve \($0) %" }, threadSweepDays.map { "sweep \($0) days" }]
            .compactMap { $0 }.joined(separator: ", ")
        try await audit(viewer, "freshdesk.settings", "connection", detail: detail)
    }

    /// Deletes everything synced. The typed subdomain must be the connection's, and the connection be disconnected.
    package func deleteData(viewer: Viewer, confirmation: String) async throws {
        try viewer.require(.deleteSyncedData)
        let connection = try await connections.get(viewer.workspace.id)
        guard connection.state == .disconnected else {
            throw Failure(.conflict, code: "connected", "Disconnect Freshdesk before you delete its data.")
        }
        guard confirmation.trimmed == connection.subdomain else {
            let message = "Type “\(connection.subdomain)” to confirm."
            throw Failure(.invalid, code: "unconfirmed", message, fields: [.init("confirm", message)])
        }
        try await connections.deleteData(viewer.workspace.id)
        try await audit(viewer, "freshdesk.delete_data", connection.subdomain)
    }

    /// The secret part of the webhook URL, for admins.
    package func webhookKey(_ workspace: ID<Workspace>) async throws -> Secret? {
        try await connections.sealedWebhookKey(workspace).map { try vault.open($0, for: .webhookKey, workspace: workspace) }
    }

    /// A new secret for the webhook URL; calls with the old one are refused from then on.
    package func rotateWebhookKey(viewer: Viewer) async throws {
        try viewer.require(.manageConnection)
        let workspace = viewer.workspace.id
        let connection = try await connections.get(workspace)
        let key = Randomness.token()
        try await connections.replaceWebhookKey(
            workspace, sealed: try vault.seal(key, for: .webhookKey, workspace: workspace), hash: TokenHash.of(key), now: clock.real())
        try await audit(viewer, "freshdesk.webhook_rotate", connection.subdomain)
    }

    // MARK: Checking

    private func check(_ key: Secret, at portal: PortalAddress) async throws -> WireAgent {
        let client = await portals.client(checking: key, at: portal, logger: logger)
        do {
            return try await client.me(retry: .once, timeout: Self.checkTimeout).value.value
        } catch let error as FreshdeskError {
            throw Self.failure(of: error)
        }
    }

    /// What an answer to the check means for the person who typed the key.
    static func failure(of error: FreshdeskError) -> Failure {
        switch error {
        case .invalidCredentials, .notFound:
            let fields = [Failure.Field("api_key", invalidCredentials, code: "invalid_credentials")]
            return Failure(.invalid, code: "invalid_credentials", invalidCredentials, fields: fields, cause: error.message)
        case .forbidden(_, let message), .accountClosed(_, let message):
            return Failure(.invalid, code: "forbidden", "Freshdesk refused this key: \(message)", cause: error.message)
        case .rateLimited, .mustWait:
            return Failure(
                .rateLimited, code: "rate_limited", "Freshdesk's request limit is used up just now. Try again in a minute.",
                cause: error.message)
        case .unavailable(.timeout, let message):
            return Failure(.unavailable, code: "timeout", message, cause: error.message)
        case .unavailable(.network, let message), .unavailable(.dns, let message), .unavailable(.tls, let message):
            return Failure(.unavailable, code: "network", message, cause: error.message)
        case .unavailable(_, let message):
            return Failure(.unavailable, code: "unexpected", message, cause: error.message)
        case .rejected:
            return Failure(.unavailable, code: "unexpected", error.message, cause: error.message)
        }
    }

    private func holdsData(_ connection: Connection) async throws -> Bool {
        try await connections.records(connection.workspaceID) != RecordCounts()
    }

    private static func differentPortal(_ held: String, _ typed: String) -> Failure {
        let message =
            "This workspace holds data of \(held).freshdesk.com. Delete that data before you connect \(typed).freshdesk.com, "
            + "or use another workspace."
        return Failure(.conflict, code: "different_portal", message, fields: [.init("subdomain", message, code: "different_portal")])
    }

    private func audit(_ viewer: Viewer, _ action: String, _ subject: String, detail: String? = nil) async throws {
        _ = try await AuditStore(database: database).append(
            viewer.workspace.id, actor: viewer.displayName, action: action, subject: subject, detail: detail, now: clock.real())
    }
}
