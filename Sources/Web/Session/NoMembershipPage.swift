import Markup

/// For somebody who can sign in but belongs to no workspace any more.
struct NoMembershipPage: Sendable {
    var email: String
    var csrf: String

    /// The whole document.
    var html: HTML {
        BarePage("No workspace") {
            Card {
                div(.class("stack")) {
                    h1("You are in no workspace")
                    p("\(email) is signed in, but belongs to no workspace of this installation. Ask an owner or admin to add you.")
                    PostButton(.logout, csrf: csrf, Button("Sign out")).html
                }
            }.html
        }.html
    }
}
