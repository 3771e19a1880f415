package import Domain

/// The accounts of a workspace, made ready for matching companies and e-mail addresses against them.
///
/// Built once for many calls; pure: the same accounts and the same question give the same outcome, whatever the order of
/// the accounts and of the questions. Safe to use from several tasks.
package struct MatchIndex: Sendable {
    /// In the order they are asked; the first that does not pass decides.
    private let companyLayers: [any MatchLayer]
    /// An address has no company name to compare, so only domains speak for it.
    private let contactLayers: [any MatchLayer]
    private let cache: DomainCache
    private let names: NameIndex
    private let shared: SharedDomains
    /// Domains, and keys after `#`, that decide nothing because companies with unrelated names have them; with how many.
    package let crowds: [String: Int]

    /// Which rules and tables decide here. Its number counts up with every change of what a layer decides, so that everything is matched
    /// anew once.
    package static let rules = "rules 1, " + MatchingTables.current.mark

    /// - Parameters:
    ///   - excludedDomains: the workspace's own list of domains that never decide, as typed, sub-domains included.
    ///   - externalIDField: the custom field that companies carry an account's external id in, for the evidence; nil where there is
    ///     none, and then `Company.externalID` is not looked at.
    ///   - companies: all companies of the workspace. A domain that companies with unrelated names share decides nothing; without
    ///     them no such domain is known.
    package init(
        accounts: [Account], excludedDomains: Set<String> = [], externalIDField: String? = nil,
        companies: some Sequence<Company> = [Company]()
    ) {
        let companies = Array(companies)
        let shared = SharedDomains(excluded: excludedDomains)
        let cache = DomainCache(shared: shared)
        let index = AccountIndex(accounts, shared: shared)
        let crowdedDomains = CrowdedDomains(companies, readings: cache.readings(of:))
        let domains = DomainLayer(index: index, crowds: crowdedDomains)
        var crowds = crowdedDomains.crowds
        var layers: [any MatchLayer] = [
            domains, LookAlikeLayer(index: index), EqualNameLayer(index: index), SimilarNameLayer(index: index)
        ]
        if let externalIDField {
            let crowdedKeys = CrowdedDomains(keysOf: companies)
            layers.insert(ExternalIDLayer(index: index, field: externalIDField, crowds: crowdedKeys), at: 0)
            for (key, count) in crowdedKeys.crowds { crowds["#\(key)"] = count }
        }
        companyLayers = layers
        contactLayers = [domains]
        self.cache = cache
        names = index.names
        self.shared = shared
        self.crowds = crowds
    }

    /// Whether a company has one of these crowds' domains or keys.
    package func concerns(_ company: Company, crowds: Set<String>) -> Bool {
        if let key = company.externalID?.trimmed, crowds.contains("#\(key)") { return true }
        return company.domains.flatMap(cache.readings(of:)).contains { $0.key?.registrable.map(crowds.contains) ?? false }
    }

    /// What a change of some accounts can matter to; nil when it may matter to every company, because it changed which words are common.
    ///
    /// - Parameters:
    ///   - before: the changed accounts as they were, without the new ones.
    ///   - now: as they are in this index, without those that are gone.
    package func reach(before: [Account], now: [Account]) -> MatchReach? {
        func forms(_ account: Account) -> [NameForm] { ([account.name] + account.aliases).compactMap(NameForm.init) }
        let (earlier, later) = (before.map(forms), now.map(forms))
        guard names.hadTheSameWords(before: earlier, now: later) else { return nil }
        return MatchReach(of: before + now, forms: (earlier + later).flatMap(\.self), names: names, shared: shared, cache: cache)
    }

    /// The account a company belongs to, by the whole of its `domains` list, the primary one first.
    package func match(_ company: Company) -> MatchOutcome {
        let subject = MatchSubject(
            source: .company, name: company.name, form: NameForm(company.name),
            domains: company.domains.flatMap(cache.readings(of:)), externalID: company.externalID)
        return decide(subject, by: companyLayers)
    }

    /// The account an e-mail address belongs to, by its domain alone. For contacts, and tickets of requesters, without a company.
    package func match(email: String) -> MatchOutcome {
        guard let domain = DomainName(ofEmail: email) else {
            let trimmed = email.trimmed
            return .none(reason: trimmed.isEmpty ? "There is no e-mail address" : "“\(trimmed.clipped)” is not an e-mail address")
        }
        let subject = MatchSubject(source: .email, name: "", form: nil, domains: cache.readings(of: domain.host))
        return decide(subject, by: contactLayers)
    }

    private func decide(_ subject: MatchSubject, by layers: [any MatchLayer]) -> MatchOutcome {
        var reasons: [String] = []
        for layer in layers {
            switch layer.decide(subject) {
            case .matched(let match): return .matched(match)
            case .ambiguous(let ambiguity): return .ambiguous(ambiguity)
            case .pass(let reason): reasons.append(reason)
            }
        }
        return .none(reason: reasons.first ?? "Nothing points to an account")
    }
}
