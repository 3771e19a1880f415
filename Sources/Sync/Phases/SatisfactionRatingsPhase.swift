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
            try await context.end(name)
        } catch FreshdeskError.forbidden(_, let message) {
            context.logger.warning("Satisfaction ratings skipped", metadata: ["reason": "\(message)"])
            context.warn(Warnings.ratingsUnavailable)
            try await context.end(name, as: .skipped, note: message)
        }
    }

    private func createdSince(_ context: RunContext) async throws -> Date? {
        let readsWholeWindow = try await context.cursor(of: .tickets, as: TicketsPhase.TicketsCursor.self)?.isFirst ?? true
        guard !readsWholeWindow, let last = context.connection.lastSyncAt else { return context.windowStart }
        return max(last.addingTimeInterval(-Self.lookBack), context.windowStart ?? .unknown)
    }
}
