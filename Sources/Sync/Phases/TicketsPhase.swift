import Domain
import Foundation
import Freshdesk
import Logging
import Store

/// Tickets: everything unresolved of any age, everything updated in the window; later only what changed, and what was trashed.
struct TicketsPhase: Phase {
    let name = PhaseName.tickets

    /// The phase's checkpoint: where each of its parts stands.
    struct TicketsCursor: Codable, Sendable {
        /// The portal's clock when the phase began; the next run's walk begins a little before.
        var beganAt: Date
        /// Whether this run reads the whole window rather than what changed.
        var isFirst: Bool
        /// Where the window began when the walk did; nil for everything.
        var windowStart: Date?
        /// Unresolved tickets from before the window, through the search.
        var backlog: SearchSplit?
        var walk: KeysetWalk
        var trash: KeysetWalk?
        var spam: KeysetWalk?
        var trashed: Set<Int64> = []
        var spammed: Set<Int64> = []
        /// The last page's rows and those of the second it ended in, by which re-read ones are known.
        var recent: [Int64: Date] = [:]
        /// The latest change seen.
        var latest: Date?
    }

    /// What the portal's replicas and index may lag behind (reference 6.1, P3).
    static let overlap: TimeInterval = 5 * 60

    static let includes: Set<TicketListRequest.Include> = [.description, .stats]

    func run(_ context: RunContext) async throws {
        try await context.begin(name)
        var cursor: TicketsCursor
        var asked: SearchPage<WireTicket>?
        if let kept = try await context.cursor(of: name, as: TicketsCursor.self), try await serves(kept, context) {
            cursor = kept
        } else {
            (cursor, asked) = try await begin(context)
        }
        try await readBacklog(&cursor, firstPage: asked, context)
        try await readWindow(&cursor, context)
        try await readGone(&cursor, context)
        try await fetchUnknownRequesters(context)
        try await finish(cursor, context)
    }

    // MARK: Beginning

    /// A checkpoint taken over from an earlier run serves as long as the window has not been made longer since.
    private func serves(_ cursor: TicketsCursor, _ context: RunContext) async throws -> Bool {
        let scope = context.scope
        let watermark = try await context.database.read { try ConnectionStore.ticketsWatermark(scope, $0) }
        guard cursor.isFirst else { return watermark != nil }
        return (cursor.windowStart ?? .distantPast) <= (context.windowStart ?? .distantPast)
    }

    /// A new checkpoint, and the backlog's first page where planning has read it.
    private func begin(_ context: RunContext) async throws -> (TicketsCursor, SearchPage<WireTicket>?) {
        let scope = context.scope
        let watermark = try await context.database.read { try ConnectionStore.ticketsWatermark(scope, $0) }
        // The portal's clock is the right one for watermarks (fact 34); an answer of a moment ago tells it well enough, being early.
        let beganAt = context.client.portalTime ?? context.clock.real()
        if let watermark {
            let cursor = TicketsCursor(
                beganAt: beganAt, isFirst: false, windowStart: context.windowStart,
                walk: KeysetWalk(since: watermark, include: Self.includes),
                trash: KeysetWalk(since: .unknown, filter: .deleted), spam: KeysetWalk(since: .unknown, filter: .spam))
            return (cursor, nil)
        }
        guard let windowStart = context.windowStart else {
            let walk = KeysetWalk(since: .unknown, include: Self.includes)
            return (TicketsCursor(beganAt: beganAt, isFirst: true, windowStart: nil, walk: walk), nil)
        }
        let plan = try await plan(windowStart, context)
        let cursor = TicketsCursor(
            beganAt: beganAt, isFirst: true, windowStart: windowStart, backlog: plan.backlog?.split,
            walk: KeysetWalk(since: plan.backlog == nil ? .unknown : windowStart, include: Self.includes))
        return (cursor, plan.backlog?.firstPage)
    }

    /// A search that was begun, with its first page.
    private struct Backlog {
        var split: SearchSplit
        var firstPage: SearchPage<WireTicket>?
    }

    /// Unresolved tickets through the search, unless so many are unresolved that walking over all tickets costs fewer requests
    /// (reference 6.2). Also what the phase may expect to read.
    private func plan(_ windowStart: Date, _ context: RunContext) async throws -> (backlog: Backlog?, expected: Int?) {
        let backlog = try await backlog(context)
        let unresolved = backlog.firstPage?.total ?? 0
        let inWindow = try await context.client.searchTickets(
            query: "updated_at:>'\(Day(containing: windowStart))'", page: 1
        ).value.total
        try await context.begin(name, expected: max(unresolved, inWindow))
        guard unresolved > SearchPageSize.most else { return (backlog, inWindow) }
        let all = try await context.client.searchTickets(query: "created_at:>'1990-01-01'", page: 1).value.total
        let isWalkCheaper = all / 100 < unresolved / 30 + inWindow / 100
        return isWalkCheaper ? (nil, all) : (backlog, inWindow)
    }

    /// The search for unresolved tickets, begun; by numeric bounds where the portal takes them (fact 165).
    private func backlog(_ context: RunContext) async throws -> Backlog {
        let statuses = try await unresolvedStatuses(context)
        for byRange in [true, false] {
            let split = SearchSplit(statuses: statuses, byRange: byRange, latest: context.clock.product())
            guard let first = split.request else { continue }
            do {
                return Backlog(split: split, firstPage: try await context.client.searchTickets(query: first.query, page: 1).value)
            } catch FreshdeskError.rejected where byRange {
                context.logger.info("The portal takes no bounds on the status; its statuses are named one by one")
            }
        }
        return Backlog(split: SearchSplit(statuses: statuses, latest: context.clock.product()))
    }

    private enum SearchPageSize {
        /// What one search can show (fact 161).
        static let most = 300
    }

    private func unresolvedStatuses(_ context: RunContext) async throws -> [Int] {
        let scope = context.scope
        let known = try await context.database.read { try MirrorStore($0, scope: scope).statusCodes() }
        let unresolved = known.filter { TicketStatus(code: $0).isUnresolved }
        // Open and pending exist on every portal.
        return unresolved.isEmpty ? [2, 3] : unresolved
    }

    // MARK: Reading

    private func readBacklog(
        _ cursor: inout TicketsCursor, firstPage: SearchPage<WireTicket>?, _ context: RunContext
    ) async throws {
        var asked = firstPage
        while let request = cursor.backlog?.request {
            let page: SearchPage<WireTicket>
            if let known = asked {
                (page, asked) = (known, nil)
            } else {
                page = try await context.client.searchTickets(query: request.query, page: request.page).value
            }
            cursor.backlog?.advance(total: page.total, ids: page.records.map(\.value.id))
            // What was updated in the window comes with the walk, and with more in it.
            let windowStart = context.windowStart ?? .unknown
            let old = page.records.filter { ($0.value.updatedAt ?? .unknown) < windowStart }
            try await save(old, hasStats: false, cursor, page.unreadable, context)
        }
        for gap in cursor.backlog?.gaps ?? [] {
            context.logger.warning("A search could not be read whole", metadata: ["total": "\(gap.total)", "found": "\(gap.found)"])
            context.warn(
                ConnectionWarning(
                    code: "backlog_incomplete",
                    message: "Freshdesk's search showed only \(gap.found) of \(gap.total) old unresolved tickets of one day."))
        }
    }

    private func readWindow(_ cursor: inout TicketsCursor, _ context: RunContext) async throws {
        guard let first = cursor.walk.request else { return }
        var reply: Reply<ListPage<WireTicket>>? = try await context.client.tickets(first)
        while let page = reply?.value {
            let rows = page.records.map { (id: $0.value.id, updatedAt: $0.value.updatedAt ?? $0.value.createdAt ?? .unknown) }
            cursor.walk.advance(rows: rows, hasMore: page.hasMore)
            // A walk re-reads the second it ended in; those rows are known.
            let recent = cursor.recent
            let new = page.records.filter { recent[$0.value.id] != $0.value.updatedAt || $0.value.updatedAt == nil }
            let reached = cursor.walk.reachedAt.addingTimeInterval(-1)
            cursor.recent = cursor.recent.filter { $0.value >= reached }.merging(rows.map { ($0.id, $0.updatedAt) }) { $1 }
            cursor.latest = ([cursor.latest] + rows.map(\.updatedAt)).compactMap(\.self).max()
            // The next page is asked for while this one is saved.
            let request = cursor.walk.request
            async let next = request == nil ? nil : context.client.tickets(request ?? first)
            try await save(new, hasStats: true, cursor, page.unreadable, context)
            reply = try await next
        }
        if let overflow = cursor.walk.overflow {
            throw Failure(
                .unavailable, code: "overflow",
                "More than 30,000 tickets carry the same time \(overflow.rfc3339), more than Freshdesk can list. Choose a shorter window.")
        }
    }

    private func save(
        _ records: [Record<WireTicket>], hasStats: Bool, _ cursor: TicketsCursor, _ unreadable: [UnreadableRecord], _ context: RunContext
    ) async throws {
        let tickets = records.map { Translation.ticket($0, hasStats: hasStats) }
        let workspace = context.scope.workspace
        try await context.savePage(name, cursor: cursor, unreadable: unreadable) { db, mirror in
            let counts = try mirror.save(tickets)
            try MatchStore(db, workspace: workspace).applyToTickets(tickets.map(\.id))
            return counts
        }
    }

    // MARK: Trash and spam

    /// Both lists are short, because Freshdesk empties them after 30 days (fact 201), so each is read whole.
    private func readGone(_ cursor: inout TicketsCursor, _ context: RunContext) async throws {
        while let request = cursor.trash?.request {
            let page = try await context.client.tickets(request).value
            cursor.trash?.advance(rows: page.records.map { ($0.value.id, $0.value.updatedAt ?? .unknown) }, hasMore: page.hasMore)
            cursor.trashed.formUnion(page.records.map(\.value.id))
            try await context.savePage(name, cursor: cursor) { _, _ in PhaseCounts() }
        }
        while let request = cursor.spam?.request {
            let page = try await context.client.tickets(request).value
            cursor.spam?.advance(rows: page.records.map { ($0.value.id, $0.value.updatedAt ?? .unknown) }, hasMore: page.hasMore)
            cursor.spammed.formUnion(page.records.map(\.value.id))
            try await context.savePage(name, cursor: cursor) { _, _ in PhaseCounts() }
        }
        guard cursor.trash != nil else { return }
        let final = cursor
        try await context.savePage(name, cursor: final) { _, mirror in
            let trashed = try mirror.markGone(final.trashed.map { ID($0) }, isSpam: false)
            let spammed = try mirror.markGone(final.spammed.map { ID($0) }, isSpam: true)
            return PhaseCounts(deleted: trashed + spammed)
        }
        try await restoreOrPurge(cursor, context)
    }

    /// A ticket that left trash and spam was restored, or is gone for good; only its own address tells (reference §3).
    private func restoreOrPurge(_ cursor: TicketsCursor, _ context: RunContext) async throws {
        let held = try await context.save { _, mirror in try mirror.goneTickets() }
        for id in held where !cursor.trashed.contains(id.rawValue) && !cursor.spammed.contains(id.rawValue) {
            do {
                let record = try await context.client.ticket(id: id.rawValue, include: [.stats]).value
                guard !record.value.isDeleted, !record.value.isSpam else { continue }
                try await save([record], hasStats: true, cursor, [], context)
            } catch FreshdeskError.notFound {
                try await context.savePage(name, cursor: cursor) { _, mirror in
                    try mirror.purge(id)
                    return PhaseCounts()
                }
            } catch FreshdeskError.forbidden {
                // The key may no longer see it: no proof that it is gone (fact 206).
            }
        }
    }

    // MARK: Ending

    /// Requesters that no list had: deleted or blocked contacts. Each is asked for once.
    private func fetchUnknownRequesters(_ context: RunContext) async throws {
        let run = context.claim.run
        while true {
            let unknown = try await context.save { _, mirror in try mirror.unknownRequesters(limit: 100) }
            guard !unknown.isEmpty else { return }
            for id in unknown {
                let contact = try await contact(id, context)
                _ = try await context.save { _, mirror in try mirror.save([contact], run: run, isLive: false) }
            }
        }
    }

    private func contact(_ id: ID<Contact>, _ context: RunContext) async throws -> Contact {
        do {
            return Translation.contact(try await context.client.contact(id: id.rawValue).value)
        } catch FreshdeskError.notFound, FreshdeskError.forbidden {
            // A name that says so, so that the ticket is not asked about again.
            return Contact(id: id, name: "Deleted contact", createdAt: .unknown, updatedAt: .unknown)
        }
    }

    private func finish(_ cursor: TicketsCursor, _ context: RunContext) async throws {
        let (scope, claim, phase, now) = (context.scope, context.claim, name, context.clock.product())
        let watermark = Self.watermark(beganAt: cursor.beganAt, latest: cursor.latest)
        try await context.save { db, _ in
            try ConnectionStore.setTicketsWatermark(watermark, scope, db)
            try RunStore.end(phase, as: .done, claim, now: now, db)
        }
    }

    /// Where the next walk begins: before what the portal's replicas may still hold back, and never after the last change seen.
    static func watermark(beganAt: Date, latest: Date?) -> Date {
        let safe = beganAt.addingTimeInterval(-overlap)
        return min(safe, latest ?? safe)
    }
}
