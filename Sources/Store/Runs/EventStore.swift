package import Domain
package import Foundation

/// What webhooks told us: tickets that somebody touched in Freshdesk. A burst about one ticket is one row.
///
/// The events are hints: a worker takes the due ones, reads those tickets from the portal, and finishes them.
package struct EventStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Seconds between a ticket's first event and its fetch: a rule that fires several times costs one request, and the portal's own
    /// copies have caught up (fact 224).
    package static let settling: TimeInterval = 2
    /// Most tickets that may wait in one workspace; the daily sync finds whatever is beyond.
    package static let mostWaiting = 50_000

    /// Notes that a ticket was touched; false when nothing was kept: the portal is disconnected, or too many wait already.
    ///
    /// An event during the ticket's own fetch is not lost: `finish` sees that there is one more than was claimed.
    @discardableResult
    package func record(_ scope: MirrorScope, ticket: ID<Ticket>, now: Date) async throws -> Bool {
        try await database.write { db in
            let isKept = try Self.record(scope, ticket: ticket, now: now, db)
            if isKept { try DeliveryStore.add(scope, ticket: ticket, state: .queued, now: now, db) }
            return isKept
        }
    }

    static func record(_ scope: MirrorScope, ticket: ID<Ticket>, now: Date, _ db: any Queries) throws -> Bool {
        let isConnected = try db.first(
            "SELECT 1 AS one FROM connections WHERE workspace_id = $1 AND id = $2 AND state = 'connected'",
            scope.workspace, scope.connection)
        guard isConnected != nil else { return false }
        let collapsed = try db.run(
            """
            UPDATE webhook_events SET events = events + 1, received_at = $4
            WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3
            """, scope.workspace, scope.connection, ticket, now)
        if collapsed > 0 { return true }
        let waiting = try db.first(
            "SELECT COUNT(*) AS count FROM (SELECT 1 AS one FROM webhook_events WHERE workspace_id = $1 LIMIT $2) AS waiting",
            scope.workspace, mostWaiting)
        guard try waiting?.get("count") ?? 0 < mostWaiting else { return false }
        try db.run(
            """
            INSERT INTO webhook_events (workspace_id, connection_id, ticket_id, received_at, events, due_at) VALUES ($1, $2, $3, $4, 1, $5)
            ON CONFLICT (workspace_id, connection_id, ticket_id)
            DO UPDATE SET events = webhook_events.events + 1, received_at = excluded.received_at
            """, scope.workspace, scope.connection, ticket, now, now.addingTimeInterval(settling))
        return true
    }

    /// Events of one ticket in a worker's hands.
    package struct Claim: Sendable, Equatable {
        package var scope: MirrorScope
        package var ticket: ID<Ticket>
        /// How many were collapsed into this one.
        package var events: Int
        /// When the latest came in.
        package var receivedAt: Date
        /// When the worker's hold on it ends.
        package var leaseUntil: Date
    }

    /// Global: takes due events of connected portals, those that are due longest first, unless another worker holds them.
    ///
    /// - Parameter lease: seconds after which an event is anybody's again, because its worker must be gone.
    package func claimDue(now: Date, lease: TimeInterval, limit: Int, workspace: ID<Workspace>? = nil) async throws -> [Claim] {
        let until = now.addingTimeInterval(lease)
        return try await database.write { db in
            let due = try db.rows(
                """
                SELECT e.workspace_id, e.connection_id, e.ticket_id, e.lease_until FROM webhook_events e
                JOIN connections c ON c.workspace_id = e.workspace_id AND c.id = e.connection_id AND c.state = 'connected'
                WHERE e.due_at <= $1 AND (e.lease_until IS NULL OR e.lease_until <= $1) AND ($3 = 0 OR e.workspace_id = $3)
                ORDER BY e.due_at, e.ticket_id LIMIT $2
                """, now, limit, workspace?.rawValue ?? 0)
            return try due.compactMap { row in
                let scope = try MirrorScope(workspace: row.get("workspace_id"), connection: row.get("connection_id"))
                let ticket: ID<Ticket> = try row.get("ticket_id")
                let taken = try db.first(
                    """
                    UPDATE webhook_events SET lease_until = $4
                    WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3 AND lease_until IS NOT DISTINCT FROM $5
                    RETURNING events, received_at
                    """, scope.workspace, scope.connection, ticket, until, try row.find("lease_until", as: Date.self))
                return try taken.map {
                    try Claim(scope: scope, ticket: ticket, events: $0.get("events"), receivedAt: $0.get("received_at"), leaseUntil: until)
                }
            }
        }
    }

    /// The ticket was read. The events go, unless more came in meanwhile: then they are due again after settling.
    package func finish(_ claim: Claim, now: Date) async throws {
        try await database.write { db in
            let gone = try db.run(
                """
                DELETE FROM webhook_events
                WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3 AND lease_until = $4 AND events = $5
                """, claim.scope.workspace, claim.scope.connection, claim.ticket, claim.leaseUntil, claim.events)
            if gone == 0 { try Self.giveBack(claim, until: now.addingTimeInterval(Self.settling), db) }
            try DeliveryStore.settle(claim.scope, ticket: claim.ticket, receivedUntil: claim.receivedAt, now: now, db)
        }
    }

    /// The ticket could not be read now; somebody tries again at `date`.
    ///
    /// - Parameter reason: for people, why not.
    package func retry(_ claim: Claim, at date: Date, because reason: String) async throws {
        try await database.write { db in
            try Self.giveBack(claim, until: date, db)
            try DeliveryStore.note(reason, claim.scope, ticket: claim.ticket, db)
        }
    }

    /// Global: how many tickets wait to be read.
    package func backlog() async throws -> Int {
        try await database.read { try $0.first("SELECT COUNT(*) AS count FROM webhook_events")?.get("count") ?? 0 }
    }

    /// Only while the worker still holds it: after its lease it may be another's.
    private static func giveBack(_ claim: Claim, until date: Date, _ db: any Queries) throws {
        try db.run(
            """
            UPDATE webhook_events SET lease_until = NULL, due_at = $5
            WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3 AND lease_until = $4
            """, claim.scope.workspace, claim.scope.connection, claim.ticket, claim.leaseUntil, date)
    }
}
