import Domain
import Hummingbird
import Markup
import Store

/// Accounts from a CSV file: given, looked over, saved.
struct AccountImportController: Sendable {
    let site: Site

    func form(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        return try await PageMaker(site: site).page(AccountImportPage(csrf: session.csrf), request, context)
    }

    func read(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        let form = context.form
        let file = form.files["file"].flatMap { $0.bytes.isEmpty ? nil : $0.bytes }
        // Browsers write every line end of a text field as two bytes, which must not push a file over the limit on its second way.
        let bytes = file ?? Array(form.text("csv").replacing("\r\n", with: "\n").utf8)
        var page = AccountImportPage(csrf: session.csrf)
        // A file that is no text cannot be sent back in a form; only what was pasted is.
        page.csv = file == nil ? form.text("csv") : ""
        do {
            guard !bytes.allSatisfy({ $0 <= 0x20 }) else { throw Failure(.invalid, "Choose a file, or paste its text.") }
            if form["confirm"] == "yes" { return try await apply(bytes, viewer) }
            page.preview = try await AccountImport.preview(bytes, in: viewer.workspace.id, site.database)
            page.csv = String(decoding: bytes, as: UTF8.self)
            return try await PageMaker(site: site).page(page, request, context)
        } catch let failure as Failure where failure.kind == .invalid {
            page.fault = failure.message
            return try await PageMaker(site: site).page(page, request, context, status: .unprocessableContent)
        }
    }

    private func apply(_ bytes: [UInt8], _ viewer: Viewer) async throws -> Response {
        let workspace = viewer.workspace.id
        let outcome = try await AccountImport.apply(
            bytes, to: workspace, actor: viewer.displayName, now: site.realNow, in: site.database)
        let plan = outcome.plan
        let parts = [
            (plan.created, "created"), (plan.updated, "updated"), (plan.unchanged, "unchanged"), (plan.failed, "left out because of errors")
        ]
        let done = parts.filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ")
        let moved = outcome.movedTickets
        let tickets = moved > 0 ? " \(moved.counted("ticket")) now \(moved == 1 ? "belongs" : "belong") to another account." : ""
        return PageAnswer.redirect(
            Route.accounts.link, saying: Notice(plan.failed > 0 ? .warning : .positive, "Imported: \(done).\(tickets)"), site)
    }
}
