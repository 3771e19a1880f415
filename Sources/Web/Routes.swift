package import Domain
package import Markup
import Foundation

/// Every page and form address of the site. Links are made from it, the router takes its patterns, tests read it back.
package enum Route: Equatable, Sendable {
    case home
    case login, logout
    case invite(token: String)
    case switchWorkspace(ID<Workspace>)

    case integrations
    /// The Freshdesk card alone, as a fragment for live updates.
    case freshdeskCard
    case freshdesk(FreshdeskAct)
    case runs
    case run(ID<SyncRun>)
    /// What a person decides about records a run could not read.
    case runFailures(ID<SyncRun>)
    /// How to set webhooks up, and the last deliveries.
    case webhookSetup, webhookDeliveries, webhookRotate

    case tickets(TicketQuery)
    case ticket(ID<Ticket>)

    case accounts
    case accountNew
    case accountImport
    /// Accounts made from companies that match none.
    case accountsFromCompanies
    case account(ID<Account>)
    case accountEdit(ID<Account>)
    case accountDelete(ID<Account>)
    /// Another account becomes a part of this one; and is taken out again.
    case accountMerge(ID<Account>), accountUnmerge(ID<Account>)
    /// What waits without an account, by e-mail domain; POST makes accounts of domains.
    case orphans

    case agents
    case agent(ID<Agent>)
    case matching
    /// One company on the review desk; POST decides about it.
    case matchingCompany(ID<Company>)
    case matchingBulk
    /// Takes back what one act decided.
    case matchingUndo
    case matchingExport, matchingImport
    /// How well matching works, as a page and as a file.
    case matchingQuality, matchingQualityExport
    case larry
    /// Larry beside a page: its thread and its box, as a fragment.
    case larryPanel
    case larryForget
    case larryJudge

    case settings
    case profile
    case password
    case theme
    case signOutEverywhere
    case workspace
    case zone
    case assistant
    case members
    case memberRole(ID<Person>)
    case memberRemove(ID<Person>)
    /// A new one-time link for a member who has no password yet.
    case memberInvite(ID<Person>)
    case tokens
    case tokenRevoke(Int64)
    case audit
    case notifications, notificationsRemove, notificationsTest
    case retention
    /// What a language model may do about companies in review.
    case matchingModel
    case matchingSettings

    case webhook
    case webhookKey(String)
    case healthz, readyz, metrics
    case asset(file: String)

    /// What the forms of the Freshdesk card do. `disconnect` and `delete` answer GET with a confirmation page.
    package enum FreshdeskAct: String, CaseIterable, Sendable {
        case connect, sync, cancel, disconnect, settings, delete
    }

    /// The Tickets page without filters.
    package static let allTickets = Route.tickets(TicketQuery())
}

extension Route {
    /// The path as links carry it, percent-encoded; with the query for `tickets`.
    package var path: String {
        if case .tickets(let query) = self {
            let text = query.queryString
            return text.isEmpty ? pattern.rawValue : pattern.rawValue + "?" + text
        }
        return pattern.path(with: parameter)
    }

    package var link: Link { .path(path) }

    /// The link with further parameters; those that are nil or empty are left out.
    package func link(_ items: KeyValuePairs<String, String?>, fragment: String? = nil) -> Link {
        let query = items.compactMap { name, value in
            value.flatMap(\.nilIfEmpty).map { name + "=" + $0.encodedForQuery }
        }.joined(separator: "&")
        let separator = path.contains("?") ? "&" : "?"
        return .path(path + (query.isEmpty ? "" : separator + query) + (fragment.map { "#" + $0 } ?? ""))
    }

    /// The page at a path of our own, without its query; nil when there is none.
    ///
    /// A sign-in's `next` is accepted only if it reads as one, so that it cannot lead elsewhere.
    package init?(path: String) {
        let path = String(path.prefix { $0 != "?" && $0 != "#" })
        // Fixed paths first: `/accounts/new` is not an account.
        let patterns = Pattern.allCases.filter { !$0.hasParameter } + Pattern.allCases.filter(\.hasParameter)
        for pattern in patterns {
            guard let parameter = pattern.parameter(in: path) else { continue }
            guard let route = Route(pattern, parameter) else { continue }
            self = route
            return
        }
        return nil
    }
}
