import Domain
import Foundation

/// All names of a workspace by their folded words. Immutable; made once and shared by questions until names change.
struct NameIndex: Sendable {
    /// How well a phrase names an entity; lower is better.
    private enum Rank: Int {
        case whole, withoutForm, domain, part
    }

    private struct Entry {
        var entity: Entity
        var rank: Int
    }

    /// A tag with its folded words.
    struct Tag: Sendable {
        var parts: [String]
        var name: String
    }

    private var entries: [String: [Entry]] = [:]
    /// The phrases by their length, for misspelled ones: a slip changes it by a letter or two.
    private var phrases: [Int: [String]] = [:]
    private var longest = 1
    /// Tags by their first word, in their order: folding all of them for every word of a question takes longer than the answer.
    private var tags: [String: [Tag]] = [:]
    let names: SupportNames
    let statuses: [Entity]

    init(_ names: SupportNames, contacts: [SupportNames.PersonName] = []) {
        self.names = names
        statuses = names.statuses.map { Entity(kind: .status, id: Int64($0.code), name: $0.label) }
        for account in names.accounts {
            let entity = Entity(kind: .account, id: account.id, name: account.name)
            for name in [account.name] + account.aliases { addName(name, entity) }
            for domain in account.domains { addDomain(domain, entity) }
        }
        for agent in names.agents {
            let entity = Entity(kind: .agent, id: agent.id, name: agent.name)
            addPerson(agent, entity, isKnownByFirstName: true)
        }
        for contact in contacts {
            addPerson(contact, Entity(kind: .contact, id: contact.id, name: contact.name), isKnownByFirstName: false)
        }
        for status in statuses { add(Words.folded(status.name), status, .whole) }
        for tag in names.tags {
            let parts = Words.folded(tag)
            if let first = parts.first { tags[first, default: []].append(Tag(parts: parts, name: tag)) }
        }
    }

    // MARK: Making

    private mutating func addName(_ name: String, _ entity: Entity) {
        let words = Words.folded(name)
        guard !words.isEmpty else { return }
        add(words, entity, .whole)
        var core = words
        if core.first == "the", core.count > 1 { core.removeFirst() }
        while core.count > 1, let last = core.last, Self.legalForms.contains(last) { core.removeLast() }
        if core != words, !core.isEmpty { add(core, entity, .withoutForm) }
        if core.count > 1 {
            // A beginning of two words is how people shorten a long name; a single first word as long as it is no everyday word.
            if core.count > 2 { add(Array(core.prefix(2)), entity, .part) }
            if let first = core.first, first.count >= 3, !Lexicon.isKnown(first), !Self.everyday.contains(first) {
                add([first], entity, .part)
            }
        }
        let initials = core.count >= 3 ? String(core.compactMap(\.first)) : ""
        if initials.count >= 3, !Lexicon.isKnown(initials) { add([initials], entity, .part) }
    }

    private mutating func addDomain(_ domain: String, _ entity: Entity) {
        let words = Words.folded(domain).filter { !["https", "http", "www"].contains($0) }
        guard words.count >= 2 else { return }
        add(words, entity, .domain)
        if let label = words.first, label.count >= 3, !Lexicon.isKnown(label), !Self.everyday.contains(label) {
            add([label], entity, .domain)
        }
    }

    private mutating func addPerson(_ person: SupportNames.PersonName, _ entity: Entity, isKnownByFirstName: Bool) {
        let words = Words.folded(person.name)
        if !words.isEmpty { add(words, entity, .whole) }
        if let email = person.email { add(Words.folded(email), entity, .whole) }
        guard isKnownByFirstName, words.count > 1 else { return }
        for word in [words.first, words.last].compactMap({ $0 }) where word.count >= 3 && !Lexicon.isKnown(word) {
            add([word], entity, .part)
        }
        if words.count > 2, let first = words.first, let last = words.last { add([first, last], entity, .withoutForm) }
    }

    private mutating func add(_ words: [String], _ entity: Entity, _ rank: Rank) {
        let key = words.joined(separator: " ")
        guard !key.isEmpty else { return }
        longest = max(longest, words.count)
        if let index = entries[key]?.firstIndex(where: { $0.entity == entity }) {
            if let old = entries[key]?[index].rank, old > rank.rawValue { entries[key]?[index].rank = rank.rawValue }
            return
        }
        if entries[key] == nil { phrases[key.count, default: []].append(key) }
        entries[key, default: []].append(Entry(entity: entity, rank: rank.rawValue))
    }

    // MARK: Looking

    func tags(beginningWith word: String) -> [Tag] { tags[word] ?? [] }

    /// The agent behind a member's e-mail address.
    func agent(withEmail email: String) -> Entity? {
        let email = email.lowercased()
        return names.agents.first { $0.email?.lowercased() == email }.map { Entity(kind: .agent, id: $0.id, name: $0.name) }
    }

    func accounts(ownedBy email: String) -> [Entity] {
        let email = email.lowercased()
        return names.accounts.filter { $0.owner?.lowercased() == email }.map { Entity(kind: .account, id: $0.id, name: $0.name) }
    }

    /// The best entities a phrase names; empty when it names none.
    func entities(_ phrase: String) -> [Entity] {
        guard let found = entries[phrase], let best = found.map(\.rank).min() else { return [] }
        return found.filter { $0.rank == best }.map(\.entity)
    }

    /// Names in the question, longest first from the left. Names eat their words: “Open Systems” is no open ticket.
    func link(_ words: [Word]) -> [NameHit] {
        var hits: [NameHit] = []
        var index = 0
        while index < words.count {
            if let hit = hit(words, at: index) {
                hits.append(hit)
                index = hit.range.upperBound
            } else {
                index += 1
            }
        }
        return hits
    }

    private func hit(_ words: [Word], at start: Int) -> NameHit? {
        let most = min(longest, words.count - start)
        guard most > 0 else { return nil }
        for length in stride(from: most, through: 1, by: -1) {
            let slice = words[start..<(start + length)]
            guard slice.allSatisfy({ $0.use == nil }) else { continue }
            let phrase = slice.map(\.text).joined(separator: " ")
            var found = entities(phrase)
            // A possessive ends a name: “Acme's Corporation tickets” is not Acme Corporation.
            if slice.dropLast().contains(where: \.isPossessive) { found = [] }
            if found.isEmpty, length == 1, phrase.hasSuffix("s"), phrase.count > 4, !Lexicon.isKnown(phrase) {
                found = entities(String(phrase.dropLast()))
            }
            // A status of the portal's own, such as “Waiting on customer”, is made of everyday words as a rule.
            let isStatus = length > 1 && found.allSatisfy { $0.kind == .status }
            guard !found.isEmpty, isStatus || !isOrdinary(words, start, length) else { continue }
            return NameHit(range: start..<(start + length), entities: found)
        }
        return nil
    }

    /// A name that is also an everyday word counts as a name only where it is written or placed as one.
    ///
    /// The helpdesk's own names come from outside: an agent who is called “Open tickets” must not take the words of everybody's questions.
    private func isOrdinary(_ words: [Word], _ start: Int, _ length: Int) -> Bool {
        let slice = words[start..<(start + length)]
        guard slice.allSatisfy({ Lexicon.isKnown($0.text) || $0.number != nil }) else { return false }
        if length > 1 {
            let isWritten = slice.allSatisfy { $0.isCapitalised || $0.number != nil } && start > 0
            return !isWritten && slice.last?.isPossessive != true && !slice.allSatisfy { $0.quotation != nil }
        }
        if words[start].quotation != nil || words[start].isPossessive { return false }
        let before = start > 0 ? words[start - 1].text : ""
        return !(words[start].isCapitalised && start > 0 && Self.placing.contains(before))
    }

    /// A single word that is nearly a name: the closest entities, when only one distance is best.
    func nearly(_ word: String) -> [Entity] {
        closest(word) { $0.utf8.count >= 4 && !$0.utf8.contains(UInt8(ascii: " ")) }
            .sorted { ($0.kind.rawValue, $0.id) < ($1.kind.rawValue, $1.id) }
    }

    /// The same for several words together, against whole names.
    func nearly(_ words: [String]) -> [Entity] {
        guard words.count > 1 else { return words.first.map { nearly($0) } ?? [] }
        return closest(words.joined(separator: " ")) { _ in true }
    }

    private func closest(_ text: String, among fits: (String) -> Bool) -> [Entity] {
        let (length, allowance) = (text.count, EditDistance.allowance(text.count))
        guard allowance > 0 else { return [] }
        var best = allowance + 1
        var found: [Entity] = []
        for other in (length - allowance)...(length + allowance) {
            for phrase in phrases[other] ?? [] where fits(phrase) {
                guard let distance = EditDistance.between(text, phrase, limit: allowance), distance <= best else { continue }
                if distance < best { found = [] }
                best = distance
                for entry in entries[phrase] ?? [] where !found.contains(entry.entity) { found.append(entry.entity) }
            }
        }
        return found
    }

    /// The names most like a phrase, for “did you mean”.
    func nearest(_ phrase: String, kinds: Set<Entity.Kind> = [.account, .agent], count: Int = 3) -> [Entity] {
        let wanted = Self.pairs(phrase)
        var scored: [(Double, Entity)] = []
        var seen: Set<Entity> = []
        let people = names.agents.map { Entity(kind: .agent, id: $0.id, name: $0.name) }
        let accounts = names.accounts.map { Entity(kind: .account, id: $0.id, name: $0.name) }
        for entity in accounts + people where kinds.contains(entity.kind) && seen.insert(entity).inserted {
            let pairs = Self.pairs(Words.folded(entity.name).joined(separator: " "))
            let common = Double(wanted.intersection(pairs).count)
            scored.append((2 * common / Double(max(1, wanted.count + pairs.count)), entity))
        }
        return scored.sorted { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1.name < $1.1.name }.prefix(count).map(\.1)
    }

    private static func pairs(_ text: String) -> Set<String> {
        let letters = Array(" " + text + " ")
        guard letters.count > 1 else { return [] }
        return Set((0..<(letters.count - 1)).map { String(letters[$0...($0 + 1)]) })
    }

    /// Words before a name.
    static let placing: Set<String> = [
        "of", "from", "for", "does", "did", "do", "has", "have", "is", "by", "with", "at", "to", "and", "or", "about", "vs", "versus",
        "than", "compare", "account", "customer", "company", "client", "agent", "between", "was", "on"
    ]

    private static let everyday: Set<String> = [
        "new", "general", "global", "international", "national", "north", "south", "east", "west", "united", "great", "grand", "central",
        "world", "real", "smart", "best", "big", "blue", "red", "green", "black", "white", "silver", "golden", "royal", "city", "data",
        "cloud", "digital", "data", "office", "health", "care", "home", "house", "bank", "school", "university", "hotel", "market", "group",
        "mail", "support", "help", "info", "test", "demo", "app", "portal", "shop", "store", "online"
    ]

    private static let legalForms: Set<String> = [
        "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "lp", "plc", "gmbh", "mbh", "ag",
        "kg", "kgaa", "ug", "se", "sa", "s", "a", "sas", "sarl", "srl", "spa", "sl", "bv", "nv", "ab", "as", "aps", "oy", "oyj", "pty",
        "pvt", "private", "kk", "sro", "doo", "eood", "ltda", "sarl", "kft", "zrt", "group", "holding", "holdings", "and"
    ]
}
