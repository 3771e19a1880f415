import Domain
import Foundation
import Markup

/// Accounts made from companies that belong to none: tick them, press the button.
///
/// The form posts `company=ID` once for every ticked box, or `all=yes` for every company there is.
struct AccountsFromCompaniesPage: ShellPage {
    /// Most tickets first.
    var companies: [CompanySummary]
    /// How many there are in all; the page lists the first ones.
    var total: Int
    var fault: String?
    var csrf: String

    var pageTitle: String { "From companies" }
    var section: Section? { .accounts }

    @HTMLBuilder var html: HTML {
        PageHeader(
            "Create accounts from companies", count: companies.isEmpty ? nil : total.counted("company", "companies"),
            lede: companies.isEmpty ? nil : "Each new account gets the company's name and domains, and its tickets stand beside it at once."
        ).html
        if let fault { Banner(.danger, fault).html }
        if companies.isEmpty {
            Card {
                EmptyState(.check, "Every company belongs to an account", "There is nothing to create here.") {
                    LinkButton("Go to accounts", to: Route.accounts.link).html
                }.html
            }.html
        } else {
            PostForm(.accountsFromCompanies, csrf: csrf, .class("stack")) {
                div(.class("button-row")) { buttons }
                list
                div(.class("button-row")) { buttons }
            }.html
        }
    }

    @HTMLBuilder private var buttons: HTML {
        Button("Create the ticked ones", .primary, busyText: "Creating").html
        Button(
            total == 1 ? "Create it" : "Create all \(total.grouped)", value: ("all", "yes"),
            question: total > 1 ? "Create \(total.counted("account")) from all companies that belong to none?" : nil,
            attributes: [.data("confirm-verb", "Create all")]
        ).html
        LinkButton("Not now", to: Route.accounts.link, .quiet).html
    }

    private var list: HTML {
        DataTable(
            "Companies without an account",
            columns: [.init("Create", .fit), .init("Company", .lead), .init("Domains"), .init("Tickets", .number, isNamedOnCards: true)],
            rows: companies.map(row),
            footer: total > companies.count
                ? div(.class("table-footer")) { "The first \(companies.count.grouped) of \(total.grouped), those with most tickets." }
                : .empty
        ).html
    }

    private func row(_ summary: CompanySummary) -> DataTable.Row {
        let company = summary.company
        let query = TicketQuery().with { $0.company = .init([.id(company.id)]) }
        return .init([
            label(.class("tick")) {
                input(.type("checkbox"), .name("company"), .value(company.id.description), .checked())
                span("Create an account from \(company.name)", .class("said"))
            },
            span(company.name, .class("clip"), .dir("auto")),
            company.domains.isEmpty
                ? span("No domain", .class("muted"))
                : span(company.domains.joined(separator: ", "), .class("cell-wide")),
            Figure(summary.tickets, to: query).html
        ])
    }
}
