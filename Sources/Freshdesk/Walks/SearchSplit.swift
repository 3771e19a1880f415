package import Foundation

/// Reads every unresolved ticket through the search, which never shows more than 300 (reference 6.1, P2; facts 160–170).
///
/// A query whose total is above 300 is split: its days of creation in half, a single day by priority, then by status. What still
/// does not fit is read as far as it goes and named in `gaps`. A pure state: ask `request`, give the page to `advance`, store
/// the split itself as the cursor. The index lags by minutes (fact 166), so a walk that begins before it must follow.
package struct SearchSplit: Codable, Sendable, Equatable {
    static let rowsPerPage = 30
    static let lastPage = 10
    /// Freshdesk's limit of 512 less the quotes and the bound on the last update.
    static let longestQuery = 475

    /// A query whose tickets could not all be read.
    package struct Gap: Codable, Sendable, Equatable {
        package enum Reason: String, Codable, Sendable {
            /// More than 300 tickets of one day, priority and status.
            case tooMany
            /// The index kept moving while it was read, twice.
            case moved
        }

        package var query: String
        package var reason: Reason
        package var total: Int
        package var found: Int
    }

    /// Whether the statuses are named by bounds.
    package let isByRange: Bool
    private let updatedUntil: Int?
    private let earliest: Int
    private let latest: Int
    private var pending: [SearchCell]
    private var page = 1
    private var found: Set<Int64> = []
    private var isSecondReading = false
    private var readsOverflow = false
    package private(set) var gaps: [Gap] = []

    /// - Parameters:
    ///   - statuses: every unresolved status id from `ticket_fields`; unknown ids are a 400 (fact 165).
    ///   - byRange: names the statuses by bounds (`status:<3 OR status:>6`), so that deleted ones are found too. Whether every portal takes
    ///     numeric bounds on the status is inferred (fact 165): on a 400 begin again without.
    ///   - updatedUntil: only tickets last updated on this day or before.
    ///   - earliest, latest: between these days the range is halved; tickets outside them are still read.
    package init(
        statuses: [Int], byRange: Bool = false, updatedUntil: Date? = nil, earliest: Date = Date(timeIntervalSince1970: 1_104_537_600),
        latest: Date
    ) {
        isByRange = byRange
        self.updatedUntil = updatedUntil.map(SearchSplit.day)
        self.earliest = SearchSplit.day(of: earliest)
        self.latest = max(SearchSplit.day(of: latest), SearchSplit.day(of: earliest))
        pending =
            byRange
            ? [SearchCell(statuses: statuses, isByRange: true)]
            : SearchCell.chunks(of: statuses, within: SearchSplit.longestQuery).reversed()
    }

    package var isFinished: Bool { pending.isEmpty }
    /// Whether every ticket of every query was read.
    package var isComplete: Bool { isFinished && gaps.isEmpty }

    /// The next page to ask for; nil when finished. The query goes to `searchTickets(query:page:)` as it is.
    package var request: (query: String, page: Int)? {
        pending.last.map { ($0.query + (updatedUntil.map { " AND updated_at:<'\(WireTime.format(day: $0))'" } ?? ""), page) }
    }

    /// Takes a page in.
    ///
    /// - Parameters:
    ///   - total: how many tickets the query matches in all.
    ///   - ids: the page's tickets.
    package mutating func advance(total: Int, ids: [Int64]) {
        guard let cell = pending.last else { return }
        if page == 1, total > SearchSplit.rowsPerPage * SearchSplit.lastPage, !readsOverflow {
            let parts = cell.split(earliest: earliest, latest: latest)
            if !parts.isEmpty {
                pending.removeLast()
                pending += parts.reversed()
                beginReading()
                isSecondReading = false
                return
            }
            readsOverflow = true
        }
        found.formUnion(ids)
        if page * SearchSplit.rowsPerPage < total, page < SearchSplit.lastPage {
            page += 1
            return
        }
        if readsOverflow {
            finish(cell, gap: .tooMany, total: total)
        } else if found.count == total {
            finish(cell, gap: nil, total: total)
        } else if isSecondReading {
            finish(cell, gap: found.count < total ? .moved : nil, total: total)
        } else {
            // Keep what was found: the second reading only adds.
            isSecondReading = true
            page = 1
        }
    }

    private mutating func finish(_ cell: SearchCell, gap: Gap.Reason?, total: Int) {
        if let gap { gaps.append(Gap(query: cell.query, reason: gap, total: total, found: found.count)) }
        pending.removeLast()
        beginReading()
        isSecondReading = false
    }

    private mutating func beginReading() {
        page = 1
        found = []
        readsOverflow = false
    }

    private static func day(of date: Date) -> Int {
        Int((min(max(date.timeIntervalSince1970, -1e11), 1e11) / 86_400).rounded(.down))
    }
}
