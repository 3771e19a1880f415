import Foundation

/// Where a page of tickets begins: after (or before) one row of one ordered, filtered list.
package struct TicketCursor: Hashable, Sendable {
    package enum Direction: String, Sendable {
        case after, before
    }

    /// Of the filters and sort it belongs to.
    package var fingerprint: UInt64
    package var direction: Direction
    /// The row's sort key: milliseconds or a priority number; nil where the row has none.
    package var key: Int64?
    package var id: ID<Ticket>
    /// How many rows stand before the page, for “51–100 of 1,204”.
    package var offset: Int

    package init(fingerprint: UInt64, direction: Direction, key: Int64?, id: ID<Ticket>, offset: Int) {
        self.fingerprint = fingerprint
        self.direction = direction
        self.key = key
        self.id = id
        self.offset = offset
    }
}

extension TicketCursor: LosslessStringConvertible {
    package init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard description.utf8.count <= 120, parts.count == 5, let fingerprint = UInt64(parts[0], radix: 36),
            let direction = parts[1] == "a" ? Direction.after : parts[1] == "b" ? .before : nil,
            let id = Int64(parts[3], radix: 36), let offset = Int(parts[4], radix: 36), offset >= 0
        else { return nil }
        let key = Int64(parts[2], radix: 36)
        guard key != nil || parts[2].isEmpty else { return nil }
        self.init(fingerprint: fingerprint, direction: direction, key: key, id: ID(id), offset: offset)
    }

    package var description: String {
        let key = key.map { String($0, radix: 36) } ?? ""
        let parts = [
            String(fingerprint, radix: 36), direction == .after ? "a" : "b", key, String(id.rawValue, radix: 36), String(offset, radix: 36)
        ]
        return parts.joined(separator: ".")
    }
}

/// One page of a list.
package struct Page<Element: Sendable>: Sendable {
    package var rows: [Element]
    /// The cursor of the next page; nil on the last.
    package var next: String?
    package var previous: String?
    /// How many rows stand before this page.
    package var offset: Int
    package var total: Total

    package init(rows: [Element], next: String? = nil, previous: String? = nil, offset: Int = 0, total: Total) {
        self.rows = rows
        self.next = next
        self.previous = previous
        self.offset = offset
        self.total = total
    }
}

/// How many rows a list has: exact up to a limit, then “more than”.
package struct Total: Sendable, Equatable {
    package var count: Int
    package var isExact: Bool

    package init(count: Int, isExact: Bool) {
        self.count = count
        self.isExact = isExact
    }

    /// Counted exactly up to here.
    package static let countedUpTo = 10_000
}
