package import Domain
package import Foundation

/// A workspace's link to its portal. The key is stored sealed; only `Sync` opens it.
package struct ConnectionStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// The workspace's connection, connected or not; nil before the first.
    package func find(_ workspace: ID<Workspace>) async throws -> Connection? {
        try await database.read { try Self.find(workspace, $0) }
    }

    package func get(_ workspace: ID<Workspace>) async throws -> Connection {
        guard let connection = try await find(workspace) else {
            throw Failure(
                .conflict, code: "not_connected", "Freshdesk is not connected. An owner or admin can connect it on the Integrations page.")
        }
        return connection
    }

    /// What `connect` found out and wants to keep.
    package struct NewConnection: Sendable {
        package var subdomain: String
        package var sealedKey: String
        /// Kept when the connection has one already, so that a webhook goes on working after a key rotation.
        package var sealedWebhookKey: String
        package var webhookKeyHash: String
        /// `.some(nil)` is everything; nil keeps what was chosen before.
        package var backfillDays: Int??
        package var warnings: [ConnectionWarning]

        package init(
            subdomain: String, sealedKey: String, sealedWebhookKey: String, webhookKeyHash: String, backfillDays: Int??,
            warnings: [ConnectionWarning]
        ) {
            self.subdomain = subdomain
            self.sealedKey = sealedKey
            self.sealedWebhookKey = sealedWebhookKey
            self.webhookKeyHash = webhookKeyHash
            self.backfillDays = backfillDays
            self.warnings = warnings
        }
    }

    /// Stores a checked key. The same portal keeps its data; another one is refused with `different_portal` while data of the first is held.
    package func connect(_ workspace: ID<Workspace>, _ new: NewConnection, reservePercent: Int, now: Date) async throws -> Connection {
        try await database.write { db in
            // Two who connect at the same moment make one connection.
            try db.lock(workspace)
            if let old = try Self.find(workspace, db) {
                if old.subdomain != new.subdomain {
                    guard try !Self.holdsData(workspace, old.id, db) else {
                        throw Failure(
                            .conflict, code: "different_portal",
                            "This workspace holds data of \(old.subdomain).freshdesk.com. Delete that data before you connect "
                                + "\(new.subdomain).freshdesk.com, or use another workspace.")
                    }
                }
                let days: Int? = new.backfillDays ?? old.backfillDays
                try db.run(
                    """
                    UPDATE connections SET subdomain = $3, state = 'connected', sealed_key = $4, backfill_days = $5, warnings = $6,
                        connected_at = $7, disconnected_at = NULL
                    WHERE workspace_id = $1 AND id = $2
                    """, workspace, old.id, new.subdomain, new.sealedKey, days, JSONColumn.text(new.warnings), now)
                if Self.isLonger(days, than: old.backfillDays) { try Self.readLongerWindow(workspace, old.id, db) }
                let hasWebhookKey =
                    try db.first(
                        "SELECT sealed_webhook_key FROM connections WHERE workspace_id = $1 AND id = $2", workspace, old.id
                    )?.find("sealed_webhook_key", as: String.self) != nil
                if !hasWebhookKey {
                    try Self.setWebhookKey(workspace, old.id, sealed: new.sealedWebhookKey, hash: new.webhookKeyHash, now, db)
                }
                return try Self.find(workspace, db) ?? old
            }
            let id: ID<Connection> = ID(try db.nextNumber(of: "connections", in: workspace))
            try db.run(
                """
                INSERT INTO connections (workspace_id, id, subdomain, state, sealed_key, backfill_days, reserve_percent, connected_at, warnings)
                VALUES ($1, $2, $3, 'connected', $4, $5, $6, $7, $8)
                """,
                workspace, id, new.subdomain, new.sealedKey, new.backfillDays ?? Connection.defaultBackfillDays, reservePercent, now,
                JSONColumn.text(new.warnings))
            try Self.setWebhookKey(workspace, id, sealed: new.sealedWebhookKey, hash: new.webhookKeyHash, now, db)
            guard let connection = try Self.find(workspace, db) else { throw Failure(.internal, "The connection could not be saved.") }
            return connection
        }
    }

    /// Clears the key; everything synced stays as it is. Events that wait are dropped: the first sync after a reconnect finds what
    /// they told.
    package func disconnect(_ workspace: ID<Workspace>, now: Date) async throws {
        try await database.write { db in
            try db.run("DELETE FROM webhook_events WHERE workspace_id = $1", workspace)
            try DeliveryStore.dropQueued(workspace, because: DeliveryStore.disconnected, now: try db.now(), db)
            try db.run(
                """
                UPDATE connections SET state = 'disconnected', sealed_key = NULL, disconnected_at = $2
                WHERE workspace_id = $1 AND state = 'connected'
                """, workspace, now)
            try db.bumpVersion(of: workspace)
        }
    }

    /// Changes window, reserve or sweep. A longer window makes the next run read what is missing.
    package func update(
        _ workspace: ID<Workspace>, backfillDays: Int??, reservePercent: Int?, threadSweepDays: Int? = nil
    ) async throws {
        try await database.write { db in
            guard let old = try Self.find(workspace, db) else { return }
            if let backfillDays, backfillDays != old.backfillDays {
                try db.run(
                    "UPDATE connections SET backfill_days = $3 WHERE workspace_id = $1 AND id = $2", workspace, old.id, backfillDays)
                if Self.isLonger(backfillDays, than: old.backfillDays) { try Self.readLongerWindow(workspace, old.id, db) }
            }
            if let threadSweepDays {
                try db.run(
                    "UPDATE connections SET thread_sweep_days = $3 WHERE workspace_id = $1 AND id = $2", workspace, old.id, threadSweepDays)
            }
            if let reservePercent {
                try db.run(
                    "UPDATE connections SET reserve_percent = $3 WHERE workspace_id = $1 AND id = $2", workspace, old.id, reservePercent)
            }
        }
    }

    /// The sealed API key, for `Sync` alone.
    package func sealedKey(_ workspace: ID<Workspace>) async throws -> String? {
        try await database.read {
            try $0.first("SELECT sealed_key FROM connections WHERE workspace_id = $1 AND state = 'connected'", workspace)?.find(
                "sealed_key")
        }
    }

    /// The sealed webhook signing secret, for showing the webhook URL to admins.
    package func sealedWebhookKey(_ workspace: ID<Workspace>) async throws -> String? {
        try await database.read {
            try $0.first("SELECT sealed_webhook_key FROM connections WHERE workspace_id = $1", workspace)?.find("sealed_webhook_key")
        }
    }

    /// Whose webhook key this is, by its hash. A global lookup: the key alone says which workspace calls.
    package func scope(ofWebhookKeyHash hash: String) async throws -> MirrorScope? {
        try await database.read { db in
            guard let row = try db.first("SELECT workspace_id, connection_id FROM webhook_keys WHERE key_hash = $1", hash) else {
                return nil
            }
            return try MirrorScope(workspace: row.get("workspace_id"), connection: row.get("connection_id"))
        }
    }

    /// Deletes everything synced and the connection itself. The caller has checked that it is disconnected.
    package func deleteData(_ workspace: ID<Workspace>) async throws {
        try await database.write { db in
            for table in Self.syncedTables + ["sync_phases", "sync_failures", "sync_events", "sync_runs", "webhook_keys", "connections"] {
                try db.run("DELETE FROM \(table) WHERE workspace_id = $1", workspace)
            }
            try db.bumpVersion(of: workspace)
        }
    }

    static let syncedTables = [
        "companies", "contacts", "agents", "groups", "group_agents", "status_labels", "conversations", "satisfaction_ratings", "tickets",
        "ticket_bodies", "ticket_tags", "ticket_search", "webhook_events", "webhook_deliveries"
    ]

    static func find(_ workspace: ID<Workspace>, _ db: any Queries) throws -> Connection? {
        try db.first(
            """
            SELECT id, workspace_id, subdomain, state, backfill_days, reserve_percent, connected_at, disconnected_at, last_sync_at, warnings,
                thread_sweep_days, rate_window, rate_total
            FROM connections WHERE workspace_id = $1
            """, workspace
        ).map(connection)
    }

    static func connection(_ row: Row) throws -> Connection {
        try Connection(
            id: row.get("id"), workspaceID: row.get("workspace_id"), subdomain: row.get("subdomain"), state: row.get("state"),
            backfillDays: row.find("backfill_days"), reservePercent: row.get("reserve_percent"), connectedAt: row.get("connected_at"),
            disconnectedAt: row.find("disconnected_at"), lastSyncAt: row.find("last_sync_at"),
            warnings: JSONColumn.value(row.get("warnings")) ?? [],
            threadSweepDays: row.get("thread_sweep_days"), rateWindow: row.get("rate_window"), rateTotal: row.find("rate_total"))
    }

    private static func holdsData(_ workspace: ID<Workspace>, _ connection: ID<Connection>, _ db: any Queries) throws -> Bool {
        for table in ["tickets", "companies", "contacts", "agents"] {
            let found = try db.first(
                "SELECT 1 AS found FROM \(table) WHERE workspace_id = $1 AND connection_id = $2 LIMIT 1", workspace, connection)
            if found != nil { return true }
        }
        return false
    }

    /// Puts a new webhook key in the place of the old one, which is unknown from then on.
    package func replaceWebhookKey(_ workspace: ID<Workspace>, sealed: String, hash: String, now: Date) async throws {
        try await database.write { db in
            guard let connection = try Self.find(workspace, db) else { return }
            try Self.setWebhookKey(workspace, connection.id, sealed: sealed, hash: hash, now, db)
            try db.bumpVersion(of: workspace)
        }
    }

    private static func setWebhookKey(
        _ workspace: ID<Workspace>, _ id: ID<Connection>, sealed: String, hash: String, _ now: Date, _ db: any Queries
    ) throws {
        try db.run("DELETE FROM webhook_keys WHERE workspace_id = $1", workspace)
        try db.run(
            "INSERT INTO webhook_keys (key_hash, workspace_id, connection_id, created_at) VALUES ($1, $2, $3, $4)", hash, workspace, id, now
        )
        try db.run("UPDATE connections SET sealed_webhook_key = $3 WHERE workspace_id = $1 AND id = $2", workspace, id, sealed)
    }

    private static func isLonger(_ days: Int?, than old: Int?) -> Bool { (days ?? .max) > (old ?? .max) }

    /// Where it is known how far back tickets were read, the next run reads what lies before; else it reads the whole window.
    private static func readLongerWindow(_ workspace: ID<Workspace>, _ id: ID<Connection>, _ db: any Queries) throws {
        try db.run(
            "UPDATE connections SET tickets_watermark = NULL WHERE workspace_id = $1 AND id = $2 AND covered_since IS NULL", workspace, id)
    }
}
