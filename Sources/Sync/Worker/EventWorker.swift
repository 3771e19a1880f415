package import Domain
import Foundation
import Freshdesk
package import Logging
import ServiceLifecycle
package import Store

/// Applies what webhooks told: reads each touched ticket and its thread anew, under the same request budget as the runs.
///
/// An event is a hint, never data. Runs are not disturbed: whoever reads a ticket last saves what it saw, and an older row never
/// replaces a newer one.
package struct EventWorker: Service {
    static let poll: Duration = .seconds(1)
    static let lease: TimeInterval = 120
    static let batch = 20
    /// After a failure that is not the rate limit's.
    static let retryDelay: TimeInterval = 60

    let database: any Database
    let events: EventStore
    let portals: PortalDirectory
    let clock: SyncClock
    let logger: Logger

    package init(database: any Database, portals: PortalDirectory, clock: SyncClock, logger: Logger) {
        self.database = database
        events = EventStore(database: database)
        self.portals = portals
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let applied = await applyDue()
                if applied == 0 { try? await Task.sleep(for: Self.poll) }
            }
        }
    }

    /// Applies the events that are due now; returns how many were taken.
    @discardableResult
    package func applyDue(workspace: ID<Workspace>? = nil) async -> Int {
        do {
            let claims = try await events.claimDue(now: clock.real(), lease: Self.lease, limit: Self.batch, workspace: workspace)
            for (scope, claims) in Dictionary(grouping: claims, by: \.scope) { await apply(claims, scope) }
            return claims.count
        } catch {
            if !Task.isCancelled { logger.warning("Webhook events could not be taken", metadata: ["reason": "\(error)"]) }
            return 0
        }
    }

    private func apply(_ claims: [EventStore.Claim], _ scope: MirrorScope) async {
        for claim in claims {
            do {
                try await apply(claim)
                try await events.finish(claim, now: clock.real())
            } catch FreshdeskError.mustWait(let until), FreshdeskError.rateLimited(let until) {
                try? await events.retry(claim, at: until, because: "Waiting for the portal's request allowance.")
            } catch {
                logger.warning(
                    "A webhook event could not be applied",
                    metadata: ["workspace.id": "\(scope.workspace)", "ticket.id": "\(claim.ticket)", "reason": "\(error)"])
                try? await events.retry(claim, at: clock.real().addingTimeInterval(Self.retryDelay), because: "\(error)")
            }
        }
    }

    private func apply(_ claim: EventStore.Claim) async throws {
        let scope = claim.scope
        guard let connection = try await ConnectionStore(database: database).find(scope.workspace), connection.state == .connected else {
            return
        }
        let client = try await portals.client(for: connection, patience: Patience(), logger: logger)
        let record: Record<WireTicket>
        do {
            record = try await client.ticket(id: claim.ticket.rawValue, include: [.stats]).value
        } catch FreshdeskError.notFound {
            try await save(scope) { _, mirror in try mirror.purge(claim.ticket) }
            return
        } catch FreshdeskError.forbidden {
            // The key may no longer see it: no proof that it is gone (fact 206).
            return
        }
        let ticket = Translation.ticket(record, hasStats: true)
        try await saveUnknownRequester(of: ticket, scope, client)
        let reader = ThreadReader(client: client, agents: try await database.read { try MirrorStore($0, scope: scope).agentIDs() })
        let pending = MirrorStore.PendingThread(ticketID: ticket.id, updatedAt: ticket.updatedAt, hasStats: true)
        let isLive = !ticket.isDeleted && !ticket.isSpam
        let thread = isLive ? try await reader.read(pending) : nil
        let now = clock.real()
        try await save(scope) { db, mirror in
            _ = try mirror.save([ticket])
            try MatchStore(db, workspace: scope.workspace).applyToTickets([ticket.id])
            if let thread, thread.fault == nil {
                _ = try mirror.replace(thread: thread.conversations, of: ticket.id, version: ticket.updatedAt, readAt: now)
            }
        }
    }

    /// A new customer's first ticket comes before the daily sync has read the contact.
    private func saveUnknownRequester(of ticket: Ticket, _ scope: MirrorScope, _ client: FreshdeskClient) async throws {
        guard let id = ticket.requesterID, try await !database.read({ try MirrorStore($0, scope: scope).knowsRequester(id) }) else {
            return
        }
        guard let record = try? await client.contact(id: id.rawValue).value else { return }
        try await save(scope) { db, mirror in
            // Run 0 is none: the next full list decides whether the contact is in it.
            _ = try mirror.save([Translation.contact(record)], run: 0)
            try AccountMatching.applyToContact(id, scope.workspace, db)
        }
    }

    private func save(_ scope: MirrorScope, _ step: @escaping @Sendable (any Queries, MirrorStore) throws -> Void) async throws {
        try await database.write { db in
            try step(db, MirrorStore(db, scope: scope))
            try db.bumpVersion(of: scope.workspace)
        }
    }
}
