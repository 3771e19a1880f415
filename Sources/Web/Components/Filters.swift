import Domain
import Markup

/// One option of a filter menu.
struct FilterOption: Sendable, Equatable {
    /// As the parameter writes it; a comma inside is written `\,`.
    var value: String
    var text: String
    var isChosen: Bool

    init(value: String, text: String, isChosen: Bool) {
        self.value = value
        self.text = text
        self.isChosen = isChosen
    }

    /// The box to tick. Hundreds of them stand on a page, so that it is no more than a label.
    func box(_ name: String) -> HTML {
        label {
            input(.type("checkbox"), .name(name), .value(value), .checked(isChosen))
            text
        }
    }
}

/// Options of a menu of which none is chosen, written once for many pages.
struct FrozenOptions: Sendable {
    var count = 0
    var html = HTML.empty

    init() {}

    init(_ options: [FilterOption], name: String) {
        count = options.count
        html = HTML.joined(options.map { $0.box(name) }).frozen
    }
}

/// A chip of the filter bar that opens a list of boxes to tick.
///
/// Without scripts its form sends one `name=value` a box; the page's controller joins repeated parameters with commas before it
/// parses them (with scripts the address is joined already). The box “is not” sends `!`, which joins to `!,open,pending`: a negated
/// list. A filter bar is `form(.method("get"), .action(…), .class("filters"), .data("filters", ""))`.
struct FilterMenu {
    var text: String
    var name: String
    var options: [FilterOption]
    /// Listed after them.
    var others: FrozenOptions
    var isNegated: Bool
    /// Whether “is not” is offered.
    var mayNegate: Bool
    /// More options than are listed: what to say about it.
    var note: String?

    init(
        _ text: String, name: String, options: [FilterOption], others: FrozenOptions = FrozenOptions(), isNegated: Bool = false,
        mayNegate: Bool = true, note: String? = nil
    ) {
        self.text = text
        self.name = name
        self.options = options
        self.others = others
        self.isNegated = isNegated
        self.mayNegate = mayNegate
        self.note = note
    }

    var html: HTML {
        details(.class("menu", "filter", chosen.isEmpty ? "" : "active"), .name("filters")) {
            Markup.summary {
                span(.class("value")) { headline }
                Icon.chevronDown.html
            }
            div(.class("panel")) {
                if options.count + others.count > 8 {
                    input(
                        .class("input"), .type("search"), .placeholder("Narrow the list"), .aria("label", "Narrow the list of \(text)"),
                        .data("narrows", ""), .hidden(), .data("needs-js", ""))
                }
                if mayNegate {
                    div(.class("options")) { FilterOption(value: "!", text: "Is not", isChosen: isNegated).box(name) }
                    hr()
                }
                div(.class("options"), .role("group"), .aria("label", text)) {
                    for option in options { option.box(name) }
                    others.html
                }
                if let note { p(note, .class("hint", "heading")) }
                div(.class("panel-footer")) { button("Apply", .type("submit"), .class("button"), .data("apply", "")) }
            }
        }
    }

    private var chosen: [FilterOption] { options.filter(\.isChosen) }

    private var headline: String {
        guard let first = chosen.first else { return text }
        let rest = chosen.count > 2 ? " +\(chosen.count - 1)" : chosen.count == 2 ? ", \(chosen[1].text)" : ""
        return "\(text)\(isNegated ? " is not" : ":") \(first.text)\(rest)"
    }
}

/// A search box of a filter bar.
struct SearchBox {
    var name: String
    var value: String
    var placeholder: String

    init(name: String = "q", value: String, placeholder: String) {
        self.name = name
        self.value = value
        self.placeholder = placeholder
    }

    var html: HTML {
        span(.class("search")) {
            Icon.search.html
            input(
                .class("input"), .type("search"), .name(name), .value(value), .placeholder(placeholder), .aria("label", placeholder),
                .autocomplete("off"), .maxlength(TicketQuery.longestSearch))
        }
    }
}

/// A small fact that can be followed, and taken away.
struct Chip {
    var text: String
    var link: Link?
    /// Where the same list without this filter is.
    var removal: Link?

    init(_ text: String, link: Link? = nil, removal: Link? = nil) {
        self.text = text
        self.link = link
        self.removal = removal
    }

    var html: HTML {
        if let link, removal == nil {
            a(.class("chip"), .href(link)) { span(text, .class("chip-text")) }
        } else {
            span(.class("chip")) {
                if let link { a(text, .class("chip-text"), .href(link)) } else { span(text, .class("chip-text")) }
                if let removal {
                    a(.class("remove"), .href(removal), .aria("label", "Remove the filter \(text)")) { Icon.cross.small }
                }
            }
        }
    }
}

/// The views of one list, with counts.
struct Tabs {
    struct Tab: Sendable, Equatable {
        var text: String
        var link: Link
        var count: String?
        var isCurrent: Bool

        init(_ text: String, to link: Link, count: String? = nil, isCurrent: Bool) {
            self.text = text
            self.link = link
            self.count = count
            self.isCurrent = isCurrent
        }
    }

    var name: String
    var tabs: [Tab]

    init(_ name: String, _ tabs: [Tab]) {
        self.name = name
        self.tabs = tabs
    }

    var html: HTML {
        nav(.class("tabs"), .aria("label", name)) {
            for tab in tabs {
                a(.href(tab.link), .currentPage(tab.isCurrent)) {
                    tab.text
                    if let count = tab.count { span(count, .class("count")) }
                }
            }
        }
    }
}
