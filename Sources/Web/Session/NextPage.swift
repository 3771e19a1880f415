import Markup

/// Where a visitor wanted to go before signing in.
enum NextPage {
    /// The link for an address of our own pages; nil for anything else, so that a sign-in cannot lead elsewhere.
    static func accepted(_ address: String?) -> Link? {
        guard let address, address.utf8.count <= 2_000, address.hasPrefix("/"), !address.hasPrefix("//"), !address.contains("\\"),
            let route = Route(path: address), route.isPage
        else { return nil }
        return .path(address)
    }
}

extension Route {
    /// Whether a GET of it shows a page of the workspace.
    var isPage: Bool {
        switch self {
        case .integrations, .runs, .run, .tickets, .ticket, .accounts, .accountNew, .accountImport, .accountsFromCompanies, .account,
            .accountEdit, .accountDelete, .agents, .agent, .matching, .matchingCompany, .matchingBulk, .matchingImport, .settings, .profile,
            .accountMerge, .orphans, .matchingSettings, .workspace, .members, .notifications, .assistant, .tokens, .audit, .larry,
            .freshdesk(.disconnect), .freshdesk(.delete), .freshdesk(.connect):
            true
        default: false
        }
    }
}
