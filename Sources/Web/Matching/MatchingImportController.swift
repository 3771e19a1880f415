import Domain
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Store
import Sync

/// The mapping as a CSV file, out and in: given, looked over, applied.
struct MatchingImportController: Sendable {
    let site: Site

    func export(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        let workspace = viewer.workspace.id
        let text = try await site.database.read { db in
            let keys = try AccountStore.all(workspace, db).compactMap { account in account.externalID.map { (account.id, $0) } }
            return MatchingCSV.text(
                try Self.all(MatchStore(db, workspace: workspace)), keys: Dictionary(keys) { first, _ in first })
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/csv; charset=utf-8", .contentDisposition: "attachment; filename=\"matching.csv\""],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    func form(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        return try await PageMaker(site: site).page(MatchingImportPage(csrf: session.csrf), request, context)
    }

    /// A file, or its text as `csv`; it is applied with `confirm=yes`, and only looked over without.
    func read(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        let form = context.form
        // Browsers write every line end of a text field as two bytes, which must not push a file over the limit on its second way.
        let bytes = form.files["file"]?.bytes ?? Array(form.text("csv").replacing("\r\n", with: "\n").utf8)
        let (workspace, actor, now) = (viewer.workspace.id, viewer.displayName, site.realNow)
        var page = MatchingImportPage(csrf: session.csrf)
        do {
            guard !bytes.allSatisfy({ $0 <= 0x20 }) else { throw Failure(.invalid, "Choose a file.") }
            guard bytes.count <= AccountCSV.longest else { throw Failure(.invalid, "The file is larger than 5 MB.") }
            guard form["confirm"] == "yes" else {
                page.preview = try await site.database.read { try Self.reading(bytes, workspace, $0) }
                page.csv = String(decoding: bytes, as: UTF8.self)
                return try await PageMaker(site: site).page(page, request, context)
            }
            let (reading, outcome) = try await site.database.write { db in
                let reading = try Self.reading(bytes, workspace, db)
                return (reading, try MatchDecisions.decide(reading.verdicts, in: workspace, by: actor, now: now, db))
            }
            return PageAnswer.redirect(Route.matching.link, saying: Self.notice(reading, outcome), site)
        } catch let failure as Failure where failure.kind == .invalid {
            page.fault = failure.message
            return try await PageMaker(site: site).page(page, request, context, status: .unprocessableContent)
        }
    }

    private static func reading(_ bytes: [UInt8], _ workspace: ID<Workspace>, _ db: any Queries) throws -> MatchingCSV.Reading {
        let standing = try all(MatchStore(db, workspace: workspace))
        return try MatchingCSV.read(
            bytes, accounts: AccountStore.all(workspace, db),
            standing: Dictionary(standing.map { ($0.company.id, $0) }) { first, _ in first })
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
