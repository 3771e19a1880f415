package import Domain
package import Matching
package import Store

/// What matching needs to know of a workspace, read in the caller's transaction.
package struct MatchSetup: Sendable {
    package var accounts: [Account]
    package var settings: MatchSettings

    package init(_ workspace: ID<Workspace>, _ db: any Queries) throws {
        accounts = try AccountStore.all(workspace, db)
        settings = try MatchSettings.get(workspace, db)
    }

    /// Which domains prove nothing in a workspace, where nothing else of it is needed.
    package static func shared(_ workspace: ID<Workspace>, _ db: any Queries) throws -> SharedDomains {
        SharedDomains(excluded: Set(try MatchSettings.get(workspace, db).excludedDomains))
    }

    /// Which domains prove nothing here.
    package var shared: SharedDomains { SharedDomains(excluded: Set(settings.excludedDomains)) }

    /// - Parameter companies: all of the workspace, or none where only e-mail addresses are asked for.
    package func index(companies: some Sequence<Company> = [Company]()) -> MatchIndex {
        MatchIndex(
            accounts: accounts, excludedDomains: Set(settings.excludedDomains), externalIDField: settings.externalIDField,
            companies: companies)
    }
}
