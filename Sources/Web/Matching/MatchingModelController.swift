import Domain
import Hummingbird
import Larry
import Markup
import Store
import Sync

/// What a language model may do about companies in review.
struct MatchingModelController: Sendable {
    let site: Site

    func show(_ request: Request, _ context: WebContext) async throws -> Response {
        let (viewer, session) = (try context.requireViewer(), try context.requireSession())
        try viewer.require(.manageAccounts)
        let (workspace, now) = (viewer.workspace.id, site.realNow)
        let (use, spent) = try await site.database.read { db in
            let today = Day(containing: now).start
            return (
                try MatchModelStore.use(in: workspace, db), try MatchOpinionStore(db, workspace: workspace).spent(since: today)
            )
        }
        let page = MatchingModelPage(
            use: use, model: site.larry.modelName, companiesToday: spent.companies, tokensToday: spent.tokens, csrf: session.csrf)
        return try await PageMaker(site: site).page(page, request, context)
    }

    func save(_ request: Request, _ context: WebContext) async throws -> Response {
        let viewer = try context.requireViewer()
        try viewer.require(.manageAccounts)
        guard let use = context.form["use"].flatMap(MatchModelUse.init(rawValue:)) else {
            throw Failure(.invalid, "Choose what the language model may do.", fields: [.init("use", "Choose one.")])
        }
        let forgets = context.form["forget"] == "yes"
        let (workspace, actor, now) = (viewer.workspace.id, viewer.displayName, site.realNow)
        let moved = try await site.database.write { db in
            let old = try MatchModelStore.use(in: workspace, db)
            if forgets { try MatchOpinionStore(db, workspace: workspace).forget() }
            try MatchModelStore.set(use, in: workspace, db)
            guard forgets || old != use else { return 0 }
            try db.appendAudit(
                workspace, actor: actor, action: "matching.model", subject: "language model",
                detail: use.rawValue + (forgets ? ", earlier answers forgotten" : ""), now: now)
            return try AccountMatching.apply(workspace, db)
        }
        let tickets = moved > 0 ? " \(moved.counted("ticket")) changed account." : ""
        return PageAnswer.redirect(Route.matchingModel.link, saying: Notice(.positive, "Saved.\(tickets)"), site)
    }
}

/// `/settings/matching/model`
struct MatchingModelPage: ShellPage {
    var use: MatchModelUse
    /// The configured model; nil for none.
    var model: String?
    var companiesToday: Int
    var tokensToday: Int
    var csrf: String

    var pageTitle: String { "Language model in matching" }
    var section: Section? { .accounts }
    var crumbs: [Crumb] { [Crumb("Matching", Route.matching.link)] }

    @HTMLBuilder var html: HTML {
        PageHeader(
            pageTitle,
            lede:
                "Companies that the rules leave to you are shown to the model: the names and domains of the company and of at most five accounts, and what the rules found."
        ).html
        if model == nil {
            Banner(
                .info, heading: "No model is configured.",
                "Matching works by rules alone until CLYNTO_LLM_URL and CLYNTO_LLM_MODEL are set."
            ).html
        }
        Card("What it may do") {
            PostForm(.matchingModel, csrf: csrf, .class("stack", "form")) {
                SelectMenu(
                    "Language model", name: "use", choices: MatchModelUse.allCases.map { Choice($0.rawValue, Self.words($0)) },
                    chosen: use.rawValue,
                    hint: "Never against a person's decision, and never where evidence contradicts itself. Its reason is shown as its own."
                ).html
                label(.class("check")) {
                    input(.type("checkbox"), .name("forget"), .value("yes"))
                    span("Forget its earlier answers and ask again")
                }
                div(.class("button-row")) { Button("Save", .primary).html }
            }.html
        }.html
        Card("Today") {
            FactList([
                ("Model", span(model ?? "None", .dir("auto"))),
                ("Companies asked about", .text("\(companiesToday.grouped) of \(MatchAdvisor.Budget().companiesADay.grouped)")),
                ("Tokens", .text("\(tokensToday.grouped) of \(MatchAdvisor.Budget().tokensADay.grouped)"))
            ]).html
        }.html
    }

    private static func words(_ use: MatchModelUse) -> String {
        switch use {
        case .off: "Is not asked"
        case .suggest: "Suggests on the review desk"
        case .attach: "Suggests, and attaches where nothing contradicts it"
        }
    }
}
