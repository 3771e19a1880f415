import Markup

/// A labelled text field with its hint and, when the input was refused, the reason.
struct Field {
    var text: String
    var name: String
    var id: String
    var type = "text"
    var value = ""
    var hint: String?
    var fault: String?
    var isRequired = false
    /// What stands right of the box, such as `.freshdesk.com`.
    var suffix: String?
    var attributes: [Attribute] = []
    /// Under the box, before the hint.
    var extra: HTML = .empty

    init(
        _ text: String, name: String, id: String? = nil, type: String = "text", value: String = "", hint: String? = nil,
        fault: String? = nil,
        isRequired: Bool = false, suffix: String? = nil, attributes: [Attribute] = [], extra: HTML = .empty
    ) {
        self.text = text
        self.name = name
        self.id = id ?? "field-" + name
        self.type = type
        self.value = value
        self.hint = hint
        self.fault = fault
        self.isRequired = isRequired
        self.suffix = suffix
        self.attributes = attributes
        self.extra = extra
    }

    var html: HTML {
        FieldFrame(text: text, id: id, hint: hint, fault: fault, extra: extra) {
            if let suffix {
                span(.class("affix")) {
                    box
                    span(suffix)
                }
            } else {
                box
            }
        }.html
    }

    private var box: HTML {
        input(
            .class("input"), .type(type), .id(id), .name(name),
            type == "file" || type == "password" || value.isEmpty ? .none : .value(value),
            .required(isRequired), FieldFrame.described(id: id, hint: hint, fault: fault), .group(attributes))
    }
}

/// A labelled box for several lines.
struct TextArea {
    var text: String
    var name: String
    var id: String
    var value: String
    var hint: String?
    var fault: String?
    var lines: Int

    init(
        _ text: String, name: String, id: String? = nil, value: String = "", hint: String? = nil, fault: String? = nil, lines: Int = 4
    ) {
        self.text = text
        self.name = name
        self.id = id ?? "field-" + name
        self.value = value
        self.hint = hint
        self.fault = fault
        self.lines = lines
    }

    var html: HTML {
        FieldFrame(text: text, id: id, hint: hint, fault: fault) {
            textarea(
                value, .class("input"), .id(id), .name(name), .rows(lines), FieldFrame.described(id: id, hint: hint, fault: fault))
        }.html
    }
}

/// One choice of a menu.
struct Choice: Sendable, Equatable {
    var value: String
    var text: String
    var isDisabled: Bool

    init(_ value: String, _ text: String, isDisabled: Bool = false) {
        self.value = value
        self.text = text
        self.isDisabled = isDisabled
    }
}

/// A labelled menu of one choice.
struct SelectMenu {
    var text: String
    var name: String
    var id: String
    var choices: [Choice]
    var chosen: String
    var hint: String?
    var fault: String?
    /// Sends its form as soon as it changes, where scripts run; keep a button for the others.
    var submitsOnChange = false

    init(
        _ text: String, name: String, id: String? = nil, choices: [Choice], chosen: String, hint: String? = nil, fault: String? = nil,
        submitsOnChange: Bool = false
    ) {
        self.text = text
        self.name = name
        self.id = id ?? "field-" + name
        self.choices = choices
        self.chosen = chosen
        self.hint = hint
        self.fault = fault
        self.submitsOnChange = submitsOnChange
    }

    var html: HTML {
        FieldFrame(text: text, id: id, hint: hint, fault: fault) { control(isFit: false) }.html
    }

    /// Without a visible label, as wide as its longest choice: for tables and footers.
    var compact: HTML {
        label(.for(id), .class("said")) { text } + control(isFit: true)
    }

    private func control(isFit: Bool) -> HTML {
        select(
            .class("select", isFit ? "fit" : ""), .id(id), .name(name), .when(submitsOnChange, .data("submit-on-change", "yes")),
            FieldFrame.described(id: id, hint: hint, fault: fault)
        ) {
            for choice in choices {
                option(choice.text, .value(choice.value), .selected(choice.value == chosen), .disabled(choice.isDisabled))
            }
        }
    }
}

/// What every labelled control has around it.
struct FieldFrame {
    var text: String
    var id: String
    var hint: String?
    var fault: String?
    var extra: HTML
    var content: HTML

    init(text: String, id: String, hint: String?, fault: String?, extra: HTML = .empty, @HTMLBuilder content: () -> HTML) {
        self.text = text
        self.id = id
        self.hint = hint
        self.fault = fault
        self.extra = extra
        self.content = content()
    }

    var html: HTML {
        div(.class("field")) {
            label(text, .for(id))
            content
            if let fault {
                p(.class("fault"), .id(id + "-fault"), .role("alert")) {
                    Icon.danger.small
                    span(fault)
                }
            }
            extra
            if let hint { p(hint, .class("hint"), .id(id + "-hint")) }
        }
    }

    /// Ties a control to its hint and fault.
    static func described(id: String, hint: String?, fault: String?) -> Attribute {
        let ids = [fault == nil ? nil : id + "-fault", hint == nil ? nil : id + "-hint"].compactMap { $0 }
        return .group([
            fault == nil ? .none : .aria("invalid", "true"), ids.isEmpty ? .none : .aria("describedby", ids.joined(separator: " "))
        ])
    }
}
