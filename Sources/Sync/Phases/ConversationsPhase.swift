import Domain
import Foundation
import Freshdesk
import Store

/// Conversations: the whole thread of every ticket whose row changed since its thread was read, several at once; then a closing walk
/// over what changed meanwhile, until nothing did.
struct ConversationsPhase: Phase {
    let name = PhaseName.conversations

    /// Requests at once on one portal.
    static let concurrency = 12
    private static let batch = 600
    /// Closing walks; a portal so busy that each finds something new ends with the next run.
    private static let closingWalks = 5

    func run(_ context: RunContext) async throws {
        let (scope, run, windowStart) = (context.scope, context.claim.run, context.windowStart)
        let expected = try await context.database.read {
            try MirrorStore($0, scope: scope).countPendingThreads(since: windowStart, notFailedIn: run)
        }
        try await context.begin(name)
        let done = try await RunStore(database: context.database).get(scope.workspace, run).phases.first { $0.name == name }?.counts.done
        context.progress.beginThreads(expected: expected, conversations: done ?? 0)
        let reader = ThreadReader(
            client: context.client, agents: try await context.database.read { try MirrorStore($0, scope: scope).agentIDs() })
        for _ in 0..<Self.closingWalks {
            try await readPendingThreads(reader, context)
            guard try await readWhatChanged(context) else { break }
        }
        try await readPendingThreads(reader, context)
        try await context.end(name)
    }

    // MARK: Threads

    private func readPendingThreads(_ reader: ThreadReader, _ context: RunContext) async throws {
        let (scope, run, windowStart) = (context.scope, context.claim.run, context.windowStart)
        while true {
            let pending = try await context.database.read {
                try MirrorStore($0, scope: scope).pendingThreads(since: windowStart, notFailedIn: run, limit: Self.batch)
            }
            guard !pending.isEmpty else { return }
            try await withThrowingTaskGroup(of: ThreadReader.Thread.self) { group in
                var waiting = pending[...]
                for next in waiting.prefix(Self.concurrency) { group.addTask { try await reader.read(next) } }
                waiting = waiting.dropFirst(Self.concurrency)
                while let fetched = try await group.next() {
                    if let next = waiting.popFirst() { group.addTask { try await reader.read(next) } }
                    try await save(fetched, context)
                }
            }
        }
    }

    private func save(_ fetched: ThreadReader.Thread, _ context: RunContext) async throws {
        let (claim, phase, product, real) = (context.claim, name, context.clock.product(), context.clock.real())
        let expected = context.progress.countThread(conversations: fetched.conversations.count)
        try await context.save { db, mirror in
            let ticket = fetched.pending.ticketID
            if let fault = fetched.fault {
                try mirror.markThreadFailed(of: ticket, in: claim.run)
                try RunStore.add(RunFailure(phase: phase, record: "ticket \(ticket)", reason: fault, at: product), claim, db)
                try RunStore.advance(phase, by: PhaseCounts(failed: 1), cursor: nil, claim, db)
                return
            }
            if let view = fetched.ticket { _ = try mirror.save([view]) }
            for record in fetched.unreadable {
                let name = "a conversation of ticket \(ticket)"
                try RunStore.add(RunFailure(phase: phase, record: name, reason: record.reason, at: product), claim, db)
            }
            var counts = try mirror.replace(
                thread: fetched.conversations, of: ticket, version: fetched.ticket?.updatedAt ?? fetched.pending.updatedAt, readAt: real)
            counts.failed += fetched.unreadable.count
            try RunStore.advance(phase, by: counts, cursor: nil, expected: expected, claim, db)
        }
    }

    // MARK: The closing walk

    /// Reads what changed since the tickets were read; true when some thread has to be read again.
    private func readWhatChanged(_ context: RunContext) async throws -> Bool {
        let (scope, run, windowStart) = (context.scope, context.claim.run, context.windowStart)
        let since = try await context.database.read { try ConnectionStore.ticketsWatermark(scope, $0) }
        guard let since else { return false }
        var walk = KeysetWalk(since: since, include: TicketsPhase.includes)
        var beganAt: Date?
        var latest: Date?
        while let request = walk.request {
            let reply = try await context.client.tickets(request)
            beganAt = beganAt ?? reply.serverDate
            walk.advance(
                rows: reply.value.records.map { ($0.value.id, $0.value.updatedAt ?? $0.value.createdAt ?? .unknown) },
                hasMore: reply.value.hasMore)
            let tickets = reply.value.records.map { Translation.ticket($0, hasStats: true) }
            latest = ([latest] + tickets.map(\.updatedAt)).compactMap(\.self).max()
            try await context.save { db, mirror in
                _ = try mirror.save(tickets)
                try MatchStore(db, workspace: scope.workspace).applyToTickets(tickets.map(\.id))
            }
        }
        if let beganAt {
            let watermark = max(since, TicketsPhase.watermark(beganAt: beganAt, latest: latest))
            try await context.save { db, _ in try ConnectionStore.setTicketsWatermark(watermark, scope, db) }
        }
        return try await context.database.read {
            try MirrorStore($0, scope: scope).countPendingThreads(since: windowStart, notFailedIn: run) > 0
        }
    }
}
