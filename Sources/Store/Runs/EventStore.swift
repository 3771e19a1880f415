package import Domain
package import Foundation

/// What webhooks told us: tickets that somebody touched in Freshdesk. A burst about one ticket is one row.
///
/// The events are hints: a worker takes the due ones, reads those tickets from the portal, and finishes them. All of it is timed by the
/// database's clock.
package struct EventStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Seconds between a ticket's first event and its fetch: a rule that fires several times costs one request, and the portal's own
    /// copies have caught up (fact 224).
    package static let settling: TimeInterval = 2
    /// Most tickets that may wait in one workspace; the daily sync finds whatever is beyond.
    package static let mostWaiting = 50_000
    /// How many due events are looked at to choose from.
    private static let looked = 500

    /// Notes that a ticket was touched; false when nothing was kept: the portal is disconnected, or too many wait already.
    ///
    /// An event during the ticket's own fetch is not lost: `finish` sees that there is one more than was claimed.
    ///
    /// - Parameter settling: seconds until it is due.
    @discardableResult
    package func record(_ scope: MirrorScope, ticket: ID<Ticket>, settling: TimeInterval = settling) async throws -> Bool {
        try await database.write { db in
            let now = try db.now()
            let isKept = try Self.record(scope, ticket: ticket, settling: settling, now: now, db)
            if isKept { try DeliveryStore.add(scope, ticket: ticket, state: .queued, now: now, db) }
            return isKept
        }
    }

    /// - Parameter now: the moment by the database's clock.
    static func record(
        _ scope: MirrorScope, ticket: ID<Ticket>, settling: TimeInterval = settling, now: Date, _ db: any Queries
    ) throws -> Bool {
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
            INSERT INTO webhook_events (workspace_id, connection_id, ticket_id, received_at, events, due_at)
            VALUES ($1, $2, $3, $4, 1, $5)
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
        /// Names the hold.
        package var owner: String
    }

    /// Global: takes due events of connected portals, those that are due longest first, unless another worker holds them. A portal with
    /// many events gets no more than its share, so that the others' are not behind them.
    ///
    /// - Parameters:
    ///   - owner: the name of the hold, different at every call.
    ///   - lease: seconds after which an event is anybody's again unless a heartbeat comes.
    ///   - portals: from how many portals at most.
    ///   - share: how many events of one portal at most.
    ///   - busy: workspaces whose events the caller has in hand already.
    ///   - workspace: takes the events of this workspace alone.
    package func claimDue(
        owner: String, lease: TimeInterval, portals: Int, share: Int, except busy: [ID<Workspace>] = [], workspace: ID<Workspace>? = nil
    ) async throws -> [Claim] {
        let due = try await database.read { try Self.due(except: busy, workspace: workspace, $0) }
        var chosen: [MirrorScope: [ID<Ticket>]] = [:]
        for (scope, ticket) in due {
            guard chosen[scope] != nil || chosen.count < portals, chosen[scope, default: []].count < share else { continue }
            chosen[scope, default: []].append(ticket)
        }
        guard !chosen.isEmpty else { return [] }
        let wanted = chosen.sorted { $0.key.workspace.rawValue < $1.key.workspace.rawValue }
        return try await database.write { db in
            try wanted.flatMap { scope, tickets in
                try tickets.sorted().compactMap { ticket in
                    let taken = try db.first(
                        """
                        UPDATE webhook_events SET lease_owner = $4, lease_until = \(db.dialect.now) + $5
                        WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3 AND due_at <= \(db.dialect.now)
                            AND (lease_until IS NULL OR lease_until <= \(db.dialect.now))
                        RETURNING events, received_at
                        """, scope.workspace, scope.connection, ticket, owner, lease.milliseconds)
                    return try taken.map {
                        try Claim(scope: scope, ticket: ticket, events: $0.get("events"), receivedAt: $0.get("received_at"), owner: owner)
                    }
                }
            }
        }
    }

    private static func due(
        except busy: [ID<Workspace>], workspace: ID<Workspace>?, _ db: any Queries
    ) throws -> [(MirrorScope, ID<Ticket>)] {
        let others = busy.isEmpty ? "" : "AND e.workspace_id NOT IN (\(placeholders(from: 3, count: busy.count)))"
        return try db.rows(
            """
            SELECT e.workspace_id, e.connection_id, e.ticket_id FROM webhook_events e
            JOIN connections c ON c.workspace_id = e.workspace_id AND c.id = e.connection_id AND c.state = 'connected'
            WHERE e.due_at <= \(db.dialect.now) AND (e.lease_until IS NULL OR e.lease_until <= \(db.dialect.now))
                AND (CAST($2 AS BIGINT) = 0 OR e.workspace_id = $2) \(others)
            ORDER BY e.due_at, e.ticket_id LIMIT $1
            """, arguments: [looked.sqlValue, (workspace?.rawValue ?? 0).sqlValue] + busy.map(\.sqlValue)
        ).map { (try MirrorScope(workspace: $0.get("workspace_id"), connection: $0.get("connection_id")), try $0.get("ticket_id")) }
    }

    /// Prolongs the hold on those claims that are still the worker's.
    package func heartbeat(_ claims: [Claim], lease: TimeInterval) async throws {
        try await database.write { db in
            for claim in claims {
                try Self.change(claim, "lease_until = \(db.dialect.now) + $5", lease.milliseconds, db)
            }
        }
    }

    /// The ticket was read. The events go, unless more came in meanwhile: then they are due again after settling.
    package func finish(_ claim: Claim) async throws {
        try await database.write { db in
            let gone = try db.run(
                """
                DELETE FROM webhook_events
                WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3 AND lease_owner = $4 AND events = $5
                """, claim.scope.workspace, claim.scope.connection, claim.ticket, claim.owner, claim.events)
            if gone == 0 { try Self.giveBack(claim, after: Self.settling, db) }
            try DeliveryStore.settle(claim.scope, ticket: claim.ticket, receivedUntil: claim.receivedAt, now: try db.now(), db)
        }
    }

    /// The tickets could not be read now; somebody tries again after so many seconds.
    ///
    /// - Parameter reason: for people, why not.
    package func retry(_ claims: [Claim], after pause: TimeInterval, because reason: String) async throws {
        try await database.write { db in
            for claim in claims {
                try Self.giveBack(claim, after: pause, db)
                try DeliveryStore.note(reason, claim.scope, ticket: claim.ticket, db)
            }
        }
    }

    /// The portal cannot be asked before so many seconds have gone by: none of its events is due until then.
    package func postpone(_ scope: MirrorScope, by pause: TimeInterval) async throws {
        _ = try await database.write { db in
            try db.run(
                """
                UPDATE webhook_events SET due_at = \(db.dialect.now) + $3
                WHERE workspace_id = $1 AND connection_id = $2 AND due_at < \(db.dialect.now) + $3
                    AND (lease_until IS NULL OR lease_until <= \(db.dialect.now))
                """, scope.workspace, scope.connection, pause.milliseconds)
        }
    }

    /// Global: how many tickets wait to be read.
    package func backlog() async throws -> Int {
        try await database.read { try $0.first("SELECT COUNT(*) AS count FROM webhook_events")?.get("count") ?? 0 }
    }

    private static func giveBack(_ claim: Claim, after pause: TimeInterval, _ db: any Queries) throws {
        try change(claim, "lease_owner = NULL, lease_until = NULL, due_at = \(db.dialect.now) + $5", pause.milliseconds, db)
    }

    /// Only while the worker still holds it: after its lease it may be another's.
    private static func change(_ claim: Claim, _ assignments: String, _ value: Int64, _ db: any Queries) throws {
        try db.run(
            """
            UPDATE webhook_events SET \(assignments)
            WHERE workspace_id = $1 AND connection_id = $2 AND ticket_id = $3 AND lease_owner = $4
            """, claim.scope.workspace, claim.scope.connection, claim.ticket, claim.owner, value)
    }
}
