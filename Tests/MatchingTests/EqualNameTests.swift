import Matching
import Testing

/// What makes names equal is seen through a company whose domain two accounts share: only an equal name picks one.
@Suite("Equal names")
struct EqualNameTests {
    @Test(arguments: [
        ("Acme", "Acme Inc"), ("Acme Labs", "ACME labs"), ("Acme Labs", "  acme   labs "), ("Acme Labs", "Acme-Labs"),
        ("Acme, Inc.", "Acme Inc"),
        ("O'Neill", "ONeill"), ("O’Neill", "O'Neill"), ("S.A. Dupont", "SA Dupont"), ("Müller", "muller"), ("Mu\u{0308}ller", "Müller"),
        ("Straße", "STRASSE"), ("Ørsted", "Orsted"), ("Łódź", "lodz"), ("İstanbul", "istanbul"), ("A & B", "A / B"), ("ＡＣＭＥ", "acme"),
        ("Ромашка", "РОМАШКА"), ("Acme (UK)", "Acme UK"), ("Acme\u{200B}", "Acme")
    ])
    func equal(_ names: (String, String)) {
        let index = MatchIndex(accounts: [account(1, names.0, "group.com"), account(2, "Someone else", "group.com")])
        #expect(brief(index.match(company(names.1, ["group.com"]))) == "exact_domain 1")
    }

    @Test(arguments: [
        ("Acme", "Acorn"), ("Team 7", "Team 17"), ("Visa", "Vista"), ("C++ Corp", "C Corp"), ("ハス", "バス"), ("N/A", "n/a"), ("-", "-"),
        ("", ""), ("Test", "test"), ("+", "+"), ("株式会社", "株式会社"), ("GmbH", "GmbH"), ("Ltd Co", "Ltd Co")
    ])
    func different(_ names: (String, String)) {
        let index = MatchIndex(accounts: [account(1, names.0, "group.com"), account(2, "Someone else", "group.com")])
        #expect(brief(index.match(company(names.1, ["group.com"]))) == "several_accounts 1 2")
    }
}
