package import Domain
package import Foundation

/// One call of a portal's automation, as the last ones are shown to people. What is still to be done stands in `EventStore`.
package struct WebhookDelivery: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        /// The ticket waits to be read.
        case queued
        /// The ticket was read after the call.
        case applied
        /// Nothing could be done with it; the note says why.
        case refused
    }

    package var id: Int64
    package var receivedAt: Date
    package var ticket: ID<Ticket>?
    package var state: State
    /// Why it was refused, or why the last try to read the ticket failed.
    package var note: String?
    package var settledAt: Date?

    package init(id: Int64, receivedAt: Date, ticket: ID<Ticket>?, state: State, note: String?, settledAt: Date?) {
        self.id = id
        self.receivedAt = receivedAt
        self.ticket = ticket
        self.state = state
        self.note = note
        self.settledAt = settledAt
    }
}

/// The latest deliveries of a connection. Only so many are kept; they are for people who set a webhook up or look for a fault.
package struct DeliveryStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Kept for each connection.
    package static let kept = 200

    /// Why deliveries that still waited at a disconnect are refused.
    package static let disconnected = "Freshdesk was disconnected before the ticket was read. The next sync reads it."

    /// Newest first.
    package func list(_ workspace: ID<Workspace>, limit: Int) async throws -> [WebhookDelivery] {
        try await database.read { db in
            try db.rows(
                """
                SELECT id, received_at, ticket_id, state, note, settled_at FROM webhook_deliveries
                WHERE workspace_id = $1 ORDER BY id DESC LIMIT $2
                """, workspace, limit
            ).map {
                try WebhookDelivery(
                    id: $0.get("id"), receivedAt: $0.get("received_at"), ticket: $0.find("ticket_id"), state: $0.get("state"),
                    note: $0.find("note"), settledAt: $0.find("settled_at"))
            }
        }
    }

    /// Notes a call that could not be used.
    package func refuse(_ scope: MirrorScope, because reason: String, now: Date) async throws {
        try await database.write { try Self.add(scope, ticket: nil, state: .refused, note: reason, now: now, $0) }
    }

    static func add(
        _ scope: MirrorScope, ticket: ID<Ticket>?, state: WebhookDelivery.State, note: String? = nil, now: Date, _ db: any Queries
    ) throws {
        let id = try db.nextNumber(of: "webhook_deliveries", in: scope.workspace)
        try db.run(
            """
            INSERT INTO webhook_deliveries (workspace_id, connection_id, id, received_at, ticket_id, state, note)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """, scope.workspace, scope.connection, id, now, ticket, state, note)
        try db.run(
            "DELETE FROM webhook_deliveries WHERE workspace_id = $1 AND connection_id = $2 AND id <= $3",
            scope.workspace, scope.connection, id - Int64(kept))
    }

    /// The ticket was read: every call about it that had come in until then is done.
    static func settle(_ scope: MirrorScope, ticket: ID<Ticket>, receivedUntil: Date, now: Date, _ db: any Queries) throws {
        try db.run(
            """
            UPDATE webhook_deliveries SET state = 'applied', settled_at = $5, note = NULL
            WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3 AND state = 'queued' AND received_at <= $4
            """, scope.workspace, scope.connection, ticket, receivedUntil, now)
    }

    /// Calls that wait will not be served: why not, for people.
    static func dropQueued(_ workspace: ID<Workspace>, because reason: String, now: Date, _ db: any Queries) throws {
        try db.run(
            "UPDATE webhook_deliveries SET state = 'refused', settled_at = $3, note = $2 WHERE workspace_id = $1 AND state = 'queued'",
            workspace, reason, now)
    }

    /// The ticket could not be read this time.
    static func note(_ reason: String, _ scope: MirrorScope, ticket: ID<Ticket>, _ db: any Queries) throws {
        try db.run(
            """
            UPDATE webhook_deliveries SET note = $4
            WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3 AND state = 'queued'
            """, scope.workspace, scope.connection, ticket, reason)
    }
}
