import Domain
import Foundation
import TestDatabases
import Testing

@testable import Store

@Suite struct RunQueueTests {
    @Test(arguments: Engine.allCases) func aClaimedRunIsNobodyElsesUntilItsLeaseLapses(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            let claim = try #require(try await mirror.claim("one"))
            #expect(try await mirror.claim("two") == nil)
            // Long leases: the database's clock runs on by itself, and a loaded machine may stand still for many seconds.
            #expect(try await mirror.runs.heartbeat(claim, lease: 3600))
            try await store.letTimePass(3500)
            #expect(try await mirror.claim("two") == nil)
            try await store.letTimePass(101)
            let rescued = try #require(try await mirror.claim("two"))
            #expect(rescued.run == claim.run)
            #expect(try await !mirror.runs.heartbeat(claim, lease: 15))
            await #expect(throws: RunStore.Lost.self) {
                try await store.database.write { try RunStore.requireOwnership(claim, $0) }
            }
            try await store.database.write { try RunStore.requireOwnership(rescued, $0) }
        }
    }

    @Test(arguments: Engine.allCases) func aDeadWorkersRunIsTakenAtOnce(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            _ = try await mirror.claim("dead")
            func claim(_ isDead: @escaping @Sendable (String) -> Bool) async throws -> RunStore.Claim? {
                try await mirror.runs.claim(owner: "new", lease: 15, startedAt: noon, isDead: isDead)
            }
            #expect(try await claim { $0 == "another" } == nil)
            #expect(try await claim { $0 == "dead" }?.owner == "new")
        }
    }

    /// What a machine believes the time to be is told to nobody: only how long a wait is.
    @Test(arguments: Engine.allCases, [-5 * hour, 5 * hour]) func aClockThatIsWrongDoesNoHarm(
        _ engine: Engine, _ error: TimeInterval
    ) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            let claim = try #require(try await mirror.claim("one"))
            let wrong = Date().addingTimeInterval(error)
            try await mirror.runs.wait(claim, for: 30, rate: .none, freesWorker: true, now: wrong)
            let until = try #require(try await mirror.runs.get(mirror.workspace, claim.run).rateLimit.resumesAt)
            let now = try await store.database.read { try $0.now() }
            #expect((20...30).contains(until.timeIntervalSince(now)))
            #expect(try await mirror.claim("two") == nil)
            try await store.letTimePass(31)
            #expect(try await mirror.claim("two")?.run == claim.run)
        }
    }

    @Test(arguments: Engine.allCases) func theDatabasesClockIsRight(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let before = Date().addingTimeInterval(-1)
            let now = try await store.database.read { try $0.now() }
            #expect((before...Date().addingTimeInterval(1)).contains(now))
        }
    }

    @Test(arguments: Engine.allCases) func aWaitingRunHoldsNoWorkerAndIsTakenWhenItsTimeComes(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            let claim = try #require(try await mirror.claim("one"))
            let rate = SyncRun.RateLimit(total: 50, remaining: 0, resumesAt: nil)
            try await mirror.runs.wait(claim, for: hour, rate: rate, freesWorker: true, now: noon)
            let run = try await mirror.runs.get(mirror.workspace, claim.run)
            #expect(run.state == .waiting)
            #expect(run.rateLimit.total == 50 && run.rateLimit.remaining == 0 && run.rateLimit.resumesAt != nil)
            try await store.letTimePass(hour - 5)
            #expect(try await mirror.claim("two") == nil)
            try await store.letTimePass(6)
            #expect(try await mirror.claim("two")?.run == claim.run)
        }
    }

    /// What a run waited is what passed, whatever was announced; a wait that is made longer is one.
    @Test(arguments: Engine.allCases) func waitsAreCountedAndTimed(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            _ = try await mirror.start()
            let claim = try #require(try await mirror.claim("one"))
            let rate = SyncRun.RateLimit(total: 50, remaining: 10, resumesAt: nil)
            try await mirror.runs.wait(claim, for: 30, rate: rate, freesWorker: false, now: noon)
            try await store.letTimePass(20)
            try await mirror.runs.wait(claim, for: 60, rate: rate, freesWorker: false, now: noon)
            try await store.letTimePass(20)
            for lowest in [12, 9, 11, nil] as [Int?] {
                try await store.database.write { db in
                    try RunStore.resume(claim, db)
                    let seen = SyncRun.RateLimit(total: 50, remaining: lowest, resumesAt: nil, lowest: lowest)
                    try RunStore.note(requests: 1, rate: seen, claim, db)
                }
            }
            var run = try await mirror.runs.get(mirror.workspace, claim.run)
            #expect(run.waits == 1 && (39...45).contains(run.waited), "\(run.waited)")
            #expect(run.rateLimit.lowest == 9 && run.rateLimit.remaining == 11)
            try await mirror.runs.wait(claim, for: hour, rate: rate, freesWorker: true, now: noon)
            try await store.letTimePass(hour + 100)
            #expect(try await mirror.claim("two")?.run == claim.run)
            run = try await mirror.runs.get(mirror.workspace, claim.run)
            #expect(run.waits == 2 && (hour + 139...hour + 150).contains(run.waited), "\(run.waited)")
        }
    }

    @Test(arguments: Engine.allCases) func whatIsHeldOrWaitsDoesNotHideWhatIsDue(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirrors = try await portals(120, in: store)
            for mirror in mirrors {
                _ = try await mirror.start()
                try await store.letTimePass(0.01)
            }
            // All but the last are held or wait.
            for mirror in mirrors.dropLast() {
                let claim = try #require(try await mirror.claim("\(mirror.workspace)", in: mirror.workspace))
                guard mirror.workspace.rawValue % 2 == 0 else { continue }
                try await mirror.runs.wait(claim, for: hour, rate: .none, freesWorker: true, now: noon)
            }
            #expect(try await mirrors[0].claim("two")?.scope == mirrors.last?.scope)
            #expect(try await mirrors[0].claim("two") == nil)
        }
    }

    @Test(arguments: Engine.allCases) func whatHasWaitedLongestComesFirst(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirrors = try await portals(40, in: store)
            for mirror in mirrors {
                _ = try await mirror.start()
                try await store.letTimePass(1)
            }
            var order: [Int] = []
            while let claim = try await mirrors[0].claim("worker") {
                order.append(try #require(mirrors.firstIndex { $0.scope == claim.scope }))
            }
            #expect(order.sorted() == Array(mirrors.indices))
            // A worker picks among the first eight, so that ten of them do not all want the same row.
            for (place, index) in order.enumerated() { #expect(index < place + 8) }
        }
    }

    /// A dead worker's run has waited before; it does not wait behind a long queue once more.
    @Test(arguments: Engine.allCases) func aRunThatWasLeftComesFirst(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirrors = try await portals(30, in: store)
            let last = try #require(mirrors.last)
            _ = try await last.start()
            _ = try await last.claim("dead")
            for mirror in mirrors.dropLast() { _ = try await mirror.start() }
            try await store.letTimePass(16)
            #expect(try await mirrors[0].claim("worker")?.scope == last.scope)
        }
    }

    @Test(arguments: Engine.allCases) func aRunThatIsGivenBackGoesToTheEnd(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirrors = try await portals(10, in: store)
            for mirror in mirrors { _ = try await mirror.start() }
            try await store.letTimePass(1)
            let first = try #require(try await mirrors[0].claim("worker"))
            try await mirrors[0].runs.release(first)
            var taken: [MirrorScope] = []
            while let claim = try await mirrors[0].claim("worker") { taken.append(claim.scope) }
            #expect(taken.count == 10)
            #expect(taken.firstIndex(of: first.scope).map { $0 > 1 } == true)
        }
    }

    @Test(arguments: Engine.allCases) func tenWorkersShareTheQueue(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirrors = try await portals(60, in: store)
            for mirror in mirrors { _ = try await mirror.start() }
            let claims = try await withThrowingTaskGroup(of: [RunStore.Claim].self) { group in
                for worker in 0..<10 {
                    group.addTask {
                        var claims: [RunStore.Claim] = []
                        while claims.count < 60, let claim = try await mirrors[0].claim("worker \(worker) \(claims.count)") {
                            claims.append(claim)
                        }
                        return claims
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            // A worker that finds all of its candidates gone may stop a little early; nothing is taken twice.
            #expect(Set(claims.map(\.run)).count == claims.count)
            while try await mirrors[0].claim("last") != nil {}
            let states = try await mirrors[0].runs.tally()
            #expect(states == [.running: 60])
        }
    }

    /// However long the queue is, a worker reads it from the beginning of an index.
    @Test(arguments: [Engine.sqlite, .postgresql]) func lookingForWorkReadsAnIndex(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let plans = try await store.database.write { db in
                // Many wait, few are held, and the engine knows it.
                try db.run(
                    """
                    INSERT INTO sync_runs (workspace_id, id, connection_id, trigger, state, queued_at, window_end, lease_owner, lease_until)
                    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
                    SELECT 1000 + i, 1000 + i, 1, 'daily', CASE WHEN i % 100 = 0 THEN 'running' ELSE 'queued' END, i, i,
                        CASE WHEN i % 100 = 0 THEN 'somebody' END, CASE WHEN i % 100 = 0 THEN CAST($1 AS BIGINT) + i END FROM n
                    """, Date())
                try db.script("ANALYZE sync_runs")
                // A table this small is read as a whole wherever that is cheaper; the question is what could be used.
                if engine == .postgresql { try db.script("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off") }
                func plan(_ statement: String, _ arguments: [SQLValue]) throws -> String {
                    let rows = try db.rows((engine == .sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + statement, arguments: arguments)
                    return try rows.map { try $0.get(engine == .sqlite ? "detail" : "QUERY PLAN", as: String.self) }.joined(separator: "; ")
                }
                return [
                    try plan(RunStore.dueRuns(db.dialect), [.integer(16)]),
                    try plan(RunStore.dueConnections, [noon.sqlValue, .integer(50)]),
                    try plan(RunStore.lapsedRuns(db.dialect), [.integer(16)])
                ]
            }
            #expect(plans[0].contains("sync_runs_due") && !plans[0].contains("TEMP B-TREE") && !plans[0].contains("Sort"), "\(plans[0])")
            if engine == .postgresql { #expect(plans[0].contains("Index Cond"), "\(plans[0])") }
            #expect(plans[1].contains("connections_by_service"), "\(plans[1])")
            #expect(plans[2].contains("sync_runs_held") && !plans[2].contains("TEMP B-TREE") && !plans[2].contains("Sort"), "\(plans[2])")
            if engine == .postgresql { #expect(plans[2].contains("Index Cond"), "\(plans[2])") }
        }
    }

    private func portals(_ count: Int, in store: StoreFixture) async throws -> [MirrorFixture] {
        var mirrors: [MirrorFixture] = []
        for number in 1...count { mirrors.append(try await MirrorFixture(store, workspace: "W\(number)", subdomain: "w\(number)")) }
        return mirrors
    }
}
