import Markup

/// The head of a page: its `h1`, a count, a sentence, and what can be done here.
struct PageHeader {
    var text: String
    var count: String?
    var lede: String?
    var actions: HTML

    init(_ text: String, count: String? = nil, lede: String? = nil, @HTMLBuilder actions: () -> HTML = HTML.nothing) {
        self.text = text
        self.count = count
        self.lede = lede
        self.actions = actions()
    }

    var html: HTML {
        div(.class("page-header")) {
            h1(text, .dir("auto"))
            if let count { span(count, .class("count")) }
            if !actions.isEmpty { div(.class("actions")) { actions } }
            if let lede { p(lede, .class("lede")) }
        }
    }
}

/// A framed part of a page.
struct Card {
    var heading: String?
    var id: String?
    var actions: HTML
    var content: HTML
    var footer: HTML
    /// False for a table, which brings its own spacing.
    var isPadded: Bool

    init(
        _ heading: String? = nil, id: String? = nil, isPadded: Bool = true, actions: HTML = .empty, footer: HTML = .empty,
        @HTMLBuilder content: () -> HTML
    ) {
        self.heading = heading
        self.id = id
        self.isPadded = isPadded
        self.actions = actions
        self.footer = footer
        self.content = content()
    }

    var html: HTML {
        section(.class("card"), id.map(Attribute.id) ?? .none) {
            if let heading {
                header {
                    h2(heading)
                    if !actions.isEmpty { div(.class("actions")) { actions } }
                }
            }
            if isPadded { div(.class("inside")) { content } } else { content }
            if !self.footer.isEmpty { Markup.footer { self.footer } }
        }
    }
}

/// A message across the page.
struct Banner {
    enum Tone: String, Sendable {
        case info = "", positive, warning, danger
    }

    var tone: Tone
    var heading: String?
    var text: String?
    var content: HTML
    var isDismissible: Bool

    init(
        _ tone: Tone, heading: String? = nil, _ text: String? = nil, isDismissible: Bool = false,
        @HTMLBuilder content: () -> HTML = HTML.nothing
    ) {
        self.tone = tone
        self.heading = heading
        self.text = text
        self.isDismissible = isDismissible
        self.content = content()
    }

    var html: HTML {
        div(.class("banner", tone.rawValue), .role(tone == .danger ? "alert" : "status")) {
            icon.html
            div {
                if let heading { strong(heading) }
                if let text { span(text) }
                content
            }
            if isDismissible {
                button(
                    .type("button"), .class("dismiss"), .data("dismiss", ""), .hidden(), .data("needs-js", ""), .aria("label", "Dismiss")
                ) {
                    Icon.cross.html
                }
            }
        }
    }

    private var icon: Icon {
        switch tone {
        case .info: .note
        case .positive: .check
        case .warning: .warning
        case .danger: .danger
        }
    }
}

/// What stands where rows would be: why there are none, and what to do.
struct EmptyState {
    var icon: Icon
    var heading: String
    var text: String
    var actions: HTML

    init(_ icon: Icon, _ heading: String, _ text: String, @HTMLBuilder actions: () -> HTML = HTML.nothing) {
        self.icon = icon
        self.heading = heading
        self.text = text
        self.actions = actions()
    }

    var html: HTML {
        div(.class("empty")) {
            icon.html
            h2(heading)
            p(text)
            if !actions.isEmpty { div(.class("button-row")) { actions } }
        }
    }
}

/// Names and values.
struct FactList {
    var facts: [(name: String, value: HTML)]
    var isStacked: Bool

    init(_ facts: [(name: String, value: HTML)], isStacked: Bool = false) {
        self.facts = facts
        self.isStacked = isStacked
    }

    var html: HTML {
        dl(.class("facts", isStacked ? "stacked" : "")) {
            for fact in facts {
                dt(fact.name)
                dd { fact.value }
            }
        }
    }
}

/// A figure with its name; a link to what it counts.
struct Stat {
    var name: String
    var value: HTML
    var more: HTML
    var link: Link?

    init(_ name: String, value: HTML, more: HTML = .empty, link: Link? = nil) {
        self.name = name
        self.value = value
        self.more = more
        self.link = link
    }

    var html: HTML {
        if let link { a(.class("stat"), .href(link)) { content } } else { div(.class("stat")) { content } }
    }

    private var content: HTML {
        span(name, .class("name")) + span(.class("value")) { value } + (more.isEmpty ? HTML.empty : span(.class("more")) { more })
    }

    /// Figures side by side in one frame.
    static func row(_ stats: [Stat]) -> HTML {
        div(.class("stats")) { for stat in stats { stat.html } }
    }
}

/// Details that are folded until asked for.
struct Disclosure {
    var text: String
    var id: String
    var isOpen: Bool
    var content: HTML

    init(_ text: String, id: String, isOpen: Bool = false, @HTMLBuilder content: () -> HTML) {
        self.text = text
        self.id = id
        self.isOpen = isOpen
        self.content = content()
    }

    var html: HTML {
        details(.class("disclosure"), .id(id), .open(isOpen)) {
            Markup.summary {
                Icon.chevronRight.html
                span(text)
            }
            div(.class("inside")) { content }
        }
    }
}

/// A value to be copied: a box that selects, and a button where scripts run.
struct CopyField {
    var text: String
    var id: String
    var value: String

    init(_ text: String, id: String, value: String) {
        self.text = text
        self.id = id
        self.value = value
    }

    var html: HTML {
        div(.class("field")) {
            label(text, .for(id))
            div(.class("copy")) {
                input(.class("input"), .type("text"), .id(id), .value(value), .readonly(), .spellcheck(false))
                button(.type("button"), .class("button"), .data("copy", id), .hidden(), .data("needs-js", "")) {
                    Icon.copy.html
                    span("Copy", .data("label", ""))
                }
            }
        }
    }
}
