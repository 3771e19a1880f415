import Domain
import Foundation

/// The rules: a question becomes a query, or an honest reason why not. Deterministic, and without any language model.
struct Interpreter: Sendable {
    let index: NameIndex
    let now: Date
    var zone = CivilZone.utc
    /// Of who asks.
    var email: String?

    /// An understanding with what the page needs beside it.
    struct Interpretation: Sendable {
        var understanding: Understanding
        /// The parts of the question, each with the question that lacks it.
        var chips: [LarryAnswer.Option] = []
        /// Something in the question may be a contact's name, which are read only when needed.
        var mayNameAContact = false
        /// What of the question was understood where its words were not all known: a model's query must hold all of it.
        var understood: SupportFilter?
        /// The query that the question edits; nil for one that stands on its own.
        var previous: SupportQuery?
    }

    func interpret(_ question: String, after frame: Frame? = nil) -> Interpretation {
        let understanding = understand(question, after: frame)
        var result = Interpretation(understanding: understanding)
        switch understanding {
        case .query:
            var reader = Reader(index: index, now: now, zone: zone, email: email)
            result.chips = Composer(reader.read(question), index: index, now: now, zone: zone, question: question).chips
        case .notFound: result.mayNameAContact = true
        case .notUnderstood:
            var reader = Reader(index: index, now: now, zone: zone, email: email)
            var composer = Composer(reader.read(question), index: index, now: now, zone: zone, question: question)
            if let parts = try? composer.parts() {
                let own = composer.filter(parts, composer.subject, composer.measure)
                if let frame, FollowUp(frame: frame, composer: composer).isEdit {
                    // Sides and shares are edited by rules alone.
                    if frame.query.sides == nil, frame.query.part == nil {
                        result.understood = frame.query.filter.narrowed(by: own)
                        result.previous = frame.query
                    }
                } else {
                    result.understood = own
                }
            }
            result.mayNameAContact = question.dropFirst().contains { $0.isUppercase || $0 == "@" }
        case .clarify, .offDomain, .unsupported:
            result.mayNameAContact = question.dropFirst().contains { $0.isUppercase || $0 == "@" }
        case .refused, .help: break
        }
        if question.contains("@") { result.mayNameAContact = true }
        return result
    }

    func understand(_ question: String, after frame: Frame? = nil) -> Understanding {
        let words = Words.split(String(question.prefix(Words.longestQuestion)))
        if words.isEmpty { return .help }
        if let refusal = Screen.refusal(words) { return .refused(Sentences.refusal(refusal)) }
        var reader = Reader(index: index, now: now, zone: zone, email: email)
        let reading = reader.read(question)
        let composer = Composer(reading, index: index, now: now, zone: zone, question: question)
        if reading.has(.cue(.help)), !composer.isAboutSupport, reading.unknown.isEmpty { return .help }
        if let leftover = composer.leftover(hasPrevious: frame != nil) {
            // A wish for something that is not about support at all is not half understood.
            if case .unsupported = leftover, !composer.isAboutSupport, frame == nil, !reading.unknown.isEmpty { return .offDomain }
            return leftover
        }
        if let frame {
            var followUp = FollowUp(frame: frame, composer: composer)
            if followUp.isEdit { return followUp.compose() }
        }
        guard
            composer.isAboutSupport
                || reading.items.contains(where: { if case .text = $0.content { true } else { false } }) && reading.has(.rows(.tickets))
        else {
            return reading.items.isEmpty ? .help : .offDomain
        }
        var whole = composer
        return whole.compose()
    }
}
