import Domain
import Foundation
import Freshdesk
import Store

/// Conversations: the whole thread of every ticket whose row changed since its thread was read, several at once; then a closing walk
/// over what changed meanwhile, until nothing did.
struct ConversationsPhase: Phase {
    let name = PhaseName.conversations

    /// Threads under way at once. The request budget lets twelve requests fly; as many again stand ready, so that none of the twelve
    /// places is empty while threads are saved.
    static let concurrency = 24
    private static let batch = 5_000
    /// Threads in one transaction, unless they come so slowly that the card would stand still.
    private static let savedTogether = 48
    private static let longestUnsaved: TimeInterval = 1
    /// Threads held in memory when they come faster than they can be saved.
    private static let mostUnsaved = 192
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
            try await read(pending, reader, context)
        }
    }

    private enum Step: Sendable {
        case read(Result<ThreadReader.Thread, any Error>)
        case saved
    }

    /// Reads several threads at once and saves them many at a time, beside the reading: a transaction for each would cost more than
    /// the threads do. When the portal makes us stop, what was read is saved first: it must not be read again.
    private func read(_ pending: [MirrorStore.PendingThread], _ reader: ThreadReader, _ context: RunContext) async throws {
        try await withThrowingTaskGroup(of: Step.self) { group in
            var waiting = pending[...]
            var reading = 0
            var isSaving = false
            var unsaved: [ThreadReader.Thread] = []
            var savedAt = context.clock.real()
            var fault: (any Error)?
            func fill() {
                while fault == nil, reading < Self.concurrency, unsaved.count < Self.mostUnsaved, let next = waiting.popFirst() {
                    reading += 1
                    group.addTask {
                        do { return .read(.success(try await reader.read(next))) } catch { return .read(.failure(error)) }
                    }
                }
            }
            fill()
            while let step = try await group.next() {
                switch step {
                case .read(.success(let thread)):
                    reading -= 1
                    unsaved.append(thread)
                case .read(.failure(let error)):
                    reading -= 1
                    fault = fault ?? error
                case .saved:
                    isSaving = false
                }
                let now = context.clock.real()
                let isDue = unsaved.count >= Self.savedTogether || now.timeIntervalSince(savedAt) >= Self.longestUnsaved || reading == 0
                if isDue, !isSaving, !unsaved.isEmpty {
                    let batch = unsaved
                    (unsaved, savedAt, isSaving) = ([], now, true)
                    group.addTask {
                        try await save(batch, context)
                        return .saved
                    }
                }
                fill()
            }
            if let fault { throw fault }
        }
    }

    private func save(_ threads: [ThreadReader.Thread], _ context: RunContext) async throws {
        guard !threads.isEmpty else { return }
        let (claim, product, real) = (context.claim, context.clock.product(), context.clock.real())
        let expected = context.progress.count(threads: threads.count, conversations: threads.reduce(0) { $0 + $1.conversations.count })
        try await context.save { db, mirror in
            var counts = PhaseCounts()
            var read: [MirrorStore.ReadThread] = []
            for thread in threads {
                counts.failed += try note(thread, claim, at: product, db, mirror)
                guard thread.fault == nil else { continue }
                let version = thread.ticket?.updatedAt ?? thread.pending.updatedAt
                read.append(
                    MirrorStore.ReadThread(
                        ticketID: thread.pending.ticketID, conversations: thread.conversations, version: version, readAt: real))
            }
            counts += try mirror.replace(read)
            try RunStore.advance(name, by: counts, cursor: nil, expected: expected, claim, db)
        }
    }

    /// Keeps what a thread's reading brought beside the thread: its ticket's own view, and what could not be read; returns how much.
    private func note(
        _ thread: ThreadReader.Thread, _ claim: RunStore.Claim, at now: Date, _ db: any Queries, _ mirror: MirrorStore
    ) throws -> Int {
        let ticket = thread.pending.ticketID
        if let fault = thread.fault {
            try mirror.markThreadFailed(of: ticket, in: claim.run)
            try RunStore.add(RunFailure(phase: name, record: "ticket \(ticket)", reason: fault, at: now), claim, db)
            return 1
        }
        if let view = thread.ticket { _ = try mirror.save([view]) }
        for record in thread.unreadable {
            let failure = RunFailure(phase: name, record: "a conversation of ticket \(ticket)", reason: record.reason, at: now)
            try RunStore.add(failure, claim, db)
        }
        return thread.unreadable.count
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
