package import Domain
package import Foundation
import Freshdesk
package import Logging
package import Store

/// Runs one claimed sync from where its checkpoint stands to its end, or to where it has to wait.
package struct SyncEngine: Sendable {
    let database: any Database
    let portals: PortalDirectory
    let clock: SyncClock
    let logger: Logger

    package init(database: any Database, portals: PortalDirectory, clock: SyncClock, logger: Logger) {
        self.database = database
        self.portals = portals
        self.clock = clock
        self.logger = logger
    }

    /// How a turn of a run ended.
    package enum Outcome: Sendable, Equatable {
        case ended(SyncRun.State)
        /// Given back; any worker may take it up after this moment.
        case waits(until: Date)
        /// Cancelled, or another worker has it.
        case lost
        /// Given back unfinished: this process is stopping, the turn is over, or the database is out of reach.
        case released

        /// For logs.
        var word: String {
            switch self {
            case .ended(let state): state.rawValue
            case .waits: "waits"
            case .lost: "lost"
            case .released: "released"
            }
        }
    }

    /// The exact sentence of a rate limit that outlasts the retry policy.
    package static let rateLimitExceeded = "Freshdesk rate limit exceeded"

    /// The six, in order.
    private static let phases: [any Phase] = [
        CompaniesPhase(), ContactsPhase(), AgentsPhase(), TicketsPhase(), ConversationsPhase(), SatisfactionRatingsPhase()
    ]

    package func run(_ claim: RunStore.Claim) async -> Outcome {
        var logger = logger
        logger[metadataKey: "workspace.id"] = "\(claim.scope.workspace)"
        logger[metadataKey: "run.id"] = "\(claim.run)"
        logger.info("Sync run taken", metadata: ["trigger": "\(claim.trigger.rawValue)"])
        let began = clock.real()
        let outcome = await attempt(claim, logger)
        let duration = Int(clock.real().timeIntervalSince(began) * 1000)
        logger.info("Sync run left", metadata: ["outcome": "\(outcome.word)", "duration_ms": "\(duration)"])
        return outcome
    }

    private func attempt(_ claim: RunStore.Claim, _ logger: Logger) async -> Outcome {
        do {
            guard let context = try await context(for: claim, logger) else {
                try await finish(claim, as: .cancelled, problem: nil)
                return .ended(.cancelled)
            }
            do {
                return try await walk(context)
            } catch FreshdeskError.mustWait(let until) {
                // Requests since the last page count too.
                try await context.save { _, _ in }
                let status = await context.client.budget.status
                let rate = SyncRun.RateLimit(total: status.total, remaining: status.remaining, resumesAt: until)
                let (scope, connection) = (context.scope, context.connection)
                if status.windowSeconds != connection.rateWindow || status.total != connection.rateTotal {
                    try await database.write {
                        try ConnectionStore.setRateWindow(status.windowSeconds, total: status.total, scope, $0)
                    }
                }
                try await RunStore(database: database).wait(
                    claim, for: until.timeIntervalSince(clock.real()), rate: rate, freesWorker: true, now: clock.product())
                return .waits(until: until)
            }
        } catch is RunStore.Lost {
            return .lost
        } catch {
            if Task.isCancelled || error is CancellationError {
                await release(claim)
                return .released
            }
            if let failure = error as? Failure, failure.isPassing {
                // What cannot be given back now comes free when its lease lapses.
                logger.warning("Sync run left: the database is out of reach", metadata: ["reason": "\(Self.cause(of: error))"])
                await release(claim)
                return .released
            }
            let problem = Self.problem(of: error)
            logger.warning("Sync run failed", metadata: ["code": "\(problem.code.rawValue)", "reason": "\(Self.cause(of: error))"])
            do {
                try await finish(claim, as: .failed, problem: problem)
            } catch {
                logger.error("The end of a sync run could not be saved", metadata: ["reason": "\(Self.cause(of: error))"])
            }
            return .ended(.failed)
        }
    }

    /// Gives the run back. In a task of its own: a cancelled one may not write any more.
    private func release(_ claim: RunStore.Claim) async {
        let runs = RunStore(database: database)
        await Task { try? await runs.release(claim) }.value
    }

    /// Nil when the connection is gone.
    private func context(for claim: RunStore.Claim, _ logger: Logger) async throws -> RunContext? {
        let connections = ConnectionStore(database: database)
        guard let connection = try await connections.find(claim.scope.workspace), connection.id == claim.scope.connection,
            connection.state == .connected
        else { return nil }
        let progress = RunProgress()
        let runs = RunStore(database: database)
        let clock = clock
        let patience = Patience(maximumWait: Worker.longestWait) { until in
            guard progress.beginWait(until: until) else { return }
            // Announcing a wait is a courtesy: a failure to do so must not break the run.
            let rate = SyncRun.RateLimit(total: nil, remaining: nil, resumesAt: until)
            try? await runs.wait(
                claim, for: until.timeIntervalSince(clock.real()), rate: rate, freesWorker: false, now: clock.product())
        }
        let client = try await portals.client(for: connection, patience: patience, logger: logger)
        // What remained before is not this run's.
        _ = await client.budget.takeLowest()
        return RunContext(
            claim: claim, connection: connection, client: client, database: database, clock: clock, logger: logger, progress: progress)
    }

    private func walk(_ context: RunContext) async throws -> Outcome {
        let run = try await RunStore(database: database).get(context.scope.workspace, context.claim.run)
        let claim = context.claim
        context.progress.restore(try await database.read { try RunStore.warnings(claim, $0) })
        // A run that goes on after a wait knows its key already; on an hourly plan the request would be missed.
        if run.requests == 0 { _ = try await context.stillSeesEverything() }
        let finished = Set(run.phases.filter(\.state.isFinished).map(\.name))
        for phase in Self.phases where !finished.contains(phase.name) {
            var context = context
            context.logger[metadataKey: "phase"] = "\(phase.name.rawValue)"
            try Task.checkCancellation()
            try await phase.run(context)
        }
        return .ended(try await conclude(context))
    }

    /// Matches what is new once more, counts what is held, and ends the run.
    private func conclude(_ context: RunContext) async throws -> SyncRun.State {
        let (claim, scope, now) = (context.claim, context.scope, clock.product())
        let warnings = context.progress.warnings
        return try await context.save { db, _ in
            try AccountMatching.applyNews(scope.workspace, db)
            let failed = try RunStore.failedRecords(claim, db)
            let state: SyncRun.State = failed > 0 ? .partial : .succeeded
            try RunStore.finish(claim, as: state, problem: nil, now: now, db)
            try ConnectionStore.recount(scope, windowEnd: claim.windowEnd, db)
            try ConnectionStore.settle(scope, warnings: warnings, syncedAt: now, db)
            return state
        }
    }

    private func finish(_ claim: RunStore.Claim, as state: SyncRun.State, problem: SyncRun.Problem?) async throws {
        let now = clock.product()
        try await database.write { db in
            try RunStore.finish(claim, as: state, problem: problem, now: now, db)
            try ConnectionStore.recount(claim.scope, windowEnd: claim.windowEnd, db)
        }
    }

    // MARK: Problems

    /// What a failure means on the card: a code, and the exact text of the portal where there is one.
    static func problem(of error: any Error) -> SyncRun.Problem {
        switch error {
        case let error as FreshdeskError:
            switch error {
            case .invalidCredentials: .init(code: .invalidCredentials, message: Connector.invalidCredentials)
            case .forbidden, .accountClosed: .init(code: .forbidden, message: error.message)
            case .rateLimited, .mustWait: .init(code: .rateLimited, message: rateLimitExceeded)
            case .unavailable(.network, _), .unavailable(.dns, _), .unavailable(.tls, _), .unavailable(.timeout, _):
                .init(code: .network, message: error.message)
            case .notFound, .rejected, .unavailable: .init(code: .unexpected, message: error.message)
            }
        case let failure as Failure: .init(code: .unexpected, message: failure.message)
        default: .init(code: .unexpected, message: "Something unexpected happened inside Clynto. The log has more under this run's number.")
        }
    }

    private static func cause(of error: any Error) -> String {
        if let failure = error as? Failure { return failure.cause ?? failure.message }
        return "\(error)"
    }
}

/// One of the six steps of a run: reads pages, saves each with its cursor.
protocol Phase: Sendable {
    var name: PhaseName { get }

    /// Goes on from the phase's checkpoint to its end. Throws what ends or suspends the run.
    func run(_ context: RunContext) async throws
}
