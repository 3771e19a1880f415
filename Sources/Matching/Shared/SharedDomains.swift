import Domain

/// Which domains are no proof of who somebody is, because many firms and people have a place on them.
///
/// A shared domain never attaches anything by itself, on the account's side or on the company's.
package struct SharedDomains: Sendable {
    /// Why a domain counts for nobody.
    package enum Reason: String, Sendable, CaseIterable {
        case publicSuffix = "public_suffix"
        case freeMail = "free_mail"
        case disposableMail = "disposable_mail"
        case platform
        case excluded
    }

    /// What a domain proves.
    enum Standing: Equatable {
        /// The registrable domain is one firm's.
        case own
        /// A customer's place on a platform: the host counts, as itself alone.
        case tenant
        case shared(Reason)
    }

    /// The tables that say so.
    static var tables: [DomainTable] { [.freeMail, .disposable, .tenantPlatforms, .pathPlatforms] }

    /// The days of the oldest table on `day`.
    static func age(on day: Day) -> Int { tables.map { $0.age(on: day) }.max() ?? 0 }

    /// What of a company's domains is its own: registrable domains, and hosts on platforms.
    package func owned(_ domains: [String]) -> Set<String> {
        Set(domains.flatMap { DomainReading.readings(of: $0, shared: self) }.compactMap(\.key).map { $0.registrable ?? $0.site })
    }

    /// The workspace's own list, cleaned.
    private let excluded: DomainTable

    /// - Parameter excluded: domains the workspace wants ignored, as typed; with one go all its sub-domains.
    package init(excluded: Set<String> = []) {
        let hosts = excluded.flatMap { DomainName.all(in: $0) }.map(\.site)
        self.excluded = DomainTable(Set(hosts))
    }

    /// Whether the domain alone never decides.
    package func isShared(_ domain: DomainName) -> Bool { reason(for: domain) != nil }

    /// Why the domain alone never decides; nil when it does.
    package func reason(for domain: DomainName) -> Reason? {
        guard case .shared(let reason) = standing(of: domain) else { return nil }
        return reason
    }

    func standing(of domain: DomainName) -> Standing {
        if excluded.entry(above: domain.host) != nil { return .shared(.excluded) }
        guard let registrable = domain.registrable else { return .shared(.publicSuffix) }
        if DomainTable.freeMail.entry(above: domain.host) != nil { return .shared(.freeMail) }
        if DomainTable.disposable.entry(above: domain.host) != nil { return .shared(.disposableMail) }
        if DomainTable.pathPlatforms.entry(above: domain.host) != nil { return .shared(.platform) }
        guard let platform = DomainTable.tenantPlatforms.entry(above: domain.host) else { return .own }
        // Where the public suffix list knows the platform, the registrable domain already is the customer's own.
        if registrable.count > platform.count { return .own }
        // One label below the platform, or more: `acme.zendesk.com`. The platform's own services are nobody's.
        let tenant = domain.host.dropLast(platform.count + 1)
        return tenant.isEmpty || DomainTable.platformServices.contains(String(tenant)) ? .shared(.platform) : .tenant
    }
}

extension SharedDomains.Reason {
    /// A sentence without a full stop, such as "gmail.com is a free mail domain that anyone can have an address at".
    package func sentence(_ domain: DomainName) -> String {
        let shown = domain.shown.clipped
        return switch self {
        case .publicSuffix: "\(shown) is not one firm's domain: anyone can register names under it"
        case .freeMail: "\(shown) is a free mail domain that anyone can have an address at"
        case .disposableMail: "\(shown) is a disposable mail domain"
        case .platform: "\(shown) is a platform that many firms share"
        case .excluded: "\(shown) is on this workspace's list of excluded domains"
        }
    }
}
