/// Attributes of forms and their controls.
extension Attribute {
    package static func action(_ link: Link) -> Attribute { .value("action", link.destination) }
    package static func formaction(_ link: Link) -> Attribute { .value("formaction", link.destination) }
    package static func method(_ method: String) -> Attribute { .value("method", method) }
    package static func formmethod(_ method: String) -> Attribute { .value("formmethod", method) }
    package static func enctype(_ type: String) -> Attribute { .value("enctype", type) }
    package static func novalidate(_ isOff: Bool = true) -> Attribute { .flag("novalidate", isOff) }
    package static func formnovalidate(_ isOff: Bool = true) -> Attribute { .flag("formnovalidate", isOff) }

    package static func type(_ type: String) -> Attribute { .value("type", type) }
    package static func name(_ name: String) -> Attribute { .value("name", name) }
    package static func value(_ value: String) -> Attribute { .value("value", value) }
    package static func value(_ value: Double) -> Attribute { .number("value", value) }
    package static func `for`(_ id: String) -> Attribute { .value("for", id) }
    package static func form(_ id: String) -> Attribute { .value("form", id) }
    package static func list(_ id: String) -> Attribute { .value("list", id) }
    package static func label(_ text: String) -> Attribute { .value("label", text) }
    package static func placeholder(_ text: String) -> Attribute { .value("placeholder", text) }
    package static func autocomplete(_ hint: String) -> Attribute { .value("autocomplete", hint) }
    package static func autocapitalize(_ manner: String) -> Attribute { .value("autocapitalize", manner) }
    package static func spellcheck(_ isOn: Bool) -> Attribute { .value("spellcheck", isOn ? "true" : "false") }
    package static func inputmode(_ mode: String) -> Attribute { .value("inputmode", mode) }
    package static func enterkeyhint(_ hint: String) -> Attribute { .value("enterkeyhint", hint) }
    package static func pattern(_ pattern: String) -> Attribute { .value("pattern", pattern) }
    package static func accept(_ types: String) -> Attribute { .value("accept", types) }
    package static func wrap(_ manner: String) -> Attribute { .value("wrap", manner) }
    package static func rows(_ count: Int) -> Attribute { .value("rows", String(count)) }
    package static func cols(_ count: Int) -> Attribute { .value("cols", String(count)) }
    package static func size(_ count: Int) -> Attribute { .value("size", String(count)) }
    package static func minlength(_ count: Int) -> Attribute { .value("minlength", String(count)) }
    package static func maxlength(_ count: Int) -> Attribute { .value("maxlength", String(count)) }
    package static func min(_ value: String) -> Attribute { .value("min", value) }
    package static func min(_ value: Double) -> Attribute { .number("min", value) }
    package static func max(_ value: String) -> Attribute { .value("max", value) }
    package static func max(_ value: Double) -> Attribute { .number("max", value) }
    package static func step(_ value: String) -> Attribute { .value("step", value) }
    package static func low(_ value: Double) -> Attribute { .number("low", value) }
    package static func high(_ value: Double) -> Attribute { .number("high", value) }
    package static func optimum(_ value: Double) -> Attribute { .number("optimum", value) }

    package static func checked(_ isChecked: Bool = true) -> Attribute { .flag("checked", isChecked) }
    package static func disabled(_ isDisabled: Bool = true) -> Attribute { .flag("disabled", isDisabled) }
    package static func required(_ isRequired: Bool = true) -> Attribute { .flag("required", isRequired) }
    package static func selected(_ isSelected: Bool = true) -> Attribute { .flag("selected", isSelected) }
    package static func readonly(_ isReadonly: Bool = true) -> Attribute { .flag("readonly", isReadonly) }
    package static func multiple(_ isMultiple: Bool = true) -> Attribute { .flag("multiple", isMultiple) }
    package static func autofocus(_ isFocused: Bool = true) -> Attribute { .flag("autofocus", isFocused) }
}
