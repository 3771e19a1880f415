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
    /// Trash and spam up to this length are read whole once more at the end.
    private static let shortList = 100
    /// The daily sweep passes over threads that were read so recently.
    private static let sweptAgainAfter: TimeInterval = 20 * 3_600

    /// The phase's checkpoint. Threads themselves say whether they are to be read; the day's share of the sweep is counted.
    private struct ThreadsCursor: Codable, Sendable {
        var sweepLeft: Int
    }

    func run(_ context: RunContext) async throws {
        let (scope, run) = (context.scope, context.claim.run)
        let due = MirrorStore.ThreadsDue(since: context.windowStart, run: run, retriesOpenBefore: context.clock.real())
        let sweep = try await sweep(context)
        let pending = try await context.database.read { try MirrorStore($0, scope: scope).countPendingThreads(due) }
        try await context.begin(name)
        let done = try await RunStore(database: context.database).get(scope.workspace, run).phases.first { $0.name == name }?.counts.done
        context.progress.beginThreads(expected: pending + sweep.count, conversations: done ?? 0)
        let reader = ThreadReader(
            client: context.client, agents: try await context.database.read { try MirrorStore($0, scope: scope).agentIDs() })
        let sawLaterChange = try await context.cursor(of: .tickets, as: TicketsPhase.TicketsCursor.self)?.sawLaterChange ?? true
        // Where nothing is to be read nothing can have changed meanwhile either.
        if pending + sweep.count > 0 || sawLaterChange {
            try await readPendingThreads(due, reader, context)
            try await read(sweep, isSweep: true, reader, context)
            try await close(due, reader, context)
        }
        try await context.end(name)
    }

    /// The threads of the daily sweep, which finds notes that were edited or deleted without their ticket being marked as updated
    /// (facts 127–129): each day those that were not read for longest, so many that each thread's turn comes within the period.
    private func sweep(_ context: RunContext) async throws -> [MirrorStore.PendingThread] {
        guard context.claim.trigger == .daily else { return [] }
        let (scope, windowStart, now) = (context.scope, context.windowStart, context.clock.real())
        let kept = try await context.cursor(of: name, as: ThreadsCursor.self)?.sweepLeft
        let (threads, share) = try await context.database.read { db -> ([MirrorStore.PendingThread], Int) in
            guard let days = try ConnectionStore.threadSweepDays(scope, db) else { return ([], 0) }
            let mirror = MirrorStore(db, scope: scope)
            let share = try kept ?? (mirror.countThreads(since: windowStart) + days - 1) / days
            return try (
                mirror.oldestThreads(since: windowStart, readBefore: now.addingTimeInterval(-Self.sweptAgainAfter), limit: share), share
            )
        }
        context.progress.beginSweep(share)
        return threads
    }

    /// What changed while threads were read: walks until a walk finds nothing new, then trash and spam, then what was read in a second
    /// that was not over.
    private func close(_ due: MirrorStore.ThreadsDue, _ reader: ThreadReader, _ context: RunContext) async throws {
        for _ in 0..<Self.closingWalks {
            guard try await readWhatChanged(due, context) else { break }
            try await readPendingThreads(due, reader, context)
        }
        try await readGone(context)
        try await Requesters.fetchUnknown(context)
        let (scope, windowStart) = (context.scope, context.windowStart)
        let open = try await context.database.read { try MirrorStore($0, scope: scope).openThreads(since: windowStart) }
        try await read(open, reader, context)
    }

    /// Tickets that were trashed while threads were read. Long lists that the tickets' phase has read are not read whole again.
    private func readGone(_ context: RunContext) async throws {
        let scope = context.scope
        let known = try await context.cursor(of: .tickets, as: TicketsPhase.TicketsCursor.self)?.gone?.count ?? 0
        let watermark = try await context.database.read { try ConnectionStore.ticketsWatermark(scope, $0) }
        var gone = GoneLists(since: known > Self.shortList ? watermark ?? .unknown : .unknown)
        let claim = context.claim
        while try await gone.readPage(
            context,
            save: { _, step in
                try await context.save { db, mirror in try RunStore.count(step(db, mirror), of: name, claim, db) }
            })
        {}
        if known <= Self.shortList { try await gone.settle(missing: [], phase: name, context) }
    }

    // MARK: Threads

    private func readPendingThreads(_ due: MirrorStore.ThreadsDue, _ reader: ThreadReader, _ context: RunContext) async throws {
        let scope = context.scope
        while true {
            let pending = try await context.database.read {
                try MirrorStore($0, scope: scope).pendingThreads(due, limit: Self.batch)
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
    private func read(
        _ pending: [MirrorStore.PendingThread], isSweep: Bool = false, _ reader: ThreadReader, _ context: RunContext
    ) async throws {
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
                        try await save(batch, isSweep: isSweep, context)
                        return .saved
                    }
                }
                fill()
            }
            if let fault { throw fault }
        }
    }

    private func save(_ threads: [ThreadReader.Thread], isSweep: Bool, _ context: RunContext) async throws {
        guard !threads.isEmpty else { return }
        let (claim, product, real) = (context.claim, context.clock.product(), context.clock.real())
        let mayPurge = context.progress.seesEverything
        let expected = context.progress.count(threads: threads.count, conversations: threads.reduce(0) { $0 + $1.conversations.count })
        let cursor = try context.progress.sweepLeft(after: isSweep ? threads.count : 0).map {
            try Cursor.text(ThreadsCursor(sweepLeft: $0))
        }
        try await context.save { db, mirror in
            var counts = PhaseCounts()
            var read: [MirrorStore.ReadThread] = []
            for thread in threads {
                counts += try note(thread, claim, mayPurge: mayPurge, at: product, db, mirror)
                guard thread.isRead else { continue }
                read.append(
                    MirrorStore.ReadThread(
                        ticketID: thread.pending.ticketID, conversations: thread.conversations, version: thread.version, readAt: real,
                        isOpen: thread.isOpen))
            }
            counts += try mirror.replace(read)
            try RunStore.advance(name, by: counts, cursor: cursor, expected: expected, claim, db)
        }
    }

    /// Keeps what a thread's reading brought beside the thread: its ticket's own view, what became of it, and what could not be read.
    private func note(
        _ thread: ThreadReader.Thread, _ claim: RunStore.Claim, mayPurge: Bool, at now: Date, _ db: any Queries, _ mirror: MirrorStore
    ) throws -> PhaseCounts {
        let ticket = thread.pending.ticketID
        if let view = thread.ticket { _ = try mirror.save([view]) }
        if thread.isGone && mayPurge {
            try mirror.purge(ticket)
            return PhaseCounts(deleted: 1)
        }
        // Kept, and left alone until the next run.
        if thread.isGone || thread.isHidden { try mirror.markThreadFailed(of: ticket, in: claim.run) }
        if let fault = thread.fault {
            try mirror.markThreadFailed(of: ticket, in: claim.run)
            try RunStore.add(RunFailure(phase: name, record: "ticket \(ticket)", reason: fault, at: now), claim, db)
            return PhaseCounts(failed: 1)
        }
        for record in thread.unreadable {
            let failure = RunFailure(phase: name, record: "a conversation of ticket \(ticket)", reason: record.reason, at: now)
            try RunStore.add(failure, claim, db)
        }
        return PhaseCounts(failed: thread.unreadable.count)
    }

    // MARK: The closing walk

    /// Reads what changed since the tickets were read; true when some thread has to be read again.
    private func readWhatChanged(_ due: MirrorStore.ThreadsDue, _ context: RunContext) async throws -> Bool {
        let scope = context.scope
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
            // However few requests an hour the plan allows, a walk that has to wait goes on where it was.
            let reached = beganAt.map { max(since, TicketsPhase.watermark(beganAt: $0, latest: walk.reachedAt)) }
            try await context.save { db, mirror in
                _ = try mirror.save(tickets)
                try MatchStore(db, workspace: scope.workspace).applyToTickets(tickets.map(\.id))
                if let reached { try ConnectionStore.setTicketsWatermark(reached, scope, db) }
            }
        }
        if let beganAt {
            let watermark = max(since, TicketsPhase.watermark(beganAt: beganAt, latest: latest))
            try await context.save { db, _ in try ConnectionStore.setTicketsWatermark(watermark, scope, db) }
        }
        return try await context.database.read {
            try MirrorStore($0, scope: scope).countPendingThreads(due) > 0
        }
    }
}
