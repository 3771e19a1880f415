package import Domain
package import Foundation

/// What a workspace is told without having asked: a sync began to fail, or works again. Once for each change of state.
package struct SyncNotice: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        case failed, recovered, test
    }

    /// How it fared on its way to the outgoing webhook.
    package enum Delivery: String, Sendable, CaseIterable {
        /// No webhook was set up.
        case none
        case pending, sent
        /// Given up; the reason says why.
        case failed
    }

    package var id: Int64
    package var at: Date
    package var kind: Kind
    package var message: String
    package var run: ID<SyncRun>?
    package var delivery: Delivery
    package var attempts: Int
    package var reason: String?

    package init(
        id: Int64, at: Date, kind: Kind, message: String, run: ID<SyncRun>?, delivery: Delivery, attempts: Int, reason: String?
    ) {
        self.id = id
        self.at = at
        self.kind = kind
        self.message = message
        self.run = run
        self.delivery = delivery
        self.attempts = attempts
        self.reason = reason
    }
}

/// Notices and where they are sent.
package struct NoticeStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Where notices go: an address that holds a secret, therefore sealed. Only its host is shown.
    package struct Channel: Sendable, Equatable {
        package var sealedURL: String
        package var host: String
        package var createdAt: Date

        package init(sealedURL: String, host: String, createdAt: Date) {
            self.sealedURL = sealedURL
            self.host = host
            self.createdAt = createdAt
        }
    }

    /// A workspace has at most one.
    private static let channelID: Int64 = 1
    /// Seconds before each further try; after the last the notice is given up.
    package static let pauses: [TimeInterval] = [5, 30, 300, 3600]
    /// Notices kept for each workspace.
    package static let kept: Int64 = 500

    // MARK: Channel

    package func channel(_ workspace: ID<Workspace>) async throws -> Channel? {
        try await database.read { try Self.channel(workspace, $0) }
    }

    static func channel(_ workspace: ID<Workspace>, _ db: any Queries) throws -> Channel? {
        try db.first("SELECT sealed_url, host, created_at FROM notice_channels WHERE workspace_id = $1", workspace).map {
            try Channel(sealedURL: $0.get("sealed_url"), host: $0.get("host"), createdAt: $0.get("created_at"))
        }
    }

    /// Nil takes it away; notices that wait for it are given up.
    package func setChannel(_ workspace: ID<Workspace>, to channel: Channel?) async throws {
        try await database.write { db in
            try db.run("DELETE FROM notice_channels WHERE workspace_id = $1", workspace)
            if let channel {
                try db.run(
                    "INSERT INTO notice_channels (workspace_id, id, sealed_url, host, created_at) VALUES ($1, $2, $3, $4, $5)",
                    workspace, Self.channelID, channel.sealedURL, channel.host, channel.createdAt)
            } else {
                try db.run(
                    "UPDATE notices SET delivery = 'failed', due_at = NULL, reason = $2 WHERE workspace_id = $1 AND delivery = 'pending'",
                    workspace, "The webhook was removed.")
            }
        }
    }

    // MARK: Notices

    /// Newest first.
    package func list(_ workspace: ID<Workspace>, limit: Int) async throws -> [SyncNotice] {
        try await database.read { db in
            try db.rows(
                """
                SELECT id, at, kind, message, run_id, delivery, attempts, reason FROM notices
                WHERE workspace_id = $1 ORDER BY id DESC LIMIT $2
                """, workspace, limit
            ).map(SyncNotice.init)
        }
    }

    /// Adds a notice and puts it on its way if there is a channel.
    @discardableResult
    package func add(
        _ workspace: ID<Workspace>, _ kind: SyncNotice.Kind, _ message: String, run: ID<SyncRun>? = nil, now: Date
    ) async throws -> Int64 {
        try await database.write { try Self.add(workspace, kind, message, run: run, now: now, $0) }
    }

    @discardableResult
    static func add(
        _ workspace: ID<Workspace>, _ kind: SyncNotice.Kind, _ message: String, run: ID<SyncRun>?, now: Date, _ db: any Queries
    ) throws -> Int64 {
        let id = try db.nextNumber(of: "notices", in: workspace)
        let goesOut = try channel(workspace, db) != nil
        try db.run(
            """
            INSERT INTO notices (workspace_id, id, at, kind, message, run_id, delivery, due_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, \(goesOut ? db.dialect.now : "NULL"))
            """, workspace, id, now, kind, message, run, goesOut ? SyncNotice.Delivery.pending : .none)
        try db.run("DELETE FROM notices WHERE workspace_id = $1 AND id <= $2", workspace, id - kept)
        try db.bumpVersion(of: workspace)
        return id
    }

    /// Called when a run has ended for good: tells the workspace when its syncs begin to fail, and when they work again.
    ///
    /// A cancelled run says nothing about the portal.
    static func note(
        endOf run: ID<SyncRun>, _ state: SyncRun.State, _ problem: SyncRun.Problem?, _ scope: MirrorScope, now: Date, _ db: any Queries
    ) throws {
        let isFailing: Bool
        switch state {
        case .failed: isFailing = true
        case .succeeded, .partial: isFailing = false
        case .cancelled, .queued, .running, .waiting: return
        }
        let changed = try db.run(
            "UPDATE connections SET is_failing = $3 WHERE workspace_id = $1 AND id = $2 AND is_failing <> $3",
            scope.workspace, scope.connection, isFailing)
        guard changed == 1 else { return }
        let subdomain: String =
            try db.first("SELECT subdomain FROM connections WHERE workspace_id = $1 AND id = $2", scope.workspace, scope.connection)?
            .get("subdomain") ?? "Freshdesk"
        if isFailing {
            try add(
                scope.workspace, .failed, "The Freshdesk sync of \(subdomain) failed: \(problem?.message ?? "no reason was given")",
                run: run,
                now: now, db)
        } else {
            try add(scope.workspace, .recovered, "The Freshdesk sync of \(subdomain) works again.", run: run, now: now, db)
        }
    }

    // MARK: Seen

    /// How many notices of the workspace `$1` the person `$2` has not seen yet, as an expression.
    static let unseen = """
        (SELECT COUNT(*) FROM notices n JOIN members m ON m.workspace_id = n.workspace_id AND m.person_id = $2
            WHERE n.workspace_id = $1 AND n.id > m.notices_seen AND n.kind <> 'test')
        """

    package func markSeen(_ workspace: ID<Workspace>, person: ID<Person>) async throws {
        _ = try await database.write { db in
            try db.run(
                """
                UPDATE members SET notices_seen = (SELECT COALESCE(MAX(n.id), 0) FROM notices n WHERE n.workspace_id = $1)
                WHERE workspace_id = $1 AND person_id = $2
                """, workspace, person)
        }
    }

    // MARK: Sending

    /// A notice on its way, in a sender's hands.
    package struct Claim: Sendable, Equatable {
        package var workspace: ID<Workspace>
        package var workspaceName: String
        package var id: Int64
        package var kind: SyncNotice.Kind
        package var message: String
        package var attempts: Int
        package var sealedURL: String
    }

    /// Global: takes notices that are due by the database's clock. Each is due again after `lease` seconds unless its sender says how it went.
    package func claimDue(lease: TimeInterval, limit: Int) async throws -> [Claim] {
        try await database.write { db in
            let due = try db.rows(
                """
                SELECT n.workspace_id, n.id, n.due_at, n.kind, n.message, c.sealed_url, w.name FROM notices n
                JOIN notice_channels c ON c.workspace_id = n.workspace_id
                JOIN workspaces w ON w.id = n.workspace_id
                WHERE n.delivery = 'pending' AND n.due_at <= \(db.dialect.now) ORDER BY n.due_at LIMIT $1
                """, limit)
            return try due.compactMap { row in
                let taken = try db.first(
                    """
                    UPDATE notices SET due_at = \(db.dialect.now) + $3, attempts = attempts + 1
                    WHERE workspace_id = $1 AND id = $2 AND delivery = 'pending' AND due_at = $4 RETURNING attempts
                    """, row.get("workspace_id", as: ID<Workspace>.self), row.get("id", as: Int64.self), lease.milliseconds,
                    row.get("due_at", as: Date.self))
                return try taken.map {
                    try Claim(
                        workspace: row.get("workspace_id"), workspaceName: row.get("name"), id: row.get("id"), kind: row.get("kind"),
                        message: row.get("message"), attempts: $0.get("attempts"), sealedURL: row.get("sealed_url"))
                }
            }
        }
    }

    /// The receiver took it.
    package func sent(_ claim: Claim) async throws {
        _ = try await database.write { db in
            try db.run(
                "UPDATE notices SET delivery = 'sent', due_at = NULL, reason = NULL WHERE workspace_id = $1 AND id = $2", claim.workspace,
                claim.id)
        }
    }

    /// The receiver did not take it: it is tried again after a pause, or given up. A test is not repeated: somebody is watching.
    package func failed(_ claim: Claim, because reason: String) async throws {
        let pause = claim.kind == .test ? nil : Self.pauses.dropFirst(claim.attempts - 1).first
        _ = try await database.write { db in
            try db.run(
                "UPDATE notices SET delivery = $3, due_at = \(db.dialect.now) + $4, reason = $5 WHERE workspace_id = $1 AND id = $2",
                claim.workspace, claim.id, pause == nil ? SyncNotice.Delivery.failed : .pending, pause?.milliseconds, reason)
        }
    }
}

extension SyncNotice {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), at: try row.get("at"), kind: try row.get("kind"), message: try row.get("message"),
            run: try row.find("run_id"), delivery: try row.get("delivery"), attempts: try row.get("attempts"),
            reason: try row.find("reason"))
    }
}
