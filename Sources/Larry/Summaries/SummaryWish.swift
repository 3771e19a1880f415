import Domain
import Foundation

/// A question that wants one ticket's thread in a few words: “summarise ticket 812”, “sum this ticket up”.
struct SummaryWish: Equatable {
    var ticket: ID<Ticket>

    private static let verbs: Set<String> = ["summarise", "summarize", "summary", "summaries", "recap", "tldr", "tl;dr", "digest"]
    private static let fillers: Set<String> = [
        "please", "pls", "can", "could", "would", "you", "larry", "give", "me", "us", "a", "an", "the", "of", "for", "quick", "short",
        "brief", "ticket", "number", "no", "this", "that", "it", "thread", "conversation", "up", "sum", "in", "few", "words", "write",
        "show", "make", "what", "is", "s", "last"
    ]

    /// Nil unless every word belongs to such a wish and exactly one ticket is meant.
    init?(_ question: String, frame: Frame?, topic: Larry.Topic?) {
        let words = Words.folded(question.replacing("#", with: " "))
        let text = words.joined(separator: " ")
        let isAsked = words.contains(where: Self.verbs.contains) || text.contains("sum up") || text.hasPrefix("sum ")
        guard isAsked else { return nil }
        let numbers = words.compactMap { Int64($0) }
        let rest = words.filter { !Self.verbs.contains($0) && !Self.fillers.contains($0) && Int64($0) == nil }
        guard rest.isEmpty, numbers.count <= 1 else { return nil }
        if let number = numbers.first {
            ticket = ID(number)
        } else if case .ticket(let id) = topic {
            ticket = id
        } else if let frame, frame.tickets.count == 1 {
            ticket = ID(frame.tickets[0])
        } else {
            return nil
        }
    }
}
