import Domain
import Matching
import Testing

@Suite("Matching properties")
struct MatchPropertiesTests {
    /// Accounts and companies that collide often: few names, few domains, every relation between them.
    private func world(_ seed: UInt64) -> (accounts: [Account], companies: [Company]) {
        var random = Seeded(state: seed)
        let names = ["Acme", "Beta Co", "béta co", "Gamma", "N/A", "", "Delta-Eins", "Echo"]
        let hosts = [
            "acme.com", "www.acme.com", "eu.acme.com", "us.acme.com", "https://ACME.com/x", "beta.co.uk", "shop.beta.co.uk", "gmail.com",
            "gamma.zendesk.com", "zendesk.com", "delta.github.io", "x.delta.github.io", "localhost", "echo.com, echo.de", "münchen.de"
        ]
        func some(_ limit: Int) -> [String] {
            (0..<Int.random(in: 0...limit, using: &random)).compactMap { _ in hosts.randomElement(using: &random) }
        }
        let accounts = (1...8).map { id in
            Account(
                id: ID(Int64(id)), name: names.randomElement(using: &random) ?? "", domains: some(2), createdAt: anyDay, updatedAt: anyDay)
        }
        let companies = (0..<30).map { _ in company(names.randomElement(using: &random) ?? "", some(3)) }
        return (accounts, companies)
    }

    @Test(arguments: UInt64(1)...60)
    func theOrderOfAccountsDoesNotMatterAndTwiceIsTheSame(_ seed: UInt64) {
        var random = Seeded(state: seed &* 31)
        let (accounts, companies) = world(seed)
        let index = MatchIndex(accounts: accounts)
        let shuffled = MatchIndex(accounts: accounts.shuffled(using: &random))
        for company in companies {
            let outcome = index.match(company)
            #expect(shuffled.match(company) == outcome)
            #expect(index.match(company) == outcome)
        }
    }

    @Test(arguments: UInt64(1)...60)
    func anUnrelatedAccountNeverChangesAnAttachment(_ seed: UInt64) {
        let (accounts, companies) = world(seed)
        let before = MatchIndex(accounts: accounts)
        let after = MatchIndex(accounts: accounts + [account(99, "Stranger", "stranger.com", "stranger.zendesk.com", "stranger.github.io")])
        for company in companies { #expect(after.match(company) == before.match(company)) }
    }

    /// No account is attached by a domain that the company does not have, and confidence and evidence are always there.
    @Test(arguments: UInt64(1)...60)
    func everyMatchIsExplained(_ seed: UInt64) {
        let (accounts, companies) = world(seed)
        let index = MatchIndex(accounts: accounts)
        for company in companies {
            switch index.match(company) {
            case .matched(let match):
                #expect(match.confidence > 0.8 && match.confidence < 1 && !match.evidence.isEmpty)
                #expect([.exactDomain, .normalizedDomain, .name].contains(match.layer))
                #expect(match.layer == .name || !company.domains.isEmpty)
            case .ambiguous(let ambiguity):
                #expect(!ambiguity.reason.isEmpty && !ambiguity.candidates.isEmpty)
                #expect(Set(ambiguity.candidates.map(\.account.id)).count == ambiguity.candidates.count)
                #expect(ambiguity.candidates.allSatisfy { !$0.evidence.isEmpty && $0.confidence > 0 && $0.confidence < 1 })
            case .none(let reason): #expect(!reason.isEmpty)
            }
        }
    }

    @Test func noTextCrashesIt() {
        var random = Seeded(state: 7)
        let pieces = [
            "acme", ".", "。", "com", "@", "://", "http", "mailto:", "/", "\\", ":", "[", "]", "<", ">", "\"", "xn--", "-", "ß", "ü",
            "\u{0}",
            "\u{200D}", "\u{202E}", "\u{0301}", "🏳️‍🌈", "١", "1", "255", "::", ",", ";", "|", " ", "\r\n", "\u{FFFD}", "\u{10FFFF}", "א", "ا",
            "%",
            "*.", "_", "ﷺ", String(repeating: "a", count: 70), String(repeating: "a.", count: 200)
        ]
        for _ in 0..<4000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }.joined()
            let domain = DomainName(cleaning: text)
            #expect((domain == nil) ? DomainName.fault(of: text) != nil : true, "\(text.debugDescription)")
            if let domain {
                #expect(domain.host.utf8.allSatisfy { $0 < 0x80 })
                #expect(DomainName(cleaning: domain.host)?.host == domain.host, "\(text.debugDescription)")
            }
            let index = MatchIndex(accounts: [account(1, text, text)], excludedDomains: [text])
            _ = index.match(company(text, [text]))
            _ = index.match(email: text)
            // Whatever is typed is not excluded here, so a usable domain always finds the account that has the same text.
            if let domain, !SharedDomains().isShared(domain), DomainName.all(in: text).count == 1 {
                #expect(
                    MatchIndex(accounts: [account(1, "A", text)]).match(company("B", [text])).match?.layer == .exactDomain,
                    "\(text.debugDescription)")
            }
        }
    }

    @Test func aMegabyteOfTextIsReadInOneGo() {
        let long = String(repeating: "é.", count: 300_000)
        #expect(DomainName(cleaning: long) == nil)
        #expect((DomainName.fault(of: long)?.count ?? 0) < 200)
    }
}
