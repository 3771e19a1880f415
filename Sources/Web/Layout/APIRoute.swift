import Foundation
package import Markup

/// Every address of the JSON API; `{id}` and `{company_id}` stand for the parameter.
package enum APIRoute: String, CaseIterable, Sendable {
    case card = "/api/v1/integrations/freshdesk"
    case connect = "/api/v1/integrations/freshdesk/connect"
    case preflight = "/api/v1/integrations/freshdesk/preflight"
    case sync = "/api/v1/integrations/freshdesk/sync"
    case cancel = "/api/v1/integrations/freshdesk/cancel"
    case disconnect = "/api/v1/integrations/freshdesk/disconnect"
    case syncedData = "/api/v1/integrations/freshdesk/data"
    case runs = "/api/v1/integrations/freshdesk/runs"
    case run = "/api/v1/integrations/freshdesk/runs/{id}"
    case events = "/api/v1/integrations/freshdesk/events"
    case tickets = "/api/v1/tickets"
    case ticket = "/api/v1/tickets/{id}"
    case conversations = "/api/v1/tickets/{id}/conversations"
    case companies = "/api/v1/companies"
    case contacts = "/api/v1/contacts"
    case agents = "/api/v1/agents"
    case groups = "/api/v1/groups"
    case satisfactionRatings = "/api/v1/satisfaction_ratings"
    case accounts = "/api/v1/accounts"
    case account = "/api/v1/accounts/{id}"
    case accountSupport = "/api/v1/accounts/{id}/support"
    case matches = "/api/v1/matches"
    case match = "/api/v1/matches/{company_id}"
    case larryAsk = "/api/v1/larry/ask"
    case audit = "/api/v1/audit"
    case openAPI = "/api/openapi.json"

    /// What every address of the versioned API begins with.
    package static let prefix = "/api/"

    /// The path for the router.
    package var pattern: String { rawValue }

    package var hasParameter: Bool { rawValue.contains("{") }

    /// The path with `id` in the place of its parameter.
    package func path(id: Int64? = nil) -> String {
        guard let id, let open = rawValue.firstIndex(of: "{"), let close = rawValue.firstIndex(of: "}") else { return rawValue }
        return rawValue.replacingCharacters(in: open...close, with: String(id))
    }

    package func link(id: Int64? = nil) -> Link { .path(path(id: id)) }
}
