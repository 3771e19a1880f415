import Domain
import Foundation
import Markup
import Store

/// `/settings/tokens`: keys for programs.
struct TokensPage: ShellPage {
    var tokens: [APIToken]
    var role: Role
    var csrf: String
    var now: Date
    /// A token just made, shown this once.
    var newToken: (name: String, secret: String)?
    var draftName = ""
    var draftRole = Role.member
    var faults: [Failure.Field] = []

    var pageTitle: String { "API tokens" }
    var section: Section? { .settings }

    var html: HTML {
        PageHeader("Settings").html
        SettingsTab.bar(.tokens, role: role)
        if let newToken {
            Banner(.positive, heading: "Copy the token “\(newToken.name)” now") {
                span("It is shown this once; only its hash is kept.")
                CopyField("Token", id: "new-token", value: newToken.secret).html
            }.html
        }
        if tokens.isEmpty {
            Card {
                EmptyState(
                    .key, "No API tokens", "A token lets a program read this workspace through the API, with the role you choose."
                ).html
            }.html
        } else {
            DataTable(
                "API tokens",
                columns: [
                    .init("Name", .lead), .init("Role"), .init("Made by", isNamedOnCards: true), .init("Made", isNamedOnCards: true),
                    .init("Last used", isNamedOnCards: true), .init("Actions", .actions)
                ], rows: tokens.map(row)
            ).html
        }
        creation
    }

    private func row(_ token: APIToken) -> DataTable.Row {
        DataTable.Row([
            span(token.name, .class("clip"), .dir("auto")), .text(token.role.label), span(token.createdBy, .class("clip")),
            RelativeTime(token.createdAt, now: now).html,
            token.usedAt.map { RelativeTime($0, now: now).html } ?? span("Never", .class("muted")), revocation(token)
        ])
    }

    @HTMLBuilder private func revocation(_ token: APIToken) -> HTML {
        if token.role != .owner || role.can(.manageOwners) {
            PostButton(
                .tokenRevoke(token.id), csrf: csrf,
                Button(
                    "Revoke", .quiet, question: "Revoke “\(token.name)”? Programs that use it stop working at once.",
                    attributes: [.aria("label", "Revoke \(token.name)")])
            ).html
        }
    }

    private func fault(_ name: String) -> String? { faults.first { $0.name == name }?.message }

    private var creation: HTML {
        Card("New token") {
            PostForm(.tokens, csrf: csrf, .class("stack")) {
                div(.class("columns")) {
                    Field(
                        "Name", name: "name", value: draftName, hint: "What will use it, such as “Monthly report”.", fault: fault("name"),
                        isRequired: true, attributes: [.autocomplete("off"), .maxlength(TokenStore.longestName)]
                    ).html
                    SelectMenu(
                        "Role", name: "role",
                        choices: Role.allCases.reversed().filter { $0 != .owner || role.can(.manageOwners) }.map {
                            Choice($0.rawValue, $0.label)
                        },
                        chosen: draftRole.rawValue, hint: "Member reads. Admin may also connect and re-sync.", fault: fault("role")
                    ).html
                }
                div { Button("Create token", .primary).html }
            }.html
        }.html
    }
}
