import Domain
import Foundation
import Markup

/// A new account, or an account's fields to change.
struct AccountFormPage: ShellPage {
    /// Nil for a new one.
    var account: Named<Account>?
    var fields: AccountFields
    var faults: [Failure.Field] = []
    var csrf: String

    var pageTitle: String { account == nil ? "New account" : "Edit" }
    var section: Section? { .accounts }
    var crumbs: [Crumb] { account.map { [Crumb($0.name, Route.account($0.id).link)] } ?? [] }

    @HTMLBuilder var html: HTML {
        PageHeader(account.map { "Edit \($0.name)" } ?? "New account").html
        if !faults.isEmpty {
            Banner(.danger, faults.count == 1 ? "One field needs attention." : "Some fields need attention.") { others }.html
        }
        Card {
            PostForm(account.map { .accountEdit($0.id) } ?? .accountNew, csrf: csrf, .class("stack", "form"), .novalidate()) {
                Field(
                    "Name", name: "name", value: fields.name, fault: fault("name"), isRequired: true,
                    attributes: [.maxlength(AccountDraft.longestText), .dir("auto")]
                ).html
                TextArea(
                    "Domains", name: "domains", value: fields.domains,
                    hint: "One a line, such as acme.com. Companies and contacts of Freshdesk with one of them belong to this account.",
                    fault: fault("domains"), lines: 3
                ).html
                TextArea(
                    "Other names", name: "aliases", value: fields.aliases, hint: "One a line: names the customer also goes by.",
                    fault: fault("aliases"), lines: 2
                ).html
                div(.class("columns")) {
                    Field("Owner's e-mail", name: "owner_email", type: "email", value: fields.ownerEmail, fault: fault("owner_email")).html
                    Field(
                        "External id", name: "external_id", value: fields.externalID, hint: "Its key in your CRM.",
                        fault: fault("external_id")
                    ).html
                    Field(
                        "ARR", name: "arr", value: fields.arr, hint: "A plain number, such as 120000.", fault: fault("arr"),
                        attributes: [.inputmode("decimal")]
                    ).html
                    Field("Renewal date", name: "renewal_date", type: "date", value: fields.renewalDate, fault: fault("renewal_date")).html
                }
                Field("Tags", name: "tags", value: fields.tags, hint: "Separated by commas.", fault: fault("tags")).html
                div(.class("button-row")) {
                    Button(account == nil ? "Create account" : "Save", .primary, busyText: "Saving").html
                    LinkButton("Cancel", to: (account.map { Route.account($0.id) } ?? Route.accounts).link, .quiet).html
                }
            }.html
        }.html
        if let account { deletion(account) }
    }

    private static let known: Set<String> = ["name", "domains", "aliases", "external_id", "owner_email", "arr", "renewal_date", "tags"]

    private func fault(_ name: String) -> String? {
        let messages = faults.filter { $0.name == name }.map(\.message)
        return messages.isEmpty ? nil : messages.joined(separator: " ")
    }

    /// Faults of no field on this page must not vanish.
    @HTMLBuilder private var others: HTML {
        for fault in faults where !Self.known.contains(fault.name) { span(fault.message) }
    }

    private func deletion(_ account: Named<Account>) -> HTML {
        Card("Delete this account") {
            p("Its companies, contacts and tickets stay, and are matched anew to the remaining accounts.", .class("reading", "muted"))
            div(.class("button-row", "offer")) {
                LinkButton("Delete", to: Route.accountDelete(account.id).link, .danger, icon: .trash).html
            }
        }.html
    }
}

/// Asked before an account is deleted.
struct AccountDeletePage: ShellPage {
    var account: Named<Account>
    /// How many tickets stand beside it.
    var tickets: Int
    var csrf: String

    var pageTitle: String { "Delete" }
    var section: Section? { .accounts }
    var crumbs: [Crumb] { [Crumb(account.name, Route.account(account.id).link)] }

    @HTMLBuilder var html: HTML {
        PageHeader("Delete \(account.name)?").html
        Card {
            div(.class("stack")) {
                p(
                    "The account and what was typed into it are gone for good. "
                        + (tickets == 0
                            ? "No ticket stands beside it."
                            : "\(tickets.counted("ticket")) beside it \(tickets == 1 ? "stays" : "stay") in the workspace, and "
                                + (tickets == 1 ? "is" : "are") + " matched anew to the remaining accounts."),
                    .class("reading"))
                PostForm(.accountDelete(account.id), csrf: csrf) {
                    div(.class("button-row")) {
                        Button("Delete account", .dangerSolid, busyText: "Deleting").html
                        LinkButton("Keep it", to: Route.account(account.id).link, .quiet).html
                    }
                }.html
            }
        }.html
    }
}
