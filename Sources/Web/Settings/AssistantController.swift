import Domain
import Hummingbird
import Store

/// What of tickets the language model may read.
struct AssistantController: Sendable {
    let site: Site

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.look)
        let settings = try await site.workspaces.assistant(of: viewer.workspace.id)
        let page = AssistantPage(settings: settings, model: site.larry.modelName, role: viewer.role, csrf: session.csrf)
        return try await PageMaker(site: site).page(page, request, context)
    }

    func save(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageConnection)
        guard let notes = AssistantSettings.Notes(rawValue: context.form.text("notes")) else {
            throw Failure(.invalid, "Choose who may have internal notes in summaries.")
        }
        let isNew = try await site.workspaces.setNotes(viewer.workspace.id, to: notes, actor: viewer.displayName, now: site.realNow)
        guard isNew else { return PageAnswer.redirect(Route.assistant.link) }
        return PageAnswer.redirect(Route.assistant.link, saying: Notice(.positive, "Saved."), site)
    }
}
