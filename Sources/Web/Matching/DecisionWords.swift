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

    /// What taking back did.
    static func takenBack(_ outcome: MatchDecisions.Outcome) -> Notice {
        var sentences: [String] = []
        if outcome.companies > 0 { sentences.append("Taken back for \(outcome.companies.counted("company", "companies")).") }
        for domain in outcome.domains { sentences.append("\(domain) decides again.") }
        for account in outcome.removed { sentences.append("\(account.name) is removed again.") }
        for account in outcome.kept { sentences.append("\(account.name) stays: it has been used since.") }
        guard !sentences.isEmpty else { return Notice(.info, "There was nothing left to take back.") }
        if outcome.tickets > 0 { sentences.append("\(outcome.tickets.counted("ticket")) changed account.") }
        return Notice(.positive, sentences.joined(separator: " "))
    }

    /// What the rules or a merge did with a company, in a line of its history.
    static func line(_ change: MatchChange) -> String {
        func name(_ side: MatchChange.Side) -> String { side.name ?? "account \(side.id)" }
        let tickets = (change.tickets ?? 0) > 0 ? ", with \((change.tickets ?? 0).counted("ticket"))" : ""
        let rule = change.layer.map { " (\($0.label.lowercased()))" } ?? ""
        let words =
            switch (change.earlier, change.later) {
            case (let from?, let to?): "from \(name(from)) to \(name(to))\(rule)"
            case (nil, let to?): "attached to \(name(to))\(rule)"
            case (let from?, nil): "let go of \(name(from))"
            case (nil, nil): "no account"
            }
        return "\(change.merge == nil ? "The rules" : "A merge"): \(words)\(tickets)"
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
