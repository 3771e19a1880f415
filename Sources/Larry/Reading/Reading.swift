import Domain
import Foundation

/// What was found in a question before it is known what is asked: names, times, lexicon words, text to search for, and what is left.
struct Reading: Sendable {
    /// One understood part, in the order of the question.
    struct Item: Equatable, Sendable {
        enum Content: Equatable, Sendable {
            case slot(Slot)
            case name([Entity])
            case time(TimeSpan)
            case number(Int)
            case text(String)
            /// A ticket by its number.
            case ticket(Int64)
            /// The accounts of who asks, any of them; empty where nobody knows which those are, or which agent asks.
            case own([Entity], Entity.Kind)
        }

        var range: Range<Int>
        var content: Content
        var isNegated = false
        /// Read as a misspelling.
        var isFuzzy = false

        var slot: Slot? { if case .slot(let slot) = content { slot } else { nil } }
        var entities: [Entity]? { if case .name(let entities) = content { entities } else { nil } }
        var time: TimeSpan? { if case .time(let span) = content { span } else { nil } }
        var number: Int? { if case .number(let number) = content { number } else { nil } }
    }

    var words: [Word]
    var items: [Item]
    /// Words nobody understood, as runs of neighbours.
    var unknown: [Range<Int>]

    func shown(_ range: Range<Int>) -> String { words[range].map(\.shown).joined(separator: " ") }

    var slots: [Slot] { items.compactMap(\.slot) }
    func has(_ slot: Slot) -> Bool { items.contains { $0.slot == slot } }
    func has(_ cue: Slot.Cue) -> Bool { has(.cue(cue)) }
    func index(of slot: Slot) -> Int? { items.firstIndex { $0.slot == slot } }

    /// The word at a place; empty outside.
    func text(_ index: Int) -> String { words.indices.contains(index) ? words[index].text : "" }
    func contains(_ texts: Set<String>) -> Bool { words.contains { texts.contains($0.text) } }
}
