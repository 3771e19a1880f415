import Domain
import Foundation

/// The fewest requests a sync can do with, from the portal's own account of what it holds (reference 6.2 and 6.3), one sweep of all ids
/// included. `Benchmarks/bound.py` counts the same.
enum LowerBound {
    static func pages(_ rows: Int) -> Int { max(1, (rows + 99) / 100) }

    /// A first sync of everything.
    static func first(_ truth: Truth) -> Int {
        let listed = Set(truth.contacts.map(\.id)).union(truth.agents.map(\.id))
        return around(truth) + pages(truth.tickets.count) + Set(truth.tickets.compactMap(\.requesterId)).subtracting(listed).count
            + truth.tickets.reduce(0) { $0 + pages($1.conversations.count) } + pages(truth.satisfactionRatings.count)
            // What changed meanwhile.
            + 1
    }

    /// A sync that ends exact after the portal changed from one state into the other, everything kept.
    static func later(from before: Truth, to after: Truth) -> Int {
        let known = Dictionary(uniqueKeysWithValues: before.tickets.map { ($0.id, $0) })
        let moved = after.tickets.filter { known[$0.id]?.updatedAt != $0.updatedAt }
        let (was, now) = (Set(before.tickets.map(\.id)), Set(after.tickets.map(\.id)))
        let vanished = was.subtracting(now).subtracting(after.trashedTicketIds).subtracting(after.spamTicketIds)
        let restored = now.subtracting(was).subtracting(moved.map(\.id))
        let listed = Set((before.contacts + after.contacts).map(\.id)).union((before.agents + after.agents).map(\.id))
            .union(before.tickets.compactMap(\.requesterId))
        let twoWeeks = (Date(rfc3339: after.now) ?? .distantPast).addingTimeInterval(-14 * 86_400).rfc3339
        return around(after)
            + Set(before.companies.map(\.id)).subtracting(after.companies.map(\.id)).count
            + pages(after.deletedContactIds.count) + pages(after.blockedContactIds.count)
            + pages(moved.count) + pages(after.trashedTicketIds.count) + pages(after.spamTicketIds.count) + pages(after.tickets.count)
            + vanished.count + restored.count + Set(moved.compactMap(\.requesterId)).subtracting(listed).count
            + moved.reduce(0) { $0 + pages($1.conversations.count) }
            + pages(after.satisfactionRatings.filter { $0.createdAt >= twoWeeks }.count)
            // What changed meanwhile.
            + 1
    }

    /// Whose key it is, the ticket fields, and the lists that every sync reads whole; each group by itself for its members.
    private static func around(_ truth: Truth) -> Int {
        2 + pages(truth.companies.count) + pages(truth.contacts.count) + pages(truth.agents.count) + pages(truth.groups.count)
            + truth.groups.count
    }
}
