import Domain
import Foundation
import Markup
import Store

/// Which account is to become a part of this one.
struct AccountMergeChoicePage: ShellPage {
    var kept: Account
    var search: String?
    /// What the search found; without a search, accounts that look like the same customer.
    var found: [Account]

    var pageTitle: String { "Merge" }
    var section: Section? { .accounts }
    var crumbs: [Crumb] { [Crumb(kept.name, Route.account(kept.id).link)] }

    @HTMLBuilder var html: HTML {
        PageHeader(
            "Merge into \(kept.name)",
            lede: "Choose the account that is the same customer. You see what would move before anything happens, and it can be undone."
        ).html
        form(.method("get"), .action(Route.accountMerge(kept.id).link), .class("filters"), .role("search")) {
            SearchBox(value: search ?? "", placeholder: "Find the other account").html
            button("Search", .type("submit"), .class("button"))
        }
        if found.isEmpty {
            Card {
                EmptyState(
                    .search, search == nil ? "No account looks like this one" : "No account matches",
                    search.map { "No other account's name, domains or owner hold “\($0)”." }
                        ?? "No other account has a name or a domain of it. Search for the one you mean."
                ).html
            }.html
        } else {
            DataTable(
                search == nil ? "Accounts that may be the same customer" : "Accounts found",
                columns: [.init("Account", .lead), .init("External id", isNarrowHidden: true), .init("Choose", .actions)],
                rows: found.map { account in
                    DataTable.Row([
                        span(account.name, .class("clip"), .dir("auto"))
                            + span(account.domains.joined(separator: ", ").nilIfEmpty ?? "No domain", .class("second")),
                        span(account.externalID ?? "", .class("mono")),
                        LinkButton(
                            "See what moves", to: Route.accountMerge(kept.id).link(["with": account.id.description]),
                            attributes: [.aria("label", "See what moves from \(account.name)")]
                        ).html
                    ])
                }
            ).html
        }
    }
}

/// What a merge would do, before it is done.
struct AccountMergePage: ShellPage {
    var kept: Account
    var gone: Account
    /// As it would be afterwards; nil when they cannot be merged.
    var merged: Account?
    var moved: MergeStore.Belongings
    var fault: String?
    var csrf: String

    var pageTitle: String { "Merge" }
    var section: Section? { .accounts }
    var crumbs: [Crumb] { [Crumb(kept.name, Route.account(kept.id).link)] }

    @HTMLBuilder var html: HTML {
        PageHeader(
            "Merge \(gone.name) into \(kept.name)?",
            lede:
                "\(gone.name) stops being an account of its own. Everything that belongs to it moves, and links to it lead to \(kept.name)."
        ).html
        if let fault { Banner(.danger, fault).html }
        Stat.row([
            Stat("Companies move", value: .text(moved.companies.grouped)), Stat("Contacts move", value: .text(moved.contacts.grouped)),
            Stat("Tickets move", value: .text(moved.tickets.grouped)),
            Stat("Decisions move", value: .text(moved.decisions.grouped), more: .text("by people, kept as they are"))
        ])
        if let merged { comparison(merged) }
        PostForm(.accountMerge(kept.id), csrf: csrf) {
            HiddenField("with", gone.id.description).html
            div(.class("button-row")) {
                if merged != nil { Button("Merge", .primary, busyText: "Merging").html }
                if gone.id != kept.id {
                    LinkButton(
                        "Keep \(gone.name) instead", to: Route.accountMerge(gone.id).link(["with": kept.id.description])
                    ).html
                }
                LinkButton("Cancel", to: Route.account(kept.id).link, .quiet).html
            }
        }.html
    }

    private func comparison(_ merged: Account) -> HTML {
        DataTable(
            "The two accounts and what becomes of them",
            columns: [
                .init("", .lead), .init(kept.name, isNamedOnCards: true), .init(gone.name, isNamedOnCards: true),
                .init("Afterwards", isNamedOnCards: true)
            ],
            rows: Self.fields.map { name, text in
                DataTable.Row([
                    .text(name), value(text(kept)), value(text(gone)),
                    text(merged) == text(kept) ? value(text(merged)) : strong(text(merged), .class("cell-wide"), .dir("auto"))
                ])
            }
        ).html
    }

    private func value(_ text: String) -> HTML {
        text.isEmpty ? span("–", .class("muted")) : span(text, .class("cell-wide"), .dir("auto"))
    }

    private static let fields: [(String, @Sendable (Account) -> String)] = [
        ("Name", { $0.name }), ("Other names", { $0.aliases.joined(separator: ", ") }),
        ("Domains", { $0.domains.joined(separator: ", ") }), ("External id", { $0.externalID ?? "" }),
        ("Further ids", { $0.furtherExternalIDs.joined(separator: ", ") }), ("Owner", { $0.ownerEmail ?? "" }),
        ("ARR", { $0.arr.map(Money.text) ?? "" }), ("Renewal", { $0.renewalDate?.description ?? "" }),
        ("Tags", { $0.tags.joined(separator: ", ") })
    ]
}

/// Accounts that have become a part of this one, each with its way back.
struct AccountMerges {
    var account: ID<Account>
    var merges: [AccountMerging]
    var mayManage: Bool
    var csrf: String
    var now: Date

    var html: HTML {
        Card("Merged into this account", id: "merges") {
            ul(.class("entries")) {
                for merge in merges {
                    li {
                        div(.class("line")) {
                            strong(merge.gone.name, .dir("auto"))
                            if mayManage {
                                span(.class("push")) {
                                    PostButton(
                                        .accountUnmerge(account), csrf: csrf, items: [("merge", "\(merge.id)")],
                                        Button(
                                            "Undo", question: "Make \(merge.gone.name) an account of its own again?",
                                            attributes: [
                                                .data("confirm-verb", "Undo"), .aria("label", "Undo the merge of \(merge.gone.name)")
                                            ])
                                    ).html
                                }
                            }
                        }
                        span(.class("fact-more")) {
                            "by \(merge.actor), "
                            RelativeTime(merge.at, now: now).html
                        }
                    }
                }
            }
        }.html
    }
}
