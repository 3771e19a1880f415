import Domain
import Foundation
import Markup

/// What was typed about an account.
struct AccountFacts {
    var account: Account
    var now: Date

    var html: HTML {
        Card("About") {
            FactList(facts).html
        }.html
    }

    private var facts: [(name: String, value: HTML)] {
        let none = span("Not set", .class("muted"))
        var facts: [(name: String, value: HTML)] = [
            ("Owner", account.ownerEmail.map { MailAddress($0).html } ?? none), ("ARR", account.arr.map { .text(Money.text($0)) } ?? none),
            ("Renewal", account.renewalDate.map { Renewal(day: $0, now: now).html } ?? none),
            ("Domains", account.domains.isEmpty ? none : .text(account.domains.joined(separator: ", ")))
        ]
        if !account.aliases.isEmpty { facts.append(("Other names", span(account.aliases.joined(separator: ", "), .dir("auto")))) }
        if !account.tags.isEmpty {
            facts.append(("Tags", span(.class("chips")) { for tag in account.tags { Tag(tag).html } }))
        }
        facts.append(("External id", account.externalID.map { span($0, .class("mono")) } ?? none))
        if !account.furtherExternalIDs.isEmpty {
            facts.append(("Further ids", span(account.furtherExternalIDs.joined(separator: ", "), .class("mono"))))
        }
        facts.append(("Changed", RelativeTime(account.updatedAt, now: now).html))
        return facts
    }
}

/// Companies of the portal that belong to an account, each with why.
struct AccountCompanies {
    var companies: [CompanySummary]
    var mayManage: Bool

    var html: HTML {
        Card("Companies in Freshdesk") {
            if companies.isEmpty {
                p("No company of Freshdesk belongs to this account.", .class("muted"))
            } else {
                ul(.class("entries")) { for company in companies { li { entry(company) } } }
            }
        }.html
    }

    @HTMLBuilder private func entry(_ summary: CompanySummary) -> HTML {
        div(.class("line")) {
            strong(summary.company.name, .dir("auto"))
            a(
                summary.tickets.counted("ticket"), .class("push", "nowrap"),
                .href(Route.tickets(.init().with { $0.company = .init([.id(summary.company.id)]) }).link))
        }
        if !summary.company.domains.isEmpty { span(summary.company.domains.joined(separator: ", "), .class("fact-more")) }
        if let match = summary.account { MatchReason(match, id: "why-\(summary.company.id)").html }
        if mayManage { a("Change", .class("fact-more"), .href(Route.matchingCompany(summary.company.id).link)) }
    }
}

/// The people of an account who wrote to support.
struct AccountContacts {
    var contacts: Page<ContactSummary>

    var html: HTML {
        Card("Contacts", isPadded: contacts.rows.isEmpty, actions: count) {
            if contacts.rows.isEmpty {
                p("No contact of Freshdesk belongs to this account.", .class("muted"))
            } else {
                DataTable(
                    "Contacts",
                    columns: [
                        .init("Name", .lead), .init("E-mail"), .init("Company", isWideOnly: true, isNarrowHidden: true),
                        .init("Tickets", .fit)
                    ],
                    rows: contacts.rows.map(row), isCompact: true, footer: footer
                ).html
            }
        }.html
    }

    private var count: HTML { contacts.total.count == 0 ? .empty : span(contacts.total.text, .class("muted")) }

    private var footer: HTML {
        let more = contacts.total.count - contacts.rows.count
        return more > 0 ? div(.class("table-footer")) { "\(more.counted("more contact"))" } : .empty
    }

    private func row(_ summary: ContactSummary) -> DataTable.Row {
        let contact = summary.contact
        return .init([
            span(contact.name.nilIfEmpty ?? contact.email ?? "#\(contact.id)", .class("clip"), .dir("auto")),
            span(contact.email ?? "", .class("cell-wide")), span(summary.company?.name ?? "", .class("cell-name"), .dir("auto")),
            a(
                "Tickets", .href(Route.tickets(.init().with { $0.requester = .init([.id(contact.id)]) }).link),
                .aria("label", "Tickets of \(contact.name)"))
        ])
    }
}
