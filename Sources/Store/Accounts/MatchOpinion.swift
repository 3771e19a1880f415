package import Domain
package import Foundation

/// What a language model said to one question about a company in review.
package struct MatchOpinion: Sendable, Equatable {
    package enum Outcome: String, Sendable, CaseIterable {
        /// One of the candidates.
        case account
        /// None of them.
        case none
        /// No answer that could be used.
        case unusable
    }

    package var outcome: Outcome
    /// Of `account` alone.
    package var account: ID<Account>?
    /// The model's own words, cleaned and bounded; untrusted.
    package var reason: String
    package var model: String
    /// The company was asked about by itself, so that no other company's name could sway the answer.
    package var isAlone: Bool
    /// Tokens its share of the request cost.
    package var tokens: Int
    package var askedAt: Date

    package init(
        outcome: Outcome, account: ID<Account>? = nil, reason: String = "", model: String, isAlone: Bool, tokens: Int, askedAt: Date
    ) {
        self.outcome = outcome
        self.account = account
        self.reason = reason
        self.model = model
        self.isAlone = isAlone
        self.tokens = tokens
        self.askedAt = askedAt
    }

    /// A sentence that says whose words these are.
    package var sentence: String {
        let who =
            outcome == .account
            ? "A language model (\(model)) suggests this account" : "A language model (\(model)) sees none of these in it"
        return reason.isEmpty ? who : "\(who): “\(reason)”"
    }
}

extension CompanyMatch {
    /// The account it suggests comes first; the rules' own order and figures stay as they are.
    mutating func add(_ opinion: MatchOpinion) {
        switch opinion.outcome {
        case .unusable: return
        case .none: evidence.append(opinion.sentence)
        case .account:
            guard let place = candidates.firstIndex(where: { $0.account.id == opinion.account }) else { return }
            var suggested = candidates.remove(at: place)
            suggested.evidence.append(opinion.sentence)
            candidates.insert(suggested, at: 0)
        }
        self.opinion = opinion
    }
}
