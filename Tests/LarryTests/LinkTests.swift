import Domain
import Foundation
import Store
import Testing
import TestSupport
import TestTools

@testable import Larry

/// Whatever is asked: an answer that links to the Tickets page has the number of that list.
@Suite struct LinkTests {
    @Test func linkedAnswersHaveTheNumberOfTheirList() async throws {
        try await withLarry { world, _ in
            let now = Moments(now: Date()).now
            var words = try await RandomQueries(world, now: now, seed: 6)
            var (linked, cut) = (0, 0)
            for number in 1...600 {
                let query = words.next()
                let result = try await SupportQueryStore(database: world.database).answer(world.workspace, query, now: now)
                guard let tickets = query.ticketQuery(showing: result) else { continue }
                let (parsed, faults) = TicketQuery.parse(tickets.items)
                #expect(faults.isEmpty && parsed == tickets)
                let total = try await world.tickets.count(world.workspace, parsed, now: now)
                let written = AnswerWriter(query: query, result: result, names: NameBook(SupportNames())).written()
                let said: Double? =
                    switch query.operation {
                    case .share: result.rows.first?.value
                    case .group where written.unit != .tickets: Double(result.sample)
                    default: written.value ?? 0
                    }
                #expect(said == Double(total.count), "\(number): \(LarryJSON.text(query)) as \(tickets.queryString)")
                linked += 1
                if query.having != nil || query.limit != nil, query.operation == .group { cut += 1 }
            }
            #expect(linked > 200 && cut > 2, "\(linked) linked, \(cut) of them cut")
        }
    }

    @Test func whatTheAddressCannotHoldIsNotLinked() {
        var filter = SupportFilter()
        filter.tag = .init(["ends with a blank "])
        #expect(SupportQuery(.count, .tickets, filter).ticketQuery == nil)
        filter = SupportFilter()
        filter.text = String(repeating: "long ", count: 60)
        #expect(SupportQuery(.count, .tickets, filter).ticketQuery == nil)
        filter = SupportFilter()
        filter.set(SupportPeriod(.created, from: noon.addingTimeInterval(0.5), to: nil, phrase: ""))
        #expect(SupportQuery(.count, .tickets, filter).ticketQuery == nil)
    }

    @Test func severalPlacesOfARankingAreNotOneList() {
        var query = SupportQuery(.group)
        (query.keys, query.limit) = ([.agent], 2)
        var result = SupportResult(value: 3, sample: 5, total: 9)
        result.rows = [.init(key: "Ana", id: 1, value: 3, sample: 3), .init(key: "Ben", id: 2, value: 2, sample: 2)]
        #expect(query.ticketQuery(showing: result) == nil)
        query.limit = 1
        result.rows.removeLast()
        #expect(query.ticketQuery(showing: result)?.queryString == "agent=1")
    }
}

/// Queries of every shape over the names and moments of a workspace.
private struct RandomQueries {
    private var random: SeededGenerator
    private let now: Date
    private let accounts: [Int64]
    private let agents: [Int64]
    private let contacts: [Int64]
    private let tags: [String]
    private let types: [String]

    init(_ world: SyncWorld, now: Date, seed: UInt64) async throws {
        random = SeededGenerator(seed: seed)
        self.now = now
        let store = SupportNamesStore(database: world.database)
        let names = try await store.names(world.workspace)
        accounts = names.accounts.map(\.id)
        agents = names.agents.map(\.id)
        contacts = try await store.contacts(world.workspace).map(\.id)
        (tags, types) = (names.tags, names.types)
    }

    mutating func next() -> SupportQuery {
        var query = SupportQuery(pick([.count, .list, .group, .trend, .share]), .tickets, filter(parts: 2))
        switch query.operation {
        case .list:
            query.order = pick(SupportQuery.Order.allCases.filter { $0 != .name })
            query.isDescending = chance(2)
            if chance(3) { query.limit = 1 + number(10) }
        case .group:
            query.keys = [chance(2) ? pick([.account, .agent, .contact, .group]) : pick(SupportQuery.Key.allCases)]
            if chance(5) { query.keys?.append(pick(SupportQuery.Key.allCases)) }
            query.includesNone = chance(3) ? true : nil
            query.timeField = chance(2) ? pick([.created, .resolved, .updated, .due]) : nil
            if chance(3) { query.having = .init(pick(SupportQuery.Having.Comparison.allCases), Double(number(6))) }
            if chance(3) { query.limit = 1 + number(2) }
            if chance(8) { query.minimumSample = number(5) }
            query.isDescending = chance(2)
        case .trend:
            query.keys = [pick([.day, .week, .month])]
            query.timeField = pick([.created, .resolved, .updated, .due])
        case .share: query.part = filter(parts: 1)
        case .count, .aggregate, .compare: break
        }
        return query
    }

    private mutating func filter(parts: Int) -> SupportFilter {
        var filter = SupportFilter()
        for _ in 0..<number(parts + 1) {
            switch number(15) {
            case 0: filter.account = references(accounts)
            case 1: filter.agent = references(agents)
            case 2: filter.contact = references(contacts)
            case 3: filter.status = choice(TicketStatus.allCases)
            case 4: filter.priority = choice(TicketPriority.allCases)
            case 5: filter.source = choice(TicketSource.allCases)
            case 6: filter.type = types.isEmpty ? nil : choice(types)
            case 7: filter.tag = tags.isEmpty ? nil : choice(tags)
            case 8: filter.text = pick(["login", "the invoice", "export error"])
            case 9: filter.isMatched = chance(2)
            case 10: filter.isRated = chance(2)
            case 11: filter.sentiment = choice(Sentiment.allCases)
            case 12: filter.isEscalated = chance(2)
            case 13: filter.isOverdue = chance(2)
            default:
                let from = chance(4) ? nil : now.addingTimeInterval(-Double(1 + number(120)) * 86_400)
                let to = from == nil || chance(2) ? now.addingTimeInterval(-Double(number(24)) * 3_600) : nil
                if let from, let to, from >= to { continue }
                filter.set(SupportPeriod(pick([.created, .resolved, .updated, .due, .rated, .sent]), from: from, to: to, phrase: "then"))
            }
        }
        return filter
    }

    private mutating func references(_ ids: [Int64]) -> SupportFilter.References {
        if ids.isEmpty || chance(4) { return chance(2) ? .missing : .present }
        return .init((0...number(2)).map { _ in pick(ids) }, includesNone: chance(4), isNegated: chance(3))
    }

    private mutating func choice<Value>(_ values: [Value]) -> SupportFilter.Choice<Value> {
        .init(Array(Set((0...number(2)).map { _ in pick(values) })), isNegated: chance(3))
    }

    private mutating func pick<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &random)] }
    private mutating func number(_ below: Int) -> Int { Int.random(in: 0..<below, using: &random) }
    private mutating func chance(_ one: Int) -> Bool { number(one) == 0 }
}
