import Domain
import Foundation
import Matching
import Store

/// What a workspace's companies and contacts were all settled on last, so that the next sync settles only those whose evidence is another.
///
/// Sums of fingerprints, because then a change of one account is a change of one summand.
struct MatchGround: Codable, Equatable {
    /// The rules themselves, their tables, the workspace's settings and a language model's answers.
    var rules: UInt64
    var accounts: UInt64
    var companies: UInt64
    var contacts: UInt64
    /// Domains and keys that decide nothing because strangers share them; with how many.
    var crowds: [String: Int]
    /// The day everything was matched anew.
    var day: Int

    /// Days after which everything is matched anew all the same.
    static let longestDays = 7

    init(_ evidence: WorkspaceEvidence, crowds: [String: Int], contacts: UInt64, day: Int) {
        rules = Self.rules(evidence.setup.settings, opinions: evidence.opinions)
        accounts = Self.sum(evidence.setup.accounts.map(Self.of))
        companies = Self.sum(of: evidence.subjects)
        (self.crowds, self.contacts, self.day) = (crowds, contacts, day)
    }

    /// Whether what companies are matched against is what it was.
    func isOfSameAccounts(_ evidence: WorkspaceEvidence) -> Bool {
        rules == Self.rules(evidence.setup.settings, opinions: evidence.opinions)
            && accounts == Self.sum(evidence.setup.accounts.map(Self.of))
    }

    // MARK: Fingerprints

    static func rules(_ settings: MatchSettings, opinions: [String: MatchOpinion]) -> UInt64 {
        var texts: [String?] = [MatchIndex.rules, AdvicePrompt.version, settings.externalIDField]
        texts += settings.excludedDomains
        texts.append(nil)
        texts += opinions.map { "\($0.key) \($0.value.account?.rawValue ?? 0) \($0.value.model) \($0.value.reason)" }.sorted()
        return Fingerprint(texts).value
    }

    static func of(_ account: Account) -> UInt64 {
        var texts: [String?] = ["\(account.id)", account.name, account.externalID]
        for list in [account.furtherExternalIDs, account.domains, account.aliases] {
            texts += list
            texts.append(nil)
        }
        return Fingerprint(texts).value
    }

    /// What a company is matched by.
    static func basis(_ company: Company) -> Fingerprint {
        var texts: [String?] = ["\(company.id)", company.name, company.externalID]
        texts += company.domains
        return Fingerprint(texts)
    }

    static func of(_ contact: MatchStore.ContactKey) -> UInt64 {
        Fingerprint(["\(contact.id)", contact.email, contact.companyID?.description]).value
    }

    static func sum(of subjects: [MatchStore.Subject]) -> UInt64 { sum(subjects.map { basis($0.company).value }) }

    static func sum(_ parts: some Sequence<UInt64>) -> UInt64 { parts.reduce(0, &+) }

    // MARK: Keeping

    /// Nil while nothing was matched, and for what another version wrote.
    static func read(_ store: MatchStore) throws -> MatchGround? {
        let text = try store.ground()
        return try? JSONDecoder().decode(MatchGround.self, from: Data(text.utf8))
    }

    func write(_ store: MatchStore) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try store.keep(ground: String(decoding: encoder.encode(self), as: UTF8.self))
    }
}
