import Domain
import Foundation
import Markup
import Matching
import Store
import Sync

/// `/matching/quality`: what matching attaches, what it leaves to people, and how often people disagree.
struct MatchingQualityPage: ShellPage {
    var quality: MatchQuality
    var domains: MatchDomains
    /// For the age of the tables.
    var today: Day

    var pageTitle: String { "Match quality" }
    var section: Section? { .accounts }
    var crumbs: [Crumb] { [Crumb("Matching", Route.matching.link)] }

    @HTMLBuilder var html: HTML {
        PageHeader(pageTitle, lede: "What the rules attach, what they leave to you, and how often you disagree.") {
            LinkButton("Download CSV", to: Route.matchingQualityExport.link).html
            LinkButton("Language model", to: Route.matchingModel.link).html
        }.html
        Card("At a glance") { FactList(glance).html }.html
        Card("By rule", isPadded: false) { layers }.html
        Card("Waiting for a person", isPadded: quality.doubts.isEmpty) { doubts }.html
        Card("Overridden", isPadded: quality.weeks.isEmpty) { weeks }.html
        Card("Domains of several companies or accounts", isPadded: domains.shared.isEmpty) {
            table(
                domains.shared, domains.sharedCount, "Each decides only together with a name.",
                none: "No domain belongs to more than one company or account.")
        }.html
        Card("Free and disposable mail", isPadded: domains.freeMail.isEmpty) {
            table(
                domains.freeMail, domains.freeMailCount, "None of these decides anything.",
                none: "Nobody has an address at a free mail domain.")
        }.html
        Card("Accounts without a company") { lonely }.html
        Card("Tables") { FactList(tables).html }.html
    }

    // MARK: Figures

    private var glance: [(name: String, value: HTML)] {
        let matched = quality.states[.matched] ?? 0
        let attached = quality.tickets - quality.ticketsWithoutAccount
        return [
            ("Companies matched", .text(Self.share(matched, of: quality.companies))),
            ("Tickets with an account", .text(Self.share(attached, of: quality.tickets))),
            ("In review", a((quality.states[.review] ?? 0).grouped, .href(Route.matching.link))),
            (
                "Tickets without an account",
                a(
                    quality.ticketsWithoutAccount.grouped,
                    .href(Route.tickets(TicketQuery().with { $0.account = .init([.none]) }).link))
            ),
            ("Overridden", .text(quality.overrideShare.map { Self.percent($0) } ?? "–"))
        ]
    }

    private var layers: HTML {
        DataTable(
            "Companies and tickets by the rule that attached them",
            columns: [
                .init("Rule", .lead), .init("Companies", .number, isNamedOnCards: true), .init("Share", .number),
                .init("Tickets", .number, isNamedOnCards: true), .init("Share", .number)
            ],
            rows: quality.layers.map { share in
                DataTable.Row([
                    .text(share.layer.label), .text(share.companies.grouped), .text(Self.portion(share.companies, of: quality.companies)),
                    .text(share.tickets.grouped), .text(Self.portion(share.tickets, of: quality.tickets))
                ])
            }
        ).html
    }

    @HTMLBuilder private var doubts: HTML {
        if quality.doubts.isEmpty {
            p("Nothing waits for review.", .class("muted"))
        } else {
            DataTable(
                "Companies in review by reason", columns: [.init("Reason", .lead), .init("Companies", .number), .init("Conflict", .fit)],
                rows: quality.doubts.map { doubt in
                    let kind = Ambiguity.Kind(rawValue: doubt.kind)
                    return DataTable.Row([
                        .text(kind?.words ?? "Not looked at since the last update"), .text(doubt.companies.grouped),
                        .text(kind?.isHard == true ? "Yes" : "No")
                    ])
                }
            ).html
        }
    }

    @HTMLBuilder private var weeks: HTML {
        if quality.weeks.isEmpty {
            p("Nothing has been attached since this is counted.", .class("muted"))
        } else {
            DataTable(
                "Companies attached by rules and taken away by people, by week",
                columns: [
                    .init("Week of", .lead), .init("Attached by rules", .number, isNamedOnCards: true),
                    .init("Overridden", .number, isNamedOnCards: true)
                ],
                rows: quality.weeks.map { week in
                    DataTable.Row([
                        .text(Day(containing: week.begins).description), .text(week.automatic.grouped), .text(week.overridden.grouped)
                    ])
                },
                footer: div(.class("table-footer")) {
                    "\(quality.overridden.counted("company", "companies")) overridden; the rules hold \(quality.automatic.grouped) attached."
                }
            ).html
        }
    }

    @HTMLBuilder private func table(_ entries: [MatchDomains.Entry], _ count: Int, _ text: String, none: String) -> HTML {
        if entries.isEmpty {
            p(none, .class("muted"))
        } else {
            DataTable(
                text,
                columns: [
                    .init("Domain", .lead), .init("Companies", .number, isNamedOnCards: true),
                    .init("Contacts", .number, isNamedOnCards: true),
                    .init("Accounts", .number, isNamedOnCards: true)
                ],
                rows: entries.map { entry in
                    DataTable.Row([
                        span(entry.domain, .class("clip"), .dir("auto")), .text(entry.companies.grouped), .text(entry.contacts.grouped),
                        .text(entry.accounts.grouped)
                    ])
                }, isCompact: true,
                footer: div(.class("table-footer")) {
                    count > entries.count ? "\(text) The first \(entries.count) of \(count.grouped)." : text
                }
            ).html
        }
    }

    @HTMLBuilder private var lonely: HTML {
        if quality.accountsWithoutCompany == 0 {
            p(quality.accounts == 0 ? "There is no account yet." : "Every account has a company of Freshdesk.", .class("muted"))
        } else {
            p("\(Self.share(quality.accountsWithoutCompany, of: quality.accounts)) of the accounts have no company of Freshdesk.")
            ul(.class("bullets")) {
                for account in quality.someWithoutCompany { li { a(account.name, .href(Route.account(account.id).link), .dir("auto")) } }
            }
        }
    }

    private var tables: [(name: String, value: HTML)] {
        MatchingTables.ages(on: today).map { age -> (name: String, value: HTML) in
            let name = String(age.name.prefix(1)).uppercased() + String(age.name.dropFirst())
            return (name, HTML.text("\(age.dated), \(age.days.counted("day")) old"))
        }
    }

    // MARK: Words

    /// `12 of 40, 30 %`
    private static func share(_ part: Int, of whole: Int) -> String {
        whole == 0 ? "0" : "\(part.grouped) of \(whole.grouped), \(portion(part, of: whole))"
    }

    private static func portion(_ part: Int, of whole: Int) -> String { whole == 0 ? "–" : percent(Double(part) / Double(whole)) }

    private static func percent(_ share: Double) -> String { MatchReason.percent(share) }
}

extension Ambiguity.Kind {
    /// The kind of doubt in a few words.
    var words: String {
        switch self {
        case .conflict: "Domain and name lead to different accounts"
        case .duplicateAccounts: "Accounts that look like duplicates"
        case .severalAccounts: "The domains lead to several accounts"
        case .siblingDomains: "Only another sub-domain is an account's"
        case .crowdedDomain: "Unrelated companies share the domain"
        case .lookAlikeDomain: "The domain looks like an account's"
        case .ambiguousName: "Several accounts have the name"
        case .domainsDiffer: "The names agree, the domains do not"
        case .similarName: "The name is similar, and not enough to decide"
        }
    }
}
