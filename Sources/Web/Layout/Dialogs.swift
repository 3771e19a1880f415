import Markup

/// Asked before an act that cannot be taken back, where scripts run; the question comes from the pressed button.
struct ConfirmDialog {
    var html: HTML { Self.drawn }

    private static let drawn = made.frozen

    private static var made: HTML {
        dialog(.class("dialog"), .id("confirm"), .aria("labelledby", "confirm-question")) {
            form(.method("dialog"), .class("inside")) {
                p(.id("confirm-question"), .data("question", ""))
                div(.class("button-row")) {
                    button("Go back", .type("submit"), .class("button"), .value("no"))
                    button("Continue", .type("submit"), .class("button", "danger-solid"), .value("yes"))
                }
            }
        }
    }
}

/// The keys, and the switch that turns them off.
struct ShortcutsDialog {
    private static let keys: [([String], String)] = [
        (["j"], "Next row or message"), (["k"], "Previous row or message"), (["Enter"], "Open the row"), (["o"], "Open it in Freshdesk"),
        (["/"], "Search tickets"), (["f"], "Filters"), (["<", ">"], "Previous and next"), (["g", "t"], "Tickets"), (["g", "a"], "Accounts"),
        (["a", "c", "m"], "On the matching desk: accept, choose other, create account"),
        (["n", "i", "u"], "On the matching desk: no account, ignore, undo"),
        (["g", "e"], "Agents"), (["g", "l"], "Larry"), (["g", "i"], "Integrations"), (["Ctrl", "J"], "Ask Larry beside this page"),
        (["?"], "This list")
    ]

    var html: HTML { Self.drawn }

    private static let drawn = made.frozen

    private static var made: HTML {
        dialog(.class("dialog"), .id("shortcuts"), .aria("labelledby", "shortcuts-heading")) {
            form(.method("dialog"), .class("inside")) {
                h2("Keyboard shortcuts", .id("shortcuts-heading"))
                dl(.class("shortcuts")) {
                    for (keys, text) in keys {
                        dt { HTML.joined(keys.map { kbd($0) }, separator: .text(" ")) }
                        dd(text)
                    }
                }
                KeysSwitch().html
                div(.class("button-row")) { button("Close", .type("submit"), .class("button")) }
            }
        }
    }
}

/// Single keys get in the way of speech input, so that they can be turned off; the browser remembers it.
struct KeysSwitch {
    var html: HTML {
        label(.class("check")) {
            input(.type("checkbox"), .checked(), .data("keys-switch", ""))
            span("Single-key shortcuts are on in this browser")
        }
    }
}
