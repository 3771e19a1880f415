import Domain
import Foundation
import Markup

/// `/settings/workspace`: its name and who is in it.
struct WorkspacePage: ShellPage {
    var workspace: Workspace
    var role: Role
    var memberCount: Int

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
    }
}
