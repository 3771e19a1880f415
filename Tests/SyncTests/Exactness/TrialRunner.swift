import Domain
import Foundation
import Freshdesk
import Sandbox
import Store
import Sync
import TestDatabases
import TestSupport

/// Carries trials out and judges the mirror.
///
/// After a run during which things happened, every record that was left alone must be exact, and so must every ticket whose changes
/// all moved it before the run last listed tickets. After a quiet run everything must be exact, but for messages that were changed
/// without any list showing it: those are the daily sweep's. A run without changes must be cheap.
struct TrialRunner {
    /// What went wrong, and the trial as it really happened: random events replaced by what they turned out to be.
    struct Finding: Sendable {
        var trial: Trial
        var moment: String
        var lines: [String]
        /// What kind of difference it is, so that the same fault is not made small again for every seed that shows it.
        var signature: String
    }

    let world: SyncWorld
    let time: ScriptedTime
    private var happened: Trial
    /// Tickets some of whose messages no list shows as changed.
    private var silent: Set<Int64> = []
    /// Ratings that were made or changed without a comment that stands in the thread.
    private var silentRatings: Set<Int64> = []
    /// Ratings that were made or changed with a comment, by their ticket: the comment's message shows them while it is there.
    private var commented: [Int64: Set<Int64>] = [:]
    private var created: Set<Int64> = []
    /// How many events of the present record are learnt.
    private var learnt = 0
    /// Syncs carried out.
    private(set) var syncs = 0

    /// The finding of a trial, if there is one, and how many syncs it took.
    static func run(_ trial: Trial) async throws -> (finding: Finding?, syncs: Int) {
        let time = ScriptedTime(product: Trial.start)
        let result = Result()
        try await SyncWorld.with(try trial.options, clock: time.clock) { world in
            var runner = TrialRunner(world: world, time: time, happened: trial)
            let finding = try await runner.carryOut(trial)
            await result.set(finding, runner.syncs)
        }
        return await (result.finding, result.syncs)
    }

    private actor Result {
        var finding: Finding?
        var syncs = 0

        func set(_ finding: Finding?, _ syncs: Int) { (self.finding, self.syncs) = (finding, syncs) }
    }

    private init(world: SyncWorld, time: ScriptedTime, happened: Trial) {
        (self.world, self.time, self.happened) = (world, time, happened)
        self.happened.rounds = []
    }

    private mutating func carryOut(_ trial: Trial) async throws -> Finding? {
        try await world.change("policies", trial.policyBody)
        for (number, round) in trial.rounds.enumerated() {
            if let finding = try await carryOut(round, number, trial) { return finding }
        }
        try await beginRecord()
        // Quiet: seconds that were still open when they were read have passed.
        for pause in [5, 1_000] {
            try await pass(pause)
            let run = try await sync(isDaily: false, trial)
            guard run.state == .succeeded else { return finding("a quiet run", [Self.words(run)]) }
            if let finding = try await judge(trial, "after a quiet run", exempt: { _ in false }) { return finding }
        }
        return try await judgeCost(trial)
    }

    // MARK: Rounds

    private mutating func carryOut(_ round: Trial.Round, _ number: Int, _ trial: Trial) async throws -> Finding? {
        var real = round
        real.steps = []
        happened.rounds.append(real)
        try await pass(round.pause)
        try await beginRecord()
        let before = await world.server.requests
        if case .restricted(let scope) = round.fate { try await world.change("scope", #"{"scope": \#(scope)}"#) }
        if case .troubled(let fault) = round.fate { try await world.change("faults", #"{"set": ["\#(fault)"]}"#) }
        for step in round.steps { _ = try? await world.change("events", "[\(step.json)]") }
        let liveBefore = try await liveTickets()
        let run = try await run(round, number, trial)
        try await follow()
        try await becomeIdle()
        var record = try await EventRecord.read(world)
        learn(record, before: before)
        if round.announces {
            try await announce(record)
            record = try await EventRecord.read(world)
            learn(record, before: before)
        }
        switch round.fate {
        case .restricted:
            try await world.change("scope", #"{"scope": 1}"#)
            return try await judgeRestricted(liveBefore, round, record)
        case .cancelled: return nil
        case .troubled:
            try await beginRecord()
            try await world.change("faults", #"{"clear": true}"#)
            return nil
        default:
            guard run.state == .succeeded else { return finding("round \(number)", [Self.words(run)]) }
            let exempt = Self.exempt(record, startedAt: before)
            return try await judge(trial, "right after round \(number)", exempt: exempt)
        }
    }

    private mutating func run(_ round: Trial.Round, _ number: Int, _ trial: Trial) async throws -> SyncRun {
        if number == 0 {
            _ = try await world.connector.connect(
                viewer: world.viewer, typedSubdomain: world.options.subdomain, key: Secret(world.options.apiKey),
                backfillDays: .some(trial.backfillDays))
        } else {
            try await start(isDaily: round.isDaily)
        }
        syncs += 1
        let world = world
        switch round.fate {
        case .undisturbed, .restricted, .troubled: break
        case .stopped(let requests):
            let worker = Task { await world.worker.runOnce(workspace: world.workspace) }
            try await reach(requests, while: worker)
            worker.cancel()
            _ = await worker.value
        case .cancelled(let requests):
            let worker = Task { await world.worker.runOnce(workspace: world.workspace) }
            try await reach(requests, while: worker)
            _ = try await world.connector.cancel(viewer: world.viewer)
            _ = await worker.value
        case .killed(let requests):
            let mortal = MortalDatabase(world.database)
            let engine = SyncEngine(database: mortal, portals: world.portals, clock: world.clock, logger: world.logger)
            let doomed = Worker(database: mortal, engine: engine, clock: world.clock, logger: world.logger)
            let worker = Task { await doomed.runOnce(workspace: world.workspace) }
            try await reach(requests, while: worker)
            mortal.die()
            worker.cancel()
            _ = await worker.value
            // The dead worker's lease lapses.
            try await world.database.letTimePass(60)
        }
        return try await world.carryOut()
    }

    /// Returns once the portal has answered so many more requests, or the run is over.
    private func reach(_ requests: Int, while worker: Task<SyncEngine.Outcome?, Never>) async throws {
        let goal = await world.server.requests + requests
        let over = Flag()
        let watcher = Task {
            _ = await worker.value
            await over.raise()
        }
        while await !over.isRaised, await world.server.requests < goal { try await Task.sleep(for: .milliseconds(1)) }
        watcher.cancel()
    }

    private actor Flag {
        var isRaised = false

        func raise() { isRaised = true }
    }

    private func start(isDaily: Bool) async throws {
        if isDaily {
            _ = try await world.connector.sync(workspace: world.workspace, trigger: .daily, actor: nil)
        } else {
            _ = try await world.connector.sync(viewer: world.viewer)
        }
    }

    private mutating func sync(isDaily: Bool, _ trial: Trial) async throws -> SyncRun {
        try await start(isDaily: isDaily)
        syncs += 1
        return try await world.carryOut()
    }

    /// Time passes on the portal, and the product's clock follows.
    private func pass(_ seconds: Int) async throws {
        try await world.change("clock", #"{"advance": \#(seconds)}"#)
        try await follow()
    }

    private func follow() async throws {
        struct Clock: Decodable { var now: String }
        let clock = try JSONDecoder().decode(Clock.self, from: Data(try await world.look("clock").utf8))
        if let now = Date(rfc3339: clock.now) { time.product = now }
    }

    /// Webhooks about everything that was touched, applied at once.
    private func announce(_ record: EventRecord) async throws {
        guard let connection = try await ConnectionStore(database: world.database).find(world.workspace) else { return }
        let scope = MirrorScope(workspace: world.workspace, connection: connection.id)
        let events = EventStore(database: world.database)
        for id in Set(record.applied.flatMap { $0.touched.ticket ?? [] }) { try await events.record(scope, ticket: ID(id), settling: 0) }
        let worker = EventWorker(database: world.database, portals: world.portals, clock: world.clock, logger: world.logger)
        while await worker.applyDue(workspace: world.workspace) > 0 {}
    }

    // MARK: What happened

    /// A new record of events; what happened since the last look is learnt first.
    private mutating func beginRecord() async throws {
        try await becomeIdle()
        if !happened.rounds.isEmpty { learn(try await EventRecord.read(world), before: .max) }
        try await world.change("events/reset")
        learnt = 0
    }

    /// Waits for requests that a worker was cut off from: the portal still answers them, and events hang on them.
    private func becomeIdle() async throws {
        struct Traffic: Decodable, Equatable {
            var requests: Int
            var concurrent: Int
        }
        var last: Traffic?
        while true {
            let now = try JSONDecoder().decode(Traffic.self, from: Data(try await world.look("stats").utf8))
            if now.concurrent == 0, now == last { return }
            last = now
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Keeps what really happened, with the place in the round at which it did.
    private mutating func learn(_ record: EventRecord, before: Int) {
        let new = record.applied.dropFirst(learnt)
        learnt = record.applied.count
        for entry in new where entry.failure == nil {
            for id in entry.touched.ticket ?? [] {
                if entry.touched.moved?.contains(id) == true {
                    silent.remove(id)
                } else if entry.changesThreadSilently {
                    silent.insert(id)
                }
            }
            let ratings = entry.touched.rating ?? []
            if entry.json.contains("\"feedback\"") {
                for id in entry.touched.ticket ?? [] { commented[id, default: []].formUnion(ratings) }
            } else {
                silentRatings.formUnion(ratings)
            }
            // With the comment's message its only trace is gone (facts 123 and 180).
            if entry.name == "delete_note" {
                for id in entry.touched.ticket ?? [] { silentRatings.formUnion(commented[id] ?? []) }
            }
            if entry.name == "create_ticket" { created.formUnion(entry.touched.ticket ?? []) }
            guard !["due_fill", "scope", "faults"].contains(entry.name) else { continue }
            let after = entry.request > before ? #"{"requests": \#(entry.request - before)}"# : nil
            happened.rounds[happened.rounds.count - 1].steps.append(Trial.Step(after: after, event: entry.json))
        }
    }

    /// Which records a run may have missed because they changed while it was under way.
    private static func exempt(_ record: EventRecord, startedAt: Int) -> (RecordKey) -> Bool {
        let during = record.applied.filter { $0.failure == nil && $0.request > startedAt }
        func all(_ ids: (EventRecord.Entry.Touched) -> [Int64]?) -> Set<Int64> { Set(during.flatMap { ids($0.touched) ?? [] }) }
        // Changes that moved a ticket before the last list of tickets can be known.
        let tickets = all(\.ticket).filter { id in
            !during.filter { $0.touched.ticket?.contains(id) == true }.allSatisfy {
                $0.touched.moved?.contains(id) == true && $0.request < record.lastTicketPage
            }
        }
        // A new ticket's due dates come by themselves, in their own time.
        let young = Set(record.applied.filter { $0.name == "create_ticket" }.flatMap { $0.touched.ticket ?? [] })
        let (companies, contacts, agents) = (all(\.company), all(\.contact), all(\.agent))
        let (groups, ratings, statuses) = (all(\.group), all(\.rating), all(\.status))
        return { key in
            switch key {
            case .ticket(let id): tickets.contains(id) || young.contains(id)
            case .message(let ticket, _): tickets.contains(ticket)
            case .company(let id): companies.contains(id)
            case .contact(let id): contacts.contains(id) || agents.contains(id)
            case .agent(let id): agents.contains(id)
            case .group(let id): groups.contains(id) || !agents.isEmpty
            case .rating(let ticket, let id): ratings.contains(id) || tickets.contains(ticket)
            case .status(let id): statuses.contains(id)
            }
        }
    }

    // MARK: Judging

    private func windowStart(_ trial: Trial) -> Date? { trial.backfillDays.map { time.product.addingTimeInterval(-Double($0) * 86_400) } }

    private func judge(_ trial: Trial, _ moment: String, exempt: (RecordKey) -> Bool) async throws -> Finding? {
        let start = windowStart(trial)
        let truth = try await Truth.read(world)
        let there = Picture(truth, since: start)
        let here = try await Picture(world, since: start)
        let twoWeeksAgo = time.product.addingTimeInterval(-14 * 86_400).rfc3339
        let old = Set(truth.satisfactionRatings.filter { $0.createdAt < twoWeeksAgo }.map(\.id))
        let keys = here.keysThatDiffer(from: there).filter { key in
            switch key {
            // Labels of statuses that are no longer named are kept for old tickets.
            case .status: there.rows[key] != nil && !exempt(key)
            case .message(let ticket, _): !silent.contains(ticket) && !exempt(key)
            // Later runs read the ratings of two weeks (fact 184); the rest is the daily sweep's.
            case .rating(_, let id): !(silentRatings.contains(id) && old.contains(id)) && !exempt(key)
            default: !exempt(key)
            }
        }
        guard !keys.isEmpty else { return nil }
        let lines = keys.flatMap { key in
            ["\(key)", "    mirror: \(here.rows[key] ?? "lacks it")", "    portal: \(there.rows[key] ?? "lacks it")"]
        }
        let signature = Set(keys.map { "\($0.kind)\(here.rows[$0] == nil ? "+" : there.rows[$0] == nil ? "-" : "~")" }).sorted()
        return finding(moment, lines, signature: signature.joined(separator: " "))
    }

    private func liveTickets() async throws -> Set<Int64> {
        let workspace = world.workspace
        return try await world.database.read { db in
            try Set(db.rows("SELECT id FROM tickets WHERE workspace_id = $1 AND is_live", workspace).map { try $0.get("id") })
        }
    }

    /// What the key no longer sees is no proof that it is gone.
    private func judgeRestricted(_ before: Set<Int64>, _ round: Trial.Round, _ record: EventRecord) async throws -> Finding? {
        let there = Set(try await Truth.read(world).tickets.map(\.id))
        let touched = Set(record.applied.flatMap { $0.touched.ticket ?? [] })
        let lost = before.intersection(there).subtracting(try await liveTickets()).subtracting(touched)
        guard !lost.isEmpty else { return nil }
        return finding("with a restricted key", lost.sorted().map { "ticket \($0) was held, exists, and was dropped" })
    }

    /// Most requests of a run in which nothing changed, beside pages of companies, contacts and the sweep of ids.
    private static let quietRequests = 30

    private mutating func judgeCost(_ trial: Trial) async throws -> Finding? {
        try await pass(1_000)
        let run = try await sync(isDaily: false, trial)
        let pages = 1 + 1 + (tickets / 100 + 1)
        let allowed = Self.quietRequests + pages
        guard run.requests >= allowed else { return nil }
        let stats = try await world.look("stats")
        return finding("cost", ["\(run.requests) requests although nothing changed, allowed are fewer than \(allowed)", stats])
    }

    private var tickets: Int { happened.tickets + created.count }

    private func finding(_ moment: String, _ lines: [String], signature: String? = nil) -> Finding {
        Finding(trial: happened, moment: moment, lines: lines, signature: signature ?? (lines.first ?? "").filter { !$0.isNumber })
    }

    private static func words(_ run: SyncRun) -> String {
        "run \(run.id) ended \(run.state.rawValue): \(run.error?.message ?? "–"), \(run.phases.map { "\($0.name.rawValue) \($0.state.rawValue) failed \($0.counts.failed)" })"
    }
}
