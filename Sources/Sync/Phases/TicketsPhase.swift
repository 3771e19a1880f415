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
        /// Whose checkpoint it is; another run may take it over.
        var run: Int64
        /// The portal's clock when the phase began; the next run's walk begins a little before.
        var beganAt: Date
        /// Whether this run reads the whole window rather than what changed.
        var isFirst: Bool
        /// Where the window began when the walk did; nil for everything.
        var windowStart: Date?
        /// Unresolved tickets from before the window, through the search.
        var backlog: SearchSplit?
        var walk: KeysetWalk
        /// What a window made longer lacks: the walk stops where earlier runs began.
        var gap: KeysetWalk?
        var gapEnds: Date?
        /// Everything in the window once more, as plain rows.
        var sweep: IdSweep?
        /// Tickets that the search found: of the backlog, those that are still there.
        var foundOld: Set<Int64> = []
        var gone: GoneLists?
        /// The last page's rows and those of the second it ended in, by which re-read ones are known.
        var recent: [Int64: Date] = [:]
        /// The latest change seen.
        var latest: Date?
        /// Whether the sweep saw tickets that changed after the walk: then the threads end with another walk.
        var sawLaterChange = false
    }

    /// What the portal's replicas and index may lag behind (reference 6.1, P3).
    static let overlap: TimeInterval = 5 * 60

    static let includes: Set<TicketListRequest.Include> = [.description, .stats]

    func run(_ context: RunContext) async throws {
        try await context.begin(name)
        var cursor: TicketsCursor
        var asked: SearchPage<WireTicket>?
        if let kept = try await context.cursor(of: name, as: TicketsCursor.self), try await serves(kept, context) {
            cursor = try await takenOver(kept, context)
        } else {
            (cursor, asked) = try await begin(context)
        }
        try await readBacklog(&cursor, firstPage: asked, context)
        try await readWindow(&cursor, context)
        try await readGap(&cursor, context)
        try await sweep(&cursor, context)
        try await readGone(&cursor, context)
        try await Requesters.fetchUnknown(context)
        try await finish(cursor, context)
    }

    // MARK: Beginning

    /// A checkpoint taken over from an earlier run serves as long as the window has not been made longer since.
    private func serves(_ cursor: TicketsCursor, _ context: RunContext) async throws -> Bool {
        let scope = context.scope
        let watermark = try await context.database.read { try ConnectionStore.ticketsWatermark(scope, $0) }
        guard cursor.isFirst || watermark != nil else { return false }
        return (cursor.windowStart ?? .distantPast) <= (context.windowStart ?? .distantPast)
    }

    /// What an earlier run has walked over may have changed without a trace since it ended: the sweeps begin anew, the walk goes on.
    private func takenOver(_ kept: TicketsCursor, _ context: RunContext) async throws -> TicketsCursor {
        guard kept.run != context.claim.run.rawValue else { return kept }
        var cursor = kept
        cursor.run = context.claim.run.rawValue
        cursor.sweep = IdSweep(since: kept.windowStart ?? .unknown)
        cursor.gone = GoneLists()
        cursor.foundOld = []
        if let start = kept.windowStart, kept.backlog != nil {
            let statuses = try await unresolvedStatuses(context)
            cursor.backlog = SearchSplit(statuses: statuses, byRange: true, updatedUntil: start, latest: context.clock.product())
        }
        return cursor
    }

    /// A new checkpoint, and the backlog's first page where planning has read it.
    private func begin(_ context: RunContext) async throws -> (TicketsCursor, SearchPage<WireTicket>?) {
        let scope = context.scope
        let watermark = try await context.database.read { try ConnectionStore.ticketsWatermark(scope, $0) }
        // The portal's clock is the right one for watermarks (fact 34); an answer of a moment ago tells it well enough, being early.
        let (beganAt, run) = (context.client.portalTime ?? context.clock.real(), context.claim.run.rawValue)
        if let watermark { return (try await beginLater(watermark, beganAt: beganAt, context), nil) }
        guard let windowStart = context.windowStart else {
            let walk = KeysetWalk(since: .unknown, include: Self.includes)
            return (TicketsCursor(run: run, beganAt: beganAt, isFirst: true, windowStart: nil, walk: walk), nil)
        }
        let plan = try await plan(windowStart, context)
        let cursor = TicketsCursor(
            run: run, beganAt: beganAt, isFirst: true, windowStart: windowStart, backlog: plan.backlog?.split,
            walk: KeysetWalk(since: plan.backlog == nil ? .unknown : windowStart, include: Self.includes))
        return (cursor, plan.backlog?.firstPage)
    }

    /// What changed, what a longer window lacks, and the sweep of what changed or left without a trace.
    private func beginLater(_ watermark: Date, beganAt: Date, _ context: RunContext) async throws -> TicketsCursor {
        let scope = context.scope
        let (windowStart, run) = (context.windowStart ?? .unknown, context.claim.run.rawValue)
        var cursor = TicketsCursor(
            run: run, beganAt: beganAt, isFirst: false, windowStart: context.windowStart,
            walk: KeysetWalk(since: watermark, include: Self.includes), sweep: IdSweep(since: windowStart), gone: GoneLists())
        let covered = try await context.database.read { try ConnectionStore.coveredSince(scope, $0) }
        if let covered, windowStart < covered {
            cursor.gap = KeysetWalk(since: windowStart, include: Self.includes)
            cursor.gapEnds = covered
        }
        if let start = context.windowStart {
            let statuses = try await unresolvedStatuses(context)
            cursor.backlog = SearchSplit(
                statuses: statuses, byRange: true, updatedUntil: start, latest: context.clock.product())
        }
        return cursor
    }

    /// A search that was begun, with its first page.
    private struct Backlog {
        var split: SearchSplit
        var firstPage: SearchPage<WireTicket>?
    }

    /// Unresolved tickets through the search, unless so many are unresolved that walking over all tickets costs fewer requests
    /// (reference 6.2). Also what the phase may expect to read.
    private func plan(_ windowStart: Date, _ context: RunContext) async throws -> (backlog: Backlog?, expected: Int?) {
        let backlog = try await backlog(before: windowStart, context)
        let unresolved = backlog.firstPage?.total ?? 0
        let inWindow = try await context.client.searchTickets(
            query: "updated_at:>'\(Day(containing: windowStart))'", page: 1
        ).value.total
        try await context.begin(name, expected: unresolved + inWindow)
        context.progress.beginTickets(expected: unresolved + inWindow)
        guard unresolved > SearchPageSize.most else { return (backlog, inWindow + unresolved) }
        let all = try await context.client.searchTickets(query: "created_at:>'1990-01-01'", page: 1).value.total
        let isWalkCheaper = all / 100 < unresolved / 30 + inWindow / 100
        return isWalkCheaper ? (nil, all) : (backlog, inWindow + unresolved)
    }

    /// The search for unresolved tickets, begun; by numeric bounds where the portal takes them (fact 165).
    private func backlog(before windowStart: Date, _ context: RunContext) async throws -> Backlog {
        let statuses = try await unresolvedStatuses(context)
        for byRange in [true, false] {
            let split = SearchSplit(
                statuses: statuses, byRange: byRange, updatedUntil: windowStart, latest: context.clock.product())
            guard let first = split.request else { continue }
            do {
                return Backlog(split: split, firstPage: try await context.client.searchTickets(query: first.query, page: 1).value)
            } catch FreshdeskError.rejected where byRange {
                context.logger.info("The portal takes no bounds on the status; its statuses are named one by one")
            }
        }
        return Backlog(split: SearchSplit(statuses: statuses, updatedUntil: windowStart, latest: context.clock.product()))
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
            } else if let answer = try await search(request, &cursor, context) {
                page = answer
            } else {
                continue
            }
            cursor.backlog?.advance(total: page.total, ids: page.records.map(\.value.id))
            // What was updated in the window comes with the walk, and with more in it.
            let windowStart = context.windowStart ?? .unknown
            let old = page.records.filter { ($0.value.updatedAt ?? .unknown) < windowStart && !$0.value.isDeleted && !$0.value.isSpam }
            cursor.foundOld.formUnion(page.records.map(\.value.id))
            if cursor.isFirst {
                try await save(old, hasStats: false, cursor, page.unreadable, context)
            } else {
                try await saveSwept(old, revives: false, cursor, page.unreadable, context)
            }
        }
        for gap in cursor.backlog?.gaps ?? [] {
            context.logger.warning("A search could not be read whole", metadata: ["total": "\(gap.total)", "found": "\(gap.found)"])
            context.warn(
                ConnectionWarning(
                    code: "backlog_incomplete",
                    message: "Freshdesk's search showed only \(gap.found) of \(gap.total) old unresolved tickets of one day."))
        }
    }

    /// A page of the backlog; nil when the portal takes no bounds on the status and the search begins anew with its statuses named.
    private func search(
        _ request: (query: String, page: Int), _ cursor: inout TicketsCursor, _ context: RunContext
    ) async throws -> SearchPage<WireTicket>? {
        do {
            return try await context.client.searchTickets(query: request.query, page: request.page).value
        } catch FreshdeskError.rejected(let status, let description, let errors) where cursor.backlog?.isByRange == true {
            guard cursor.foundOld.isEmpty, let start = context.windowStart else {
                throw FreshdeskError.rejected(status: status, description: description, errors: errors)
            }
            let statuses = try await unresolvedStatuses(context)
            cursor.backlog = SearchSplit(statuses: statuses, updatedUntil: start, latest: context.clock.product())
            return nil
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
        context.progress.count(tickets: tickets.count)
        let workspace = context.scope.workspace
        try await context.savePage(name, cursor: cursor, unreadable: unreadable) { db, mirror in
            let counts = try mirror.save(tickets)
            try MatchStore(db, workspace: workspace).applyToTickets(tickets.map(\.id))
            return counts
        }
    }

    // MARK: What lists do not show by themselves

    /// A window that was made longer lacks only its beginning.
    private func readGap(_ cursor: inout TicketsCursor, _ context: RunContext) async throws {
        while let gap = cursor.gap, let request = gap.request, let end = cursor.gapEnds {
            let page = try await context.client.tickets(request).value
            cursor.gap?.advance(
                rows: page.records.map { ($0.value.id, $0.value.updatedAt ?? $0.value.createdAt ?? .unknown) }, hasMore: page.hasMore)
            if let reached = cursor.gap?.reachedAt, reached > end { (cursor.gap, cursor.gapEnds) = (nil, nil) }
            try await save(page.records, hasStats: true, cursor, page.unreadable, context)
        }
    }

    /// Plain rows of the whole window: a hundred for one credit show what left and what changed without being marked as updated.
    private func sweep(_ cursor: inout TicketsCursor, _ context: RunContext) async throws {
        guard let first = cursor.sweep?.request else { return }
        let scope = context.scope
        var reply: Reply<ListPage<WireTicket>>? = try await context.client.tickets(first)
        while let page = reply?.value {
            let rows = page.records.map { (id: $0.value.id, updatedAt: $0.value.updatedAt ?? $0.value.createdAt ?? .unknown) }
            if let span = cursor.sweep?.advance(rows: rows, hasMore: page.hasMore) {
                let held = try await context.database.read {
                    try MirrorStore($0, scope: scope).liveTickets(from: span.lowerBound, before: span.upperBound)
                }
                cursor.sweep?.compare(held: held, in: span)
            }
            let latest = cursor.latest ?? .unknown
            if rows.contains(where: { $0.updatedAt > latest }) { cursor.sawLaterChange = true }
            let request = cursor.sweep?.request
            async let next = request == nil ? nil : context.client.tickets(request ?? first)
            try await saveSwept(page.records, revives: true, cursor, page.unreadable, context)
            reply = try await next
        }
    }

    private func saveSwept(
        _ records: [Record<WireTicket>], revives: Bool, _ cursor: TicketsCursor, _ unreadable: [UnreadableRecord], _ context: RunContext
    ) async throws {
        let tickets = records.map { Translation.ticket($0, hasStats: false) }
        let workspace = context.scope.workspace
        try await context.savePage(name, cursor: cursor, unreadable: unreadable) { db, mirror in
            let counts = try mirror.sweep(tickets, revives: revives)
            try MatchStore(db, workspace: workspace).applyToTickets(tickets.map(\.id))
            return counts
        }
    }

    private func readGone(_ cursor: inout TicketsCursor, _ context: RunContext) async throws {
        guard var gone = cursor.gone else { return }
        while try await gone.readPage(
            context,
            save: { lists, step in
                cursor.gone = lists
                try await context.savePage(name, cursor: cursor, step)
            })
        {}
        let (scope, windowStart) = (context.scope, context.windowStart)
        var missing = cursor.sweep?.missing ?? []
        if let windowStart, cursor.backlog?.isComplete == true {
            let old = try await context.database.read { try MirrorStore($0, scope: scope).oldUnresolvedTickets(before: windowStart) }
            missing.formUnion(old.subtracting(cursor.foundOld))
        }
        try await gone.settle(missing: missing, phase: name, context)
    }

    // MARK: Ending

    private func finish(_ cursor: TicketsCursor, _ context: RunContext) async throws {
        let (scope, claim, phase, now) = (context.scope, context.claim, name, context.clock.product())
        let watermark = Self.watermark(beganAt: cursor.beganAt, latest: cursor.latest)
        let start = cursor.windowStart ?? .unknown
        try await context.save { db, _ in
            try ConnectionStore.setTicketsWatermark(watermark, scope, db)
            let covered = try ConnectionStore.coveredSince(scope, db)
            if cursor.isFirst || start < covered ?? .distantFuture { try ConnectionStore.setCoveredSince(start, scope, db) }
            try RunStore.end(phase, as: .done, claim, now: now, db)
        }
    }

    /// Where the next walk begins: before what the portal's replicas may still hold back, and never after the last change seen.
    static func watermark(beganAt: Date, latest: Date?) -> Date {
        let safe = beganAt.addingTimeInterval(-overlap)
        return min(safe, latest ?? safe)
    }
}
