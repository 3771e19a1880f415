package import AsyncHTTPClient
import Domain
package import Freshdesk
import Foundation
import Logging
package import Store

/// Makes clients for portals: the one place where a stored key is opened, and the one that keeps a budget per portal.
package actor PortalDirectory {
    /// `CLYNTO_FRESHDESK_URL`.
    package nonisolated let template: String
    private let http: HTTPClient
    private let vault: Vault
    private let connections: ConnectionStore
    private let requestClock: any RequestClock
    private var budgets: [BudgetKey: RequestBudget] = [:]

    private struct BudgetKey: Hashable {
        var baseURL: String
        var reservePercent: Int
    }

    package init(
        template: String = PortalAddress.defaultTemplate, http: HTTPClient, vault: Vault, connections: ConnectionStore,
        requestClock: any RequestClock = SystemRequestClock()
    ) {
        self.template = template
        self.http = http
        self.vault = vault
        self.connections = connections
        self.requestClock = requestClock
    }

    /// The portal that a person's words name; throws `invalid` with a sentence for what cannot be one.
    package nonisolated func address(typed: String) throws -> PortalAddress {
        do {
            return try PortalAddress(typed: typed, template: template)
        } catch {
            throw Failure(.invalid, code: "invalid_subdomain", error.message, fields: [.init("subdomain", error.message)])
        }
    }

    /// A client for checking a key that somebody has just typed: no patience, no repetition.
    func client(checking key: Secret, at portal: PortalAddress, logger: Logger) -> FreshdeskClient {
        var options = FreshdeskClient.Options()
        options.patience = Patience(maximumWait: .seconds(5))
        return FreshdeskClient(
            portal: portal, apiKey: key.reveal(), http: http,
            budget: budget(of: portal, reservePercent: Connection.defaultReservePercent), logger: logger, options: options)
    }

    /// The client of a connected portal; throws `conflict` when no key is stored.
    func client(for connection: Connection, patience: Patience, logger: Logger) async throws -> FreshdeskClient {
        guard let sealed = try await connections.sealedKey(connection.workspaceID) else {
            throw Failure(.conflict, code: "not_connected", "Freshdesk is not connected.")
        }
        let key = try vault.open(sealed, for: .freshdeskKey, workspace: connection.workspaceID)
        let portal = try address(typed: connection.subdomain)
        var options = FreshdeskClient.Options()
        options.patience = patience
        options.clock = requestClock
        return FreshdeskClient(
            portal: portal, apiKey: key.reveal(), http: http,
            budget: await budget(of: portal, connection), logger: logger, options: options)
    }

    /// What some process has found out about the portal's allowance is taken over.
    private func budget(of portal: PortalAddress, _ connection: Connection) async -> RequestBudget {
        let budget = budget(of: portal, reservePercent: connection.reservePercent)
        if let total = connection.rateTotal { await budget.recall(total: total, windowSeconds: connection.rateWindow) }
        return budget
    }

    private func budget(of portal: PortalAddress, reservePercent: Int) -> RequestBudget {
        let key = BudgetKey(baseURL: portal.baseURL, reservePercent: reservePercent)
        if let budget = budgets[key] { return budget }
        let budget = RequestBudget(reservePercent: reservePercent, clock: requestClock)
        budgets[key] = budget
        return budget
    }
}
