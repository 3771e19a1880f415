import Domain
import Markup
import Store

/// `/invite/{token}`: set a password, for an invitation or after a reset.
struct InvitationPage: Sendable {
    var token: String
    var csrf: String
    var email: String
    /// The workspace that invites; nil for a password reset.
    var workspaceName: String?
    var fault: String?

    /// The whole document.
    var html: HTML {
        BarePage(heading) {
            Card {
                PostForm(.invite(token: token), csrf: csrf, .class("stack")) {
                    h1(heading, .dir("auto"))
                    p(.class("muted")) {
                        if workspaceName != nil { "Choose a password to begin." } else { "Choose a new password. Every open session ends." }
                    }
                    Field("E-mail", name: "email", type: "email", value: email, attributes: [.readonly(), .autocomplete("username")]).html
                    Field(
                        "Password", name: "password", type: "password", hint: PasswordRule.hint, fault: fault, isRequired: true,
                        attributes: [.autocomplete("new-password"), .autofocus(), .maxlength(Password.longest)]
                    ).html
                    Field(
                        "Password again", name: "repeat", type: "password", isRequired: true,
                        attributes: [.autocomplete("new-password"), .maxlength(Password.longest)]
                    ).html
                    Button("Set password and sign in", .primary, isWide: true).html
                }.html
            }.html
        }.html
    }

    private var heading: String { workspaceName.map { "Join \($0)" } ?? "Set a new password" }
}

/// What is asked of a password, in words.
enum PasswordRule {
    static let hint = "At least \(Password.shortest) characters. A few words in a row are easy to remember."
}
