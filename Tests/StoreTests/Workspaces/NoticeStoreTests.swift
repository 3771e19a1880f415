import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite("Notices")
struct NoticeStoreTests {
    private func end(_ state: SyncRun.State, _ mirror: MirrorFixture) async throws {
        _ = try await mirror.start()
        let claim = try #require(try await mirror.claim("one"))
        let problem: SyncRun.Problem? = state == .failed ? .init(code: .network, message: "The portal is away.") : nil
        try await mirror.store.database.write { try RunStore.finish(claim, as: state, problem: problem, now: noon, $0) }
    }

    /// What is to be tried again later is due now.
    private func skipPauses(_ mirror: MirrorFixture) async throws {
        let workspace = mirror.workspace
        _ = try await mirror.store.database.write { db in
            try db.run("UPDATE notices SET due_at = 0 WHERE workspace_id = $1 AND due_at IS NOT NULL", workspace)
        }
    }

    @Test(arguments: Engine.allCases) func oneForEachChangeOfState(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let notices = NoticeStore(database: store.database)
            let person = try await store.people.create(email: "ana@example.com", name: "Ana", now: noon)
            try await store.members.add(mirror.workspace, person: person.id, role: .admin, acting: .owner, now: noon)
            for state in [SyncRun.State.succeeded, .failed, .failed, .cancelled, .partial, .succeeded, .failed] {
                try await end(state, mirror)
            }
            let list = try await notices.list(mirror.workspace, limit: 10)
            #expect(list.map(\.kind) == [.failed, .recovered, .failed])
            #expect(list.first?.message == "The Freshdesk sync of northwind failed: The portal is away.")
            #expect(list.allSatisfy { $0.delivery == .none })
            #expect(try await ConnectionStore(database: store.database).glance(mirror.workspace, for: person.id).unseenNotices == 3)
            try await notices.markSeen(mirror.workspace, person: person.id)
            #expect(try await ConnectionStore(database: store.database).glance(mirror.workspace, for: person.id).unseenNotices == 0)
            #expect(try await notices.claimDue(lease: 60, limit: 10).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func aNoticeIsTriedAgainAndGivenUpAtLast(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let notices = NoticeStore(database: store.database)
            try await notices.setChannel(mirror.workspace, to: .init(sealedURL: "sealed", host: "hooks.example.com", createdAt: noon))
            try await end(.failed, mirror)
            for attempt in 0...NoticeStore.pauses.count {
                let claim = try #require(try await notices.claimDue(lease: 60, limit: 10).first)
                #expect(claim.attempts == attempt + 1 && claim.sealedURL == "sealed")
                #expect(try await notices.claimDue(lease: 60, limit: 10).isEmpty, "held")
                try await notices.failed(claim, because: "The webhook answered 500.")
                #expect(try await notices.claimDue(lease: 60, limit: 10).isEmpty, "pauses")
                try await skipPauses(mirror)
            }
            let given = try #require(try await notices.list(mirror.workspace, limit: 1).first)
            #expect(given.delivery == .failed && given.reason == "The webhook answered 500.")
            #expect(try await notices.claimDue(lease: 60, limit: 10).isEmpty)

            try await end(.succeeded, mirror)
            let claim = try #require(try await notices.claimDue(lease: 60, limit: 10).first)
            try await notices.sent(claim)
            #expect(try await notices.list(mirror.workspace, limit: 1).first?.delivery == .sent)
            try await notices.add(mirror.workspace, .test, "A test", now: noon)
            try await notices.setChannel(mirror.workspace, to: nil)
            #expect(try await notices.list(mirror.workspace, limit: 1).first?.delivery == .failed)
        }
    }
}
