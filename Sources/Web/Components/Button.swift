import Domain
import Markup

/// A button of a form.
struct Button {
    enum Kind: String, Sendable {
        case plain = "", primary, danger
        case dangerSolid = "danger-solid"
        case quiet
    }

    var text: String
    var kind: Kind = .plain
    var icon: Icon?
    /// Name and value the form sends when this button was pressed.
    var value: (name: String, value: String)?
    /// A question asked before the form is sent, where scripts run.
    var question: String?
    /// What the button says while the answer is awaited.
    var busyText: String?
    var isWide = false
    var isDisabled = false
    var attributes: [Attribute] = []

    init(
        _ text: String, _ kind: Kind = .plain, icon: Icon? = nil, value: (name: String, value: String)? = nil, question: String? = nil,
        busyText: String? = nil, isWide: Bool = false, isDisabled: Bool = false, attributes: [Attribute] = []
    ) {
        self.text = text
        self.kind = kind
        self.icon = icon
        self.value = value
        self.question = question
        self.busyText = busyText
        self.isWide = isWide
        self.isDisabled = isDisabled
        self.attributes = attributes
    }

    var html: HTML {
        button(
            .type("submit"), .class("button", kind.rawValue, isWide ? "wide" : ""), .disabled(isDisabled),
            .group(value.map { [.name($0.name), .value($0.value)] } ?? []), question.map { .data("confirm", $0) } ?? .none,
            busyText.map { .data("busy", $0) } ?? .none, .group(attributes)
        ) {
            if let icon { icon.html }
            text
        }
    }
}

/// A link that looks like a button.
struct LinkButton {
    var text: String
    var link: Link
    var kind: Button.Kind = .plain
    var icon: Icon?
    var attributes: [Attribute] = []

    init(_ text: String, to link: Link, _ kind: Button.Kind = .plain, icon: Icon? = nil, attributes: [Attribute] = []) {
        self.text = text
        self.link = link
        self.kind = kind
        self.icon = icon
        self.attributes = attributes
    }

    var html: HTML {
        a(.class("button", kind.rawValue), .href(link), .group(attributes)) {
            if let icon { icon.html }
            text
        }
    }
}

/// A form that posts: its address, the token against forged requests, its content.
struct PostForm {
    var route: Route
    var csrf: String
    var attributes: [Attribute]
    var content: HTML

    init(_ route: Route, csrf: String, _ attributes: Attribute..., @HTMLBuilder content: () -> HTML) {
        self.route = route
        self.csrf = csrf
        self.attributes = attributes
        self.content = content()
    }

    var html: HTML {
        form(.method("post"), .action(route.link), .group(attributes)) {
            CSRFField(csrf).html
            content
        }
    }
}

/// A form that is one button: an act such as Re-sync.
struct PostButton {
    var route: Route
    var csrf: String
    var button: Button
    var items: [(name: String, value: String)]

    init(_ route: Route, csrf: String, items: [(name: String, value: String)] = [], _ button: Button) {
        self.route = route
        self.csrf = csrf
        self.items = items
        self.button = button
    }

    var html: HTML {
        PostForm(route, csrf: csrf, .class("inline-form")) {
            for item in items { HiddenField(item.name, item.value).html }
            button.html
        }.html
    }
}

/// The hidden token of a form.
struct CSRFField {
    var token: String

    init(_ token: String) { self.token = token }

    var html: HTML { HiddenField("csrf_token", token).html }
}

struct HiddenField {
    var name: String
    var value: String

    init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    var html: HTML { input(.type("hidden"), .name(name), .value(value)) }
}
