import Domain

/// Registrable domains that three or more companies with unrelated names have: a provider's, an agency's, a platform no list knows.
///
/// Such a domain alone decides nothing, whoever's it is.
struct CrowdedDomains: Sendable {
    private static let fewest = 3
    /// Names compared per domain.
    private static let mostNames = 24

    /// By domain, or by key: how many strangers have it.
    let crowds: [String: Int]

    static let none = CrowdedDomains(crowds: [:])

    private init(crowds: [String: Int]) { self.crowds = crowds }

    init(_ companies: some Sequence<Company>, readings: (String) -> [DomainReading]) {
        var names: [String: [(ID<Company>, NameForm)]] = [:]
        for company in companies {
            let owned = Set(company.domains.flatMap(readings).compactMap { $0.key?.registrable })
            guard !owned.isEmpty, let form = NameForm(company.name) else { continue }
            for domain in owned { names[domain, default: []].append((company.id, form)) }
        }
        crowds = Self.crowds(names)
    }

    /// The same for the external ids that companies carry: a key that strangers share was copied, not given.
    init(keysOf companies: some Sequence<Company>) {
        var names: [String: [(ID<Company>, NameForm)]] = [:]
        for company in companies {
            guard let key = company.externalID?.trimmed, let form = NameForm(company.name) else { continue }
            names[key, default: []].append((company.id, form))
        }
        crowds = Self.crowds(names)
    }

    private static func crowds(_ names: [String: [(ID<Company>, NameForm)]]) -> [String: Int] {
        names.compactMapValues { forms in
            guard forms.count >= fewest else { return nil }
            // By name, so that the order of companies does not show.
            let ordered = forms.sorted { ($0.1.keys[0], $0.0) < ($1.1.keys[0], $1.0) }.map(\.1)
            let count = strangers(ordered.prefix(mostNames))
            return count >= fewest ? count : nil
        }
    }

    /// How many firms with unrelated names have the domain; nil for fewer than three.
    func strangers(on registrable: String?) -> Int? { registrable.flatMap { crowds[$0] } }

    /// Groups of names that share no word that carries a name.
    private static func strangers(_ forms: ArraySlice<NameForm>) -> Int {
        var groups: [Set<String>] = []
        for form in forms {
            let strong = form.words.filter { !$0.isWeak }.map(\.text)
            let words = Set(strong.isEmpty ? form.words.map(\.text) : strong)
            let touching = groups.indices.filter { !groups[$0].isDisjoint(with: words) }
            let merged = touching.reduce(into: words) { $0.formUnion(groups[$1]) }
            groups = groups.indices.filter { !touching.contains($0) }.map { groups[$0] } + [merged]
        }
        return groups.count
    }
}
