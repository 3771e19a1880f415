import Domain
import Foundation
import Store
import TestDatabases
import TestTools
import Testing

/// Larry's figures by SQL against the same taken in memory, on both engines.
@Suite struct SupportFigureTests {
    /// Tickets of a few agents, most of them resolved after times of every size, some at once.
    private static func portal() -> [Ticket] {
        var random = SeededGenerator(seed: 23)
        return (1...90).map { id in
            let created = noon.addingTimeInterval(-Double(Int.random(in: 1...60, using: &random)) * day)
            let taken: TimeInterval? =
                id.isMultiple(of: 6) ? nil : id.isMultiple(of: 7) ? 0 : Double(Int.random(in: 1...900_000, using: &random)) + 0.001
            return Ticket(
                id: ID(Int64(id)), subject: "Ticket \(id)", statusCode: taken == nil ? 2 : 4,
                priority: TicketPriority.allCases.randomElement(using: &random) ?? .low,
                agentID: [7, 8, 9, nil].randomElement(using: &random) ?? nil, createdAt: created, updatedAt: noon,
                stats: TicketStats(resolvedAt: taken.map(created.addingTimeInterval)))
        }
    }

    private static func median(_ values: [Double]) -> Double? {
        let sorted = values.sorted()
        guard !sorted.isEmpty else { return nil }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }

    private static func seconds(_ ticket: Ticket) -> Double? {
        ticket.stats?.resolvedAt.map { Double($0.milliseconds - ticket.createdAt.milliseconds) / 1000 }
    }

    @Test(arguments: Engine.allCases) func mediansOfGroupsAreTheMiddle(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let tickets = Self.portal()
            _ = try await mirror.save(tickets)
            var query = SupportQuery(.group)
            (query.measure, query.statistic, query.keys, query.includesNone) = (.resolution, .median, [.agent], true)
            let result = try await SupportQueryStore(database: store.database).answer(mirror.workspace, query, now: noon)
            let groups = Dictionary(grouping: tickets.filter { Self.seconds($0) != nil }, by: \.agentID?.rawValue)
            #expect(result.rows.count == groups.count && groups.count == 4)
            for row in result.rows {
                let values = try #require(groups[row.id]).compactMap(Self.seconds)
                let wanted = try #require(Self.median(values))
                #expect(abs((row.value ?? -1) - wanted) < 0.0011 && row.sample == values.count, "\(row)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func aGroupOfNothingHasNoMedian(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.save([ticket(1)])
            var query = SupportQuery(.trend)
            (query.measure, query.statistic, query.keys) = (.resolution, .median, [.day])
            query.filter.set(SupportPeriod(.resolved, from: noon.addingTimeInterval(-2 * day), to: nil, phrase: "in two days"))
            let result = try await SupportQueryStore(database: store.database).answer(mirror.workspace, query, now: noon)
            #expect(!result.rows.isEmpty && result.rows.allSatisfy { $0.value == nil && $0.sample == 0 })
        }
    }

    /// Few rows are sorted and many are read in an index's order: the list is the same.
    @Test(arguments: Engine.allCases) func listsAreInTheirOrder(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let tickets = Self.portal()
            _ = try await mirror.save(tickets)
            for order in [SupportQuery.Order.created, .resolved] {
                func moment(_ ticket: Ticket) -> Date? { order == .created ? ticket.createdAt : ticket.stats?.resolvedAt }
                for isDescending in [true, false] {
                    var query = SupportQuery(.list)
                    (query.order, query.isDescending, query.limit) = (order, isDescending, 20)
                    let result = try await SupportQueryStore(database: store.database).answer(mirror.workspace, query, now: noon)
                    let keys = try result.tickets.map { row in
                        try #require(tickets.first { $0.id == row.id }.flatMap(moment)).milliseconds
                    }
                    #expect(keys.count >= 20 && keys == (isDescending ? keys.sorted(by: >) : keys.sorted()))
                    let best = tickets.compactMap(moment).map(\.milliseconds)
                    #expect(keys.first == (isDescending ? best.max() : best.min()))
                }
            }
        }
    }
}
