import Domain

/// The accounts by domain and by name. Everything inside is ordered by account id, so the order they came in never shows.
struct AccountIndex: Sendable {
    struct Entry: Sendable {
        let account: Named<Account>
        let key: DomainKey
    }

    /// An account as matching knows it.
    struct Known: Sendable {
        let account: Named<Account>
        /// The account's own name first, then its other names; those that name somebody.
        let forms: [NameForm]
        let keys: [DomainKey]
    }

    /// By id.
    let accounts: [Known]
    let names: NameIndex
    private let bySite: [String: [Entry]]
    private let byRegistrable: [String: [Entry]]
    private let byLabel: [String: [Int]]
    private let byLook: [String: [Entry]]
    private let places: [ID<Account>: Int]
    private let byExternalID: [String: [Int]]

    init(_ accounts: [Account], shared: SharedDomains) {
        var bySite: [String: [Entry]] = [:]
        var byRegistrable: [String: [Entry]] = [:]
        var byLabel: [String: [Int]] = [:]
        var byLook: [String: [Entry]] = [:]
        var byExternalID: [String: [Int]] = [:]
        var known: [Known] = []
        var names: [(account: Int, form: NameForm)] = []
        for (place, account) in accounts.sorted(by: { $0.id < $1.id }).enumerated() {
            let named = Named(id: account.id, name: account.name)
            for key in Set(([account.externalID].compactMap { $0 } + account.furtherExternalIDs).map(\.trimmed)) where !key.isEmpty {
                byExternalID[key, default: []].append(place)
            }
            var keys: [DomainKey] = []
            var seen: Set<DomainKey> = []
            for key in account.domains.flatMap({ DomainReading.readings(of: $0, shared: shared) }).compactMap(\.key)
            where seen.insert(key).inserted {
                keys.append(key)
                let entry = Entry(account: named, key: key)
                bySite[key.site, default: []].append(entry)
                if let registrable = key.registrable {
                    byRegistrable[registrable, default: []].append(entry)
                    byLook[LookAlike.look(of: registrable), default: []].append(entry)
                }
            }
            for label in Set(keys.map(\.label)) { byLabel[label, default: []].append(place) }
            let forms = ([account.name] + account.aliases).compactMap(NameForm.init)
            names += forms.map { (place, $0) }
            known.append(Known(account: named, forms: forms, keys: keys))
        }
        self.accounts = known
        self.names = NameIndex(names)
        self.bySite = bySite
        self.byRegistrable = byRegistrable
        self.byLabel = byLabel
        self.byLook = byLook
        self.byExternalID = byExternalID
        places = Dictionary(known.enumerated().map { ($1.account.id, $0) }) { first, _ in first }
    }

    /// The accounts with this key, or that an account with it was merged into; by id. The same text, case and all.
    func accounts(externalID key: String) -> [Named<Account>] { (byExternalID[key] ?? []).map { accounts[$0].account } }

    func entries(site: String) -> [Entry] { bySite[site] ?? [] }

    func entries(registrable: String) -> [Entry] { byRegistrable[registrable] ?? [] }

    /// Accounts with this very host, by place, with the domain that has it.
    func accounts(withSite site: String) -> [(place: Int, key: DomainKey)] {
        entries(site: site).compactMap { entry in places[entry.account.id].map { ($0, entry.key) } }
    }

    /// Places of the accounts one of whose domains has this label.
    func places(label: String) -> [Int] { byLabel[label] ?? [] }

    /// Accounts whose domain looks like this one and is another.
    func lookAlikes(of key: DomainKey) -> [Entry] {
        guard let registrable = key.registrable else { return [] }
        return (byLook[LookAlike.look(of: registrable)] ?? []).filter { $0.key.registrable != registrable }
    }

    /// The accounts that go by this name, first or other, legal forms aside.
    func accounts(named form: NameForm) -> [Named<Account>] { places(named: form).map { accounts[$0].account } }

    func places(named form: NameForm) -> [Int] {
        Set(names.equal(to: form).map { names.entries[$0].account }).sorted()
    }

    func forms(of account: ID<Account>) -> [NameForm] { places[account].map { accounts[$0].forms } ?? [] }

    /// How alike the name and the account's names are; nil when not at all.
    func likeness(_ form: NameForm, _ account: ID<Account>) -> NameLikeness? {
        let alignment = NameAlignment(isCommon: names.isCommon)
        return forms(of: account).compactMap { alignment.likeness(form, $0) }.max { $0.score < $1.score }
    }
}
