package import Domain

/// What some accounts can matter to: a company or an address that they do not reach is matched as if they were not there.
///
/// It follows the layers: whatever a layer looks up (a host, a registrable domain, a look, a label, a name in any of its forms, shared
/// letters) is looked up here against the few accounts alone. It may reach too far, which costs time, and never too short.
package struct MatchReach: Sendable {
    private var externalIDs: Set<String> = []
    private var sites: Set<String> = []
    private var registrables: Set<String> = []
    private var looks: Set<String> = []
    private var labels: Set<String> = []
    private var keys: Set<String> = []
    private var squeezed: Set<String> = []
    private var sounds: Set<String> = []
    private var initials: Set<String> = []
    /// The names that have a trigram, as places in `gramCounts`.
    private var grams: [UInt64: [Int]] = [:]
    private var gramCounts: [Int] = []
    private let names: NameIndex
    private let cache: DomainCache

    init(of accounts: [Account], forms: [NameForm], names: NameIndex, shared: SharedDomains, cache: DomainCache) {
        self.names = names
        self.cache = cache
        externalIDs = Set(accounts.flatMap { [$0.externalID].compactMap(\.self) + $0.furtherExternalIDs }.map(\.trimmed))
        for key in accounts.flatMap(\.domains).flatMap({ DomainReading.readings(of: $0, shared: shared) }).compactMap(\.key) {
            sites.insert(key.site)
            labels.insert(key.label)
            if let registrable = key.registrable {
                registrables.insert(registrable)
                looks.insert(LookAlike.look(of: registrable))
            }
        }
        for form in forms {
            keys.formUnion(form.keys)
            squeezed.formUnion(form.squeezed)
            sounds.insert(form.sound)
            if let letters = form.initials { initials.insert(letters) }
            let own = NameIndex.grams(of: form)
            for gram in own { grams[gram, default: []].append(gramCounts.count) }
            gramCounts.append(own.count)
        }
    }

    /// Whether the accounts can matter to this company.
    package func reaches(_ company: Company) -> Bool {
        if let key = company.externalID.flatMap(ExternalIDLayer.usable), externalIDs.contains(key) { return true }
        let domains = company.domains.flatMap(cache.readings(of:)).compactMap(\.key)
        if domains.contains(where: { reaches($0) || squeezed.contains($0.label) }) { return true }
        guard let form = NameForm(company.name) else { return false }
        return reaches(form)
    }

    /// Whether the accounts can matter to an address, of which only the domain is asked.
    package func reaches(email: String) -> Bool {
        guard let domain = DomainName(ofEmail: email) else { return false }
        return cache.readings(of: domain.host).compactMap(\.key).contains(where: reaches)
    }

    private func reaches(_ key: DomainKey) -> Bool {
        if sites.contains(key.site) { return true }
        guard let registrable = key.registrable else { return false }
        return registrables.contains(registrable) || looks.contains(LookAlike.look(of: registrable))
    }

    private func reaches(_ form: NameForm) -> Bool {
        if form.keys.contains(where: keys.contains) || sounds.contains(form.sound) { return true }
        if form.squeezed.contains(where: { squeezed.contains($0) || labels.contains($0) }) { return true }
        if form.words.count == 1, initials.contains(form.words[0].text) { return true }
        if let letters = form.initials, keys.contains(letters) { return true }
        if let domain = DomainName(cleaning: form.written), sites.contains(domain.site) { return true }
        let own = NameIndex.grams(of: form)
        var shared: [Int: Int] = [:]
        for gram in own { for place in grams[gram] ?? [] { shared[place, default: 0] += 1 } }
        guard !shared.isEmpty else { return false }
        // Where not every entry is looked at, one more with a common trigram can push another out of sight.
        if !names.readsEverything(near: form, more: gramCounts.count) { return true }
        return shared.contains { NameIndex.areNear(shared: $1, own.count, gramCounts[$0]) }
    }
}
