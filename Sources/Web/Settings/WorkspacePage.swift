import Domain
import Foundation
import Markup

/// `/settings/workspace`: its name, and how to set up webhooks.
struct WorkspacePage: ShellPage {
    var workspace: Workspace
    var role: Role
    var memberCount: Int
    /// Admins only; nil while nothing is connected.
    var webhookURL: String?
    var isConnected: Bool

    var pageTitle: String { "Workspace" }
    var section: Section? { .settings }

    var html: HTML {
        PageHeader("Settings").html
        SettingsTab.bar(.workspace, role: role)
        Card("Workspace") {
            FactList([
                ("Name", span(workspace.name, .dir("auto"))), ("Members", a(memberCount.counted("member"), .href(Route.members.link))),
                ("Created", ExactTime(workspace.createdAt).html)
            ]).html
        }.html
        Card("Webhooks from Freshdesk") { webhooks }.html
    }

    @HTMLBuilder private var webhooks: HTML {
        if let webhookURL {
            WebhookRecipe(url: webhookURL).html
        } else if !role.can(.manageConnection) {
            p("Owners and admins find here how to let Freshdesk report changes within seconds.", .class("muted"))
        } else {
            p(.class("muted")) {
                if isConnected {
                    "The address appears here once the connection has its webhook key. "
                } else {
                    "The address appears here once Freshdesk is connected. "
                }
                a("Open integrations", .href(Route.integrations.link))
            }
        }
    }
}
