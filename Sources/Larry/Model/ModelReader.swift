import Domain
import Foundation
import LanguageModel
import Synchronization

/// Asks a language model for the query of a question whose words the rules do not know.
///
/// The model sees the question and names it asks for, never a row and never a ticket's text; it chooses a query and nothing else. What it
/// chose must hold every part that the rules did understand. Figures are ours.
final class ModelReader: Sendable {
    let client: LanguageModelClient
    let limits: Allowance.Limits
    private let standing = Mutex<Standing>(.unknown)

    /// What is known of the endpoint.
    private enum Standing {
        case unknown
        case sitting(Task<ModelConversation.Way?, Never>)
        case passed(ModelConversation.Way)
        case failed(at: ContinuousClock.Instant)
    }

    init(client: LanguageModelClient, limits: Allowance.Limits = .init()) {
        self.client = client
        self.limits = limits
    }

    var name: String { client.endpoint.model }

    struct Answer: Sendable {
        var query: SupportQuery?
        /// Call by call, for the trace.
        var calls: [String]
        /// What is left for the wording.
        var allowance: Allowance
    }

    /// The query of a question, or nil when the model is not to be trusted, gives none that holds, or is too slow.
    ///
    /// - Parameter previous: the query that the question edits; its filter stays, the model says what is new.
    func query(
        _ question: String, after previous: SupportQuery? = nil, index: NameIndex, understood: SupportFilter, now: Date,
        zone: CivilZone = .utc
    ) async -> Answer {
        let allowance = Allowance(limits)
        guard let way = await way(until: allowance.deadline) else {
            let isSitting = standing.withLock { if case .sitting = $0 { true } else { false } }
            let reason = isSitting ? "The model is still being examined" : "The model did not pass its examination"
            return Answer(query: nil, calls: ["\(reason), so it was not asked."], allowance: allowance)
        }
        var conversation = ModelConversation(
            client: client, question: question, previous: previous, index: index, now: now, zone: zone, allowance: allowance)
        var query = await conversation.query(by: way)
        query?.setEverywhere { filter in
            filter = Self.settled((previous?.filter ?? SupportFilter()).narrowed(by: filter), understood, in: zone)
        }
        if let found = query, !Self.holds(understood, found) {
            conversation.calls.append("Left out something of the question that was understood; not used.")
            query = nil
        }
        if let found = query, !Self.isSaid(found, in: question, after: previous) {
            conversation.calls.append("Looks for words that the question does not hold; not used.")
            query = nil
        }
        return Answer(query: query, calls: conversation.calls, allowance: conversation.allowance)
    }

    // MARK: Trust

    /// How the model may be asked; nil while it has not passed. One examination is sat for all questions at once, and one that takes
    /// longer than a question can wait goes on behind it.
    func way(until deadline: ContinuousClock.Instant) async -> ModelConversation.Way? {
        let task: Task<ModelConversation.Way?, Never>? = standing.withLock { standing in
            switch standing {
            case .sitting(let task): return task
            case .passed: return nil
            case .failed(let at) where at.duration(to: .now) < limits.pause: return nil
            case .unknown, .failed:
                let task = Task { await self.examine() }
                standing = .sitting(task)
                return task
            }
        }
        if let task { return await Self.value(of: task, until: deadline) }
        return standing.withLock { if case .passed(let way) = $0 { way } else { nil } }
    }

    /// The endpoint is probed for what it can do, and tried from the surest way down.
    private func examine() async -> ModelConversation.Way? {
        var passed: ModelConversation.Way?
        if let capabilities = try? await client.probe() {
            let ways: [ModelConversation.Way] =
                (capabilities.callsTools == true ? [.tools] : []) + (capabilities.holdsForm == true ? [.form] : [])
            let deadline = ContinuousClock.now + limits.examination
            for way in ways where passed == nil {
                if await passes(way, until: deadline) { passed = way }
            }
        }
        let result = passed
        standing.withLock { $0 = result.map(Standing.passed) ?? .failed(at: .now) }
        return result
    }

    private func passes(_ way: ModelConversation.Way, until deadline: ContinuousClock.Instant) async -> Bool {
        let index = NameIndex(Examination.names)
        var right = 0
        for (place, question) in Examination.questions.enumerated() {
            // Once it cannot pass any more there is no use in asking on.
            if right + Examination.questions.count - place < Examination.enough { return false }
            let time = min(limits.time, ContinuousClock.now.duration(to: deadline))
            guard time > .zero, let wanted = Examination.right(question) else { return false }
            var conversation = ModelConversation(
                client: client, question: question, index: index, now: Examination.now, allowance: Allowance(limits, time: time))
            if let query = await conversation.query(by: way), Examination.isSame(query, wanted) { right += 1 }
        }
        return right >= Examination.enough
    }

    /// A task's value, or nil at the deadline; the task goes on.
    private static func value<Value: Sendable>(
        of task: Task<Value?, Never>, until deadline: ContinuousClock.Instant
    ) async -> Value? {
        let (values, source) = AsyncStream<Value?>.makeStream()
        let waiting = Task {
            source.yield(await task.value)
            source.finish()
        }
        let alarm = Task {
            try? await Task.sleep(until: deadline, clock: .continuous)
            source.finish()
        }
        defer {
            waiting.cancel()
            alarm.cancel()
        }
        for await value in values { return value }
        return nil
    }

    // MARK: Checking

    /// The filter with the times that were read by rules where the model named the same days: a window that runs back from now begins at
    /// this time of day, which a model cannot know.
    static func settled(_ filter: SupportFilter, _ understood: SupportFilter, in zone: CivilZone) -> SupportFilter {
        func isSame(_ ours: Date?, _ given: Date?, orNext: Bool) -> Bool {
            guard let ours, let given else { return ours == nil && given == nil || orNext }
            let (day, other) = (zone.day(containing: ours), zone.day(containing: given))
            return day == other || orNext && zone.start(of: day) < ours && given == zone.start(of: day.adding(days: 1))
        }
        var filter = filter
        filter.periods = filter.periods?.map { given in
            understood.periods?.first {
                $0.field == given.field && isSame($0.from, given.from, orNext: false) && isSame($0.to, given.to, orNext: true)
            } ?? given
        }
        return filter
    }

    /// Whether everything the rules understood stands in the model's query as it is, and nothing that nobody said.
    static func holds(_ understood: SupportFilter, _ query: SupportQuery) -> Bool {
        let filters: [SupportFilter] =
            if let sides = query.sides { sides.map(\.filter) } else if let part = query.part {
                [query.filter.narrowed(by: part)]
            } else {
                [query.filter]
            }
        return filters.allSatisfy { holds(understood, $0) }
    }

    static func holds(_ understood: SupportFilter, _ filter: SupportFilter) -> Bool {
        var merged = filter.narrowed(by: understood)
        merged.periods = filter.periods
        guard merged == filter else { return false }
        for period in understood.periods ?? [] {
            let same = (filter.periods ?? []).contains {
                $0.from == period.from && ($0.to == period.to || period.to == nil || $0.to == nil)
            }
            if !same { return false }
        }
        // A time that nobody named is made up.
        return understood.periods != nil || filter.periods == nil
    }

    /// Whether the words that a query looks for in tickets are the question's own, or those of the query it edits.
    static func isSaid(_ query: SupportQuery, in question: String, after previous: SupportQuery?) -> Bool {
        let said = Set(Words.folded(question))
        let filters = [query.filter] + (query.sides ?? []).map(\.filter) + (query.part.map { [$0] } ?? [])
        return filters.compactMap(\.text).allSatisfy { text in
            let words = Words.folded(text)
            return text == previous?.filter.text || !words.isEmpty && words.allSatisfy(said.contains)
        }
    }
}
