import Domain
import Foundation
import Larry
import Markup
import Store

/// One account: its support load, its people, and what is known about it.
struct AccountPage: ShellPage {
    var account: Account
    var support: SupportSummary
    /// The latest tickets.
    var recent: [TicketSummary]
    var contacts: Page<ContactSummary>
    /// Companies of the portal that belong to the account, each with the reason.
    var companies: [CompanySummary]
    var standing: MirrorStanding
    /// Accounts that were merged into this one.
    var merges: [AccountMerging] = []
    var mayManage: Bool
    var csrf = ""
    /// What the address of each ticket in Freshdesk begins with, its id after it; nil while no portal is connected.
    var portal: String?
    var now: Date

    var pageTitle: String { account.name }
    var section: Section? { .accounts }
    var topic: LarryTopic? { LarryTopic(.account(account.id), account.name) }

    @HTMLBuilder var html: HTML {
        PageHeader(account.name, lede: account.domains.isEmpty ? nil : account.domains.joined(separator: " · ")) {
            if mayManage {
                LinkButton("Merge", to: Route.accountMerge(account.id).link).html
                LinkButton("Edit", to: Route.accountEdit(account.id).link).html
            }
        }.html
        if support.total > 0 {
            h2("Support", .id("support"))
            AccountSupportStrip(account: account.id, support: support, now: now).html
        }
        div(.class("sides")) {
            div(.class("stack")) {
                if support.total == 0 {
                    Card("Support") {
                        NoAccountTickets(account: account, hasCompanies: hasMatches, standing: standing, mayManage: mayManage).html
                    }.html
                } else {
                    AccountSupport(account: account.id, support: support, now: now).html
                }
            }
            aside(.class("stack"), .aria("label", "About the account")) {
                AccountFacts(account: account, now: now).html
                AccountCompanies(companies: companies, mayManage: mayManage).html
                if !merges.isEmpty { AccountMerges(account: account.id, merges: merges, mayManage: mayManage, csrf: csrf, now: now).html }
            }
        }
        if !recent.isEmpty { tickets }
        AccountContacts(contacts: contacts).html
    }

    private var hasMatches: Bool { !companies.isEmpty || !contacts.rows.isEmpty }

    private var tickets: HTML {
        let all = Route.tickets(.of(account.id)).link
        return Card("Recent tickets", isPadded: false, actions: a("All \(support.total.counted("ticket"))", .href(all))) {
            TicketsTable(
                caption: "Recent tickets of \(account.name)", rows: recent, list: .of(account.id), showsAccount: false, portal: portal,
                now: now
            ).html
        }.html
    }
}

/// Why an account has no tickets: the one reason that applies, and what to do about it.
struct NoAccountTickets {
    var account: Account
    var hasCompanies: Bool
    var standing: MirrorStanding
    var mayManage: Bool

    @HTMLBuilder var html: HTML {
        switch standing {
        case .notConnected:
            EmptyState(.integrations, "No portal is connected", "Tickets appear here once this workspace's Freshdesk portal is connected.")
            {
                LinkButton("Open integrations", to: Route.integrations.link).html
            }.html
        case .syncing, .notSynced:
            EmptyState(.sync, "Nothing is synced yet", "Tickets appear here when the first sync has read them.") {
                LinkButton("See its progress", to: Route.integrations.link).html
            }.html
        case .noTickets, .filled:
            if hasCompanies {
                EmptyState(
                    .tickets, "No tickets in the window",
                    "None of this account's tickets is unresolved, and none was updated in the days this workspace holds."
                ) {
                    LinkButton("See the window", to: Route.integrations.link).html
                }.html
            } else {
                EmptyState(
                    .accounts, "No company matches this account",
                    account.domains.isEmpty
                        ? "The account has no domain, so nothing of Freshdesk can be placed beside it."
                        : "No company or contact of Freshdesk has a domain of this account: "
                            + account.domains.prefix(3).joined(separator: ", ") + "."
                ) {
                    if mayManage {
                        LinkButton(
                            account.domains.isEmpty ? "Add a domain" : "Check its domains", to: Route.accountEdit(account.id).link, .primary
                        ).html
                    }
                }.html
            }
        }
    }
}
