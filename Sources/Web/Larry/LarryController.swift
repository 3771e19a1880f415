import Domain
import Foundation
import Hummingbird
import Larry
import Markup
import Store

/// Larry's page and the panel beside other pages: ask, read, change, judge, forget.
struct LarryController: Sendable {
    let site: Site

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        try await page(request, context, Form(urlEncoded: request.uri.query ?? ""))
    }

    private func page(
        _ request: Request, _ context: WebContext, _ form: Form, fault: String? = nil, typed: String? = nil
    ) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let asker = Larry.Asker(viewer)
        let glance = try await site.glance(context)
        let page = LarryPage(
            conversation: try await conversation(form, viewer, session, question: typed ?? form.trimmed("q") ?? "", fault: fault),
            history: try await site.larry.history(of: asker), csrf: session.csrf, standing: MirrorStanding(card: glance.card),
            mayConnect: viewer.role.can(.manageConnection))
        return try await PageMaker(site: site).page(
            page, request, context, status: fault == nil ? .ok : .unprocessableContent, glance: glance)
    }

    /// The panel's content. A thread that is gone meanwhile begins anew.
    func panel(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        var form = Form(urlEncoded: request.uri.query ?? "")
        do {
            return PageAnswer.bare(LarryPanel(conversation: try await conversation(form, viewer, session)).html)
        } catch let failure as Failure where failure.kind == .notFound {
            form = Form(items: form.items.filter { $0.name != "thread" })
            return PageAnswer.bare(LarryPanel(conversation: try await conversation(form, viewer, session)).html)
        }
    }

    private func conversation(
        _ form: Form, _ viewer: Viewer, _ session: Session, question: String = "", fault: String? = nil
    ) async throws -> LarryConversation {
        let asker = Larry.Asker(viewer)
        let thread = form.trimmed("thread")
        var turns: [Larry.KeptTurn] = []
        if let thread { turns = try await site.larry.turns(of: thread, by: asker) }
        let topic = form.trimmed("about").flatMap(Larry.Topic.init)
        return LarryConversation(
            thread: thread, turns: turns, topic: try await named(topic, viewer.workspace.id),
            openers: turns.isEmpty ? try await site.larry.openers(viewer.workspace.id) : [], question: question, fault: fault,
            choices: try await site.larry.choices(viewer.workspace.id), csrf: session.csrf, now: site.now)
    }

    /// What a page is about, by its name; nil for what is not there.
    private func named(_ topic: Larry.Topic?, _ workspace: ID<Workspace>) async throws -> LarryTopic? {
        do {
            switch topic {
            case .account(let id): return LarryTopic(.account(id), try await site.accounts.get(workspace, id).account.name)
            case .agent(let id):
                let name = try await site.larry.name(ofAgent: id, workspace)
                return name.map { LarryTopic(.agent(id), $0) }
            case .ticket(let id): return LarryTopic(.ticket(id), "ticket #\(id)")
            case nil: return nil
            }
        } catch let failure as Failure where failure.kind == .notFound {
            return nil
        }
    }

    func ask(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let asker = Larry.Asker(viewer)
        if AskEvents.isWanted(request) {
            let (larry, now) = (site.larry, site.now)
            return AskEvents(act: try LarryAct(context.form), larry: larry, asker: asker, now: now, logger: site.logger) { answer in
                LarryTurn(turn: try await larry.turn(answer.turn, by: asker), isLast: true, csrf: session.csrf, now: now).html
            }.response
        }
        do {
            let answer = try await LarryAct(context.form).answer(from: site.larry, by: asker, now: site.now)
            return PageAnswer.redirect(
                Route.larry.link(["thread": answer.threadID, "about": context.form.trimmed("about")], fragment: "turn-\(answer.turn)"))
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
        return PageAnswer.redirect(Route.larry.link(["thread": context.form.trimmed("thread")], fragment: "turn-\(turn)"))
    }

    func forget(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.look)
        try await site.larry.forget(context.form.trimmed("thread"), of: Larry.Asker(viewer))
        return PageAnswer.redirect(Route.larry.link, saying: Notice(.info, "Deleted."), site)
    }
}
