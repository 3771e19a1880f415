import Domain
import Foundation
import Freshdesk
import Logging
import Store

/// Satisfaction ratings from the global list. Plans without surveys answer 403: the phase is skipped with a warning.
struct SatisfactionRatingsPhase: Phase {
    let name = PhaseName.satisfactionRatings

    /// A rating is commented on later without any trace in the list's filter (fact 184), so a look back is read again.
    private static let lookBack: TimeInterval = 14 * 86_400

    func run(_ context: RunContext) async throws {
        try await context.begin(name)
        let since = try await createdSince(context)
        do {
            try await ListWalk.read(
                context, name, { try await context.client.satisfactionRatings(createdSince: since, page: $0) },
                save: { _, mirror, records in try mirror.save(records.compactMap(Translation.rating)) })
            if let since { try await readLateComments(ratedBefore: since, context) }
            try await context.end(name)
        } catch FreshdeskError.forbidden(_, let message) {
            context.logger.warning("Satisfaction ratings skipped", metadata: ["reason": "\(message)"])
            context.warn(Warnings.ratingsUnavailable)
            try await context.end(name, as: .skipped, note: message)
        }
    }

    /// A comment on an older rating shows as a message in the ticket's thread (fact 123): such a ticket is asked for its own ratings.
    private func readLateComments(ratedBefore since: Date, _ context: RunContext) async throws {
        let scope = context.scope
        let began = try await RunStore(database: context.database).get(scope.workspace, context.claim.run).queuedAt
        let tickets = try await context.database.read {
            try MirrorStore($0, scope: scope).ticketsCommentedLate(ratedBefore: since, readSince: began)
        }
        let (claim, phase) = (context.claim, name)
        for ticket in tickets {
            let fetch = { try await context.client.satisfactionRatings(ticketID: ticket.rawValue) }
            switch try await Verdict.of(fetch) {
            case .found(let page):
                let ratings = page.records.compactMap(Translation.rating)
                try await context.save { db, mirror in try RunStore.count(mirror.save(ratings), of: phase, claim, db) }
            case .gone, .hidden: break
            case .failed(let reason): try await context.fail("the ratings of ticket \(ticket)", of: name, because: reason)
            }
        }
    }

    private func createdSince(_ context: RunContext) async throws -> Date? {
        let readsWholeWindow = try await context.cursor(of: .tickets, as: TicketsPhase.TicketsCursor.self)?.isFirst ?? true
        guard !readsWholeWindow, !isDayOfWholeReading(context), let last = context.connection.lastSyncAt else { return context.windowStart }
        return max(last.addingTimeInterval(-Self.lookBack), context.windowStart ?? .unknown)
    }

    /// Once a week the daily run reads the whole window: a rating changed without a comment shows nowhere else.
    private func isDayOfWholeReading(_ context: RunContext) -> Bool {
        let day = Int64(context.claim.windowEnd.timeIntervalSince1970 / 86_400)
        return context.claim.trigger == .daily && day % 7 == context.connection.id.rawValue % 7
    }
}
