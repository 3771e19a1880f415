package import Domain
import Matching
package import Store

/// Domains that matching cannot decide by, as they occur in a workspace.
package struct MatchDomains: Sendable {
    /// Who has a domain.
    package struct Entry: Sendable, Equatable {
        package var domain: String
        package var companies = 0
        package var contacts = 0
        package var accounts = 0
    }

    /// Domains of firms that several companies or several accounts have, most first.
    package private(set) var shared: [Entry]
    /// Free and disposable mail, most first.
    package private(set) var freeMail: [Entry]
    /// How many there are; the lists hold the first.
    package let sharedCount: Int
    package let freeMailCount: Int

    private static let most = 50
    /// Contacts read at a time.
    private static let batch = 2_000

    package init(_ workspace: ID<Workspace>, _ db: any Queries) throws {
        var tally = Tally()
        for account in try AccountStore.all(workspace, db) { tally.count(account.domains, \.accounts) }
        let store = MatchStore(db, workspace: workspace)
        for subject in try store.subjects() { tally.count(subject.company.domains, \.companies) }
        // Many people have few domains: addresses are read once for each text behind the @.
        var hosts: [String: Int] = [:]
        var last: ID<Contact>?
        while true {
            let contacts = try store.contacts(after: last, limit: Self.batch)
            for email in contacts.compactMap(\.email) {
                if let at = email.lastIndex(of: "@") { hosts[String(email[email.index(after: at)...]), default: 0] += 1 }
            }
            guard contacts.count == Self.batch else { break }
            last = contacts.last?.id
        }
        for (host, count) in hosts { tally.count([host], \.contacts, times: count) }
        func ordered(_ entries: some Sequence<Entry>) -> [Entry] {
            entries.sorted { ($1.companies + $1.contacts, $0.domain) < ($0.companies + $0.contacts, $1.domain) }
        }
        let shared = ordered(tally.owned.values.filter { $0.companies > 1 || $0.accounts > 1 })
        let freeMail = ordered(tally.mail.values)
        sharedCount = shared.count
        freeMailCount = freeMail.count
        self.shared = Array(shared.prefix(Self.most))
        self.freeMail = Array(freeMail.prefix(Self.most))
    }

    private struct Tally {
        private let tables = SharedDomains()
        var owned: [String: Entry] = [:]
        var mail: [String: Entry] = [:]

        /// Each domain of one record once.
        mutating func count(_ texts: [String], _ who: WritableKeyPath<Entry, Int>, times: Int = 1) {
            for domain in tables.owned(texts) { owned[domain, default: Entry(domain: domain)][keyPath: who] += times }
            let hosts = Set(texts.flatMap { DomainName.all(in: $0) })
            for host in hosts {
                switch tables.reason(for: host) {
                case .freeMail, .disposableMail: mail[host.site, default: Entry(domain: host.site)][keyPath: who] += times
                case .publicSuffix, .platform, .excluded, nil: continue
                }
            }
        }
    }
}
