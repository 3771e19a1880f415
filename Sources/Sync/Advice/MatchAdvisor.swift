package import Domain
import Foundation
package import LanguageModel
package import Logging
import ServiceLifecycle
package import Store

/// Asks a language model about companies that the rules leave to a person, and keeps what it says.
///
/// It works beside the syncs and never in one: it looks at a workspace once no run is active there, and whatever becomes of the model, a
/// sync neither waits nor fails. Of several processes one at a time has a workspace's turn.
package struct MatchAdvisor: Service {
    /// What asking may cost. Nothing that a person has to decide is lost when it is used up; it is only not commented on.
    package struct Budget: Sendable {
        /// A day (UTC) and workspace.
        package var companiesADay = 500
        package var tokensADay = 500_000
        /// Companies of one turn, whose answers are saved together.
        package var companiesATurn = 40
        /// Companies of one request.
        package var companiesARequest = 8
        /// For one request, its retries included.
        package var timeout = Duration.seconds(30)
        /// For all requests of a turn.
        package var turn = Duration.seconds(120)

        package init() {}
    }

    /// How a turn ended.
    package enum Outcome: Sendable, Equatable {
        /// Another process has the turn, or the workspace wants no model.
        case idle
        /// Nothing is left to ask.
        case done
        /// So many companies were answered for, and so many tickets moved. More may wait.
        case answered(companies: Int, tickets: Int)
        /// The day's budget is used up.
        case spent
        /// The model gave no answer.
        case failed(LanguageModelError.Kind)
    }

    /// How often the service looks for something to ask.
    static let tick = Duration.seconds(5)
    /// Longer than a turn with its last request; then another process takes over.
    static let hold: TimeInterval = 240
    /// After the model gave no answer.
    static let pauseAfterFailure: TimeInterval = 300
    private static let mostWorkspaces = 20

    let database: any Database
    let model: LanguageModelClient
    let budget: Budget
    let logger: Logger
    private var turns: MatchModelStore { MatchModelStore(database: database) }

    package init(database: any Database, model: LanguageModelClient, budget: Budget = Budget(), logger: Logger) {
        self.database = database
        self.model = model
        self.budget = budget
        self.logger = logger
    }

    package func run() async throws {
        await repeatUntilShutdown(every: Self.tick, logger: logger, failure: "Companies in review could not be looked at") {
            for workspace in try await turns.workspacesToAsk(limit: Self.mostWorkspaces) {
                try Task.checkCancellation()
                _ = try await advise(workspace)
            }
        }
    }

    /// One turn of a workspace.
    ///
    /// Throws what the database throws; the model's failures are an outcome.
    @discardableResult
    package func advise(_ workspace: ID<Workspace>) async throws -> Outcome {
        guard let version = try await turns.hold(workspace, for: Self.hold) else { return .idle }
        let plan = try await plan(workspace)
        guard plan.use != .off else {
            try await turns.release(workspace, done: version, pause: 0)
            return .idle
        }
        guard plan.companies > 0, plan.tokens > 0 else {
            try await turns.release(workspace, done: nil, pause: plan.untilTomorrow)
            return .spent
        }
        guard !plan.items.isEmpty else {
            try await turns.release(workspace, done: version, pause: 0)
            return .done
        }
        let (answers, failure) = await ask(plan)
        // Also when the process is stopping: what was paid for is kept.
        let tickets = try await Task { try await keep(answers, plan, workspace) }.value
        try await turns.release(workspace, done: nil, pause: failure.map(Self.pause) ?? 0)
        let metadata: Logger.Metadata = [
            "workspace.id": "\(workspace)", "companies": "\(answers.count)", "tickets": "\(tickets)",
            "tokens": "\(answers.reduce(0) { $0 + $1.opinion.tokens })"
        ]
        if !answers.isEmpty { logger.info("A language model looked at companies in review", metadata: metadata) }
        guard let failure else { return .answered(companies: answers.count, tickets: tickets) }
        logger.warning(
            "A language model gave no answer about companies in review",
            metadata: ["workspace.id": "\(workspace)", "reason": "\(failure.kind.rawValue)"])
        return .failed(failure.kind)
    }

    private static func pause(after failure: LanguageModelError) -> TimeInterval {
        max(pauseAfterFailure, failure.retryAfter.map { Double($0.components.seconds) } ?? 0)
    }

    // MARK: What to ask

    private struct Plan: Sendable {
        var use: MatchModelUse
        /// What is left of the day's budget.
        var companies: Int
        var tokens: Int
        var untilTomorrow: TimeInterval
        var items: [AdvicePrompt.Item]
        /// Companies of one request. Where answers attach, one company's name must not sway another's.
        var together: Int
    }

    private func plan(_ workspace: ID<Workspace>) async throws -> Plan {
        try await database.read { [budget] db in
            let (now, use) = (try db.now(), try MatchModelStore.use(in: workspace, db))
            let opinions = MatchOpinionStore(db, workspace: workspace)
            let today = Date(timeIntervalSince1970: (now.timeIntervalSince1970 / 86_400).rounded(.down) * 86_400)
            let spent = try opinions.spent(since: today)
            var plan = Plan(
                use: use, companies: budget.companiesADay - spent.companies, tokens: budget.tokensADay - spent.tokens,
                untilTomorrow: today.timeIntervalSince(now) + 86_400, items: [], together: use == .attach ? 1 : budget.companiesARequest)
            guard use != .off, plan.companies > 0, plan.tokens > 0 else { return plan }
            let waiting = try opinions.waiting(alone: use == .attach, now: now, limit: min(plan.companies, budget.companiesATurn))
            let accounts = waiting.isEmpty ? [] : try AccountStore.all(workspace, db)
            plan.items = waiting.map { one in
                let ids = Set(one.candidates.map(\.account.id))
                return AdvicePrompt.Item(waiting: one, accounts: accounts.filter { ids.contains($0.id) })
            }
            return plan
        }
    }

    // MARK: Asking

    private struct Answered: Sendable {
        var question: String
        var opinion: MatchOpinion
    }

    /// Asks until everything is answered, the budget or the turn is over, or the model fails.
    private func ask(_ plan: Plan) async -> (answers: [Answered], failure: LanguageModelError?) {
        let deadline = ContinuousClock.now + budget.turn
        var groups = stride(from: 0, to: plan.items.count, by: plan.together).map {
            Array(plan.items[$0..<min($0 + plan.together, plan.items.count)])
        }
        var answers: [Answered] = []
        var left = plan.tokens
        while !groups.isEmpty, left > 0, ContinuousClock.now < deadline, !Task.isCancelled {
            let group = groups.removeFirst()
            do {
                let given = try await ask(group)
                left -= given.reduce(0) { $0 + $1.opinion.tokens }
                answers += given
            } catch let failure as LanguageModelError where Self.concernsQuestion(failure) {
                if group.count > 1 {
                    // One odd name must not cost the others their answer.
                    groups.insert(contentsOf: group.map { [$0] }, at: 0)
                } else {
                    let given = group.map { unusable($0, isAlone: true) }
                    left -= given.reduce(0) { $0 + $1.opinion.tokens }
                    answers += given
                }
            } catch let failure as LanguageModelError {
                return (answers, failure)
            } catch {
                return (answers, Task.isCancelled ? nil : LanguageModelError(.network, "The model was not reached."))
            }
        }
        return (answers, nil)
    }

    /// Whether the failure is about these words and not about the endpoint.
    private static func concernsQuestion(_ failure: LanguageModelError) -> Bool {
        switch failure.kind {
        case .wrongForm, .declined, .tooLong: true
        case .unauthorized, .notFound, .refused, .rateLimited, .unavailable, .network, .timeout, .garbage: false
        }
    }

    private func ask(_ group: [AdvicePrompt.Item]) async throws -> [Answered] {
        let prompt = AdvicePrompt(items: group)
        let answer = try await model.complete(prompt.request(timeout: budget.timeout))
        let cost = max(1, answer.usage.total / group.count)
        let given = prompt.answers(in: answer.value ?? .null)
        return zip(group, given).map { item, said in
            guard let said else { return unusable(item, isAlone: group.count == 1, tokens: cost) }
            return Answered(
                question: item.waiting.question,
                opinion: MatchOpinion(
                    outcome: said.account == nil ? .none : .account, account: said.account, reason: said.reason,
                    model: AdvicePrompt.cleaned(model.endpoint.model, 80), isAlone: group.count == 1, tokens: cost, askedAt: .distantPast))
        }
    }

    /// - Parameter tokens: what it cost; guessed where the endpoint did not say.
    private func unusable(_ item: AdvicePrompt.Item, isAlone: Bool, tokens: Int = 500) -> Answered {
        Answered(
            question: item.waiting.question,
            opinion: MatchOpinion(
                outcome: .unusable, model: AdvicePrompt.cleaned(model.endpoint.model, 80), isAlone: isAlone, tokens: tokens,
                askedAt: .distantPast))
    }

    // MARK: Keeping

    /// Saves the answers; where the workspace lets them attach, the companies they are about are matched again in the same transaction.
    /// What a person has decided meanwhile stands.
    private func keep(_ answers: [Answered], _ plan: Plan, _ workspace: ID<Workspace>) async throws -> Int {
        guard !answers.isEmpty else { return 0 }
        return try await database.write { db in
            let (now, opinions) = (try db.now(), MatchOpinionStore(db, workspace: workspace))
            for answer in answers {
                var opinion = answer.opinion
                opinion.askedAt = now
                try opinions.keep(opinion, on: answer.question)
            }
            let chosen = answers.filter { $0.opinion.outcome == .account }.map(\.question)
            guard plan.use == .attach, !chosen.isEmpty else { return 0 }
            let tickets = try AccountMatching.apply(to: opinions.companies(asking: chosen), workspace, db)
            try db.bumpVersion(of: workspace)
            return tickets
        }
    }
}
