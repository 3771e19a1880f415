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

    @Test(arguments: Engine.allCases) func cancelEndsForGoodAndKeepsCounts(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            let claim = try #require(try await mirror.claim("one"))
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
            try await store.letTimePass(99)
            #expect(try await mirror.claim("two") == nil)
        }
    }

    @Test(arguments: Engine.allCases) func aFinishedPhaseNeverChangesAgain(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            let claim = try #require(try await mirror.claim("one"))
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

    /// A worker may stall for longer than its lease. Whatever it does afterwards must not touch what its rescuer does.
    @Test(arguments: Engine.allCases) func aRescuedRunCannotBeEndedByTheWorkerThatLostIt(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            let lost = try #require(try await mirror.claim("one"))
            try await store.letTimePass(16)
            let rescued = try #require(try await mirror.claim("two"))
            let problem = SyncRun.Problem(code: .network, message: "No network.")
            try await store.database.write { try RunStore.finish(lost, as: .failed, problem: problem, now: noon, $0) }
            try await mirror.runs.release(lost)
            try await mirror.runs.wait(lost, for: 60, rate: .none, freesWorker: true, now: noon)
            #expect(try await mirror.runs.get(mirror.workspace, rescued.run).state == .running)
            #expect(try await mirror.runs.heartbeat(rescued, lease: 15))
        }
    }
}

extension MirrorFixture {
    func start(_ trigger: SyncRun.Trigger = .manual) async throws -> RunStore.Start {
        try await runs.start(scope, trigger: trigger, actor: "test", windowEnd: noon)
    }

    func claim(_ owner: String, in workspace: ID<Workspace>? = nil) async throws -> RunStore.Claim? {
        try await runs.claim(owner: owner, lease: 15, startedAt: noon, workspace: workspace)
    }
}

extension SyncRun.RateLimit {
    static let none = SyncRun.RateLimit(total: nil, remaining: nil, resumesAt: nil)
}

extension StoreFixture {
    func letTimePass(_ seconds: TimeInterval) async throws { try await database.letTimePass(seconds) }
}
