import Domain
import Store
import Sync

/// What a decision did, as a sentence.
enum DecisionWords {
    static func notice(of company: Company, _ verdict: MatchVerdict, _ outcome: MatchDecisions.Outcome, account: Account?) -> Notice {
        let name = company.name.nilIfEmpty ?? "Company \(company.id)"
        let others = outcome.companies > 1 ? " and \((outcome.companies - 1).counted("more company", "more companies"))" : ""
        let moved = outcome.tickets
        switch verdict {
        case .belongs:
            let owner = account?.name ?? "its account"
            let tickets = moved > 0 ? " \(moved.counted("ticket")) now \(moved == 1 ? "belongs" : "belong") to \(owner)." : ""
            return Notice(.positive, "\(name)\(others): \(owner).\(tickets)")
        case .belongsToNone: return Notice(.positive, "\(name)\(others): no account.\(left(moved))")
        case .ignore: return Notice(.positive, "\(name)\(others): ignored.\(left(moved))")
        case .leaveToMatching:
            let tickets = moved > 0 ? " \(moved.counted("ticket")) changed account." : ""
            return Notice(.positive, "The decision about \(name) is taken back; the rules decide again.\(tickets)")
        }
    }

    private static func left(_ moved: Int) -> String {
        moved > 0 ? " \(moved.counted("ticket")) \(moved == 1 ? "belongs" : "belong") to no account now." : ""
    }

    /// A tab's name.
    static func tab(_ state: CompanyMatch.State) -> String {
        switch state {
        case .review: "Needs review"
        case .unmatched: "Unmatched"
        case .matched: "Matched"
        case .ignored: "Ignored"
        }
    }

    /// The certainty in a word and a figure.
    static func certainty(_ confidence: Double) -> String {
        let word = confidence >= 0.9 ? "very likely" : confidence >= 0.75 ? "likely" : confidence >= 0.6 ? "possible" : "weak"
        return "\(word), \(MatchReason.percent(confidence))"
    }
}
