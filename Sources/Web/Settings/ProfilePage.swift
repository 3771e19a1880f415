import Domain
import Markup
import Store

/// `/settings/profile`: password, theme, keys, sessions.
struct ProfilePage: ShellPage {
    var name: String
    var email: String
    var role: Role
    var theme: Theme
    var csrf: String
    /// Faults of the password form: `current`, `password`, `repeat`.
    var faults: [Failure.Field] = []

    var pageTitle: String { "Your profile" }
    var section: Section? { .settings }

    var html: HTML {
        PageHeader("Settings").html
        SettingsTab.bar(.profile, role: role)
        div(.class("columns")) {
            div(.class("stack")) {
                Card("You") {
                    FactList([("Name", .text(name.isEmpty ? "–" : name)), ("E-mail", .text(email)), ("Role here", .text(role.label))]).html
                }.html
                Card("Appearance") {
                    div(.class("stack")) {
                        ThemeChoice(theme: theme, csrf: csrf).html
                        div(.hidden(), .data("needs-js", "")) { KeysSwitch().html }
                    }
                }.html
                Card("Sessions") {
                    div(.class("stack")) {
                        p("Ends every session of yours on every device, this one too.", .class("muted"))
                        div {
                            PostButton(
                                .signOutEverywhere, csrf: csrf,
                                Button("Sign out everywhere", .danger, question: "Sign out on every device, this one too?")
                            ).html
                        }
                    }
                }.html
            }
            Card("Change password") {
                PostForm(.password, csrf: csrf, .class("stack")) {
                    input(
                        .type("email"), .name("email"), .value(email), .autocomplete("username"), .hidden(), .readonly(), .tabindex(-1),
                        .ariaHidden)
                    passwordField("Current password", "current", "current-password")
                    passwordField("New password", "password", "new-password", hint: PasswordRule.hint)
                    passwordField("New password again", "repeat", "new-password")
                    div { Button("Change password", .primary).html }
                    p("Your other sessions are signed out.", .class("hint"))
                }.html
            }.html
        }
    }

    private func passwordField(_ text: String, _ name: String, _ autocomplete: String, hint: String? = nil) -> HTML {
        Field(
            text, name: name, type: "password", hint: hint, fault: faults.first { $0.name == name }?.message, isRequired: true,
            attributes: [.autocomplete(autocomplete), .maxlength(Password.longest)]
        ).html
    }
}
