import Domain

/// The accounts by domain and by name. Everything inside is ordered by account id, so the order they came in never shows.
struct AccountIndex: Sendable {
    struct Entry: Sendable {
        let account: Named<Account>
        let key: DomainKey
    }

    private let bySite: [String: [Entry]]
    private let byRegistrable: [String: [Entry]]
    private let byName: [FoldedName: [Named<Account>]]
    private let names: [ID<Account>: FoldedName]

    init(_ accounts: [Account], shared: SharedDomains) {
        var bySite: [String: [Entry]] = [:]
        var byRegistrable: [String: [Entry]] = [:]
        var byName: [FoldedName: [Named<Account>]] = [:]
        var names: [ID<Account>: FoldedName] = [:]
        for account in accounts.sorted(by: { $0.id < $1.id }) {
            let named = Named(id: account.id, name: account.name)
            names[account.id] = FoldedName(account.name)
            for name in Set(([account.name] + account.aliases).compactMap(FoldedName.init)) { byName[name, default: []].append(named) }
            var seen: Set<DomainKey> = []
            for key in account.domains.flatMap({ DomainReading.readings(of: $0, shared: shared) }).compactMap(\.key)
            where seen.insert(key).inserted {
                let entry = Entry(account: named, key: key)
                bySite[key.site, default: []].append(entry)
                if let registrable = key.registrable { byRegistrable[registrable, default: []].append(entry) }
            }
        }
        self.bySite = bySite
        self.byRegistrable = byRegistrable
        self.byName = byName
        self.names = names
    }

    func entries(site: String) -> [Entry] { bySite[site] ?? [] }

    func entries(registrable: String) -> [Entry] { byRegistrable[registrable] ?? [] }

    /// The accounts that go by this name, first or other.
    func accounts(named name: FoldedName) -> [Named<Account>] { byName[name] ?? [] }

    /// The account's own name, folded; nil when it names nobody.
    func foldedName(of account: Named<Account>) -> FoldedName? { names[account.id] }
}
