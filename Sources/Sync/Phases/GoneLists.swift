import Domain
import Foundation
import Freshdesk
import Store

/// Freshdesk's lists of trash and spam. Both are short, because they are emptied after 30 days (fact 201), so each is read whole: whether
/// being trashed marks a ticket as updated is unknown (fact 130). Part of a checkpoint.
struct GoneLists: Codable, Sendable {
    private var trash: KeysetWalk
    private var spam: KeysetWalk
    private var listed: Set<Int64> = []

    /// - Parameter since: where the lists begin; a moment ago, where they were read whole a moment ago and are too long to be read again.
    init(since: Date = .unknown) {
        trash = KeysetWalk(since: since, filter: .deleted)
        spam = KeysetWalk(since: since, filter: .spam)
    }

    /// Tickets listed so far.
    var count: Int { listed.count }

    typealias Step = @Sendable (any Queries, MirrorStore) throws -> PhaseCounts

    /// Reads one page and has it saved with the lists as they stand then; false when both are read.
    mutating func readPage(_ context: RunContext, save: (GoneLists, @escaping Step) async throws -> Void) async throws -> Bool {
        guard let request = trash.request ?? spam.request else { return false }
        let isSpam = trash.request == nil
        let page = try await context.client.tickets(request).value
        let rows = page.records.map { (id: $0.value.id, updatedAt: $0.value.updatedAt ?? .unknown) }
        if isSpam {
            spam.advance(rows: rows, hasMore: page.hasMore)
        } else {
            trash.advance(rows: rows, hasMore: page.hasMore)
        }
        listed.formUnion(rows.map(\.id))
        let tickets = page.records.map { Translation.ticket($0, hasStats: false) }
        let windowStart = context.windowStart
        try await save(self) { _, mirror in
            PhaseCounts(deleted: try mirror.bury(tickets, isSpam: isSpam, since: windowStart))
        }
        return true
    }

    /// Finds out what became of tickets that left these lists, and of live ones that no list has: each is asked for by its id (§3).
    ///
    /// - Parameter missing: live tickets that no list had.
    func settle(missing: Set<Int64>, phase: PhaseName, _ context: RunContext) async throws {
        let listed = listed
        let (left, lost, held) = try await context.save { _, mirror in
            let left = try mirror.goneTickets().filter { !listed.contains($0.rawValue) }
            return (left, try mirror.live(among: missing.subtracting(listed)), try mirror.countLiveTickets())
        }
        // What was seen in the trash is no sign of a key that lost access.
        if !left.isEmpty { try await ask(for: left, "trashed tickets", held: .max, phase, context) }
        try await ask(for: lost, "tickets", held: held, phase, context)
    }

    /// A restored ticket comes back, a purged one goes for good with its thread.
    private func ask(
        for tickets: [ID<Ticket>], _ kind: String, held: Int, _ phase: PhaseName, _ context: RunContext
    ) async throws {
        let absence = Absence<Ticket, Record<WireTicket>>(
            kind: kind, noun: "ticket", phase: phase, held: held, fetch: { client, id in try await Self.find(id, client) })
        let (workspace, claim) = (context.scope.workspace, context.claim)
        try await absence.confirm(tickets, context) { found in
            let alive = found.alive.map { Translation.ticket($0, hasStats: true) }
            try await context.save { db, mirror in
                let live = try mirror.countLiveTickets()
                let counts = try mirror.save(alive)
                try MatchStore(db, workspace: workspace).applyToTickets(alive.map(\.id))
                for id in found.gone { try mirror.purge(id) }
                let deleted = max(0, live - (try mirror.countLiveTickets()))
                try RunStore.count(counts + PhaseCounts(deleted: deleted), of: phase, claim, db)
            }
        }
    }

    /// A ticket by its id; one that was closed long ago may have been archived (fact 203).
    private static func find(_ id: ID<Ticket>, _ client: FreshdeskClient) async throws -> Reply<Record<WireTicket>> {
        do {
            return try await client.ticket(id: id.rawValue, include: [.stats])
        } catch let missing as FreshdeskError {
            guard case .notFound = missing else { throw missing }
            do {
                return try await client.archivedTicket(id: id.rawValue)
            } catch {
                throw missing
            }
        }
    }
}
