import Domain
import Foundation
import Freshdesk
import Logging
import Store
import Synchronization

/// What a phase works with: the run in hand, the portal, and the one way to save.
struct RunContext: Sendable {
    let claim: RunStore.Claim
    let connection: Connection
    let client: FreshdeskClient
    let database: any Database
    let clock: SyncClock
    var logger: Logger
    let progress: RunProgress

    var scope: MirrorScope { claim.scope }

    /// Where the window of days begins; nil when everything is wanted.
    var windowStart: Date? {
        connection.backfillDays.map { claim.windowEnd.addingTimeInterval(-Double($0) * 86_400) }
    }

    /// Saves one step in ONE transaction: that the run is still ours, the rows, the counts, the cursor.
    ///
    /// Throws `RunStore.Lost` when the run was cancelled or taken over; then nothing of the step is saved.
    func save<Value: Sendable>(_ step: @escaping @Sendable (any Queries, MirrorStore) throws -> Value) async throws -> Value {
        let requests = progress.unsavedRequests(of: client)
        let status = await client.budget.status
        let rate = SyncRun.RateLimit(
            total: status.total, remaining: status.remaining, resumesAt: nil, lowest: await client.budget.takeLowest())
        let (claim, scope, left) = (claim, scope, progress.requestsLeft)
        let resumes = progress.endWait()
        let warnings = progress.unsavedWarnings()
        do {
            return try await database.write { db in
                try RunStore.requireOwnership(claim, db)
                if resumes { try RunStore.resume(claim, db) }
                try RunStore.note(requests: requests, left: left, rate: rate, claim, db)
                if let warnings { try RunStore.keep(warnings, claim, db) }
                return try step(db, MirrorStore(db, scope: scope))
            }
        } catch {
            progress.giveBack(requests)
            throw error
        }
    }

    /// Saves a page of a phase: what `write` does with the rows, its counts, and the cursor that leads on.
    func savePage(
        _ phase: PhaseName, cursor: some Encodable & Sendable, expected: Int? = nil, unreadable: [UnreadableRecord] = [],
        _ write: @escaping @Sendable (any Queries, MirrorStore) throws -> PhaseCounts
    ) async throws {
        let text = try Cursor.text(cursor)
        let (claim, now) = (claim, clock.product())
        try await save { db, mirror in
            var counts = try write(db, mirror)
            for record in unreadable {
                counts.failed += 1
                let name = record.id.map { "record \($0)" } ?? "a record without an id"
                try RunStore.add(RunFailure(phase: phase, record: name, reason: record.reason, at: now), claim, db)
            }
            try RunStore.advance(phase, by: counts, cursor: text, expected: expected, claim, db)
        }
    }

    func cursor<Value: Decodable & Sendable>(of phase: PhaseName, as type: Value.Type = Value.self) async throws -> Value? {
        let claim = claim
        let text = try await database.read { try RunStore.cursor(of: phase, claim, $0) }
        return text.flatMap { Cursor.value($0) }
    }

    func begin(_ phase: PhaseName, expected: Int? = nil) async throws {
        let (claim, now) = (claim, clock.product())
        try await save { db, _ in try RunStore.begin(phase, expected: expected, claim, now: now, db) }
    }

    func end(_ phase: PhaseName, as state: SyncPhase.State = .done, note: String? = nil) async throws {
        let (claim, now) = (claim, clock.product())
        try await save { db, _ in try RunStore.end(phase, as: state, note: note, claim, now: now, db) }
    }

    /// Adds a warning to the connection when the run ends.
    func warn(_ warning: ConnectionWarning) { progress.warn(warning) }

    /// Notes a record that could not be read; the run goes on and ends `partial`.
    func fail(_ record: String, of phase: PhaseName, because reason: String) async throws {
        let (claim, now) = (claim, clock.product())
        try await save { db, _ in
            try RunStore.add(RunFailure(phase: phase, record: record, reason: reason, at: now), claim, db)
            try RunStore.countFailure(of: phase, claim, db)
        }
    }

    /// Requests within which the answer about the key's agent holds.
    private static let sightHolds = 20

    /// Whether the key's agent sees every ticket, asked anew unless it was a moment ago: a key that lost access looks exactly like mass
    /// deletion (fact 207).
    func stillSeesEverything() async throws -> Bool {
        let made = client.requestsAnswered
        if let asked = progress.sightAskedAt, made - asked < Self.sightHolds { return progress.seesEverything }
        let agent = try await client.me().value.value
        progress.sightAskedAt = client.requestsAnswered
        for warning in Warnings.about(agent) { warn(warning) }
        return (agent.ticketScope ?? 1) == 1
    }
}

/// Checkpoints as JSON text.
enum Cursor {
    static func text(_ cursor: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(cursor), as: UTF8.self)
    }

    /// Nil for a checkpoint of another version of the program: the phase then begins anew.
    static func value<Value: Decodable>(_ text: String) -> Value? {
        try? JSONDecoder().decode(Value.self, from: Data(text.utf8))
    }
}

/// What a run remembers between its transactions.
final class RunProgress: Sendable {
    private struct State {
        var savedRequests = 0
        var waitsUntil: Date?
        var warnings: [ConnectionWarning] = []
        var hasUnsavedWarnings = false
        var threadsExpected = 0
        var threadsDone = 0
        var conversationsDone = 0
        var sweepLeft: Int?
        var sightAskedAt: Int?
        /// Tickets that are still to be listed, and threads of tickets that no phase has counted yet.
        var ticketsLeft: Int?
        var hasThreads = false
    }

    private let state = Mutex(State())

    /// Requests answered since the last call.
    func unsavedRequests(of client: FreshdeskClient) -> Int {
        state.withLock { state in
            let made = client.requestsAnswered
            defer { state.savedRequests = made }
            return made - state.savedRequests
        }
    }

    func giveBack(_ requests: Int) { state.withLock { $0.savedRequests -= requests } }

    /// True when this wait is not yet announced.
    func beginWait(until: Date) -> Bool {
        state.withLock {
            if let known = $0.waitsUntil, abs(known.timeIntervalSince(until)) < 1 { return false }
            $0.waitsUntil = until
            return true
        }
    }

    /// True when a wait was announced and is over now.
    func endWait() -> Bool {
        state.withLock {
            guard let until = $0.waitsUntil, until <= Date() else { return false }
            $0.waitsUntil = nil
            return true
        }
    }

    /// About how many requests the run still has to make; nil until that can be told.
    var requestsLeft: Int? {
        state.withLock { state in
            if state.hasThreads { return state.threadsExpected - state.threadsDone }
            // A page for each hundred, and then a thread for each.
            return state.ticketsLeft.map { ($0 + 99) / 100 + state.threadsExpected }
        }
    }

    /// The first sync knows how many tickets it will find, each with a thread to be read.
    func beginTickets(expected: Int) {
        state.withLock { ($0.ticketsLeft, $0.threadsExpected) = (expected, expected) }
    }

    func count(tickets: Int) {
        state.withLock { state in state.ticketsLeft = state.ticketsLeft.map { max(0, $0 - tickets) } }
    }

    func beginThreads(expected: Int, conversations: Int) {
        state.withLock {
            $0.hasThreads = true
            $0.threadsExpected = expected
            $0.conversationsDone = conversations
        }
    }

    /// How many threads the day's sweep may still read.
    func beginSweep(_ threads: Int) { state.withLock { $0.sweepLeft = threads } }

    /// What is left of the day's sweep after so many more of its threads; nil where none is under way.
    func sweepLeft(after threads: Int) -> Int? {
        state.withLock { state in
            state.sweepLeft = state.sweepLeft.map { max(0, $0 - threads) }
            return state.sweepLeft
        }
    }

    /// Counts threads and returns how many conversations to expect in all: as many more as the threads read so far suggest, so that
    /// the share done never falls.
    func count(threads: Int, conversations: Int) -> Int {
        state.withLock {
            $0.threadsDone += threads
            $0.conversationsDone += conversations
            $0.threadsExpected = max($0.threadsExpected, $0.threadsDone)
            let share = Double($0.threadsDone) / Double($0.threadsExpected)
            return max($0.conversationsDone, Int((Double($0.conversationsDone) / share).rounded()))
        }
    }

    func warn(_ warning: ConnectionWarning) {
        state.withLock {
            guard !$0.warnings.contains(where: { $0.code == warning.code }) else { return }
            $0.warnings.append(warning)
            $0.hasUnsavedWarnings = true
        }
    }

    /// Takes up what the run warned of before it came here.
    func restore(_ warnings: [ConnectionWarning]) { state.withLock { $0.warnings = warnings } }

    /// All warnings, when some of them are not saved yet.
    func unsavedWarnings() -> [ConnectionWarning]? {
        state.withLock { state in
            defer { state.hasUnsavedWarnings = false }
            return state.hasUnsavedWarnings ? state.warnings : nil
        }
    }

    var warnings: [ConnectionWarning] { state.withLock { $0.warnings } }

    /// How many requests had been answered when the key's agent was last asked about; nil before the first time.
    var sightAskedAt: Int? {
        get { state.withLock { $0.sightAskedAt } }
        set { state.withLock { $0.sightAskedAt = newValue } }
    }

    /// Whether the key's agent sees every ticket, as the run learnt at its beginning.
    var seesEverything: Bool { !warnings.contains { $0.code == Warnings.restrictedScope } }
}
