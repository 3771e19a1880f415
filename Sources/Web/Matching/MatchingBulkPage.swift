import Domain
import Markup
import Store
import Sync

/// Many companies accepted at once, seen beforehand.
struct MatchingBulkPage: ShellPage {
    static let standardPercent = 80
    static let percents = 55...98
    private static let choices = [60, 70, 80, 90]

    var percent: Int
    var proposals: [MatchDecisions.Proposal]
    var csrf: String

    var pageTitle: String { "Accept many" }
    var section: Section? { .accounts }
    var crumbs: [Crumb] { [Crumb("Matching", Route.matching.link)] }

    /// A proposal as the form sends it.
    static func pair(_ proposal: MatchDecisions.Proposal) -> String {
        "\(proposal.match.company.id):\(proposal.candidate.account.id)"
    }

    private var summary: String {
        let tickets = proposals.reduce(0) { $0 + $1.match.tickets }
        let accounts = Set(proposals.map(\.candidate.account.id)).count
        return
            "Attaches \(tickets.counted("ticket")) of \(proposals.count.counted("company", "companies")) to \(accounts.counted("account"))."
    }

    @HTMLBuilder var html: HTML {
        PageHeader("Accept many", lede: "The first candidate of each company, where it is clearly ahead of the others.").html
        Tabs(
            "How sure",
            Self.choices.map {
                Tabs.Tab("\($0) % and more", to: Route.matchingBulk.link(["least": String($0)]), isCurrent: $0 == percent)
            }
        ).html
        if proposals.isEmpty {
            Card { EmptyState(.list, "No company is that sure", "Ask for less certainty, or decide one by one.").html }.html
        } else {
            Banner(.info, summary).html
            PostForm(.matchingBulk, csrf: csrf, .class("stack")) {
                for proposal in proposals { HiddenField("pair", Self.pair(proposal)).html }
                list
                div(.class("button-row")) {
                    Button("Accept these \(proposals.count.grouped)", .primary, busyText: "Attaching").html
                    LinkButton("Not now", to: Route.matching.link, .quiet).html
                }
            }.html
        }
    }

    private var list: HTML {
        DataTable(
            "What would be attached",
            columns: [.init("Company", .lead), .init("Account"), .init("Certainty", .fit), .init("Tickets", .number, isNamedOnCards: true)],
            rows: proposals.map { proposal in
                DataTable.Row([
                    span(proposal.match.company.name, .class("clip"), .dir("auto"))
                        + span(proposal.candidate.evidence.joined(separator: ". "), .class("second"), .dir("auto")),
                    span(proposal.candidate.account.name, .class("clip"), .dir("auto")),
                    .text(DecisionWords.certainty(proposal.candidate.confidence)), .text(proposal.match.tickets.grouped)
                ])
            }
        ).html
    }
}
