import TestTools

@testable import Freshdesk

/// A portal in memory, as far as a walk sees one: tickets in order of `updated_at`, pages by offset, no snapshot.
struct ModelPortal {
    enum TieOrder: CaseIterable {
        case ascending, descending
        /// One shuffled order that stays.
        case shuffled
        /// Another order for every request.
        case unstable
    }

    var isInclusive: Bool
    var tieOrder: TieOrder
    var now: Int64
    private(set) var tickets: [Int64: Int64] = [:]
    private var nextID: Int64 = 1

    init(isInclusive: Bool, tieOrder: TieOrder, now: Int64) {
        self.isInclusive = isInclusive
        self.tieOrder = tieOrder
        self.now = now
    }

    @discardableResult
    mutating func create(at time: Int64) -> Int64 {
        defer { nextID += 1 }
        tickets[nextID] = time
        return nextID
    }

    mutating func update(_ id: Int64) { tickets[id] = now }
    mutating func delete(_ id: Int64) { tickets[id] = nil }

    func page(
        since: Int64, page: Int, perPage: Int, random: inout SeededGenerator
    ) -> (rows: [(id: Int64, updatedAt: Int64)], hasMore: Bool) {
        let salt = tieOrder == .unstable ? random.next() : 0x5DEE_CE66
        func tie(_ id: Int64) -> UInt64 {
            switch tieOrder {
            case .ascending: return UInt64(id)
            case .descending: return UInt64.max - UInt64(id)
            case .shuffled, .unstable:
                var generator = SeededGenerator(seed: UInt64(id) ^ salt)
                return generator.next()
            }
        }
        let listed = tickets.filter { isInclusive ? $0.value >= since : $0.value > since }
            .map { (id: $0.key, updatedAt: $0.value, tie: tie($0.key)) }
            .sorted { ($0.updatedAt, $0.tie) < ($1.updatedAt, $1.tie) }
        let rows = listed.dropFirst((page - 1) * perPage).prefix(perPage).map { (id: $0.id, updatedAt: $0.updatedAt) }
        return (rows, rows.count == perPage)
    }
}
