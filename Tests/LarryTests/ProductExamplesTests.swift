import Domain
import Foundation
import Store
import Sync
import Testing
import TestSupport

@testable import Larry

/// The five questions of the product's description, word for word, against plain SQL of their own.
@Suite struct ProductExamplesTests {
    /// A world in which Acme has tickets of every kind that is asked for.
    private func withAcme(
        _ body: @escaping @Sendable (SyncWorld, Int64, Date, @Sendable (String) async throws -> LarryAnswer) async throws -> Void
    ) async throws {
        try await withLarry { world, larry in
            let now = Moments(now: Date()).now
            let workspace = world.workspace
            let acme = try await world.database.write { db in
                let row = try db.first(
                    """
                    SELECT account_id AS id FROM tickets WHERE workspace_id = $1 AND is_live AND account_id IS NOT NULL
                    GROUP BY account_id ORDER BY COUNT(*) DESC, account_id LIMIT 1
                    """, workspace)
                let id: Int64 = try #require(row).get("id")
                try db.run(
                    "UPDATE accounts SET name = 'Acme Corporation', name_folded = 'acme corporation' WHERE workspace_id = $1 AND id = $2",
                    workspace, id)
                let tickets = try db.rows(
                    "SELECT id FROM tickets WHERE workspace_id = $1 AND is_live AND account_id = $2 ORDER BY id", workspace, id
                ).map { try $0.get("id", as: Int64.self) }
                for (place, ticket) in tickets.enumerated() {
                    // Every third is young, urgent and open; the second is the youngest, escalated and somebody's.
                    if place % 3 == 0 {
                        try db.run(
                            "UPDATE tickets SET created_at = $3, priority = 4, status = 'open' WHERE workspace_id = $1 AND id = $2",
                            workspace, ticket, now.addingTimeInterval(-Double(place + 1) * 7_200))
                    }
                    if place == 1 {
                        try db.run(
                            """
                            UPDATE tickets SET is_escalated = TRUE, created_at = $3,
                                agent_id = (SELECT MIN(id) FROM agents WHERE workspace_id = $1 AND is_active) WHERE workspace_id = $1 AND id = $2
                            """, workspace, ticket, now.addingTimeInterval(-60))
                    }
                }
                return id
            }
            try await body(world, acme, now) { question in
                try await larry.answer(question, after: nil, in: workspace, now: now).answer
            }
        }
    }

    /// The first column of each row of a statement about Acme ($2), with a moment ($3).
    private func ids(_ world: SyncWorld, _ sql: String, _ values: [SQLValue]) async throws -> [Int64] {
        let workspace = world.workspace
        return try await world.database.read { db in
            try db.rows(sql, arguments: [workspace.sqlValue] + values).compactMap { try $0.find("id", as: Int64.self) }
        }
    }

    @Test func allFive() async throws {
        try await withAcme { world, acme, now, ask in
            let account = SQLValue.integer(acme)
            let opened = try await ask("what tickets has Acme opened in the last 30 days?")
            let recent = try await ids(
                world,
                "SELECT id FROM tickets WHERE workspace_id = $1 AND is_live AND account_id = $2 AND created_at >= $3 ORDER BY created_at DESC, id DESC",
                [account, now.addingTimeInterval(-30 * 86_400).sqlValue])
            #expect(opened.status == .answered && opened.tickets == recent && opened.value == Double(recent.count) && recent.count > 2)

            let handled = try await ask("who's the agent for Acme's most recent escalation?")
            let agent = try await ids(
                world,
                """
                SELECT agent_id AS id FROM tickets WHERE workspace_id = $1 AND is_live AND account_id = $2 AND is_escalated
                ORDER BY created_at DESC LIMIT 1
                """, [account])
            #expect(handled.status == .answered && handled.agents == agent && agent.count == 1)

            let open = try await ask("How many open tickets does Acme have right now?")
            let unsolved = try await ids(
                world, "SELECT id FROM tickets WHERE workspace_id = $1 AND is_live AND account_id = $2 AND status = 'open'", [account])
            #expect(open.value == Double(unsolved.count) && open.link == "/tickets?status=open&account=\(acme)")
            #expect(open.answer == "Acme Corporation has \(unsolved.count) open tickets.")

            let last = try await ask("What was Acme's last ticket about?")
            let latest = try await ids(
                world,
                "SELECT id FROM tickets WHERE workspace_id = $1 AND is_live AND account_id = $2 ORDER BY created_at DESC, id DESC LIMIT 1",
                [account])
            #expect(last.tickets == latest && last.cards.first.map { last.answer.contains("“\($0.subject)”") } == true)

            let urgent = try await ask("Which accounts have filed urgent tickets in the last week?")
            let filed = try await ids(
                world,
                """
                SELECT DISTINCT account_id AS id FROM tickets WHERE workspace_id = $1 AND is_live AND priority = 4 AND created_at >= $2
                AND account_id IS NOT NULL
                """, [now.addingTimeInterval(-7 * 86_400).sqlValue])
            #expect(Set(urgent.accounts) == Set(filed) && urgent.value == Double(filed.count) && filed.contains(acme))
        }
    }
}
