import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct AuditStoreTests {
    @Test(arguments: Engine.allCases) func entriesComeNewestFirstPageByPage(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            for number in 1...5 {
                try await store.audit.append(
                    workspace, actor: "Ada", action: "member.role", subject: "Bob \(number)", detail: number == 1 ? nil : "admin",
                    now: noon + Double(number))
            }
            var seen: [String] = []
            var cursor: String?
            var sizes: [Int] = []
            repeat {
                let page = try await store.audit.list(workspace, cursor: cursor, limit: 2)
                #expect(page.total == Total(count: 5, isExact: true))
                seen += page.rows.map(\.subject)
                sizes.append(page.rows.count)
                cursor = page.next
            } while cursor != nil && sizes.count < 10
            #expect(seen == ["Bob 5", "Bob 4", "Bob 3", "Bob 2", "Bob 1"])
            #expect(sizes == [2, 2, 1])
            let last = try #require(try await store.audit.list(workspace, limit: 50).rows.last)
            #expect(last == AuditEntry(id: 1, at: noon + 1, actor: "Ada", action: "member.role", subject: "Bob 1", detail: nil))
            #expect(try await store.audit.list(workspace, limit: 5).next == nil)
        }
    }

    /// Entries that arrive while somebody pages neither repeat nor hide any.
    @Test(arguments: Engine.allCases) func pagesHoldStillWhileEntriesArrive(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            for number in 1...4 {
                try await store.audit.append(workspace, actor: "Ada", action: "a", subject: "\(number)", now: noon)
            }
            let first = try await store.audit.list(workspace, limit: 2)
            try await store.audit.append(workspace, actor: "Ada", action: "a", subject: "5", now: noon)
            let second = try await store.audit.list(workspace, cursor: first.next, limit: 2)
            #expect((first.rows + second.rows).map(\.subject) == ["4", "3", "2", "1"])
        }
    }

    @Test(arguments: Engine.allCases) func workspacesDoNotSeeEachOther(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let one = try await store.workspace("One")
            let two = try await store.workspace("Two")
            try await store.audit.append(one, actor: "Ada", action: "a", subject: "s", now: noon)
            let page = try await store.audit.list(two, limit: 50)
            #expect(page.rows.isEmpty)
            #expect(page.total.count == 0)
        }
    }

    @Test(arguments: ["", "abc", "1.5", "9999999999999999999"]) func anOddCursorIsRefused(_ cursor: String) async throws {
        try await withStore(.sqlite) { store in
            #expect(await failure { try await store.audit.list(1, cursor: cursor, limit: 2) }?.code == "bad_cursor")
        }
    }

    @Test(arguments: Engine.allCases) func anEntryIsSavedWithItsActOrNotAtAll(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            _ = await failure {
                try await store.database.write { db in
                    try db.appendAudit(workspace, actor: "Ada", action: "a", subject: "s", now: noon)
                    throw Failure(.conflict, "No.")
                }
            }
            #expect(try await store.audit.list(workspace, limit: 50).rows.isEmpty)
        }
    }
}
