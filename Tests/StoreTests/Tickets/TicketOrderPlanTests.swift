import Domain
import Foundation
import Synchronization
import TestDatabases
import Testing

@testable import Store

/// The Tickets page's orders are those of its indexes. What is joined to the chosen page may be put in order once more: at most a page.
@Suite struct TicketOrderPlanTests {
    private static let sorts = ["updated", "-updated", "created", "-created", "priority", "-priority", "due", "-due", "waiting", "-waiting"]

    /// A page of the unfiltered list takes its rows in the index's order, from the first page to one in the middle.
    @Test(arguments: [Engine.sqlite, .postgresql]) func theListItselfIsNeverSorted(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            try await Self.fill(mirror)
            for sort in Self.sorts {
                let first = try await mirror.page("sort=\(sort)&limit=20")
                for text in ["sort=\(sort)", "sort=\(sort)&limit=20&cursor=\(first.next ?? "")"] {
                    for plan in try await Self.plans(of: text, mirror) {
                        #expect(plan.sorts.isEmpty, "\(text)\n\(plan.sql)\n\(plan.lines.joined(separator: "\n"))")
                    }
                }
            }
        }
    }

    // MARK: Plans

    private struct Plan {
        var sql: String
        var lines: [String]
        /// Steps that sort what the page is chosen from.
        var sorts: [String]
    }

    /// The plans of the statements that a list sends.
    private static func plans(of text: String, _ mirror: MirrorFixture) async throws -> [Plan] {
        let sent = Mutex<[(String, [SQLValue])]>([])
        let watched = CheckedDatabase(mirror.store.database) { sql, arguments in sent.withLock { $0.append((sql, arguments)) } }
        _ = try await TicketStore(database: watched).list(mirror.workspace, try query(text), now: noon)
        let statements = sent.withLock { $0 }.filter { $0.0.contains("tickets t") }
        let engine = mirror.store.engine
        return try await mirror.store.database.read { db in
            if engine != .sqlite {
                // So that what remains of a scan or a sort is there for want of an index, and not because the table is small.
                try db.script("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_incremental_sort = off")
            }
            return try statements.map { sql, arguments in
                if engine == .sqlite {
                    let rows = try db.rows("EXPLAIN QUERY PLAN \(sql)", arguments: arguments)
                    let sorts = try rows.filter { try $0.get("parent", as: Int.self) != 0 }.map { try $0.get("detail", as: String.self) }
                        .filter { $0.contains("TEMP B-TREE") }
                    return Plan(sql: sql, lines: try rows.map { try $0.get("detail") }, sorts: sorts)
                }
                let lines: [String] = try db.rows("EXPLAIN (COSTS OFF) \(sql)", arguments: arguments).map { try $0.get("QUERY PLAN") }
                let limit = lines.firstIndex { $0.contains("Limit") } ?? 0
                return Plan(sql: sql, lines: lines, sorts: lines[limit...].filter { $0.contains("Sort") && !$0.contains("Sort Key") })
            }
        }
    }

    private static func fill(_ mirror: MirrorFixture) async throws {
        var random = SeededGenerator(seed: 11)
        let tickets = (1...3000).map { id in
            var one = Ticket(
                id: ID(Int64(id)), subject: id % 100 == 0 ? "Invoice \(id % 10)" : "Ticket \(id)",
                statusCode: [2, 2, 3, 4, 5, 5, 5, 5].randomElement(using: &random) ?? 2,
                priority: TicketPriority.allCases.randomElement(using: &random) ?? .low,
                sourceCode: [1, 2, 7].randomElement(using: &random) ?? 1,
                type: ["Incident", "Question", nil].randomElement(using: &random) ?? nil, tags: id % 40 == 0 ? ["vip"] : [],
                agentID: id % 9 == 0 ? nil : ID(Int64(id % 20)), companyID: id % 5 == 0 ? nil : ID(Int64(id % 60)),
                createdAt: noon.addingTimeInterval(-Double(id) * hour), updatedAt: noon.addingTimeInterval(-Double(id) * minute),
                dueBy: id % 3 == 0 ? nil : noon.addingTimeInterval(Double(id % 700) * hour),
                stats: TicketStats(requesterRespondedAt: id % 2 == 0 ? noon.addingTimeInterval(-Double(id) * minute) : nil))
            one.requesterID = ID(Int64(id % 200))
            one.groupID = ID(Int64(id % 4))
            return one
        }
        for start in stride(from: 0, to: tickets.count, by: 500) {
            _ = try await mirror.save(Array(tickets[start..<start + 500]))
        }
        try await mirror.store.database.write { try $0.script("ANALYZE") }
    }
}
