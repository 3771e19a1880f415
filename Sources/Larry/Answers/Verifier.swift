import Domain
import Foundation

/// Checks that a text says nothing the rows did not say: each number, and each account, agent and ticket in it must be known.
struct Verifier {
    private var numbers: Set<String> = []
    private var entities: Set<Entity> = []
    private let index: NameIndex
    /// Texts that may stand in the answer as they are: subjects and names of this turn's rows.
    private var quotable: Set<String> = []

    init(index: NameIndex, question: String) {
        self.index = index
        allow(text: question)
        for hit in index.link(Words.split(question)) { entities.formUnion(hit.entities) }
    }

    // MARK: Evidence

    mutating func allow(text: String) { numbers.formUnion(Self.numbers(in: text)) }

    mutating func allow(value: Double?) {
        guard let value else { return }
        for text in [Figures.count(value), Figures.decimal(value), Figures.duration(value), Figures.percent(value)] { allow(text: text) }
    }

    mutating func allow(_ query: SupportQuery, _ result: SupportResult, _ names: NameBook) {
        for filter in [query.filter] + (query.sides ?? []).map(\.filter) + [query.part].compactMap({ $0 }) {
            for line in FilterText(filter: filter, names: names).lines { allow(text: line) }
            for id in filter.account?.ids ?? [] { entities.insert(Entity(kind: .account, id: id, name: names.account(id))) }
            for id in (filter.agent?.ids ?? []) + (filter.author?.ids ?? []) {
                entities.insert(Entity(kind: .agent, id: id, name: names.agent(id)))
            }
            for period in filter.periods ?? [] {
                for date in [period.from, period.to?.addingTimeInterval(-0.001), period.to].compactMap({ $0 }) {
                    allow(text: names.day(date))
                }
            }
        }
        if let having = query.having { allow(value: having.number) }
        if let limit = query.limit { allow(value: Double(limit)) }
        allow(value: result.value)
        allow(value: Double(result.sample))
        allow(value: Double(result.total))
        // Stated arithmetic: the difference of two sides, what a cut list leaves out.
        if result.rows.count == 2, let a = result.rows[0].value, let b = result.rows[1].value { allow(value: abs(a - b)) }
        for shown in 1...10 where result.total > shown { allow(value: Double(result.total - shown)) }
        allow(value: Double(result.tickets.count))
        allow(value: Double(AnswerWriter.mostListed))
        for row in result.rows {
            allow(value: row.value)
            allow(value: Double(row.sample))
            allow(text: row.key)
            quotable.insert(row.key)
            if let second = row.second { quotable.insert(second) }
            if let id = row.id, query.keys?.first == .account { entities.insert(Entity(kind: .account, id: id, name: row.key)) }
            if let id = row.id, query.keys?.first == .agent { entities.insert(Entity(kind: .agent, id: id, name: row.key)) }
        }
        for member in result.members { quotable.insert(member.name) }
        for side in query.sides ?? [] { allow(text: side.label) }
        for ticket in result.tickets { allow(ticket, names) }
    }

    private mutating func allow(_ ticket: TicketSummary, _ names: NameBook) {
        allow(text: "\(ticket.id)")
        for date in [ticket.createdAt, ticket.updatedAt, ticket.dueBy, ticket.resolvedAt].compactMap({ $0 }) {
            allow(text: names.moment(date))
        }
        if let account = ticket.account {
            entities.insert(Entity(kind: .account, id: account.account.id.rawValue, name: account.account.name))
        }
        if let agent = ticket.agent { entities.insert(Entity(kind: .agent, id: agent.id.rawValue, name: agent.name)) }
        let texts = [
            ticket.subject, ticket.requester?.name, ticket.statusLabel, ticket.group?.name, ticket.type, ticket.agent?.name,
            ticket.account?.account.name
        ]
        quotable.formUnion(texts.compactMap { $0 })
        quotable.formUnion(ticket.tags)
    }

    // MARK: Checking

    /// What the text says without evidence; empty when all of it is traced.
    func violations(in text: String) -> [String] {
        // What stands in a row may be said as it stands; the longest first, so that no part of another is cut out.
        var rest = text
        for known in quotable.sorted(by: { $0.count > $1.count }) where !known.isEmpty { rest = rest.replacing(known, with: " ") }
        for name in entities.map(\.name).sorted(by: { $0.count > $1.count }) { rest = rest.replacing(name, with: " ") }
        var violations = Self.numbers(in: rest).subtracting(numbers).sorted().map { "the number \($0)" }
        for hit in index.link(Words.split(rest)) where Set(hit.entities).isDisjoint(with: entities) {
            guard let entity = hit.entities.first, entity.kind == .account || entity.kind == .agent else { continue }
            violations.append("the \(entity.kindWord) \(entity.name)")
        }
        if rest.contains("http://") || rest.contains("https://") || rest.contains("](") { violations.append("a link") }
        return violations
    }

    /// Numbers of a text without their grouping; number words count as numbers.
    static func numbers(in text: String) -> Set<String> {
        var numbers: Set<String> = []
        var piece = ""
        func finish() {
            while let last = piece.last, last == "." || last == "," { piece.removeLast() }
            var text = piece.replacing(",", with: "")
            piece = ""
            guard !text.isEmpty else { return }
            if text.contains(".") { while text.hasSuffix("0") { text.removeLast() }; if text.hasSuffix(".") { text.removeLast() } }
            numbers.insert(
                text.drop { $0 == "0" }.isEmpty ? "0" : String(text.drop { $0 == "0" && text.count > 1 && !text.hasPrefix("0.") }))
        }
        for character in text {
            if character.isNumber, character.isASCII || character.wholeNumberValue != nil {
                piece += character.wholeNumberValue.map(String.init) ?? ""
            } else if (character == "," || character == "."), !piece.isEmpty {
                piece.append(character)
            } else {
                finish()
            }
        }
        finish()
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
            // “one” is also a pronoun.
            if let number = Numbers.words[String(word)], number > 1 { numbers.insert(String(number)) }
        }
        return numbers
    }
}
