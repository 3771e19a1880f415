import Domain
import Foundation

extension Route {
    /// A route as the router knows it: `{…}` stands for the parameter.
    package enum Pattern: String, CaseIterable, Sendable {
        case home = "/"
        case login = "/login"
        case logout = "/logout"
        case invite = "/invite/{token}"
        case switchWorkspace = "/workspaces/{id}/switch"

        case integrations = "/integrations"
        case freshdeskCard = "/integrations/freshdesk/card"
        case freshdeskConnect = "/integrations/freshdesk/connect"
        case freshdeskSync = "/integrations/freshdesk/sync"
        case freshdeskCancel = "/integrations/freshdesk/cancel"
        case freshdeskDisconnect = "/integrations/freshdesk/disconnect"
        case freshdeskSettings = "/integrations/freshdesk/settings"
        case freshdeskDelete = "/integrations/freshdesk/delete"
        case runs = "/integrations/freshdesk/runs"
        case run = "/integrations/freshdesk/runs/{id}"
        case runFailures = "/integrations/freshdesk/runs/{id}/failures"
        case webhookSetup = "/integrations/freshdesk/webhooks"
        case webhookDeliveries = "/integrations/freshdesk/webhooks/deliveries"
        case webhookRotate = "/integrations/freshdesk/webhooks/rotate"

        case tickets = "/tickets"
        case ticket = "/tickets/{id}"
        case accounts = "/accounts"
        case accountNew = "/accounts/new"
        case accountImport = "/accounts/import"
        case accountsFromCompanies = "/accounts/from-companies"
        case account = "/accounts/{id}"
        case accountEdit = "/accounts/{id}/edit"
        case accountDelete = "/accounts/{id}/delete"
        case accountMerge = "/accounts/{id}/merge"
        case accountUnmerge = "/accounts/{id}/unmerge"
        case orphans = "/accounts/from-domains"
        case agents = "/agents"
        case agent = "/agents/{id}"
        case matching = "/matching"
        case matchingBulk = "/matching/bulk"
        case matchingUndo = "/matching/undo"
        case matchingExport = "/matching/export"
        case matchingImport = "/matching/import"
        case matchingQuality = "/matching/quality"
        case matchingQualityExport = "/matching/quality/export"
        case matchingCompany = "/matching/{id}"
        case larry = "/larry"
        case larryPanel = "/larry/panel"
        case larryForget = "/larry/forget"
        case larryJudge = "/larry/judge"

        case settings = "/settings"
        case profile = "/settings/profile"
        case password = "/settings/password"
        case theme = "/settings/theme"
        case signOutEverywhere = "/settings/sign-out-everywhere"
        case workspace = "/settings/workspace"
        case zone = "/settings/workspace/zone"
        case assistant = "/settings/assistant"
        case members = "/settings/members"
        case memberRole = "/settings/members/{id}/role"
        case memberRemove = "/settings/members/{id}/remove"
        case memberInvite = "/settings/members/{id}/invite"
        case tokens = "/settings/tokens"
        case tokenRevoke = "/settings/tokens/{id}/revoke"
        case audit = "/settings/audit"
        case notifications = "/settings/notifications"
        case notificationsRemove = "/settings/notifications/remove"
        case notificationsTest = "/settings/notifications/test"
        case retention = "/settings/data"
        case matchingModel = "/settings/matching/model"
        case matchingSettings = "/settings/matching"

        case webhook = "/webhooks/freshdesk"
        case webhookKey = "/webhooks/freshdesk/{key}"
        case healthz = "/healthz"
        case readyz = "/readyz"
        case metrics = "/metrics"
        case asset = "/assets/{file}"

        package var hasParameter: Bool { rawValue.contains("{") }

        /// The path with its parameter in place, percent-encoded.
        func path(with parameter: String?) -> String {
            let pattern = rawValue
            guard let parameter, let open = pattern.utf8.firstIndex(of: UInt8(ascii: "{")),
                let close = pattern.utf8.firstIndex(of: UInt8(ascii: "}"))
            else { return pattern }
            return pattern[..<open] + parameter.encodedForPath + pattern[pattern.utf8.index(after: close)...]
        }

        /// The parameter of a path that fits, decoded; empty for a pattern without one; nil when the path does not fit.
        func parameter(in path: String) -> String? {
            guard let open = rawValue.firstIndex(of: "{"), let close = rawValue.firstIndex(of: "}") else {
                return path == rawValue ? "" : nil
            }
            let (before, after) = (rawValue[..<open], rawValue[rawValue.index(after: close)...])
            guard path.hasPrefix(before), path.hasSuffix(after), path.count > before.count + after.count else { return nil }
            let middle = path.dropFirst(before.count).dropLast(after.count)
            return middle.contains("/") ? nil : String(middle).removingPercentEncoding
        }
    }

    package var pattern: Pattern {
        switch self {
        case .home: .home
        case .login: .login
        case .logout: .logout
        case .invite: .invite
        case .switchWorkspace: .switchWorkspace
        case .integrations: .integrations
        case .freshdeskCard: .freshdeskCard
        case .freshdesk(.connect): .freshdeskConnect
        case .freshdesk(.sync): .freshdeskSync
        case .freshdesk(.cancel): .freshdeskCancel
        case .freshdesk(.disconnect): .freshdeskDisconnect
        case .freshdesk(.settings): .freshdeskSettings
        case .freshdesk(.delete): .freshdeskDelete
        case .runs: .runs
        case .run: .run
        case .runFailures: .runFailures
        case .webhookSetup: .webhookSetup
        case .webhookDeliveries: .webhookDeliveries
        case .webhookRotate: .webhookRotate
        case .tickets: .tickets
        case .ticket: .ticket
        case .accounts: .accounts
        case .accountNew: .accountNew
        case .accountImport: .accountImport
        case .accountsFromCompanies: .accountsFromCompanies
        case .account: .account
        case .accountEdit: .accountEdit
        case .accountDelete: .accountDelete
        case .accountMerge: .accountMerge
        case .accountUnmerge: .accountUnmerge
        case .orphans: .orphans
        case .agents: .agents
        case .agent: .agent
        case .matching: .matching
        case .matchingCompany: .matchingCompany
        case .matchingBulk: .matchingBulk
        case .matchingUndo: .matchingUndo
        case .matchingExport: .matchingExport
        case .matchingImport: .matchingImport
        case .matchingQuality: .matchingQuality
        case .matchingQualityExport: .matchingQualityExport
        case .larry: .larry
        case .larryPanel: .larryPanel
        case .larryForget: .larryForget
        case .larryJudge: .larryJudge
        case .settings: .settings
        case .profile: .profile
        case .password: .password
        case .theme: .theme
        case .signOutEverywhere: .signOutEverywhere
        case .workspace: .workspace
        case .zone: .zone
        case .assistant: .assistant
        case .members: .members
        case .memberRole: .memberRole
        case .memberRemove: .memberRemove
        case .memberInvite: .memberInvite
        case .tokens: .tokens
        case .tokenRevoke: .tokenRevoke
        case .audit: .audit
        case .notifications: .notifications
        case .notificationsRemove: .notificationsRemove
        case .notificationsTest: .notificationsTest
        case .retention: .retention
        case .matchingModel: .matchingModel
        case .matchingSettings: .matchingSettings
        case .webhook: .webhook
        case .webhookKey: .webhookKey
        case .healthz: .healthz
        case .readyz: .readyz
        case .metrics: .metrics
        case .asset: .asset
        }
    }

    /// What stands in the braces of the pattern.
    var parameter: String? {
        switch self {
        case .invite(let token): token
        case .webhookKey(let key): key
        case .asset(let file): file
        case .switchWorkspace(let id): id.description
        case .run(let id), .runFailures(let id): id.description
        case .ticket(let id): id.description
        case .account(let id), .accountEdit(let id), .accountDelete(let id), .accountMerge(let id), .accountUnmerge(let id):
            id.description
        case .agent(let id): id.description
        case .matchingCompany(let id): id.description
        case .memberRole(let id), .memberRemove(let id), .memberInvite(let id): id.description
        case .tokenRevoke(let id): String(id)
        default: nil
        }
    }

    /// The route of a pattern; nil when the parameter is not an id where one is needed.
    init?(_ pattern: Pattern, _ parameter: String) {
        func route<Subject>(_ make: (ID<Subject>) -> Route) -> Route? { ID<Subject>(parameter).map(make) }
        let route: Route? =
            switch pattern {
            case .home: .home
            case .login: .login
            case .logout: .logout
            case .invite: .invite(token: parameter)
            case .switchWorkspace: route(Route.switchWorkspace)
            case .integrations: .integrations
            case .freshdeskCard: .freshdeskCard
            case .freshdeskConnect: .freshdesk(.connect)
            case .freshdeskSync: .freshdesk(.sync)
            case .freshdeskCancel: .freshdesk(.cancel)
            case .freshdeskDisconnect: .freshdesk(.disconnect)
            case .freshdeskSettings: .freshdesk(.settings)
            case .freshdeskDelete: .freshdesk(.delete)
            case .runs: .runs
            case .run: route(Route.run)
            case .runFailures: route(Route.runFailures)
            case .webhookSetup: .webhookSetup
            case .webhookDeliveries: .webhookDeliveries
            case .webhookRotate: .webhookRotate
            case .tickets: .allTickets
            case .ticket: route(Route.ticket)
            case .accounts: .accounts
            case .accountNew: .accountNew
            case .accountImport: .accountImport
            case .accountsFromCompanies: .accountsFromCompanies
            case .account: route(Route.account)
            case .accountEdit: route(Route.accountEdit)
            case .accountDelete: route(Route.accountDelete)
            case .accountMerge: route(Route.accountMerge)
            case .accountUnmerge: route(Route.accountUnmerge)
            case .orphans: .orphans
            case .agents: .agents
            case .agent: route(Route.agent)
            case .matching: .matching
            case .matchingCompany: route(Route.matchingCompany)
            case .matchingBulk: .matchingBulk
            case .matchingUndo: .matchingUndo
            case .matchingExport: .matchingExport
            case .matchingImport: .matchingImport
            case .matchingQuality: .matchingQuality
            case .matchingQualityExport: .matchingQualityExport
            case .larry: .larry
            case .larryPanel: .larryPanel
            case .larryForget: .larryForget
            case .larryJudge: .larryJudge
            case .settings: .settings
            case .profile: .profile
            case .password: .password
            case .theme: .theme
            case .signOutEverywhere: .signOutEverywhere
            case .workspace: .workspace
            case .zone: .zone
            case .assistant: .assistant
            case .members: .members
            case .memberRole: route(Route.memberRole)
            case .memberRemove: route(Route.memberRemove)
            case .memberInvite: route(Route.memberInvite)
            case .tokens: .tokens
            case .tokenRevoke: Int64(parameter).flatMap { $0 > 0 ? .tokenRevoke($0) : nil }
            case .audit: .audit
            case .notifications: .notifications
            case .notificationsRemove: .notificationsRemove
            case .notificationsTest: .notificationsTest
            case .retention: .retention
            case .matchingModel: .matchingModel
            case .matchingSettings: .matchingSettings
            case .webhook: .webhook
            case .webhookKey: .webhookKey(parameter)
            case .healthz: .healthz
            case .readyz: .readyz
            case .metrics: .metrics
            case .asset: .asset(file: parameter)
            }
        guard let route else { return nil }
        self = route
    }
}
