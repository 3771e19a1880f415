import Domain
import Markup

/// Where a page of a list that is only read forwards begins: after a row, and behind so many others.
///
/// As text `123.50`; it stands in the address as `cursor`.
struct ListPlace: Sendable, Equatable {
    var after: Int64?
    var offset = 0

    static let first = ListPlace()

    init() {}

    /// What is no place is the first page: an old link should still show the list.
    init(_ text: String?) {
        let parts = (text ?? "").split(separator: ".")
        guard parts.count == 2, let after = Int64(parts[0]), after > 0, let offset = Int(parts[1]), (0...10_000_000).contains(offset) else {
            return
        }
        self.after = after
        self.offset = offset
    }

    func id<Subject>() -> ID<Subject>? { after.map { ID($0) } }

    var isFirst: Bool { after == nil }

    /// The page with its place filled in: its `next` leads on from here, its `previous` to the list's beginning.
    func placed<Row>(_ page: Page<Row>) -> Page<Row> {
        var page = page
        page.offset = offset
        page.next = page.next.map { "\($0).\(offset + page.rows.count)" }
        page.previous = isFirst ? nil : "first"
        return page
    }
}

extension Route {
    /// The same list at another place; nil stays nil.
    func link(cursor: String?) -> Link? { cursor.map { link(["cursor": $0]) } }
}
