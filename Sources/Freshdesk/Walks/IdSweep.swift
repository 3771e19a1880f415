package import Foundation

/// Finds, among tickets held, those that a walk over plain rows no longer lists.
///
/// The walk goes in order of `updated_at`, so as soon as it has passed a moment, every ticket held with an earlier one must have been
/// listed, or have been changed (then it comes later in the walk), or have left. A pure state, stored as a checkpoint with the walk.
package struct IdSweep: Codable, Sendable, Equatable {
    package private(set) var walk: KeysetWalk
    /// Everything updated before this moment has been compared.
    private var comparedTo: Date
    /// Rows listed that were updated at or after `comparedTo`.
    private var listed: [Int64: Date] = [:]
    /// Tickets held that were not listed so far.
    package private(set) var missing: Set<Int64> = []

    package init(since: Date) {
        walk = KeysetWalk(since: since)
        comparedTo = since
    }

    /// The next page to ask for; nil when the sweep is finished.
    package var request: TicketListRequest? { walk.request }

    /// Takes a page in. Answers the span of time that the walk has passed with it: the caller names the tickets held that were updated
    /// in this span to `compare`.
    package mutating func advance(rows: [(id: Int64, updatedAt: Date)], hasMore: Bool) -> Range<Date>? {
        walk.advance(rows: rows, hasMore: hasMore)
        for row in rows {
            listed[row.id] = row.updatedAt
            missing.remove(row.id)
        }
        let border = walk.isFinished ? Date.distantFuture : walk.reachedAt
        return border > comparedTo ? comparedTo..<border : nil
    }

    /// Compares the tickets held that were updated in a span with those listed.
    package mutating func compare(held: Set<Int64>, in span: Range<Date>) {
        missing.formUnion(held.filter { listed[$0] == nil })
        comparedTo = span.upperBound
        listed = listed.filter { $0.value >= span.upperBound }
    }
}
