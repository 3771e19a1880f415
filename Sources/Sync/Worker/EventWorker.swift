package import Domain
import Foundation
import Freshdesk
package import Logging
import ServiceLifecycle
package import Store
import Synchronization

/// Applies what webhooks told: reads each touched ticket and its thread anew, under the same request budget as the runs.
///
/// An event is a hint, never data. Runs are not disturbed: whoever reads a ticket last saves what it saw, and an older row never
/// replaces a newer one. Several portals are served at once, so that a slow one delays only its own events.
package struct EventWorker: Service {
    static let poll: Duration = .seconds(1)
    static let lease: TimeInterval = 15
    static let heartbeat: Duration = .seconds(5)
    /// Portals served at once, and events of one portal in hand.
    static let portals = 8
    static let share = 20
    /// After a failure that is not the rate limit's.
    static let retryDelay: TimeInterval = 60

    let database: any Database
    let events: EventStore
    let directory: PortalDirectory
    let clock: SyncClock
    let identity = WorkerIdentity.current()
    let logger: Logger

    package init(database: any Database, portals: PortalDirectory, clock: SyncClock, logger: Logger) {
        self.database = database
        events = EventStore(database: database)
        directory = portals
        self.clock = clock
        self.logger = logger
    }

    package func run() async throws {
        let busy = BusyWorkspaces()
        let bell = Bell()
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    let claims = await claim(except: busy.all)
                    for (scope, claims) in claims {
                        busy.add(scope.workspace)
                        group.addTask {
                            await carryOut(claims, scope)
                            busy.remove(scope.workspace)
                            bell.ring()
                        }
                    }
                    await bell.wait(atMost: Self.poll)
                }
            }
        }
    }

    /// Applies the events that are due now; returns how many were taken.
    @discardableResult
    package func applyDue(workspace: ID<Workspace>? = nil) async -> Int {
        let claims = await claim(workspace: workspace)
        for (scope, claims) in claims { await carryOut(claims, scope) }
        return claims.reduce(0) { $0 + $1.value.count }
    }

    private func claim(
        except busy: [ID<Workspace>] = [], workspace: ID<Workspace>? = nil
    ) async -> [MirrorScope: [EventStore.Claim]] {
        guard busy.count < Self.portals else { return [:] }
        do {
            let claims = try await events.claimDue(
                owner: identity.newHold(), lease: Self.lease, portals: Self.portals - busy.count, share: Self.share, except: busy,
                workspace: workspace)
            return Dictionary(grouping: claims, by: \.scope)
        } catch {
            if !Task.isCancelled { logger.warning("Webhook events could not be taken", metadata: ["reason": "\(error)"]) }
            return [:]
        }
    }

    /// Applies one portal's events, keeping them in hand meanwhile.
    private func carryOut(_ claims: [EventStore.Claim], _ scope: MirrorScope) async {
        await withDiscardingTaskGroup { group in
            group.addTask {
                while (try? await Task.sleep(for: Self.heartbeat)) != nil {
                    // A beat that fails is no reason to give up: the lease outlasts two of them.
                    try? await events.heartbeat(claims, lease: Self.lease)
                }
            }
            await apply(claims, scope)
            group.cancelAll()
        }
    }

    private func apply(_ claims: [EventStore.Claim], _ scope: MirrorScope) async {
        for (index, claim) in claims.enumerated() {
            do {
                try await apply(claim)
                try await events.finish(claim)
                continue
            } catch FreshdeskError.mustWait(let until), FreshdeskError.rateLimited(let until) {
                await putOff(
                    claims[index...], scope, for: max(0, until.timeIntervalSince(clock.real())),
                    because: "Waiting for the portal's request allowance.")
                return
            } catch let error as FreshdeskError where error.concernsPortal {
                log(error, claim)
                // The ticket that met the trouble comes after the others: it may be the trouble itself.
                await putOff([claim], nil, for: Self.retryDelay * 2, because: "\(error)")
                await putOff(claims[(index + 1)...], scope, for: Self.retryDelay, because: "\(error)")
                return
            } catch {
                // A process that stops gives back what it has in hand, for another one to take at once.
                if Task.isCancelled { return await putOff(claims[index...], nil, for: 0, because: "The worker was stopped.") }
                log(error, claim)
                await putOff([claim], nil, for: Self.retryDelay, because: "\(error)")
            }
        }
    }

    /// Gives events back, and with a `scope` makes the portal's other ones wait as well. In a task of its own: a cancelled one may not
    /// write any more.
    private func putOff(_ claims: some Sequence<EventStore.Claim>, _ scope: MirrorScope?, for pause: TimeInterval, because reason: String)
        async
    {
        let (events, claims) = (events, Array(claims))
        await Task {
            // What cannot be given back now comes free when its lease lapses.
            try? await events.retry(claims, after: pause, because: reason)
            if let scope { try? await events.postpone(scope, by: pause) }
        }.value
    }

    private func log(_ error: any Error, _ claim: EventStore.Claim) {
        logger.warning(
            "A webhook event could not be applied",
            metadata: ["workspace.id": "\(claim.scope.workspace)", "ticket.id": "\(claim.ticket)", "reason": "\(error)"])
    }

    private func apply(_ claim: EventStore.Claim) async throws {
        let scope = claim.scope
        guard let connection = try await ConnectionStore(database: database).find(scope.workspace), connection.state == .connected else {
            return
        }
        let client = try await directory.client(for: connection, patience: Patience(maximumWait: Worker.longestWait), logger: logger)
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
            if let thread, thread.isRead {
                _ = try mirror.replace([
                    .init(
                        ticketID: ticket.id, conversations: thread.conversations, version: ticket.updatedAt, readAt: now,
                        isOpen: thread.isOpen)
                ])
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

extension FreshdeskError {
    /// Whether the portal itself is in trouble, so that its other tickets need not be tried now.
    fileprivate var concernsPortal: Bool {
        switch self {
        case .unavailable(.network, _), .unavailable(.dns, _), .unavailable(.tls, _), .unavailable(.timeout, _), .invalidCredentials,
            .accountClosed:
            true
        default: false
        }
    }
}

/// The workspaces whose events a worker has in hand.
private final class BusyWorkspaces: Sendable {
    private let held = Mutex<Set<ID<Workspace>>>([])

    var all: [ID<Workspace>] { held.withLock { Array($0) } }

    func add(_ workspace: ID<Workspace>) { held.withLock { _ = $0.insert(workspace) } }
    func remove(_ workspace: ID<Workspace>) { held.withLock { _ = $0.remove(workspace) } }
}
