import Domain
import Foundation

/// Checks that a text says nothing the rows did not say: each number, percentage and date, and each account, agent and ticket in it must
/// be known.
struct Verifier {
    private var evidence = Spoken()
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

    mutating func allow(text: String) { evidence.formUnion(Spoken(text)) }

    private mutating func allow(count: Int) { allow(text: Figures.count(Double(count))) }

    /// A figure as answers write it: 3 hours are no 3 tickets, and no 3 %.
    private mutating func allow(_ value: Double?, _ measure: SupportQuery.Measure) {
        if let value { allow(text: Figures.text(value, measure)) }
    }

    mutating func allow(_ query: SupportQuery, _ result: SupportResult, _ names: NameBook) {
        for filter in [query.filter] + (query.sides ?? []).map(\.filter) + [query.part].compactMap({ $0 }) { allow(filter, names) }
        if let having = query.having { allow(text: Figures.count(having.number)) }
        if let limit = query.limit { allow(count: limit) }
        let isShare = query.operation == .share
        if isShare, let value = result.value {
            allow(text: Figures.percent(value))
        } else {
            // The number of groups is a count, whatever is measured of each.
            if query.operation == .group { allow(result.value, .rows) }
            allow(result.value, query.measure)
        }
        for count in [result.sample, result.total, result.tickets.count] { allow(count: count) }
        // Stated arithmetic: the difference of two sides, and what a cut list leaves out.
        if query.operation == .compare, result.rows.count == 2, let a = result.rows[0].value, let b = result.rows[1].value {
            allow(abs(a - b), query.measure)
            if query.measure == .satisfaction { allow(text: Figures.decimal(abs(a - b))) }
        }
        let listed = min(result.rows.count, AnswerWriter.mostNamedGroups)
        if result.total > listed { allow(count: result.total - listed) }
        if result.total > AnswerWriter.mostListed { allow(count: AnswerWriter.mostListed) }
        for row in result.rows {
            allow(row.value, isShare ? .rows : query.measure)
            allow(count: row.sample)
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

    private mutating func allow(_ filter: SupportFilter, _ names: NameBook) {
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
        let said = Spoken(rest)
        var violations = said.numbers.subtracting(evidence.numbers).sorted().map { "the number \($0)" }
        violations += said.percentages.subtracting(evidence.percentages).intersection(evidence.numbers).sorted().map {
            "the percentage \($0)"
        }
        violations += said.dates.subtracting(evidence.dates).sorted().map { "the date \($0.capitalisedFirst)" }
        for hit in index.link(Words.split(rest)) where Set(hit.entities).isDisjoint(with: entities) {
            guard let entity = hit.entities.first, entity.kind == .account || entity.kind == .agent else { continue }
            violations.append("the \(entity.kindWord) \(entity.name)")
        }
        if rest.contains("http://") || rest.contains("https://") || rest.contains("](") { violations.append("a link") }
        return violations
    }
}
