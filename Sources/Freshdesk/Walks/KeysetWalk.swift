package import Foundation

/// Reads every ticket updated since a moment, in order of `updated_at`, while tickets keep changing.
///
/// Pages are not counted: each request begins one second before the last row seen, so a ticket that moves to the end while the
/// walk is under way pushes nothing out of sight (reference 6.1, P1; B2–B5). Beginning a second early is right whether the
/// portal's bound is inclusive or not (fact 107). Page numbers are used only inside a group of equal times that fills a whole
/// page; such a group is read again until a reading shows that nothing left it meanwhile.
///
/// A pure state: ask `request`, give the page to `advance`, store the walk itself as the cursor. Rows come at least once.
package struct KeysetWalk: Codable, Sendable, Equatable {
    /// Freshdesk refuses page 301 (fact 106).
    static let lastPage = 300

    package let filter: TicketListRequest.Filter?
    package let include: Set<TicketListRequest.Include>
    package let perPage: Int
    /// Everything updated before this second, and not since, has been seen.
    private var bound: Int64
    private var page = 1
    private var group: TieGroup?
    package private(set) var isFinished = false
    /// A second that holds more tickets than 300 pages: the walk ends there, because going past it would lose some (B3).
    package private(set) var overflow: Date?
    /// False when a group of equal times kept changing and was left after many readings.
    package private(set) var isExact = true

    /// - Parameter since: everything updated at or after this moment is read.
    package init(
        since: Date, filter: TicketListRequest.Filter? = nil, include: Set<TicketListRequest.Include> = [], perPage: Int = 100
    ) {
        self.filter = filter
        self.include = include
        self.perPage = perPage
        bound = KeysetWalk.second(of: since)
    }

    /// The next page to ask for; nil when the walk is finished.
    package var request: TicketListRequest? {
        if isFinished { return nil }
        let since = Date(timeIntervalSince1970: Double(bound - 1))
        return TicketListRequest(updatedSince: since, filter: filter, include: include, page: page, perPage: perPage)
    }

    /// How far the walk has come, for progress: every change up to here has been handed out.
    package var reachedAt: Date { Date(timeIntervalSince1970: Double(bound)) }

    /// Takes a page in.
    ///
    /// - Parameters:
    ///   - rows: the page's readable rows in their order.
    ///   - hasMore: whether another page may exist (`ListPage.hasMore`).
    package mutating func advance(rows: [(id: Int64, updatedAt: Date)], hasMore: Bool) {
        if isFinished { return }
        let seconds = rows.map { KeysetWalk.second(of: $0.updatedAt) }
        let isSorted = zip(seconds, seconds.dropFirst()).allSatisfy { $0 <= $1 }
        // A portal that does not sort gives no foothold; then only page numbers are left.
        let last = isSorted ? seconds.last : nil
        let reach = last.flatMap { $0 > bound ? $0 : nil }

        if group == nil {
            if !hasMore {
                isFinished = true
                return
            }
            if let reach {
                bound = reach
                return
            }
            group = TieGroup()
        }
        group?.read(zip(rows, seconds).filter { $0.1 <= bound }.map(\.0.id))
        if hasMore, reach == nil {
            if page < KeysetWalk.lastPage {
                page += 1
            } else {
                overflow = Date(timeIntervalSince1970: Double(bound))
                isFinished = true
            }
            return
        }
        page = 1
        guard let verdict = group?.endReading(at: hasMore ? reach : nil) else { return }
        isExact = isExact && verdict.isExact
        group = nil
        if let next = verdict.reach { bound = next } else { isFinished = true }
    }

    private static func second(of date: Date) -> Int64 {
        Int64(min(max(date.timeIntervalSince1970.rounded(.down), -1e11), 1e12))
    }
}
