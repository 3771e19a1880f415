import Domain
import Foundation
import Hummingbird
import Larry
import Store

/// Larry's page: ask, read, judge, forget.
struct LarryController: Sendable {
    let site: Site

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try await page(request, context, Form(urlEncoded: request.uri.query ?? ""))
    }

    private func page(
        _ request: Request, _ context: WebContext, _ form: Form, fault: String? = nil, typed: String? = nil
    ) async throws -> Response {
        let viewer = try context.requireViewer()
        let session = try context.requireSession()
        try viewer.require(.look)
        let asker = Larry.Asker(viewer)
        let thread = form.trimmed("thread")
        var turns: [Larry.KeptTurn] = []
        if let thread { turns = try await site.larry.turns(of: thread, by: asker) }
        let glance = try await site.glance(viewer.workspace.id)
        let page = LarryPage(
            thread: thread, turns: turns, history: try await site.larry.history(of: asker),
            openers: turns.isEmpty ? try await site.larry.openers(viewer.workspace.id) : [], question: typed ?? form.trimmed("q") ?? "",
            fault: fault, csrf: session.csrf, standing: MirrorStanding(card: glance), mayConnect: viewer.role.can(.manageConnection),
            now: site.now)
        return try await PageMaker(site: site).page(
            page, request, context, status: fault == nil ? .ok : .unprocessableContent, glance: glance)
    }

    func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        do {
            let answer = try await site.larry.ask(
                context.form.text("question"), thread: context.form.trimmed("thread"), by: Larry.Asker(viewer), now: site.now)
            return PageAnswer.redirect(Route.larry.link(["thread": answer.threadID], fragment: "turn-\(answer.turn)"))
        } catch let failure as Failure where failure.kind == .invalid {
            return try await page(request, context, context.form, fault: failure.message, typed: context.form.text("question"))
        }
    }

    func judge(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        guard let turn = Int64(context.form.text("turn")) else { throw Failure(.notFound, "There is no such answer.") }
        try await site.larry.judge(
            turn, verdict: context.form.trimmed("verdict"), reason: context.form.trimmed("reason"), by: Larry.Asker(viewer))
        return PageAnswer.redirect(
            Route.larry.link(["thread": context.form.trimmed("thread")], fragment: "turn-\(turn)"),
            saying: Notice(.positive, "Thank you, that is noted."),
            site)
    }

    func forget(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        try await site.larry.forget(context.form.trimmed("thread"), of: Larry.Asker(viewer))
        return PageAnswer.redirect(Route.larry.link, saying: Notice(.info, "Deleted."), site)
    }
}
