import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct EventStoreTests {
    private func due(_ store: StoreFixture, _ owner: String, share: Int = 20, except: [ID<Workspace>] = []) async throws
        -> [EventStore.Claim]
    {
        try await EventStore(database: store.database).claimDue(owner: owner, lease: 30, portals: 8, share: share, except: except)
    }

    @Test(arguments: Engine.allCases) func oneThatComesInDuringTheFetchIsNotLost(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let events = EventStore(database: store.database)
            // Longer than any machine takes for five events.
            for _ in 1...5 { try await events.record(mirror.scope, ticket: 101, settling: 600) }
            #expect(try await due(store, "one").isEmpty)
            try await store.letTimePass(600)
            let claims = try await due(store, "one")
            let claim = try #require(claims.first)
            #expect(claims.count == 1 && claim.ticket == 101 && claim.events == 5 && claim.scope == mirror.scope)
            // Somebody holds it.
            #expect(try await due(store, "two").isEmpty)

            try await events.record(mirror.scope, ticket: 101)
            try await events.finish(claim)
            #expect(try await events.backlog() == 1)
            try await store.letTimePass(5)
            let again = try #require(try await due(store, "one again").first)
            #expect(again.events == 6)
            try await events.finish(again)
            #expect(try await events.backlog() == 0)

            // Unless said otherwise it waits until the portal's own copies have caught up.
            try await events.record(mirror.scope, ticket: 102)
            let row = try await store.database.read {
                try $0.first("SELECT due_at - received_at AS pause FROM webhook_events WHERE workspace_id = $1", mirror.workspace)
            }
            let pause: Int64 = try #require(row).get("pause")
            #expect(abs(pause - Int64(EventStore.settling * 1000)) <= 1)
        }
    }

    @Test(arguments: Engine.allCases) func deliveriesThatADisconnectDropsDoNotWaitForEver(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let (events, deliveries) = (EventStore(database: store.database), DeliveryStore(database: store.database))
            try await events.record(mirror.scope, ticket: 101, settling: 0)
            let applied = try #require(try await due(store, "one").first)
            try await events.finish(applied)
            try await events.record(mirror.scope, ticket: 102, settling: 0)
            let inHand = try #require(try await due(store, "two").first)
            try await events.record(mirror.scope, ticket: 103)
            try await ConnectionStore(database: store.database).disconnect(mirror.workspace, now: noon)
            // The worker that had one in hand comes back late.
            try await events.finish(inHand)
            #expect(try await events.backlog() == 0)
            let shown = try await deliveries.list(mirror.workspace, limit: 10)
            #expect(shown.map(\.ticket) == [103, 102, 101])
            #expect(shown.map(\.state) == [.refused, .refused, .applied])
            #expect(shown.prefix(2).allSatisfy { $0.note == DeliveryStore.disconnected && $0.settledAt != nil })
            #expect(shown.last?.note == nil)
        }
    }

    @Test(arguments: Engine.allCases) func aDeadWorkersClaimLapsesAndItsLateAnswerChangesNothing(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let events = EventStore(database: store.database)
            try await events.record(mirror.scope, ticket: 101, settling: 0)
            let first = try #require(try await due(store, "one").first)
            try await store.letTimePass(20)
            try await events.heartbeat([first], lease: 30)
            try await store.letTimePass(20)
            #expect(try await due(store, "two").isEmpty)
            try await store.letTimePass(11)
            let second = try #require(try await due(store, "two").first)
            try await events.finish(first)
            try await events.retry([first], after: 0, because: "busy")
            try await store.letTimePass(25)
            try await events.heartbeat([first], lease: 30)
            #expect(try await due(store, "three").isEmpty)
            try await events.retry([second], after: 100, because: "busy")
            try await store.letTimePass(99)
            #expect(try await due(store, "three").isEmpty)
            try await store.letTimePass(2)
            #expect(try await due(store, "three").count == 1)
        }
    }

    @Test(arguments: Engine.allCases) func aPortalWithManyEventsTakesNoMoreThanItsShare(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let loud = try await MirrorFixture(store, workspace: "Loud", subdomain: "loud")
            let quiet = try await MirrorFixture(store, workspace: "Quiet", subdomain: "quiet")
            let events = EventStore(database: store.database)
            for id in Int64(1)...30 { try await events.record(loud.scope, ticket: ID(id), settling: 0) }
            try await store.letTimePass(1)
            try await events.record(quiet.scope, ticket: 1, settling: 0)
            let claims = try await due(store, "one", share: 5)
            #expect(claims.count { $0.scope == loud.scope } == 5)
            #expect(claims.count { $0.scope == quiet.scope } == 1)
            #expect(try await due(store, "two", except: [loud.workspace]).isEmpty)
            // The portal cannot be asked: what is held stays held, what is free waits.
            try await events.postpone(loud.scope, by: 60)
            #expect(try await due(store, "two").isEmpty)
            try await store.letTimePass(61)
            #expect(try await due(store, "two", share: 50).count == 31)
        }
    }

    @Test(arguments: Engine.allCases) func twentyWorkersTakeAnEventOnce(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let events = EventStore(database: store.database)
            for id in Int64(1)...10 { try await events.record(mirror.scope, ticket: ID(id), settling: 0) }
            let taken = try await withThrowingTaskGroup(of: [ID<Ticket>].self) { group in
                for worker in 1...20 {
                    group.addTask {
                        try await events.claimDue(owner: "\(worker)", lease: 30, portals: 8, share: 3).map(\.ticket)
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(Set(taken).count == taken.count)
        }
    }

    @Test(arguments: Engine.allCases) func aDisconnectDropsWhatWaits(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let events = EventStore(database: store.database)
            try await events.record(mirror.scope, ticket: 1, settling: 0)
            try await ConnectionStore(database: store.database).disconnect(mirror.workspace, now: noon)
            #expect(try await events.backlog() == 0)
            #expect(try await !events.record(mirror.scope, ticket: 1))
        }
    }
}
