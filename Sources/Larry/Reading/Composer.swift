import Domain
import Foundation

/// Decides what a reading asks: the decision table over its cues, nouns, measures and shapes.
struct Composer {
    let reading: Reading
    let index: NameIndex
    let now: Date
    let zone: CivilZone
    let question: String
    var remarks: [String] = []

    init(_ reading: Reading, index: NameIndex, now: Date, zone: CivilZone = .utc, question: String) {
        self.reading = reading
        self.index = index
        self.now = Moments(now: now).now
        self.zone = zone
        self.question = question
    }

    var items: [Reading.Item] { reading.items }

    /// Whether anything in the question is about support.
    var isAboutSupport: Bool {
        reading.items.contains { item in
            switch item.content {
            case .name, .ticket, .own: return true
            case .text, .number, .time: return false
            case .slot(let slot):
                switch slot {
                case .rows, .status, .unresolved, .flag, .measure, .kind, .sentiment, .handled: return true
                case .verb(let field): return field == .due || field == .created || field == .resolved || field == .updated
                case .bucket: return reading.has(.cue(.most)) || reading.has(.cue(.fewest))
                case .priority: return item.range.count > 1 || reading.text(item.range.lowerBound) == "urgent"
                case .noun(let key):
                    let isGrouped =
                        reading.has(.cue(.most)) || reading.has(.cue(.fewest)) || reading.has(.cue(.per)) || reading.has(.cue(.which))
                    return isGrouped || (key != .type && key != .status && key != .source && key != .priority)
                default: return false
                }
            }
        }
    }

    // MARK: Names

    /// The kinds of thing that the words around a name speak of.
    private func kinds(around item: Reading.Item) -> Set<Entity.Kind>? {
        func kind(_ index: Int) -> Entity.Kind? {
            switch reading.text(index) {
            case "account", "customer", "company", "client", "organisation", "organization": .account
            case "agent", "rep", "assignee": .agent
            case "contact", "requester", "user": .contact
            case "group", "team", "queue": .group
            case "tag", "tagged": .tag
            case "type": .type
            default: nil
            }
        }
        if let named = kind(item.range.lowerBound - 1) ?? kind(item.range.upperBound) { return [named] }
        return nil
    }

    /// One entity for a name, or what to ask back.
    func resolve(_ item: Reading.Item) -> Result<[Entity], Doubt> {
        guard var entities = item.entities else { return .success([]) }
        if let kinds = kinds(around: item) {
            let fitting = entities.filter { kinds.contains($0.kind) }
            if !fitting.isEmpty { entities = fitting }
        }
        if entities.count > 1, entities.allSatisfy({ $0.kind == .tag }) { return .success(entities) }
        if entities.count > 1, Set(entities.map(\.kind)) == [.agent, .contact] {
            // An agent who also asks for help is meant as an agent unless somebody opened something.
            entities = entities.filter { $0.kind == (reading.has(.verb(.created)) ? .contact : .agent) }
        }
        guard entities.count > 1 else { return .success(entities) }
        let shown = reading.shown(item.range)
        let options = entities.prefix(6).map { entity in
            let isRepeated = entities.filter { $0.name == entity.name }.count > 1
            return Understanding.Option(
                label: isRepeated ? "\(entity.name) (\(entity.kindWord))" : entity.name,
                question: replaced(item.range, by: entity, isRepeated))
        }
        return .failure(Doubt(understanding: .clarify(Sentences.whichOne(shown, entities.map(\.name)), options)))
    }

    struct Doubt: Error {
        var understanding: Understanding
    }

    /// The question with a name in place of some of its words.
    private func replaced(_ range: Range<Int>, by entity: Entity, _ isRepeated: Bool) -> String {
        var parts: [String] = []
        for (index, word) in reading.words.enumerated() {
            if index == range.lowerBound {
                let label = isRepeated ? "\(entity.kindWord) " : ""
                parts.append(label + entity.name + (reading.words[range].last?.isPossessive == true ? "'s" : ""))
            }
            if range.contains(index) { continue }
            parts.append(word.shown + (word.isPossessive ? "'s" : ""))
        }
        return parts.joined(separator: " ") + "?"
    }

    /// The question without some of its words.
    func without(_ ranges: [Range<Int>]) -> String {
        reading.words.enumerated().filter { entry in !ranges.contains { $0.contains(entry.offset) } }
            .map { $0.element.shown + ($0.element.isPossessive ? "'s" : "") }.joined(separator: " ") + "?"
    }

    /// The narrowing parts of the question as they were typed, each with the question that lacks it.
    var chips: [LarryAnswer.Option] {
        let parts = items.filter { item in
            switch item.content {
            case .name, .time, .text: return true
            case .slot(.status), .slot(.unresolved), .slot(.priority), .slot(.source), .slot(.flag), .slot(.sentiment), .slot(.kind):
                return true
            default: return false
            }
        }
        guard parts.count > 1 else { return [] }
        return parts.map { .init(label: reading.shown($0.range), question: without([$0.range])) }
    }

    /// “have not opened any tickets”: the absence of tickets, which a grouping understands.
    private func isAbsence(_ item: Reading.Item) -> Bool {
        let next = reading.text(item.range.upperBound)
        return Composer.absences.contains(next)
            && (reading.has(.cue(.which)) || reading.has(.cue(.who))
                || reading.slots.contains { if case .noun = $0 { true } else { false } })
    }

    static let absences: Set<String> = [
        "have", "file", "filed", "open", "opened", "submit", "submitted", "raise", "raised", "contact", "contacted", "created", "create",
        "had", "been"
    ]

    // MARK: Leftovers

    /// What to say about words that nothing used; nil when there are none.
    func leftover(hasPrevious: Bool) -> Understanding? {
        for item in items {
            if case .slot(.missing(let what)) = item.content { return .unsupported(what) }
        }
        guard let run = reading.unknown.first else {
            // A negation that negates nothing would turn the meaning round if it were dropped.
            for (place, item) in items.enumerated() where item.slot == .cue(.negation) || item.slot == .cue(.none) {
                // “no open tickets” is a condition on a group, or what a yes or no question asks.
                let isCounted = items[(place + 1)...].prefix(4).contains { if case .slot(.rows) = $0.content { true } else { false } }
                if item.slot == .cue(.none), isCounted { continue }
                if item.slot == .cue(.negation), isAbsence(item) { continue }
                return .clarify(
                    Sentences.notUnderstood([reading.shown(item.range)]),
                    [.init(label: without([item.range]), question: without([item.range]))])
            }
            return nil
        }
        if !isAboutSupport, !hasPrevious { return .offDomain }
        let isName =
            reading.words[run].contains { $0.isCapitalised && run.lowerBound > 0 } || reading.words[run].contains(where: \.isPossessive)
        let before = reading.text(run.lowerBound - 1)
        let isPlaced =
            [
                "of", "from", "for", "does", "did", "has", "by", "with", "is", "account", "customer", "company", "client", "agent", "about",
                "do", "at", "than", "and", "vs", "versus", "to"
            ].contains(before)
            || reading.words[run].contains { $0.quotation != nil }
        if isName || (isPlaced && !["is", "to", "and", "do"].contains(before)) {
            let shown = reading.shown(run)
            let nearest = index.nearest(reading.words[run].map(\.text).joined(separator: " "))
            return .notFound(shown, nearest.map { .init(label: $0.name, question: replaced(run, by: $0, false)) })
        }
        let shown = reading.unknown.map { reading.shown($0) }
        let rest = without(reading.unknown)
        return .notUnderstood(shown, rest.count > 3 ? [.init(label: rest, question: rest)] : [])
    }
}
