import Domain
import Foundation
import Markup
import Matching

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
            domains(of: company),
            Figure(summary.tickets, to: query).html
        ])
    }

    /// Domains that many share prove nothing, so that matching leaves them out; a person should see that beforehand.
    @HTMLBuilder private func domains(of company: Company) -> HTML {
        if company.domains.isEmpty {
            span("No domain", .class("muted"))
        } else {
            let text = company.domains.joined(separator: ", ")
            let unused = company.domains.compactMap { DomainName(cleaning: $0) }.compactMap { Self.shared.reason(for: $0) }
            span(text, .class("cell-wide"), .title(text))
            if let reason = unused.first { span("\(Self.words(reason)), not used for matching", .class("second")) }
        }
    }

    private static let shared = SharedDomains()

    private static func words(_ reason: SharedDomains.Reason) -> String {
        switch reason {
        case .freeMail: "Free mail domain"
        case .disposableMail: "Disposable mail domain"
        case .publicSuffix, .platform: "Shared domain"
        case .excluded: "Excluded domain"
        }
    }
}
