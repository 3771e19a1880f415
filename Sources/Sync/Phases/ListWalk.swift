import Domain
import Foundation
import Freshdesk
import Logging
import Store

/// Reads a list that can only be paged by number, one transaction a page.
enum ListWalk {
    struct PageCursor: Codable, Sendable {
        var page: Int
        /// The moment the list was filtered by when it was begun: page numbers mean nothing under another filter.
        var since: Date?
        /// The last of the records that were asked for by themselves after the list, in the order of their ids.
        var record: Int64?
    }

    /// A page number no portal reaches; a list that claims to go on beyond is broken.
    private static let lastPage = 100_000

    /// From this page on a list counts as long, and two pages are asked for at once; the last may be asked for in vain.
    private static let longList = 3

    /// The next pages are asked for while one is saved.
    ///
    /// - Parameter since: kept in the checkpoint, for lists that `fetch` filters by it.
    static func read<Value: WireRecord>(
        _ context: RunContext, _ phase: PhaseName, since: Date? = nil,
        _ fetch: @escaping @Sendable (Int) async throws -> Reply<ListPage<Value>>,
        save: @escaping @Sendable (any Queries, MirrorStore, [Record<Value>]) throws -> PhaseCounts
    ) async throws {
        let first = try await context.cursor(of: phase, as: PageCursor.self)?.page ?? 1
        var page = first
        var present = try await fetch(first).value
        while true {
            let (reply, number) = (present, page)
            let goesOn = reply.goesOn && number < lastPage
            let asksTwo = goesOn && number >= longList
            async let next = goesOn ? fetch(number + 1).value : nil
            async let afterNext = asksTwo ? fetch(number + 2).value : nil
            try await savePage(reply, PageCursor(page: number + 1, since: since), phase, context, save: save)
            guard let following = try await next else { return }
            page = number + 1
            present = following
            if let second = try await afterNext, following.goesOn {
                try await savePage(following, PageCursor(page: page + 1, since: since), phase, context, save: save)
                page += 1
                present = second
            }
        }
    }

    private static func savePage<Value: WireRecord>(
        _ page: ListPage<Value>, _ next: PageCursor, _ phase: PhaseName, _ context: RunContext,
        save: @escaping @Sendable (any Queries, MirrorStore, [Record<Value>]) throws -> PhaseCounts
    ) async throws {
        let records = page.records
        try await context.savePage(phase, cursor: next, unreadable: page.unreadable) { db, mirror in
            try save(db, mirror, records)
        }
    }
}

extension ListPage {
    /// Whether another page may hold something: an empty one ends every list.
    fileprivate var goesOn: Bool { hasMore && !(records.isEmpty && unreadable.isEmpty) }
}
