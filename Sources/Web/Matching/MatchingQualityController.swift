import Domain
import HTTPTypes
import Hummingbird
import NIOCore
import Store
import Sync

/// How well matching works here: the page and the same as a file.
struct MatchingQualityController: Sendable {
    let site: Site

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let report = try await report(context)
        return try await PageMaker(site: site).page(report, request, context)
    }

    func export(_ request: Request, _ context: WebContext) async throws -> Response {
        let report = try await report(context)
        return Response(
            status: .ok,
            headers: [.contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"matching-quality.csv\""],
            body: ResponseBody(byteBuffer: ByteBuffer(string: MatchingQualityCSV.text(report))))
    }

    private func report(_ context: WebContext) async throws -> MatchingQualityPage {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let (workspace, now) = (viewer.workspace.id, site.realNow)
        return try await site.database.read { db in
            MatchingQualityPage(
                quality: try MatchStore(db, workspace: workspace).quality(), domains: try MatchDomains(workspace, db),
                today: Day(containing: now))
        }
    }
}

/// The figures of the page, one a row.
enum MatchingQualityCSV {
    static let columns = ["measure", "item", "companies", "tickets", "contacts", "accounts", "value"]

    static func text(_ page: MatchingQualityPage) -> String {
        let (quality, domains) = (page.quality, page.domains)
        var rows = [columns]
        func add(
            _ measure: String, _ item: String, companies: Int? = nil, tickets: Int? = nil, contacts: Int? = nil, accounts: Int? = nil,
            value: String = ""
        ) {
            rows.append([measure, item] + [companies, tickets, contacts, accounts].map { $0.map(String.init) ?? "" } + [value])
        }
        for share in quality.layers { add("layer", share.layer.rawValue, companies: share.companies, tickets: share.tickets) }
        for state in CompanyMatch.State.allCases { add("state", state.rawValue, companies: quality.states[state] ?? 0) }
        add("tickets", "all", tickets: quality.tickets)
        add("tickets", "without_account", tickets: quality.ticketsWithoutAccount)
        for doubt in quality.doubts { add("review", doubt.kind, companies: doubt.companies) }
        add("accounts", "all", accounts: quality.accounts)
        add("accounts", "without_company", accounts: quality.accountsWithoutCompany)
        add("overrides", "all", companies: quality.overridden, value: quality.overrideShare.map { "\($0)" } ?? "")
        for week in quality.weeks {
            let day = Day(containing: week.begins).description
            add("week_automatic", day, companies: week.automatic)
            add("week_overridden", day, companies: week.overridden)
        }
        for entry in domains.shared {
            add("shared_domain", entry.domain, companies: entry.companies, contacts: entry.contacts, accounts: entry.accounts)
        }
        for entry in domains.freeMail {
            add("free_mail_domain", entry.domain, companies: entry.companies, contacts: entry.contacts, accounts: entry.accounts)
        }
        return rows.map { $0.map(MatchingCSV.field).joined(separator: ",") + "\r\n" }.joined()
    }
}
