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
        let kept = try await context.cursor(of: name, as: ListWalk.PageCursor.self)
        // A list that was begun goes on under the filter it was begun with.
        let since = if let kept { kept.since } else { try await createdSince(context) }
        do {
            try await ListWalk.read(
                context, name, since: since, { try await context.client.satisfactionRatings(createdSince: since, page: $0) },
                save: { _, mirror, records in try mirror.save(records.compactMap(Translation.rating)) })
            if let since { try await readLateComments(ratedBefore: since, context) }
            try await noteReading(since: since, context)
            try await context.end(name)
        } catch FreshdeskError.forbidden(_, let message) {
            context.logger.warning("Satisfaction ratings skipped", metadata: ["reason": "\(message)"])
            context.warn(Warnings.ratingsUnavailable)
            // What is made while they may not be read is older than the look back of the run that may read them again.
            let scope = context.scope
            try await context.save { db, _ in try ConnectionStore.setRatingsSince(nil, scope, db) }
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
        let reached = try await context.cursor(of: name, as: ListWalk.PageCursor.self)
        for ticket in tickets where ticket.rawValue > reached?.record ?? 0 {
            let fetch = { try await context.client.satisfactionRatings(ticketID: ticket.rawValue) }
            switch try await Verdict.of(fetch) {
            case .found(let page):
                let ratings = page.records.compactMap(Translation.rating)
                let cursor = try Cursor.text(ListWalk.PageCursor(page: reached?.page ?? 1, since: since, record: ticket.rawValue))
                try await context.save { db, mirror in
                    try RunStore.advance(phase, by: mirror.save(ratings), cursor: cursor, claim, db)
                }
            case .gone, .hidden: break
            case .failed(let reason): try await context.fail("the ratings of ticket \(ticket)", of: name, because: reason)
            }
        }
    }

    /// Everything in the window the first time, after the window was made longer, and on the day of the whole reading.
    private func createdSince(_ context: RunContext) async throws -> Date? {
        let (scope, windowStart) = (context.scope, context.windowStart)
        let covered = try await context.database.read { try ConnectionStore.ratingsSince(scope, $0) }
        guard let covered, covered <= windowStart ?? .unknown, !isDayOfWholeReading(context), let last = context.connection.lastSyncAt
        else {
            return windowStart
        }
        return max(last.addingTimeInterval(-Self.lookBack), windowStart ?? .unknown)
    }

    /// The list was read to its end: remembers how far back, where that is farther than ever before.
    private func noteReading(since: Date?, _ context: RunContext) async throws {
        let (scope, reached) = (context.scope, since ?? .unknown)
        try await context.save { db, _ in
            if reached < (try ConnectionStore.ratingsSince(scope, db)) ?? .distantFuture {
                try ConnectionStore.setRatingsSince(reached, scope, db)
            }
        }
    }

    /// Once a week the daily run reads the whole window: a rating changed without a comment shows nowhere else.
    private func isDayOfWholeReading(_ context: RunContext) -> Bool {
        let day = Int64(context.claim.windowEnd.timeIntervalSince1970 / 86_400)
        return context.claim.trigger == .daily && day % 7 == context.connection.id.rawValue % 7
    }
}
