import Domain
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Store
import Sync

/// The mapping as a CSV file, out and in.
struct MatchingImportController: Sendable {
    let site: Site

    func export(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let workspace = viewer.workspace.id
        let matches = try await site.database.read { try Self.all(MatchStore($0, workspace: workspace)) }
        return Response(
            status: .ok,
            headers: [.contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"matching.csv\""],
            body: ResponseBody(byteBuffer: ByteBuffer(string: MatchingCSV.text(matches))))
    }

    func form(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        return try await PageMaker(site: site).page(MatchingImportPage(csrf: session.csrf), request, context)
    }

    func read(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        let bytes = context.form.files["file"]?.bytes ?? []
        let (workspace, actor, now) = (viewer.workspace.id, viewer.displayName, site.realNow)
        do {
            guard !bytes.isEmpty else { throw Failure(.invalid, "Choose a file.") }
            guard bytes.count <= AccountCSV.longest else { throw Failure(.invalid, "The file is larger than 5 MB.") }
            let (reading, outcome) = try await site.database.write { db in
                let standing = try Self.all(MatchStore(db, workspace: workspace))
                let reading = try MatchingCSV.read(
                    bytes, accounts: AccountStore.all(workspace, db),
                    standing: Dictionary(standing.map { ($0.company.id, $0) }) { first, _ in first })
                let outcome = try MatchDecisions.decide(
                    reading.verdicts.map { ($0.company, $0.verdict) }, in: workspace, by: actor, now: now, db)
                return (reading, outcome)
            }
            return PageAnswer.redirect(Route.matching.link, saying: Self.notice(reading, outcome), site)
        } catch let failure as Failure where failure.kind == .invalid {
            let page = MatchingImportPage(fault: failure.message, csrf: session.csrf)
            return try await PageMaker(site: site).page(page, request, context, status: .unprocessableContent)
        }
    }

    private static func notice(_ reading: MatchingCSV.Reading, _ outcome: MatchDecisions.Outcome) -> Notice {
        var sentences = [
            "\(outcome.companies.counted("company", "companies")) decided, \(reading.unchanged.grouped) left as \(reading.unchanged == 1 ? "it is" : "they are")."
        ]
        if outcome.tickets > 0 { sentences.append("\(outcome.tickets.counted("ticket")) changed account.") }
        if !reading.faults.isEmpty {
            sentences.append("\(reading.faults.count.counted("row")) refused. \(reading.faults.prefix(3).joined(separator: " "))")
        }
        return Notice(reading.faults.isEmpty ? .positive : .warning, sentences.joined(separator: " "))
    }

    private static func all(_ store: MatchStore) throws -> [CompanyMatch] {
        var matches: [CompanyMatch] = []
        while true {
            let page = try store.reviewed(state: nil, after: matches.last?.company.id, limit: 1_000)
            matches += page.rows
            if page.next == nil { return matches }
        }
    }
}
