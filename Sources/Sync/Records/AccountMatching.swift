package import Domain
import Matching
package import Store

/// Applies matching to a workspace's companies, contacts and tickets, inside the caller's transaction.
///
/// Deterministic and idempotent: doing it twice changes nothing, so everybody who changes accounts, companies or contacts just does it.
package enum AccountMatching {
    /// Rows read at a time.
    private static let batch = 1_000
    /// Accounts changed at once, and more than a quarter of all, beyond which everything is matched anew.
    private static let leastOfMany = 50

    // MARK: Everything

    /// Matches everything anew; returns how many tickets moved to another account.
    ///
    /// - Parameter merge: the merge, or its undoing, that asks; the history says so.
    @discardableResult
    package static func apply(_ workspace: ID<Workspace>, merge: Int64? = nil, _ db: any Queries) throws -> Int {
        let store = MatchStore(db, workspace: workspace, merge: merge)
        _ = try store.releaseOrphans()
        let evidence = try WorkspaceEvidence(workspace, merge: merge, db)
        let matcher = WorkspaceMatcher(evidence)
        try settleAll(matcher)
        let moved = try store.applyToTickets()
        try MatchGround(evidence, crowds: matcher.index.crowds, contacts: sumOfContacts(store), day: today(db)).write(store)
        return moved
    }

    private static func settleAll(_ matcher: WorkspaceMatcher) throws {
        for subject in matcher.subjects { _ = try matcher.settle(subject) }
        try settleContacts(matcher)
    }

    /// All of them: their companies are looked up, their hosts read once each.
    private static func settleContacts(_ matcher: WorkspaceMatcher) throws {
        var companies: [ID<Company>: Match?] = [:]
        try eachContact(matcher.store) { _ = try matcher.settle($0, &companies) }
    }

    // MARK: What a sync brought

    /// Matches what is another than when everything was matched last, after companies or contacts were read; the result is that of
    /// matching everything. Returns how many tickets moved.
    ///
    /// A company is matched anew when its own name, domains or key are others, or when one of its domains began or ceased to be shared by
    /// strangers. Another account than then, another setting or another set of rules matches everything anew.
    @discardableResult
    package static func applyNews(_ workspace: ID<Workspace>, _ db: any Queries) throws -> Int {
        let (_, ground) = try settleNews(workspace, db)
        let store = MatchStore(db, workspace: workspace)
        let moved = try store.applyToTickets()
        try ground?.write(store)
        return moved
    }

    /// Companies and contacts alone; a page of tickets takes their accounts when it is saved. Returns the companies that were matched.
    @discardableResult
    package static func applyNewsToRecords(_ workspace: ID<Workspace>, _ db: any Queries) throws -> [ID<Company>] {
        let (matched, ground) = try settleNews(workspace, db)
        try ground?.write(MatchStore(db, workspace: workspace))
        return matched
    }

    /// Returns the companies that were matched, and what everything is settled on now; that is written last, for every transaction
    /// comes to the workspace's row last. Nil when nothing is new.
    private static func settleNews(
        _ workspace: ID<Workspace>, _ db: any Queries
    ) throws -> (matched: [ID<Company>], ground: MatchGround?) {
        let store = MatchStore(db, workspace: workspace)
        let released = Set(try store.releaseOrphans())
        let evidence = try WorkspaceEvidence(workspace, db)
        let contacts = try sumOfContacts(store)
        let day = try today(db)
        guard let known = try MatchGround.read(store), day - known.day < MatchGround.longestDays, known.day <= day,
            known.isOfSameAccounts(evidence)
        else {
            let matcher = WorkspaceMatcher(evidence)
            try settleAll(matcher)
            let ground = MatchGround(evidence, crowds: matcher.index.crowds, contacts: contacts, day: day)
            return (evidence.subjects.map(\.company.id), ground)
        }
        let news = evidence.subjects.filter { $0.basis != MatchGround.basis($0.company).text }
        let hasSameCompanies = known.companies == MatchGround.sum(of: evidence.subjects)
        if news.isEmpty, hasSameCompanies, contacts == known.contacts, released.isEmpty { return ([], nil) }
        let matcher = WorkspaceMatcher(evidence)
        let crowds = matcher.index.crowds
        let changed = Set(crowds.filter { known.crowds[$0.key] != $0.value }.keys).union(known.crowds.keys.filter { crowds[$0] == nil })
        let isNew = Set(news.map(\.company.id)).union(released)
        let reached = evidence.subjects.filter { subject in
            isNew.contains(subject.company.id) || (!changed.isEmpty && matcher.index.concerns(subject.company, crowds: changed))
        }
        for subject in reached { _ = try matcher.settle(subject) }
        try settleContacts(matcher)
        return (reached.map(\.company.id), MatchGround(evidence, crowds: crowds, contacts: contacts, day: known.day))
    }

    private static func sumOfContacts(_ store: MatchStore) throws -> UInt64 {
        var sum: UInt64 = 0
        try eachContact(store) { sum &+= MatchGround.of($0) }
        return sum
    }

    private static func today(_ db: any Queries) throws -> Int { Day(containing: try db.now()).number }

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
        let evidence = try WorkspaceEvidence(workspace, db)
        let matcher = WorkspaceMatcher(evidence)
        guard change.before.count + change.now.count <= max(leastOfMany, evidence.setup.accounts.count / 4),
            let reach = matcher.index.reach(before: change.before, now: change.now)
        else {
            try settleAll(matcher)
            let moved = try matcher.store.applyToTickets()
            try MatchGround(evidence, crowds: matcher.index.crowds, contacts: sumOfContacts(matcher.store), day: today(db))
                .write(matcher.store)
            return moved
        }
        var companies = released
        for subject in matcher.subjects where released.contains(subject.company.id) || reach.reaches(subject.company) {
            if try matcher.settle(subject) { companies.insert(subject.company.id) }
        }
        let gone = Set(change.before.map(\.id)).subtracting(change.now.map(\.id)).sorted()
        var contacts = try settle(contactsOf: companies, holding: gone, matcher)
        var known: [ID<Company>: Match?] = [:]
        var hosts: [Substring: Bool] = [:]
        try eachContact(matcher.store) { contact in
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
        let moved = try matcher.store.applyToTickets(of: companies.sorted(), requesters: contacts.sorted(), holding: gone)
        if var ground = try MatchGround.read(matcher.store) {
            ground.accounts &-= MatchGround.sum(change.before.map(MatchGround.of))
            ground.accounts &+= MatchGround.sum(change.now.map(MatchGround.of))
            try ground.write(matcher.store)
        }
        return moved
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

    private static func eachContact(_ store: MatchStore, _ body: (MatchStore.ContactKey) throws -> Void) throws {
        var last: ID<Contact>?
        while true {
            let contacts = try store.contacts(after: last, limit: batch)
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
