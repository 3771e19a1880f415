import Domain
import HTTPTypes
package import Hummingbird

/// Every address of the product on one page, and what each request passes on its way there.
///
/// - Parameter constantPage: bytes of `ConstantPage`, which is there only when they are given.
package func makeRouter(site: Site, constantPage: Int? = nil) -> Router<WebContext> {
    let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
    let metrics = Metrics()
    router.add(middleware: ClientAddress(publicURL: site.publicURL))
    router.add(middleware: RequestLog(site: site))
    router.add(middleware: RequestMetrics(metrics: metrics))
    router.add(middleware: SecurityHeaders(isHTTPS: site.isHTTPS))
    router.add(middleware: ErrorAnswers(site: site))
    router.add(middleware: FirstWorkspace(site: site))
    router.add(middleware: Authentication(site: site))
    router.add(middleware: ErrorAnswers(site: site))

    // For everybody.
    let open = router.group()
    HealthController(site: site, metrics: metrics).addRoutes(to: open)
    WebhookController(site: site).addRoutes(to: open)
    open.get(.asset, AssetController().show)
    open.get("/favicon.ico", use: AssetController().icon)

    let arrival = router.group().add(middleware: FormReading(site: site, token: .cookie, limit: FormReading.typed))
    let login = LoginController(site: site)
    let invitation = InvitationController(site: site)
    arrival.get(.login, login.form)
    arrival.post(.login, login.signIn)
    arrival.get(.invite, invitation.form)
    arrival.post(.invite, invitation.accept)

    // For programs: each endpoint says whose it is.
    APIController(site: site).addRoutes(to: router.group().add(middleware: APIForgery(site: site)))

    // For people without a workspace, too.
    let signedIn = router.group()
        .add(middleware: PeopleOnly(site: site))
        .add(middleware: FormReading(site: site, token: .session, limit: FormReading.typed))
    signedIn.post(.logout, login.signOut)

    // For viewers.
    let pages = signedIn.group().add(middleware: ViewersOnly(site: site))
    pages.get(.home) { _, _ in PageAnswer.redirect(Route.allTickets.link) }
    pages.post(.switchWorkspace, login.switchWorkspace)

    let integrations = IntegrationsController(site: site)
    pages.get(.integrations, integrations.show)
    pages.get(.freshdeskCard, integrations.card)
    pages.get(.freshdeskConnect) { _, _ in PageAnswer.redirect(Route.integrations.link) }
    pages.post(.freshdeskConnect, integrations.connect)
    pages.post(.freshdeskSync, integrations.sync)
    pages.post(.freshdeskCancel, integrations.cancel)
    pages.get(.freshdeskDisconnect, integrations.disconnectForm)
    pages.post(.freshdeskDisconnect, integrations.disconnect)
    pages.post(.freshdeskSettings, integrations.settings)
    pages.get(.freshdeskDelete, integrations.deleteForm)
    pages.post(.freshdeskDelete, integrations.delete)

    let runs = RunsController(site: site)
    pages.get(.runs, runs.list)
    pages.get(.run, runs.show)
    pages.post(.runFailures, runs.decide)

    let webhooks = WebhookSetupController(site: site)
    pages.get(.webhookSetup, webhooks.show)
    pages.get(.webhookDeliveries, webhooks.deliveries)
    pages.post(.webhookRotate, webhooks.rotate)

    pages.get(.tickets, TicketsController(site: site).list)
    pages.get(.ticket, TicketController(site: site).show)

    let accounts = AccountsController(site: site)
    let accountEdit = AccountEditController(site: site)
    let fromCompanies = AccountsFromCompaniesController(site: site)
    pages.get(.accounts, accounts.list)
    pages.get(.accountNew, accountEdit.newForm)
    pages.post(.accountNew, accountEdit.create)
    pages.get(.accountsFromCompanies, fromCompanies.form)
    pages.post(.accountsFromCompanies, fromCompanies.create)
    pages.get(.account, accounts.show)
    pages.get(.accountEdit, accountEdit.editForm)
    pages.post(.accountEdit, accountEdit.update)
    pages.get(.accountDelete, accountEdit.deleteForm)
    pages.post(.accountDelete, accountEdit.delete)
    let merging = AccountMergeController(site: site)
    pages.get(.accountMerge, merging.show)
    pages.post(.accountMerge, merging.merge)
    pages.post(.accountUnmerge, merging.undo)
    let orphans = OrphansController(site: site)
    pages.get(.orphans, orphans.show)
    pages.post(.orphans, orphans.decide)

    let uploads = router.group()
        .add(middleware: PeopleOnly(site: site))
        .add(middleware: FormReading(site: site, token: .session, limit: FormReading.upload))
        .add(middleware: ViewersOnly(site: site))
    let accountImport = AccountImportController(site: site)
    uploads.get(.accountImport, accountImport.form)
    uploads.post(.accountImport, accountImport.read)

    let matching = MatchingController(site: site)
    let matchingImport = MatchingImportController(site: site)
    pages.get(.matching, matching.desk)
    pages.get(.matchingBulk, matching.bulkPreview)
    pages.post(.matchingBulk, matching.bulkAccept)
    pages.post(.matchingUndo, matching.undo)
    pages.get(.matchingExport, matchingImport.export)
    let quality = MatchingQualityController(site: site)
    pages.get(.matchingQuality, quality.show)
    pages.get(.matchingQualityExport, quality.export)
    let matchingModel = MatchingModelController(site: site)
    pages.get(.matchingModel, matchingModel.show)
    pages.post(.matchingModel, matchingModel.save)
    uploads.get(.matchingImport, matchingImport.form)
    uploads.post(.matchingImport, matchingImport.read)
    pages.get(.matchingCompany, matching.company)
    pages.post(.matchingCompany, matching.decide)

    let agents = AgentsController(site: site)
    pages.get(.agents, agents.list)
    pages.get(.agent, agents.show)

    let larry = LarryController(site: site)
    pages.get(.larry, larry.show)
    pages.get(.larryPanel, larry.panel)
    pages.post(.larry, larry.ask)
    pages.post(.larryForget, larry.forget)
    pages.post(.larryJudge, larry.judge)

    let profile = ProfileController(site: site)
    let workspace = WorkspaceController(site: site)
    let members = MembersController(site: site)
    let tokens = TokensController(site: site)
    pages.get(.settings) { _, _ in PageAnswer.redirect(Route.profile.link) }
    pages.get(.profile, profile.show)
    pages.post(.password, profile.changePassword)
    pages.post(.theme, profile.setTheme)
    pages.post(.signOutEverywhere, profile.signOutEverywhere)
    pages.get(.workspace, workspace.show)
    pages.post(.workspace, workspace.rename)
    pages.post(.zone, workspace.setZone)
    let assistant = AssistantController(site: site)
    pages.get(.assistant, assistant.show)
    pages.post(.assistant, assistant.save)
    pages.get(.audit, workspace.audit)
    let notifications = NotificationsController(site: site)
    pages.get(.notifications, notifications.show)
    pages.post(.notifications, notifications.save)
    pages.post(.notificationsRemove, notifications.remove)
    pages.post(.notificationsTest, notifications.test)
    let retention = RetentionController(site: site)
    pages.get(.retention, retention.show)
    pages.post(.retention, retention.save)
    let matchingSettings = MatchingSettingsController(site: site)
    pages.get(.matchingSettings, matchingSettings.show)
    pages.post(.matchingSettings, matchingSettings.save)
    pages.get(.members, members.list)
    pages.post(.members, members.add)
    pages.post(.memberRole, members.setRole)
    pages.post(.memberRemove, members.remove)
    pages.post(.memberInvite, members.invite)
    pages.get(.tokens, tokens.list)
    pages.post(.tokens, tokens.create)
    pages.post(.tokenRevoke, tokens.revoke)

    if let constantPage { pages.get(RouterPath(ConstantPage.path), use: ConstantPage(size: constantPage).show) }

    router.refuseOtherMethods()
    return router
}

private typealias Handler = @Sendable (Request, WebContext) async throws -> Response

extension RouterGroup<WebContext> {
    fileprivate func get(_ pattern: Route.Pattern, _ handler: @escaping Handler) {
        on(RouterPath(pattern.rawValue), method: .get, use: handler)
    }

    fileprivate func post(_ pattern: Route.Pattern, _ handler: @escaping Handler) {
        on(RouterPath(pattern.rawValue), method: .post, use: handler)
    }
}

extension Router<WebContext> {
    /// A known address asked in a way it does not take says which ways it does; without this it would seem not to exist.
    fileprivate func refuseOtherMethods() {
        let all: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
        let known = Dictionary(grouping: routes, by: \.path.description)
        for descriptions in known.values {
            guard let path = descriptions.first?.path else { continue }
            var methods = descriptions.map(\.method)
            if methods.contains(.get), !methods.contains(.head) { methods.append(.head) }
            let allowed = all.filter(methods.contains).map(\.rawValue).joined(separator: ", ")
            for method in all where !methods.contains(method) {
                on(path, method: method) { _, _ -> Response in throw HTTPError(.methodNotAllowed, headers: [.allow: allowed]) }
            }
        }
    }
}
