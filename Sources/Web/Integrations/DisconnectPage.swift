import Domain
import Markup

/// Asked before the key is forgotten; works without scripts.
struct DisconnectPage: ShellPage {
    var subdomain: String
    var csrf: String
    /// Whether a run is going, which would be stopped.
    var isSyncing: Bool

    var pageTitle: String { "Disconnect" }
    var section: Section? { .integrations }

    var html: HTML {
        PageHeader("Disconnect \(subdomain)?").html
        Card {
            div(.class("stack", "reading")) {
                ul(.class("bullets")) {
                    if isSyncing { li("The running sync stops; what it has read is kept.") }
                    li("The API key is removed from this installation. It stays valid in Freshdesk until you change it there.")
                    li("Tickets and everything else synced stay visible, frozen as they are now.")
                    li("Webhooks from this portal are no longer applied.")
                    li("You can connect the same portal again at any time.")
                }
                div(.class("button-row")) {
                    PostButton(.freshdesk(.disconnect), csrf: csrf, Button("Disconnect", .dangerSolid)).html
                    LinkButton("Keep it connected", to: Route.integrations.link).html
                }
            }
        }.html
    }
}
