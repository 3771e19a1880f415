import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct RunStoreTests {
    @Test(arguments: Engine.allCases) func twentyClicksMakeOneRun(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let starts = try await withThrowingTaskGroup(of: RunStore.Start.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await mirror.start() }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(starts.map(\.id)).count == 1)
            #expect(starts.count { if case .started = $0 { true } else { false } } == 1)
        }
    }

    @Test(arguments: Engine.allCases) func aClaimedRunIsNobodyElsesUntilItsLeaseLapses(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            let claim = try #require(try await mirror.claim("one", at: noon))
            #expect(try await mirror.claim("two", at: noon.addingTimeInterval(14)) == nil)
            #expect(try await mirror.runs.heartbeat(claim, lease: 15, now: noon.addingTimeInterval(10)))
            #expect(try await mirror.claim("two", at: noon.addingTimeInterval(20)) == nil)
            let rescued = try #require(try await mirror.claim("two", at: noon.addingTimeInterval(26)))
            #expect(rescued.run == claim.run)
            #expect(try await !mirror.runs.heartbeat(claim, lease: 15, now: noon.addingTimeInterval(27)))
            await #expect(throws: RunStore.Lost.self) {
                try await store.database.write { try RunStore.requireOwnership(claim, $0) }
            }
        }
    }

    @Test(arguments: Engine.allCases) func aDeadWorkersRunIsTakenAtOnce(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            _ = try await mirror.claim("dead", at: noon)
            let taken = try await mirror.runs.claim(owner: "new", lease: 15, now: noon, startedAt: noon, deadOwners: { $0 == "dead" })
            #expect(taken?.owner == "new")
        }
    }

    @Test(arguments: Engine.allCases) func cancelEndsForGoodAndKeepsCounts(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            let claim = try #require(try await mirror.claim("one", at: noon))
            try await store.database.write { db in
                try RunStore.begin(.companies, expected: 5, claim, now: noon, db)
                try RunStore.advance(.companies, by: PhaseCounts(done: 3, added: 3), cursor: "x", claim, db)
            }
            #expect(try await mirror.runs.cancel(mirror.workspace, now: noon) == claim.run)
            #expect(try await mirror.runs.cancel(mirror.workspace, now: noon) == nil)
            try await store.database.write { try RunStore.finish(claim, as: .succeeded, problem: nil, now: noon, $0) }
            let run = try await mirror.runs.get(mirror.workspace, claim.run)
            #expect(run.state == .cancelled)
            #expect(run.phases.first?.counts.done == 3)
            #expect(try await mirror.claim("two", at: noon.addingTimeInterval(99)) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func aFinishedPhaseNeverChangesAgain(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            let claim = try #require(try await mirror.claim("one", at: noon))
            try await store.database.write { db in
                try RunStore.begin(.companies, expected: nil, claim, now: noon, db)
                try RunStore.advance(.companies, by: PhaseCounts(done: 2, added: 2), cursor: nil, claim, db)
                try RunStore.end(.companies, as: .done, claim, now: noon, db)
                try RunStore.advance(.companies, by: PhaseCounts(done: 9, added: 9), cursor: nil, claim, db)
                try RunStore.begin(.companies, expected: 99, claim, now: noon, db)
            }
            let phase = try await mirror.runs.get(mirror.workspace, claim.run).phases[0]
            #expect(phase.state == .done)
            #expect(phase.counts.done == 2)
            #expect(phase.expected == 2)
        }
    }

    @Test(arguments: Engine.allCases) func aWaitingRunHoldsNoWorkerAndIsTakenWhenItsTimeComes(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            let claim = try #require(try await mirror.claim("one", at: noon))
            let until = noon.addingTimeInterval(hour)
            let rate = SyncRun.RateLimit(total: 50, remaining: 0, resumesAt: until)
            try await mirror.runs.wait(claim, until: until, rate: rate, freesWorker: true, now: noon)
            let run = try await mirror.runs.get(mirror.workspace, claim.run)
            #expect(run.state == .waiting)
            #expect(run.rateLimit == SyncRun.RateLimit(total: 50, remaining: 0, resumesAt: until))
            #expect(try await mirror.claim("two", at: noon.addingTimeInterval(hour - 1)) == nil)
            #expect(try await mirror.claim("two", at: until)?.run == claim.run)
        }
    }

    @Test(arguments: Engine.allCases) func aDailySlotIsServedOnce(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let served = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<10 { group.addTask { try await mirror.runs.serve(slot: noon, of: mirror.scope) } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(served == 1)
            #expect(try await mirror.runs.serve(slot: noon.addingTimeInterval(day), of: mirror.scope))
        }
    }
}

extension MirrorFixture {
    func start(_ trigger: SyncRun.Trigger = .manual) async throws -> RunStore.Start {
        try await runs.start(scope, trigger: trigger, actor: "test", windowEnd: noon, now: noon)
    }

    func claim(_ owner: String, at date: Date) async throws -> RunStore.Claim? {
        try await runs.claim(owner: owner, lease: 15, now: date, startedAt: date)
    }
}
