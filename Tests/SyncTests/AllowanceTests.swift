import Domain
import Foundation
import Sandbox
import Store
import Sync
import TestDatabases
import TestSupport
import Testing

/// Syncs under the plans' real allowances, in simulated time.
@Suite(.serialized) struct AllowanceTests {
    private static let start = Date(timeIntervalSince1970: 1_795_600_800)

    private struct Stats: Decodable {
        var requests: Int
        var credits: Int
        var rateLimited: Int
        var lowestRemaining: Int
    }

    private static func options(_ plan: String, tickets: Int) throws -> SandboxOptions {
        var options = SandboxOptions(seed: 7, apiKey: "test-key")
        options.tickets = tickets
        options.companies = 20
        options.curiosities = false
        options.plan = try Plan.named(plan)
        options.now = start
        options.clockStands = true
        return options
    }

    private static func stats(_ world: SyncWorld) async throws -> Stats {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Stats.self, from: Data(try await world.look("stats").utf8))
    }

    /// Every window is used to its reserve but for what the next request would not fit in, and nothing is refused.
    @Test(arguments: [("trial", 500), ("growth2026", 900)], [false, true])
    func theShareThatIsNotReservedIsUsed(_ plan: (name: String, tickets: Int), slides: Bool) async throws {
        let time = SimulatedTime(start: Self.start)
        try await SyncWorld.with(try Self.options(plan.name, tickets: plan.tickets), clock: time.clock) { world in
            let world = time.inhabit(world)
            try await world.change("policies", #"{"sliding_window": \#(slides)}"#)
            try await world.connect(backfillDays: .some(nil))
            var spent = 0
            let done = try await world.carryOut(in: time) { _ in spent = try await Self.stats(world).credits }
            #expect(done.run.state == .succeeded)
            let stats = try await Self.stats(world)
            #expect(stats.rateLimited == 0)
            let total = try #require(try Plan.named(plan.name).total)
            let usable = Double(total * 80 / 100)
            // Up to the last wait, after which the work came to its end.
            let share = Double(spent) / (usable * (time.elapsed / .seconds(60)))
            #expect(share >= 0.95, "\(share) of the usable allowance in \(time.elapsed), \(done.waits.count) waits")
            // The reserve stays, but for one credit of a look whether the window began anew.
            #expect(stats.lowestRemaining >= total - Int(usable) - 1, "\(stats.lowestRemaining) left of \(total)")
            // The run tells of it.
            #expect(done.run.rateLimit.lowest == stats.lowestRemaining)
            #expect(done.run.waits >= done.waits.count && done.run.waited >= done.waits.reduce(0, +) - 1)
            try await FirstSyncTests.expectEqual(world, since: nil)
        }
    }

    /// Two thousand tickets at fifty requests an hour: days of work in one run that goes on from its checkpoint, window by window, in
    /// whichever process, while the portal lives on.
    @Test func aLargePortalOnFiftyAnHourIsReadOverDays() async throws {
        let time = SimulatedTime(start: Self.start)
        try await SyncWorld.with(try Self.options("free", tickets: 2_000), clock: time.clock) { world in
            let first = time.inhabit(world)
            let truth = try await Truth.read(first)
            try await first.connect(backfillDays: .some(nil))
            let begun = try #require(try await first.runs.current(first.workspace))
            var (lowest, doneBefore, expectedLeft) = (Int.max, 0, Int.max)
            // Every so often another process goes on, which knows nothing but what is in the database.
            var current = first
            var waits: [TimeInterval] = []
            restarts: while true {
                if waits.count.isMultiple(of: 10) { current = time.inhabit(world) }
                let here = current
                let outcome = try await Self.window(here, time)
                switch outcome {
                case .ended: break restarts
                case .waits(let pause): waits.append(pause)
                }
                let run = try #require(try await here.runs.current(here.workspace))
                #expect(run.id == begun.id && run.state == .waiting)
                let resumesAt = try #require(run.rateLimit.resumesAt)
                #expect(resumesAt > Date() && resumesAt <= Date().addingTimeInterval(3_700))
                lowest = min(lowest, try await Self.stats(here).lowestRemaining)
                // What is done never shrinks, and what is left is said.
                let done = run.phases.reduce(0) { $0 + $1.counts.done }
                #expect(done >= doneBefore)
                doneBefore = done
                if waits.count == 30 {
                    try await Self.expectNewestAndUnresolvedFirst(here)
                    let threads = try #require(run.phases.first { $0.name == .conversations })
                    expectedLeft = try #require(threads.expected) - threads.counts.done
                    #expect(expectedLeft > 0)
                    let tickets = truth.tickets.map(\.id).sorted()
                    try await here.change("reply", #"{"ticket_id": \#(tickets[10])}"#)
                    try await here.change("create_ticket", "{}")
                    // The day's slot finds the run under way.
                    let daily = try await here.connector.sync(workspace: here.workspace, trigger: .daily, actor: nil)
                    #expect(daily == .skipped(begun.id))
                }
                try await time.pass(until: time.elapsed + .seconds(max(0, waits.last ?? 0)))
                try await here.database.letTimePass(1)
            }
            let run = try #require(try await current.runs.current(current.workspace))
            #expect(run.id == begun.id && run.state == .succeeded)
            #expect(time.elapsed > .seconds(2 * 86_400), "\(time.elapsed)")
            let stats = try await Self.stats(current)
            #expect(stats.rateLimited == 0)
            // How long the window is, is found out within the own share; a look whether it began anew may cost one credit more.
            #expect(lowest >= 9, "\(lowest) left")
            let least = LowerBound.first(truth)
            #expect(Double(run.requests) <= Double(least) * 1.03, "\(run.requests) requests, \(least) are the fewest possible")
            #expect(run.requests == stats.requests - 1, "all but the check of the key are the run's")
            #expect(try await ConnectionStore(database: current.database).find(current.workspace)?.rateWindow == 3_600)
            // Forty an hour: nothing of a window is left lying about.
            let share = Double(stats.credits) / (40 * (time.elapsed / .seconds(3_600) + 1))
            #expect(share >= 0.95, "\(share) in \(time.elapsed), \(waits.count) waits")
            try await FirstSyncTests.expectEqual(current, since: nil)
        }
    }

    private enum Window {
        case ended
        case waits(TimeInterval)
    }

    /// Works until the portal makes the run wait; the worker is free then.
    private static func window(_ world: SyncWorld, _ time: SimulatedTime) async throws -> Window {
        switch await world.worker.runOnce(workspace: world.workspace) {
        case .waits(let until): return .waits(until.timeIntervalSince(time.date))
        case .ended: return .ended
        case .lost, .released, nil: throw Failure(.internal, "The run could not be taken.")
        }
    }

    /// Threads read so far are those of unresolved tickets and of the newest, but for the dozen that were under way.
    private static func expectNewestAndUnresolvedFirst(_ world: SyncWorld) async throws {
        let workspace = world.workspace
        let isRead = try await world.database.read { db in
            try db.rows(
                """
                SELECT thread_version IS NOT NULL AS is_read FROM tickets WHERE workspace_id = $1 AND is_live
                ORDER BY CASE WHEN status IN ('open', 'pending') THEN 0 ELSE 1 END, updated_at DESC, id DESC
                """, workspace
            ).map { try $0.get("is_read", as: Bool.self) }
        }
        let read = isRead.filter(\.self).count
        #expect(read > 300 && read < isRead.count)
        #expect(isRead.prefix(read).filter { !$0 }.count <= 24)
    }
}
