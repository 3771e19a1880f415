import Domain
import Foundation
import Markup
import Store

/// `/login`. The answer to a wrong password does not tell whether the person exists.
struct LoginPage: Sendable {
    var csrf: String
    /// What was typed; the password is never sent back.
    var email = ""
    /// Where to go afterwards, already checked to be a page of ours.
    var next: String?
    var fault: String?
    /// Such as “You are signed out.”
    var notice: Notice?
    var pretendedNow: Date?

    /// The whole document.
    var html: HTML {
        BarePage("Sign in", pretendedNow: pretendedNow) {
            if let notice { Banner(notice.tone, notice.text).html }
            Card {
                PostForm(.login, csrf: csrf, .class("stack")) {
                    h1("Sign in")
                    if let fault { Banner(.danger, fault).html }
                    if let next { HiddenField("next", next).html }
                    Field(
                        "E-mail", name: "email", type: "email", value: email, isRequired: true,
                        attributes: [
                            .autocomplete("username"), .autocapitalize("none"), .spellcheck(false), .autofocus(email.isEmpty),
                            .maxlength(320)
                        ]
                    ).html
                    Field(
                        "Password", name: "password", type: "password", isRequired: true,
                        attributes: [.autocomplete("current-password"), .autofocus(!email.isEmpty), .maxlength(Password.longest)]
                    ).html
                    Button("Sign in", .primary, busyText: "Signing in…", isWide: true).html
                }.html
            }.html
            p("Forgotten your password? An administrator of this installation can run clynto password reset.", .class("hint"))
        }.html
    }
}
