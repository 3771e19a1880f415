import Domain
import Foundation
import Markup

/// `/settings/members`: who is in the workspace, and what each role may do.
struct MembersPage: ShellPage {
    /// What was typed into the form for new members and what was wrong with it.
    struct Draft: Sendable, Equatable {
        var email = ""
        var name = ""
        var role = Role.member
        var faults: [Failure.Field] = []
    }

    var members: [Member]
    /// The viewer; nil for nobody in particular.
    var viewerID: ID<Person>?
    var role: Role
    var csrf: String
    var now: Date
    var draft = Draft()
    /// A link just made, shown this once: for whom, and the address.
    var newLink: (email: String, url: String)?
    /// Members who have no password yet and may get a new link.
    var withoutPassword: Set<ID<Person>> = []

    var pageTitle: String { "Members" }
    var section: Section? { .settings }

    private var mayManage: Bool { role.can(.manageMembers) }

    var html: HTML {
        PageHeader("Settings").html
        SettingsTab.bar(.members, role: role)
        if let newLink { linkOnce(newLink.email, newLink.url) }
        DataTable("Members of the workspace", columns: columns, rows: members.map(row)).html
        if mayManage {
            invitation
        } else {
            p(.class("line", "muted")) {
                Icon.lock.html
                span("Only owners and admins can change members.")
            }
        }
        PermissionMatrix().html
    }

    private func linkOnce(_ email: String, _ url: String) -> HTML {
        Banner(.positive, heading: "Send this link to \(email)") {
            span("It works once, for seven days, and is not shown again.")
            CopyField("One-time link", id: "invitation-link", value: url).html
        }.html
    }

    private var columns: [DataTable.Column] {
        let shown: [DataTable.Column] = [
            .init("Name", .lead), .init("E-mail", isNarrowHidden: true), .init("Role"), .init("Last active", isNamedOnCards: true)
        ]
        return mayManage ? shown + [.init("Actions", .actions)] : shown
    }

    private func row(_ member: Member) -> DataTable.Row {
        let person = member.person
        let shownName = person.name.isEmpty ? person.email : person.name
        let name = span(.class("line", "one")) {
            Avatar(shownName).html
            span(shownName, .class("clip"), .dir("auto"))
            if person.id == viewerID { Tag("you").html }
        }
        let cells: [HTML] = [
            name, span(person.email, .class("clip")), roleCell(member),
            member.lastActiveAt.map { RelativeTime($0, now: now).html } ?? span("Never", .class("muted"))
        ]
        return DataTable.Row(mayManage ? cells + [actions(member)] : cells)
    }

    /// Only owners change owners, and the last one stays.
    private func mayChange(_ member: Member) -> Bool {
        guard mayManage else { return false }
        guard member.role == .owner else { return true }
        return role.can(.manageOwners) && members.count(where: { $0.role == .owner }) > 1
    }

    @HTMLBuilder private func roleCell(_ member: Member) -> HTML {
        if mayChange(member) {
            PostForm(.memberRole(member.person.id), csrf: csrf, .class("line")) {
                SelectMenu(
                    "Role of \(member.person.email)", name: "role", id: "role-\(member.person.id)", choices: roleChoices,
                    chosen: member.role.rawValue, submitsOnChange: true
                ).compact
                noscript { Button("Change").html }
            }.html
        } else {
            span(member.role.label, .title(member.role == .owner ? "The last owner cannot be changed" : ""))
        }
    }

    private var roleChoices: [Choice] {
        Role.allCases.filter { $0 != .owner || role.can(.manageOwners) }.map { Choice($0.rawValue, $0.label) }
    }

    @HTMLBuilder private func actions(_ member: Member) -> HTML {
        if mayChange(member) {
            span(.class("button-row")) {
                if withoutPassword.contains(member.person.id) {
                    PostButton(.memberInvite(member.person.id), csrf: csrf, Button("New link", .quiet)).html
                }
                PostButton(
                    .memberRemove(member.person.id), csrf: csrf,
                    Button(
                        member.person.id == viewerID ? "Leave" : "Remove", .quiet,
                        question: "Remove \(member.person.email) from this workspace? What they did stays in the log.",
                        attributes: [.aria("label", "Remove \(member.person.email)")])
                ).html
            }
        }
    }

    private func fault(_ name: String) -> String? { draft.faults.first { $0.name == name }?.message }

    private var invitation: HTML {
        Card("Add a member") {
            PostForm(.members, csrf: csrf, .class("stack")) {
                div(.class("columns")) {
                    Field(
                        "E-mail", name: "email", type: "email", value: draft.email, fault: fault("email"), isRequired: true,
                        attributes: [.autocomplete("off"), .maxlength(320)]
                    ).html
                    Field(
                        "Name", name: "name", value: draft.name, fault: fault("name"), attributes: [.autocomplete("off"), .maxlength(100)]
                    ).html
                    SelectMenu("Role", name: "role", choices: roleChoices, chosen: draft.role.rawValue, fault: fault("role")).html
                }
                div(.class("line", "loose")) {
                    Button("Add member", .primary).html
                    span("You get a one-time link to pass on. Clynto sends no mail.", .class("muted"))
                }
            }.html
        }.html
    }
}

/// What each role may do, read from the rules themselves.
struct PermissionMatrix {
    var html: HTML {
        Card("What each role may do", isPadded: false) {
            div(.class("table-wrap", "scroll")) {
                table(.class("table", "compact")) {
                    caption("What each role may do", .class("said"))
                    thead {
                        tr {
                            th("Act", .scope("col"))
                            for role in Role.allCases { th(role.label, .scope("col")) }
                        }
                    }
                    tbody {
                        for permission in Permission.allCases {
                            tr {
                                td(Self.words(permission))
                                for role in Role.allCases { td { mark(role.can(permission)) } }
                            }
                        }
                    }
                }
            }
        }.html
    }

    private func mark(_ isAllowed: Bool) -> HTML {
        isAllowed ? span(.class("yes")) { Icon.check.html(named: "Yes") } : span(.class("no")) { Icon.dash.html(named: "No") }
    }

    static func words(_ permission: Permission) -> String {
        switch permission {
        case .look: "See tickets, accounts, agents and sync history"
        case .manageConnection: "Connect, re-sync and disconnect Freshdesk"
        case .manageAccounts: "Create, change, import and delete accounts"
        case .manageMembers: "Add, change and remove members; make API tokens"
        case .readAudit: "Read the audit log"
        case .manageOwners: "Make, change and remove owners"
        case .renameWorkspace: "Rename the workspace"
        case .deleteSyncedData: "Delete synced data"
        }
    }
}
