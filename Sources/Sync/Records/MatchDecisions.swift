package import Domain
package import Foundation
import Matching
package import Store

/// Carries out what people decide on the review desk, with everything that follows from it, in the caller's transaction.
package enum MatchDecisions {
    /// Companies decided at once at most.
    package static let most = 500

    /// What a decision did.
    package struct Outcome: Sendable, Equatable {
        package var companies: Int
        /// Tickets that belong to another account than before, or to one at all.
        package var tickets: Int
        /// Domains that decide again, accounts that are gone again, and accounts that stay because people have used them since.
        package var domains: [String] = []
        package var removed: [Named<Account>] = []
        package var kept: [Named<Account>] = []
    }

    /// Decides about companies, each by its own verdict; contacts and tickets follow.
    ///
    /// - Parameter accounts: those made for it in the same transaction, which may reach other companies too.
    ///
    /// Throws as `MatchStore.decide` does; then nothing is changed, as the caller's transaction is rolled back.
    package static func decide(
        _ verdicts: [(company: ID<Company>, verdict: MatchVerdict)], in workspace: ID<Workspace>, by actor: String, now: Date,
        creating accounts: [Account] = [], _ db: any Queries
    ) throws -> Outcome {
        let store = MatchStore(db, workspace: workspace)
        for (company, verdict) in verdicts { try store.decide(company, verdict, by: actor, now: now) }
        let created = try AccountMatching.apply(.init(now: accounts), workspace, db)
        let decided = try AccountMatching.apply(to: verdicts.map(\.company), workspace, db)
        return Outcome(companies: verdicts.count, tickets: created + decided)
    }

    /// The companies that share a domain of their own with `company` and are nobody's decision yet, without it.
    package static func neighbours(of company: Company, in workspace: ID<Workspace>, _ db: any Queries) throws -> [ID<Company>] {
        let shared = SharedDomains()
        let own = shared.owned(company.domains)
        guard !own.isEmpty else { return [] }
        return try MatchStore(db, workspace: workspace).subjects().filter {
            !$0.isDecided && $0.company.id != company.id && !own.isDisjoint(with: shared.owned($0.company.domains))
        }.prefix(most).map(\.company.id)
    }

    /// A company in review and the account a bulk acceptance would give it.
    package struct Proposal: Sendable, Equatable {
        package var match: CompanyMatch
        package var candidate: MatchCandidate
    }

    /// The companies in review whose first candidate is at least so sure and clearly ahead of the second, most tickets first.
    package static func proposals(atLeast confidence: Double, in workspace: ID<Workspace>, _ db: any Queries) throws -> [Proposal] {
        let page = try MatchStore(db, workspace: workspace).desk(.review, offset: 0, limit: most)
        return page.rows.filter { $0.state == .review }.compactMap { match in
            guard let first = match.candidates.first, first.confidence >= confidence else { return nil }
            if match.candidates.count > 1, first.confidence - match.candidates[1].confidence < 0.08 { return nil }
            return Proposal(match: match, candidate: first)
        }
    }
}
