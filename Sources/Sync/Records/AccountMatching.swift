package import Domain
import Matching
package import Store

/// Applies matching to a workspace's companies, contacts and tickets, inside the caller's transaction.
///
/// Deterministic and idempotent: doing it twice changes nothing, so everybody who changes accounts, companies or contacts just does it.
package enum AccountMatching {
    /// Rows read at a time.
    private static let batch = 1_000
    /// Accounts changed at once beyond which everything is matched anew.
    private static let mostChanged = 50

    // MARK: Everything

    /// Matches everything anew; returns how many tickets moved to another account.
    @discardableResult
    package static func apply(_ workspace: ID<Workspace>, _ db: any Queries) throws -> Int {
        try applyToRecords(workspace, db)
        return try MatchStore(db, workspace: workspace).applyToTickets()
    }

    /// Companies and contacts alone; a page of tickets takes their accounts when it is saved.
    static func applyToRecords(_ workspace: ID<Workspace>, _ db: any Queries) throws {
        _ = try MatchStore(db, workspace: workspace).releaseOrphans()
        try settleAll(WorkspaceMatcher(workspace, db))
    }

    private static func settleAll(_ matcher: WorkspaceMatcher) throws {
        for subject in matcher.subjects { _ = try matcher.settle(subject) }
        var companies: [ID<Company>: Match?] = [:]
        try eachContact(matcher) { _ = try matcher.settle($0, &companies) }
    }

    // MARK: What a change reaches

    /// Some accounts as they were and as they are; one that is missing on a side is new, or gone.
    package struct AccountChange: Sendable {
        var before: [Account]
        var now: [Account]

        package init(before: [Account] = [], now: [Account] = []) {
            // What matching does not read changes nothing.
            let kept = now.filter { account in before.contains { Self.isSame($0, account) } }.map(\.id)
            self.before = before.filter { !kept.contains($0.id) }
            self.now = now.filter { !kept.contains($0.id) }
        }

        private static func isSame(_ a: Account, _ b: Account) -> Bool {
            a.id == b.id && a.name == b.name && a.domains == b.domains && a.aliases == b.aliases && a.externalID == b.externalID
                && a.furtherExternalIDs == b.furtherExternalIDs
        }
    }

    /// Matches what a change of accounts can matter to, and nothing else; the result is that of matching everything. Returns how many
    /// tickets moved.
    package static func apply(_ change: AccountChange, _ workspace: ID<Workspace>, _ db: any Queries) throws -> Int {
        guard !change.before.isEmpty || !change.now.isEmpty else { return 0 }
        let released = Set(try MatchStore(db, workspace: workspace).releaseOrphans())
        let matcher = try WorkspaceMatcher(workspace, db)
        guard change.before.count + change.now.count <= mostChanged,
            let reach = matcher.index.reach(before: change.before, now: change.now)
        else {
            try settleAll(matcher)
            return try matcher.store.applyToTickets()
        }
        var companies = released
        for subject in matcher.subjects where released.contains(subject.company.id) || reach.reaches(subject.company) {
            if try matcher.settle(subject) { companies.insert(subject.company.id) }
        }
        let gone = Set(change.before.map(\.id)).subtracting(change.now.map(\.id)).sorted()
        var contacts = try settle(contactsOf: companies, holding: gone, matcher)
        var known: [ID<Company>: Match?] = [:]
        var hosts: [Substring: Bool] = [:]
        try eachContact(matcher) { contact in
            guard let email = contact.email, !contacts.contains(contact.id) else { return }
            let isReached: Bool
            if let host = plainHost(of: email) {
                isReached = hosts[host] ?? reach.reaches(email: email)
                hosts[host] = isReached
            } else {
                isReached = reach.reaches(email: email)
            }
            if isReached, try matcher.settle(contact, &known) { contacts.insert(contact.id) }
        }
        return try matcher.store.applyToTickets(of: companies.sorted(), requesters: contacts.sorted(), holding: gone)
    }

    /// Matches these companies, about which something was decided, and what follows from them. Returns how many tickets moved.
    package static func apply(to companies: [ID<Company>], _ workspace: ID<Workspace>, _ db: any Queries) throws -> Int {
        let matcher = try WorkspaceMatcher(workspace, db)
        let companies = Set(companies)
        for subject in matcher.subjects where companies.contains(subject.company.id) { _ = try matcher.settle(subject) }
        let contacts = try settle(contactsOf: companies, holding: [], matcher)
        return try matcher.store.applyToTickets(of: companies.sorted(), requesters: contacts.sorted(), holding: [])
    }

    /// The contacts of these companies and those that still hold these accounts; returns those that changed.
    private static func settle(
        contactsOf companies: Set<ID<Company>>, holding accounts: [ID<Account>], _ matcher: WorkspaceMatcher
    ) throws -> Set<ID<Contact>> {
        var known: [ID<Company>: Match?] = [:]
        let contacts = try matcher.store.contacts(of: companies.sorted()) + matcher.store.contacts(holding: accounts)
        var settled: Set<ID<Contact>> = []
        return try contacts.reduce(into: []) { changed, contact in
            guard settled.insert(contact.id).inserted else { return }
            if try matcher.settle(contact, &known) { changed.insert(contact.id) }
        }
    }

    /// One contact alone: a webhook brings a single new requester.
    static func applyToContact(_ id: ID<Contact>, _ workspace: ID<Workspace>, _ db: any Queries) throws {
        let store = MatchStore(db, workspace: workspace)
        guard let contact = try store.contacts(after: ID(id.rawValue - 1), limit: 1).first, contact.id == id else { return }
        var match = try contact.companyID.flatMap(store.match(of:))
        if match == nil, let email = contact.email {
            match = WorkspaceMatcher.contactMatch(try MatchSetup(workspace, db).index().match(email: email).match)
        }
        try store.decide(id, match)
    }

    // MARK: Reading

    private static func eachContact(_ matcher: WorkspaceMatcher, _ body: (MatchStore.ContactKey) throws -> Void) throws {
        var last: ID<Contact>?
        while true {
            let contacts = try matcher.store.contacts(after: last, limit: batch)
            for contact in contacts { try body(contact) }
            guard contacts.count == batch else { return }
            last = contacts.last?.id
        }
    }

    /// What follows the only `@` of a plain address: contacts repeat the same few hosts. Nil where the text has to be read as a whole.
    private static func plainHost(of email: String) -> Substring? {
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !email.contains(where: { $0.isWhitespace || ",;|<>\"'".contains($0) }) else {
            return nil
        }
        return parts[1]
    }
}
