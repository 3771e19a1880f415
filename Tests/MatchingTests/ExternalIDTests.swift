import Domain
import Matching
import Testing

@Suite("External ids") struct ExternalIDTests {
    private static func keyed(_ id: Int64, _ name: String, _ key: String?, _ domains: String..., further: [String] = []) -> Account {
        Account(
            id: ID(id), name: name, domains: domains, externalID: key, furtherExternalIDs: further, createdAt: anyDay, updatedAt: anyDay)
    }

    private static func carrying(_ key: String?, _ name: String, _ domains: String..., id: Int64 = 1) -> Company {
        Company(id: ID(id), name: name, domains: domains, createdAt: anyDay, updatedAt: anyDay, externalID: key)
    }

    private static let accounts = [
        keyed(1, "Acme", "CRM-1", "acme.example"), keyed(2, "Globex", "CRM-2", "globex.example"),
        keyed(3, "Initech", "0", further: ["CRM-9"]), keyed(4, "Placeholder", "N/A"), keyed(5, "Lower", "crm-1")
    ]

    static let table: [(company: Company, outcome: String)] = [
        (carrying("CRM-1", "Whatever Works"), "external_id 1"), (carrying(" CRM-2 ", ""), "external_id 2"),
        (carrying("CRM-1", "Whatever Works", "www.acme.example"), "external_id 1"),
        // A key of an account that was merged into another is that one's.
        (carrying("CRM-9", "Whatever Works"), "external_id 3"),
        // The same letters in another case are another key: some CRMs tell them apart.
        (carrying("crm-1", "Whatever Works"), "external_id 5"),
        // Domain or name speak for somebody else.
        (carrying("CRM-1", "Whatever Works", "globex.example"), "conflict 1 2"),
        (carrying("CRM-1", "Globex Ltd"), "conflict 1 2"),
        // The domain agrees with the key, and outweighs the name.
        (carrying("CRM-1", "Globex Ltd", "acme.example"), "external_id 1"),
        // What is typed to get past a required field is no key.
        (carrying("0", "Whatever Works"), "none"), (carrying("N/A", "Whatever Works"), "none"), (carrying("-", "Whatever Works"), "none"),
        (carrying("", "Acme"), "name 1"), (carrying("CRM-404", "Acme", "acme.example"), "exact_domain 1"),
        (carrying(nil, "Whatever Works"), "none")
    ]

    @Test(arguments: table.indices) func theKeyIsHeldAgainstDomainAndName(_ row: Int) {
        let index = MatchIndex(accounts: Self.accounts, externalIDField: "crm_id", companies: [Company]())
        #expect(brief(index.match(Self.table[row].company)) == Self.table[row].outcome)
    }

    @Test func withoutAFieldNoKeyIsLookedAt() {
        #expect(brief(MatchIndex(accounts: Self.accounts).match(Self.carrying("CRM-1", "Whatever Works"))) == "none")
    }

    @Test func aKeyThatStrangersShareIsForAPerson() {
        let companies = ["Umber Pottery", "Kiln Yard", "Reed Brothers"].enumerated().map {
            Self.carrying("CRM-1", $1, id: Int64($0 + 1))
        }
        let index = MatchIndex(accounts: Self.accounts, externalIDField: "crm_id", companies: companies)
        #expect(companies.map { brief(index.match($0)) } == ["conflict 1", "conflict 1", "conflict 1"])
        // Two of one customer are none.
        let pair = [Self.carrying("CRM-1", "Umber Pottery", id: 1), Self.carrying("CRM-1", "Umber Pottery Asia", id: 2)]
        let small = MatchIndex(accounts: Self.accounts, externalIDField: "crm_id", companies: pair)
        #expect(pair.map { brief(small.match($0)) } == ["external_id 1", "external_id 1"])
    }

    @Test func theOrderOfAccountsDoesNotMatter() {
        let companies = Self.table.map(\.company)
        let one = MatchIndex(accounts: Self.accounts, externalIDField: "crm_id", companies: companies)
        let other = MatchIndex(accounts: Self.accounts.reversed(), externalIDField: "crm_id", companies: companies.reversed())
        for company in companies { #expect(one.match(company) == other.match(company)) }
    }
}
