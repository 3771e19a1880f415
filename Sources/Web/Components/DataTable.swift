import Domain
import Markup

/// A table. On a narrow screen each row becomes a card: the lead column on top, the rest beside one another under it.
struct DataTable {
    struct Column: Sendable, Equatable {
        enum Kind: String, Sendable {
            case text = "", lead, number, fit, actions
        }

        var text: String
        var kind: Kind
        /// The same list sorted by this column; nil where it cannot be.
        var sortLink: Link?
        /// `ascending` or `descending` while the list is sorted by it.
        var sorted: String?
        /// Left out below 1,200 px.
        var isWideOnly: Bool
        /// Left out of the cards of a narrow screen.
        var isNarrowHidden: Bool
        /// Said before the value on a card, where the value alone would not tell.
        var isNamedOnCards: Bool

        init(
            _ text: String, _ kind: Kind = .text, sortLink: Link? = nil, sorted: String? = nil, isWideOnly: Bool = false,
            isNarrowHidden: Bool = false, isNamedOnCards: Bool = false
        ) {
            self.text = text
            self.kind = kind
            self.sortLink = sortLink
            self.sorted = sorted
            self.isWideOnly = isWideOnly
            self.isNarrowHidden = isNarrowHidden
            self.isNamedOnCards = isNamedOnCards
        }
    }

    struct Row {
        var cells: [HTML]
        /// A whole row is a link when its lead cell holds a `RowLink`.
        var isLinked: Bool
        var isDimmed: Bool
        /// The record's id, where the table says what stands before it in the record's address; empty otherwise.
        var id: String

        init(isLinked: Bool = false, isDimmed: Bool = false, id: String = "", _ cells: [HTML]) {
            self.cells = cells
            self.isLinked = isLinked
            self.isDimmed = isDimmed
            self.id = id
        }
    }

    /// What the table holds, for those who cannot see it.
    var caption: String
    var columns: [Column]
    var rows: [Row]
    var isCompact: Bool
    /// Where `o` leads, the row's id after it: the record in Freshdesk.
    var outside: Link?
    /// Under the rows, inside the frame.
    var footer: HTML

    init(
        _ caption: String, columns: [Column], rows: [Row], isCompact: Bool = false, outside: Link? = nil, footer: HTML = .empty
    ) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.isCompact = isCompact
        self.outside = outside
        self.footer = footer
    }

    var html: HTML {
        div(.class("table-wrap"), .data("results", "")) {
            table(.class("table", "cards", isCompact ? "compact" : "")) {
                Markup.caption(caption, .class("said"))
                thead { tr { for column in columns { head(column) } } }
                tbody(outside.map { .data("outside", $0.destination) } ?? .none) {
                    let cells = columns.map(cellAttributes)
                    for row in rows { line(row, cells) }
                }
            }
            footer
        }
    }

    private func head(_ column: Column) -> HTML {
        th(.scope("col"), .class(column.kind.rawValue, visibility(column)), column.sorted.map(Attribute.ariaSort) ?? .none) {
            if let link = column.sortLink {
                a(.href(link)) {
                    column.text
                    if let sorted = column.sorted { (sorted == "ascending" ? Icon.up : .down).small }
                }
            } else if column.kind == .actions {
                span(column.text, .class("said"))
            } else {
                column.text
            }
        }
    }

    private func line(_ row: Row, _ cells: [Attribute]) -> HTML {
        tr(.when(row.isDimmed, .class("dimmed")), .when(row.isLinked, .data("row", row.id))) {
            for (attributes, cell) in zip(cells, row.cells) { td(attributes) { cell } }
        }
    }

    private func cellAttributes(_ column: Column) -> Attribute {
        .group([.class(column.kind.rawValue, visibility(column)), .when(column.isNamedOnCards, .data("name", column.text))]).frozen
    }

    private func visibility(_ column: Column) -> String {
        [column.isWideOnly ? "wide-only" : "", column.isNarrowHidden ? "narrow-hidden" : ""].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// The link that makes a whole row clickable, with an optional second line under it.
struct RowLink {
    var text: String
    var link: Link
    var second: HTML

    init(_ text: String, to link: Link, second: HTML = .empty) {
        self.text = text
        self.link = link
        self.second = second
    }

    var html: HTML {
        a(.class("row-link", "clip"), .href(link), .dir("auto")) { text }
            + (second.isEmpty ? HTML.empty : span(.class("second")) { second })
    }
}

/// The footer of a list: which rows of how many, and the way on.
struct Pagination {
    var first: Int
    var last: Int
    var total: Total
    var previous: Link?
    var next: Link?

    /// - Parameters:
    ///   - offset: rows before this page.
    ///   - count: rows on this page.
    init(offset: Int, count: Int, total: Total, previous: Link?, next: Link?) {
        self.first = count == 0 ? 0 : offset + 1
        self.last = offset + count
        self.total = total
        self.previous = previous
        self.next = next
    }

    var html: HTML {
        nav(.class("table-footer"), .aria("label", "Pages")) {
            span { "\(first.grouped)–\(last.grouped) of \(total.text)" }
            if previous != nil || next != nil {
                span(.class("button-row")) {
                    step("Previous", previous, "prev")
                    step("Next", next, "next")
                }
            }
        }
    }

    private func step(_ text: String, _ link: Link?, _ relation: String) -> HTML {
        if let link { return a(text, .class("button"), .href(link), .rel(relation)) }
        return span(text, .class("button"), .aria("disabled", "true"))
    }
}
