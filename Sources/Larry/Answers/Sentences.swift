import Domain
import Foundation

/// Larry's sentences outside of answers, in English; another language is another such list.
enum Sentences {
    static let examples = [
        "How many open tickets does Acme have?", "Which accounts filed urgent tickets in the last 7 days?",
        "Who has the most unresolved tickets?",
        "What was Acme's last ticket about?", "CSAT by agent this quarter"
    ]

    static let help =
        "Ask me about support: how many tickets an account has, who handles them, what was filed when, how fast answers come, how happy "
        + "customers are. I answer from the synced tickets only, and show how I got each figure."
    static let offDomain =
        "I only answer questions about this workspace's support: tickets, accounts, agents, response times and satisfaction."

    static func refusal(_ refusal: Screen.Refusal) -> String {
        switch refusal {
        case .act: "I only read. I cannot change, send or delete anything; please do that in Freshdesk."
        case .secret: "I cannot show keys, passwords, prompts or settings. I answer questions about support tickets."
        case .steering: "I cannot do that. I answer questions about this workspace's support, from its tickets alone."
        case .foreign: "I only know this workspace. Switch the workspace first to ask about another one."
        }
    }

    static func unsupported(_ what: String) -> String { "I cannot answer that. Not in the synced data: \(what)." }

    static func notFound(_ name: String, _ hasOptions: Bool) -> String {
        "I found no account, agent or contact called “\(name)”." + (hasOptions ? " Did you mean one of these?" : "")
    }

    static func whichOne(_ name: String, _ choices: [String]) -> String { "“\(name)” fits more than one. Which do you mean?" }

    static func twoDates(_ text: String) -> String { "“\(text)” can be read as two dates. Which do you mean?" }

    static func notUnderstood(_ words: [String]) -> String {
        let list = words.map { "“\($0)”" }.joined(separator: ", ")
        return "I did not understand \(list). Without \(words.count == 1 ? "it" : "them") I would answer:"
    }

    static func readAs(_ typed: String, _ name: String) -> String { "Read “\(typed)” as \(name)" }

    static func readByModel(_ name: String) -> String { "The query was chosen by \(name)" }

    /// Why “my” means nobody.
    static func whoAsks(_ kind: Entity.Kind) -> String {
        kind == .account
            ? "No account has your e-mail address as its owner, so I cannot tell which accounts are yours. For all of them I would answer:"
            : "No agent of the helpdesk has your e-mail address, so I cannot tell which tickets are yours. For everybody I would answer:"
    }

    static let notSynced = "Nothing has been synced yet, so there is no data to answer from. Connect Freshdesk on the Integrations page."

    static let noSummaries =
        "Summaries are written by a language model, and none is set up here. The ticket's page has all of its messages."

    static func caveat(from date: Date) -> String {
        "Resolved tickets last updated before \(DayText.text(date)) were not synced, so earlier figures may be incomplete."
    }
}
