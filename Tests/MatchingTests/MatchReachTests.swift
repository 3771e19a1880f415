import Domain
import Testing

@testable import Matching

/// What a change of accounts does not reach is matched as before.
@Suite("Reach of a change") struct MatchReachTests {
    private static let syllables = ["bar", "lon", "tek", "mir", "sol", "dun", "pex", "gav"]

    /// Names that share most of their letters, as many as it takes that not every account near one is looked at.
    private static func name(_ random: inout Seeded) -> String {
        (0..<4).map { _ in (0..<2).map { _ in syllables.randomElement(using: &random) ?? "" }.joined() }.joined(separator: " ")
    }

    @Test(arguments: UInt64(1)...2)
    func whatIsNotReachedStaysAmongManyLikeNames(_ seed: UInt64) throws {
        var random = Seeded(state: seed &* 104_729)
        var accounts = (1...3_000).map { account(Int64($0), Self.name(&random)) }
        let index = MatchIndex(accounts: accounts)
        let changed = accounts[Int.random(in: 0..<accounts.count, using: &random)]
        var now = changed
        now.name = "Wyvern \(Self.name(&random).split(separator: " ")[0])"
        accounts[Int(changed.id.rawValue) - 1] = now
        let later = MatchIndex(accounts: accounts)
        let reach = try #require(later.reach(before: [changed], now: [now]))
        var unreached = 0
        for _ in 0..<60 {
            let asked = company(
                Bool.random(using: &random) ? Self.name(&random) : "Quiet Harbor \(Int.random(in: 0..<9, using: &random))", [])
            if reach.reaches(asked) { continue }
            unreached += 1
            #expect(later.match(asked) == index.match(asked), "\(asked.name)")
        }
        #expect(unreached > 0)
        #expect(reach.reaches(company(changed.name, [])) && reach.reaches(company(now.name, [])))
    }

    @Test func aWordThatBecomesCommonReachesEverybody() {
        let few = ["Alpha Bancorp", "Beta Bancorp", "Gamma Bancorp"].enumerated().map { account(Int64($0 + 1), $1) }
        let fourth = account(4, "Delta Bancorp"), stranger = account(5, "Museum")
        #expect(MatchIndex(accounts: few + [fourth]).reach(before: [], now: [fourth]) == nil)
        #expect(MatchIndex(accounts: few).reach(before: [fourth], now: []) == nil)
        #expect(MatchIndex(accounts: few + [stranger]).reach(before: [], now: [stranger]) != nil)
        // The first name that was written in another script makes all names be compared by their sound.
        let other = account(6, "Ромашка")
        #expect(MatchIndex(accounts: few + [other]).reach(before: [], now: [other]) == nil)
    }

    @Test func domainsReachAddresses() throws {
        let acme = account(1, "Acme", "acme.co.uk"), moved = account(1, "Acme", "acme.example")
        let reach = try #require(MatchIndex(accounts: [moved]).reach(before: [acme], now: [moved]))
        for email in ["ann@acme.co.uk", "ann@eu.acme.example", "Ann <ann@acme.example>"] {
            #expect(reach.reaches(email: email), "\(email)")
        }
        for email in ["ann@acme.com", "ann@gmail.com", "nobody", ""] { #expect(!reach.reaches(email: email), "\(email)") }
    }
}
