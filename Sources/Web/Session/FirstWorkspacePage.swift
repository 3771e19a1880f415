import Markup

/// Shown everywhere until the first workspace exists: how to make it.
struct FirstWorkspacePage: Sendable {
    /// The whole document.
    var html: HTML {
        BarePage("No workspace yet", isWide: true) {
            Card {
                div(.class("stack")) {
                    h1("No workspace yet")
                    p("Clynto is running. Whoever runs this installation makes the first workspace and its owner on the command line:")
                    pre("clynto workspace create \"Acme\" --owner ana@example.com")
                    p {
                        "The command asks for the owner's password. "
                        "Run it with the same settings as the server, so that both use the same database."
                    }
                    p("To look around with made-up data first, stop the server and run:")
                    pre("clynto demo")
                    p(.class("line")) { LinkButton("Look again", to: Route.home.link, icon: .sync).html }
                }
            }.html
        }.html
    }
}
