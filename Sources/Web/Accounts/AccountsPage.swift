import Domain
import Foundation
import Markup

/// The workspace's customers with their support load.
struct AccountsPage: ShellPage {
    var accounts: Page<AccountSummary>
    /// `?q=`
    var search: String?
    /// Whether the viewer may create and change accounts.
    var mayManage: Bool
    /// Companies of the portal that belong to no account, most tickets first; empty when there is nothing to offer.
    var unmatched: [CompanySummary] = []
    /// How many there are in all.
    var unmatchedCount = 0
    var now: Date

    var pageTitle: String { "Accounts" }
    var section: Section? { .accounts }

    @HTMLBuilder var html: HTML {
        PageHeader("Accounts", count: isBare ? nil : "\(accounts.total.text) \(accounts.total.count == 1 ? "account" : "accounts")") {
            if mayManage {
                LinkButton("Matching", to: Route.matching.link).html
                LinkButton("Import CSV", to: Route.accountImport.link).html
                LinkButton("New account", to: Route.accountNew.link, .primary, icon: .plus).html
            }
        }.html
        if mayManage, unmatchedCount > 0, search == nil { offer }
        if isBare {
            Card { none }.html
        } else {
            filter
            list
        }
    }

    private var isBare: Bool { accounts.rows.isEmpty && search == nil && accounts.offset == 0 && accounts.previous == nil }

    private var filter: HTML {
        form(
            .method("get"), .action(Route.accounts.link), .class("filters"), .data("filters", ""), .role("search"),
            .aria("label", "Find an account")
        ) {
            SearchBox(value: search ?? "", placeholder: "Name, domain or owner").html
            button("Search", .type("submit"), .class("button"))
            if search != nil { a("Clear", .class("button", "quiet"), .href(Route.accounts.link)) }
        }
    }

    @HTMLBuilder private var list: HTML {
        if accounts.rows.isEmpty {
            Card {
                EmptyState(.search, "No account matches", "No account's name, domains or owner hold “\(search ?? "")”.") {
                    LinkButton("Clear the search", to: Route.accounts.link, .primary).html
                }.html
            }.html
        } else {
            AccountsTable(
                rows: accounts.rows,
                footer: Pagination(
                    offset: accounts.offset, count: accounts.rows.count, total: accounts.total, previous: link(accounts.previous),
                    next: link(accounts.next)
                ).html,
                now: now
            ).html
        }
    }

    private func link(_ cursor: String?) -> Link? { cursor.map { Route.accounts.link(["q": search, "cursor": $0]) } }

    // MARK: Nothing yet, and the offer

    private var none: HTML {
        EmptyState(
            .accounts, "No accounts yet",
            mayManage
                ? "An account is one of your customers. Companies and tickets of Freshdesk are placed beside it by its domains."
                : "An account is one of your customers. An owner or admin of this workspace creates them."
        ) {
            if mayManage {
                LinkButton("New account", to: Route.accountNew.link, unmatchedCount > 0 ? .plain : .primary).html
                LinkButton("Import CSV", to: Route.accountImport.link).html
            }
        }.html
    }

    /// After a sync: accounts made from the companies that belong to none.
    private var offer: HTML {
        Card(
            unmatchedCount == 1 ? "1 company belongs to no account" : "\(unmatchedCount.grouped) companies belong to no account",
            id: "from-companies"
        ) {
            p(
                "Their tickets stand beside no customer. Create accounts from them: each gets the company's name and domains.",
                .class("reading", "muted"))
            div(.class("button-row", "offer")) {
                LinkButton("Choose companies", to: Route.accountsFromCompanies.link, .primary).html
                span(
                    unmatched.prefix(3).map(\.company.name).joined(separator: ", ") + (unmatchedCount > 3 ? " …" : ""),
                    .class("muted", "clip"), .dir("auto"))
            }
        }.html
    }
}
