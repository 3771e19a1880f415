package import Domain
package import Store

/// What admins do with a workspace's notices.
package struct Notices: Sendable {
    let store: NoticeStore
    let audit: AuditStore
    let vault: Vault
    let clock: SyncClock
    let publicURL: String

    package init(database: any Database, vault: Vault, clock: SyncClock, publicURL: String) {
        store = NoticeStore(database: database)
        audit = AuditStore(database: database)
        self.vault = vault
        self.clock = clock
        self.publicURL = publicURL
    }

    /// Sets where notices go. Throws `invalid` for an address that may not be used.
    package func setChannel(viewer: Viewer, typedURL: String) async throws {
        try viewer.require(.manageConnection)
        let address = try NoticeAddress(typed: typedURL, mayBeLocal: NoticeAddress.isLocal(publicURL: publicURL))
        let workspace = viewer.workspace.id
        let sealed = try vault.seal(address.url, for: .noticeURL, workspace: workspace)
        try await store.setChannel(workspace, to: .init(sealedURL: sealed, host: address.host, createdAt: clock.real()))
        try await note(viewer, "notices.webhook", address.host)
    }

    package func removeChannel(viewer: Viewer) async throws {
        try viewer.require(.manageConnection)
        try await store.setChannel(viewer.workspace.id, to: nil)
        try await note(viewer, "notices.webhook_remove", "webhook")
    }

    /// Sends a notice that says it is a test, the same way as every other. Throws `conflict` when there is nowhere to send it.
    package func test(viewer: Viewer) async throws {
        try viewer.require(.manageConnection)
        guard try await store.channel(viewer.workspace.id) != nil else {
            throw Failure(.conflict, code: "no_channel", "Save a webhook address first.")
        }
        let message = "This is a test, asked for by \(viewer.displayName). Notices of failing and recovered syncs will come here."
        try await store.add(viewer.workspace.id, .test, message, now: clock.real())
    }

    private func note(_ viewer: Viewer, _ action: String, _ subject: String) async throws {
        _ = try await audit.append(
            viewer.workspace.id, actor: viewer.displayName, action: action, subject: subject, now: clock.real())
    }
}
