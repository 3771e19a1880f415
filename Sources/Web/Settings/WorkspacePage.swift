import Domain
import Foundation
import Markup
import Store

/// `/settings/workspace`: its name and who is in it.
struct WorkspacePage: ShellPage {
    var workspace: Workspace
    var role: Role
    var memberCount: Int
    var zone = CivilZone.utc
    var zoneFault: String?
    /// A new name that was refused, and why.
    var draft: Draft?
    var csrf: String

    struct Draft: Sendable, Equatable {
        var name: String
        var fault: String
    }

    var pageTitle: String { "Workspace" }
    var section: Section? { .settings }

    var html: HTML {
        PageHeader("Settings").html
        SettingsTab.bar(.workspace, role: role)
        Card("Workspace") {
            div(.class("stack")) {
                if role.can(.renameWorkspace) { rename }
                FactList(
                    (role.can(.renameWorkspace) ? [] : [("Name", span(workspace.name, .dir("auto")))])
                        + (role.can(.manageConnection) ? [] : [("Time zone", HTML.text(zone.name))]) + [
                            ("Members", a(memberCount.counted("member"), .href(Route.members.link))),
                            ("Created", ExactTime(workspace.createdAt).html)
                        ]
                ).html
            }
        }.html
        if role.can(.manageConnection) { calendar }
    }

    private var calendar: HTML {
        Card("Time zone") {
            PostForm(.zone, csrf: csrf, .class("stack", "form")) {
                SelectMenu(
                    "Larry's calendar", name: "zone", choices: CivilZone.names.map { Choice($0, $0.replacing("_", with: " ")) },
                    chosen: zone.name,
                    hint: "By which “yesterday”, “last month” and the days of a trend are cut. Other pages and the API write times in UTC.",
                    fault: zoneFault
                ).html
                div { Button("Save").html }
            }.html
        }.html
    }

    private var rename: HTML {
        PostForm(.workspace, csrf: csrf, .class("stack", "form")) {
            Field(
                "Name", name: "name", value: draft?.name ?? workspace.name, hint: "Everybody in it sees it. It must be unique here.",
                fault: draft?.fault, isRequired: true, attributes: [.maxlength(WorkspaceStore.longestName), .autocomplete("off")]
            ).html
            div { Button("Rename workspace").html }
        }.html
    }
}
