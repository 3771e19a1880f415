package import Domain
import Matching
package import Store

/// Applies matching to a workspace's companies, contacts and tickets, inside the caller's transaction.
///
/// Deterministic and idempotent: doing it twice changes nothing, so everybody who changes accounts, companies or contacts just does it.
package enum AccountMatching {
    /// Rows read at a time.
    private static let batch = 1_000

    /// Matches everything anew; returns how many tickets moved to another account.
    @discardableResult
    package static func apply(_ workspace: ID<Workspace>, _ db: any Queries) throws -> Int {
        try applyToRecords(workspace, db)
        return try MatchStore(db, workspace: workspace).applyToTickets()
    }

    /// Companies and contacts alone; a page of tickets takes their accounts when it is saved.
    static func applyToRecords(_ workspace: ID<Workspace>, _ db: any Queries) throws {
        let store = MatchStore(db, workspace: workspace)
        let subjects = try store.subjects()
        let index = try MatchSetup(workspace, db).index(companies: subjects.lazy.map(\.company))
        for subject in subjects {
            let outcome = index.match(subject.company)
            if subject.isDecided {
                try store.look(at: subject, evidence(subject.company, outcome))
            } else {
                _ = try store.decide(subject.company.id, decision(outcome))
            }
        }
        try matchContacts(store, index)
    }

    /// One contact alone: a webhook brings a single new requester.
    static func applyToContact(_ id: ID<Contact>, _ workspace: ID<Workspace>, _ db: any Queries) throws {
        let store = MatchStore(db, workspace: workspace)
        guard let contact = try store.contacts(after: ID(id.rawValue - 1), limit: 1).first, contact.id == id else { return }
        var match = try contact.companyID.flatMap(store.match(of:))
        if match == nil, let email = contact.email {
            match = contactMatch(try MatchSetup(workspace, db).index().match(email: email).match)
        }
        try store.decide(id, match)
    }

    /// What a person's decision rests on: the company's name and domains, and where the rules lead. Who else comes near does not count.
    private static func evidence(_ company: Company, _ outcome: MatchOutcome) -> String {
        let accounts: [ID<Account>] =
            switch outcome {
            case .matched(let match): [match.accountID]
            case .ambiguous(let ambiguity): ambiguity.candidates.prefix(1).map(\.account.id)
            case .none: []
            }
        let key = company.externalID.map { ["id \($0)"] } ?? []
        return ([company.name.trimmed] + company.domains.map(\.trimmed) + key + accounts.map { "#\($0)" }).joined(separator: "\n")
    }

    private static func decision(_ outcome: MatchOutcome) -> MatchStore.Decision {
        switch outcome {
        case .matched(let match): .matched(match)
        case .ambiguous(let ambiguity):
            .review(reason: ambiguity.reason, candidates: ambiguity.candidates)
        case .none: .unmatched
        }
    }

    /// A contact belongs to its company's account, else to that of its e-mail domain.
    private static func matchContacts(_ store: MatchStore, _ index: MatchIndex) throws {
        var companyMatches: [ID<Company>: Match?] = [:]
        var last: ID<Contact>?
        while true {
            let contacts = try store.contacts(after: last, limit: batch)
            for contact in contacts {
                var match: Match?
                if let company = contact.companyID {
                    if let known = companyMatches[company] {
                        match = known
                    } else {
                        match = try store.match(of: company)
                        companyMatches[company] = .some(match)
                    }
                }
                if match == nil, let email = contact.email { match = contactMatch(index.match(email: email).match) }
                // A portal has many contacts, and next to none of them moves.
                if match != contact.match { try store.decide(contact.id, match) }
            }
            guard contacts.count == batch else { return }
            last = contacts.last?.id
        }
    }

    /// However the domains were compared, it is the contact's e-mail domain that decided.
    private static func contactMatch(_ match: Match?) -> Match? {
        guard var match else { return nil }
        match.layer = .contactDomain
        return match
    }
}
