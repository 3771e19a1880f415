import Domain
import Matching
import Testing

/// One portal's accounts with one trap each; the tables below walk into every one of them.
private let accounts = [
    account(1, "Acme", "acme.com", "acme.de"),
    account(2, "Borealis GmbH", "https://www.borealis.example/de"),
    account(3, "Cobalt", "cobalt.co.uk"),
    account(4, "Delta Freight", "delta-group.com"),
    account(5, "Delta Air", "delta-group.com"),
    account(6, "Echo", "echo.com"),
    account(7, "Écho!", "www.echo.com"),
    account(8, "Foxtrot EU", "eu.foxtrot.com"),
    account(9, "Gmail shop", "gmail.com", "facebook.com/gmailshop", "zendesk.com"),
    account(10, "Hotel", "hotel.zendesk.com"),
    account(11, "India", "india.github.io"),
    account(12, "Juliett", "münchen.de"),
    account(13, "Kilo", aliases: ["Kilo Holding"]),
    account(14, "Lima", "10.0.0.1", "localhost", "co.uk", "???"),
    account(15, "Mike One", "one.mike.com"),
    account(16, "Mike Two", "two.mike.com"),
    account(17, "Nova", "nova.com"),
    account(18, "Nova Labs", "labs.nova.com", aliases: ["NL"]),
    account(19, "Oscar", "oscar.uk.com"),
    account(20, "Papa", "papa.com; papa.fr"),
    account(21, "Unrelated", "unrelated.com"),
    account(22, "Strasse", "strasse.de"),
    account(23, "Tenant", "tenant.unknownplatform.com")
]

@Suite("Matching companies by domain")
struct MatchRulesTests {
    private let index = MatchIndex(accounts: accounts, excludedDomains: ["unrelated.com"])

    @Test(arguments: [
        // Exact: the same text, whatever its case and the white space around it.
        ("Anything", ["acme.com"], "exact_domain 1"),
        ("Anything", ["  ACME.com "], "exact_domain 1"),
        ("", ["acme.com"], "exact_domain 1"),
        ("Anything", ["https://www.borealis.example/de"], "exact_domain 2"),
        // The whole list counts, and a second spelling in one entry too.
        ("Anything", ["nobody.com", "acme.de"], "exact_domain 1"),
        ("Anything", ["acme.com", "acme.de"], "exact_domain 1"),
        ("Anything", ["papa.fr"], "exact_domain 20"),
        ("Anything", ["nobody.com papa.com"], "exact_domain 20"),
        // Normalised: the same once cleaned.
        ("Anything", ["www.acme.com"], "normalized_domain 1"),
        ("Anything", ["https://acme.com/contact"], "normalized_domain 1"),
        ("Anything", ["info@acme.com"], "normalized_domain 1"),
        ("Anything", ["borealis.example"], "normalized_domain 2"),
        ("Anything", ["xn--mnchen-3ya.de"], "normalized_domain 12"),
        ("Anything", ["shop.cobalt.co.uk"], "normalized_domain 3"),
        ("Anything", ["foxtrot.com"], "normalized_domain 8"),
        ("Anything", ["a.oscar.uk.com"], "normalized_domain 19"),
        ("Anything", ["docs.india.github.io"], "normalized_domain 11"),
        // Not the same: another top-level domain, another firm under a shared suffix, ß against ss, a look-alike.
        ("Acme Italia", ["acme.it"], "similar_name 1"),
        ("Anything", ["other.co.uk"], "none"),
        ("Anything", ["other.uk.com"], "none"),
        ("Anything", ["other.github.io"], "none"),
        ("Anything", ["straße.de"], "similar_name 22"),
        ("Anything", ["аcme.com"], "look_alike_domain 1"),
        ("Anything", ["notacme.com"], "none"),
        ("Anything", ["acme.com.evil.com"], "none"),
        // Shared domains never suffice, on either side.
        ("Somebody", ["gmail.com"], "none"),
        ("Somebody", ["facebook.com/gmailshop"], "none"),
        ("Somebody", ["zendesk.com"], "none"),
        ("Gmail shop", ["gmail.com"], "name 9"),
        ("Somebody", ["unrelated.com"], "none"),
        ("Somebody", ["gmail.com", "acme.com"], "exact_domain 1"),
        // A customer's host on a platform is itself alone.
        ("Anything", ["hotel.zendesk.com"], "exact_domain 10"),
        ("Anything", ["https://hotel.zendesk.com/hc/en-us"], "normalized_domain 10"),
        ("Anything", ["motel.zendesk.com"], "none"),
        ("Anything", ["eu.hotel.zendesk.com"], "none"),
        // Without a usable domain the name decides.
        ("Kilo", [], "name 13"),
        ("Anything", ["10.0.0.1"], "none"),
        ("Anything", ["localhost"], "none"),
        ("Anything", ["co.uk"], "none"),
        ("Anything", ["???"], "none"),
        // Several accounts with one domain: the name decides, else a person.
        ("Delta Freight", ["delta-group.com"], "exact_domain 4"),
        ("délta-air", ["www.delta-group.com"], "normalized_domain 5"),
        ("Delta", ["delta-group.com"], "several_accounts 4 5"),
        ("", ["delta-group.com"], "several_accounts 4 5"),
        // Two domains, two accounts.
        ("Anything", ["acme.com", "cobalt.co.uk"], "several_accounts 1 3"),
        ("Cobalt", ["acme.com", "cobalt.co.uk"], "exact_domain 3"),
        ("Anything", ["acme.com", "www.cobalt.co.uk"], "several_accounts 1 3"),
        // The same domain twice under one name.
        ("Anything", ["echo.com"], "duplicate_accounts 6 7"),
        ("Echo", ["echo.com"], "duplicate_accounts 6 7"),
        // The domain says one account, the name another.
        ("Cobalt", ["acme.com"], "conflict 1 3"),
        ("Kilo Holding", ["acme.com"], "conflict 1 13"),
        ("Cobalt", ["delta-group.com"], "conflict 4 5 3"),
        ("Acme", ["acme.com"], "exact_domain 1"),
        ("N/A", ["acme.com"], "exact_domain 1"),
        // Sub-domains: an account with this very host first, then the whole domain, then siblings for review.
        ("Anything", ["labs.nova.com"], "exact_domain 18"),
        ("Anything", ["nova.com"], "exact_domain 17"),
        ("Anything", ["shop.nova.com"], "normalized_domain 17"),
        ("Nova Labs", ["nova.com"], "conflict 17 18"),
        ("NL", ["labs.nova.com"], "exact_domain 18"),
        ("Anything", ["us.foxtrot.com"], "sibling_domains 8"),
        ("Foxtrot (EU)", ["us.foxtrot.com"], "normalized_domain 8"),
        ("Anything", ["three.mike.com"], "several_accounts 15 16"),
        ("Mike Two", ["three.mike.com"], "normalized_domain 16"),
        ("Anything", ["mike.com"], "several_accounts 15 16"),
        ("Anything", ["other.unknownplatform.com"], "sibling_domains 23"),
        // A sibling does not stand in the way of a real hit.
        ("Anything", ["acme.com", "us.foxtrot.com"], "exact_domain 1")
    ])
    func decides(_ row: (name: String, domains: [String], outcome: String)) {
        #expect(brief(index.match(company(row.name, row.domains))) == row.outcome)
    }

    @Test(
        arguments: [
            ([], "The company has no domain"),
            (["nobody.com"], "No account has the domain nobody.com"),
            (["nobody.com", "nobody.it"], "No account has any of the domains, such as nobody.com"),
            (["gmail.com"], "gmail.com is a free mail domain that anyone can have an address at"),
            (["facebook.com/x"], "facebook.com is a platform that many firms share"),
            (["unrelated.com"], "unrelated.com is on this workspace's list of excluded domains"),
            (["co.uk"], "co.uk is not one firm's domain: anyone can register names under it"),
            (["10.0.0.1"], "“10.0.0.1” is an IP address"),
            (["localhost"], "“localhost” has no dot"),
            (["my_shop.com"], "“my_shop.com” has the character “_”, which no domain has")
        ] as [([String], String)])
    func saysWhyThereIsNone(_ row: (domains: [String], reason: String)) {
        #expect(index.match(company("Somebody", row.domains)) == .none(reason: row.reason))
    }

    @Test(
        arguments: [
            ("Anything", "acme.com", 0.99, ["The domain acme.com is the account's"]),
            ("ACME!", "acme.com", 0.99, ["The domain acme.com is the account's", "The names are equal: Acme"]),
            ("Anything", "www.acme.com", 0.95, ["The domain “www.acme.com” is the account's acme.com"]),
            (
                "Anything", "borealis.example", 0.95,
                ["The domain borealis.example is the account's, typed there as “https://www.borealis.example/de”"]
            ),
            ("Anything", "shop.cobalt.co.uk", 0.95, ["The domain shop.cobalt.co.uk is part of the account's domain cobalt.co.uk"]),
            ("Anything", "foxtrot.com", 0.95, ["The account's domain eu.foxtrot.com is part of foxtrot.com"]),
            ("Anything", "münchen.de", 0.99, ["The domain münchen.de is the account's"]),
            ("NL", "labs.nova.com", 0.99, ["The domain labs.nova.com is the account's", "The name NL is another name of Nova Labs"]),
            (
                "Delta Air", "delta-group.com", 0.95,
                [
                    "The domain delta-group.com is the account's", "The names are equal: Delta Air",
                    "Other accounts have the domain too, but not the name"
                ]
            ),
            (
                "foxtrot eu", "us.foxtrot.com", 0.88,
                ["us.foxtrot.com and the account's eu.foxtrot.com are parts of the same domain", "The names are equal: Foxtrot EU"]
            )
        ] as [(String, String, Double, [String])])
    func explainsItself(_ row: (name: String, domain: String, confidence: Double, evidence: [String])) throws {
        let match = try #require(index.match(company(row.name, [row.domain])).match)
        #expect(match.confidence == row.confidence)
        #expect(match.evidence == row.evidence)
    }

    @Test func ambiguityNamesTheAccountsAndTheirEvidence() throws {
        guard case .ambiguous(let conflict) = index.match(company("Cobalt", ["acme.com"])) else { return #expect(Bool(false)) }
        #expect(conflict.reason == "The domain leads to Acme, but the name is that of Cobalt")
        #expect(conflict.candidates.map(\.account.name) == ["Acme", "Cobalt"])
        #expect(conflict.candidates.map(\.evidence) == [["The domain acme.com is the account's"], ["The names are equal: Cobalt"]])
        guard case .ambiguous(let twins) = index.match(company("Anything", ["echo.com"])) else { return #expect(Bool(false)) }
        #expect(twins.reason == "These look like duplicate accounts: Echo and Écho! have the same domain and the same name")
        guard case .ambiguous(let several) = index.match(company("Delta", ["delta-group.com"])) else { return #expect(Bool(false)) }
        #expect(several.reason.contains("duplicate accounts or firms that share a domain"))
    }

    @Test func aLongListOfAccountsIsShortened() {
        let many = (1...9).map { account(Int64($0), "Firm \($0)", "group.com") }
        guard case .ambiguous(let several) = MatchIndex(accounts: many).match(company("X1", ["group.com"])) else {
            return #expect(Bool(false))
        }
        #expect(several.reason.contains("Firm 1, Firm 2, Firm 3 and 6 more"))
        #expect(several.candidates.count == 9)
    }
}

@Suite("Matching e-mail addresses")
struct ContactMatchTests {
    private let index = MatchIndex(accounts: accounts, excludedDomains: ["unrelated.com"])

    @Test(
        arguments: [
            ("jane@acme.com", "contact_domain 1", 0.90),
            ("Jane <JANE@ACME.COM>", "contact_domain 1", 0.90),
            ("jane@mail.acme.com", "contact_domain 1", 0.85),
            ("jane@borealis.example", "contact_domain 2", 0.85),
            ("jane@münchen.de", "contact_domain 12", 0.85),
            ("jane@hotel.zendesk.com", "contact_domain 10", 0.90),
            ("jane@delta-group.com", "several_accounts 4 5", nil),
            ("jane@echo.com", "duplicate_accounts 6 7", nil),
            ("jane@us.foxtrot.com", "sibling_domains 8", nil),
            ("jane@gmail.com", "none", nil),
            ("jane@mailinator.com", "none", nil),
            ("jane@unrelated.com", "none", nil),
            ("jane@facebook.com", "none", nil),
            ("jane@nobody.com", "none", nil),
            ("acme.com", "none", nil),
            ("jane@10.0.0.1", "none", nil),
            ("", "none", nil)
        ] as [(String, String, Double?)])
    func decides(_ row: (email: String, outcome: String, confidence: Double?)) {
        let outcome = index.match(email: row.email)
        #expect(brief(outcome) == row.outcome)
        #expect(outcome.match?.confidence == row.confidence)
    }

    @Test func explainsItself() {
        #expect(index.match(email: "jane@acme.com").match?.evidence == ["The e-mail domain acme.com is the account's"])
        #expect(index.match(email: "junk") == .none(reason: "“junk” is not an e-mail address"))
        #expect(index.match(email: " ") == .none(reason: "There is no e-mail address"))
        #expect(index.match(email: "a@gmail.com") == .none(reason: "gmail.com is a free mail domain that anyone can have an address at"))
    }
}
