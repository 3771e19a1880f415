package import Domain
package import Foundation
package import LanguageModel
package import Store

/// Answers questions on support load from the synced rows, and from nothing else.
///
/// Rules read the question first; every figure is counted by `Store` and checked before it is said.
package struct Larry: Sendable {
    let database: any Database
    let shelf: NameShelf
    let threads: LarryThreadStore
    let model: ModelReader?

    /// - Parameter model: asked for questions whose words the rules do not know; nil for rules alone.
    package init(database: any Database, model: LanguageModelClient? = nil) {
        self.init(database: database, model: model, limits: Allowance.Limits())
    }

    init(database: any Database, model: LanguageModelClient?, limits: Allowance.Limits) {
        self.database = database
        self.model = model.map { ModelReader(client: $0, limits: limits) }
        shelf = NameShelf(database: database)
        threads = LarryThreadStore(database: database)
    }

    /// The language model's name; nil for rules alone.
    package var modelName: String? { model?.name }

    /// Longest question that is read, in characters.
    package static let longestQuestion = 1_000

    /// Who asks: threads are theirs alone.
    package struct Asker: Sendable, Equatable {
        package var workspace: ID<Workspace>
        /// Such as `person:7`.
        package var owner: String
        package var role: Role
        /// By which “my tickets” and “my accounts” are told; nil for a token.
        package var email: String?

        package init(workspace: ID<Workspace>, owner: String, role: Role = .member, email: String? = nil) {
            self.workspace = workspace
            self.owner = owner
            self.role = role
            self.email = email
        }

        package init(_ viewer: Viewer) {
            workspace = viewer.workspace.id
            role = viewer.role
            switch viewer.actor {
            case .person(let person): (owner, email) = ("person:\(person.id)", person.email)
            case .token(let id, _): owner = "token:\(id)"
            }
        }
    }

    /// Answers and keeps the turn. An unknown thread begins a new one. A cancelled question leaves nothing behind.
    ///
    /// Throws `invalid` for an empty or overlong question, and what the database throws.
    ///
    /// - Parameters:
    ///   - topic: what the page it was asked from shows, for questions that name nobody.
    ///   - onStage: told what is being done, for whoever waits.
    package func ask(
        _ question: String, thread: String? = nil, about topic: Topic? = nil, by asker: Asker, now: Date,
        onStage: @escaping StageListener = { _ in }
    ) async throws -> LarryAnswer {
        let question = question.trimmed
        guard !question.isEmpty else {
            throw Failure(.invalid, "Ask a question.", fields: [.init("question", "Ask a question.", code: "missing")])
        }
        guard question.count <= Self.longestQuestion else {
            let message = "Use at most \(Self.longestQuestion) characters."
            throw Failure(.invalid, message, fields: [.init("question", message, code: "too_long")])
        }
        let started = ContinuousClock.now
        let place = try await self.place(thread, of: asker)
        if let wish = SummaryWish(question, frame: place.frame, topic: topic) {
            return try await summarise(wish.ticket, asked: question, in: place, by: asker, now: now, onStage: onStage)
        }
        let turn = try await answer(
            question, after: place.frame, about: topic, in: asker.workspace, of: asker.email, now: now, onStage: onStage)
        return try await keep(turn, asked: question, in: place, by: asker, now: now, since: started)
    }

    /// An answer before it is kept.
    struct Turn: Sendable {
        var answer: LarryAnswer
        var frame: Frame?
        var trace: LarryTrace
    }

    /// Answers and keeps nothing.
    ///
    /// - Parameter email: of who asks.
    func answer(
        _ question: String, after previous: Frame?, about topic: Topic? = nil, in workspace: ID<Workspace>, of email: String? = nil,
        now: Date,
        onStage: @escaping StageListener = { _ in }
    ) async throws -> Turn {
        await onStage(.reading)
        let coverage = try await shelf.coverage(workspace)
        var names = try await shelf.names(workspace)
        let zone = names.book.zone
        var frame = previous
        if frame == nil { frame = try await topic?.frame(in: workspace, now: now, SupportQueryStore(database: database)) }
        var reading = Interpreter(index: names.index, now: now, zone: zone, email: email).interpret(question, after: frame)
        if reading.mayNameAContact, !names.hasContacts {
            names = try await shelf.names(workspace, withContacts: true)
            let again = Interpreter(index: names.index, now: now, zone: zone, email: email).interpret(question, after: frame)
            // With everybody's names a question may be read worse, but never one that was read whole.
            if case .query = again.understanding { reading = again }
            if case .clarify = again.understanding, case .notFound = reading.understanding { reading = again }
        }
        var modelCalls: [String] = []
        var modelName: String?
        var allowance: Allowance?
        if let model, let understood = reading.understood {
            await onStage(.askingModel(model.name))
            let given = await model.query(
                question, after: reading.previous, index: names.index, understood: understood, now: Moments(now: now).now, zone: zone)
            (modelCalls, allowance) = (given.calls, given.allowance)
            if let query = given.query {
                reading.understanding = .query(query, remarks: [Sentences.readByModel(model.name)])
                modelName = model.name
            }
        }
        var answer = LarryAnswer(
            status: .answered, answer: "", asOf: coverage.syncedAt ?? now, coverageFrom: coverage.from, isComplete: true, threadID: "",
            model: modelName ?? "rules")
        var trace = LarryTrace(question: question, model: modelName ?? "rules")
        trace.calls = modelCalls
        answer.chips = reading.chips
        try Task.checkCancellation()
        switch reading.understanding {
        case .query(let read, let remarks):
            let (query, narrowed) = topic?.narrowing(read, names: names.book) ?? (query: read, remark: nil)
            await onStage(.lookingUp(QueryText(query: query, names: names.book).sentence))
            if coverage.syncedAt == nil,
                try await SupportQueryStore(database: database).answer(workspace, SupportQuery(.count), now: now).total == 0
            {
                answer.status = .noData
                answer.answer = Sentences.notSynced
                return Turn(answer: answer, frame: frame, trace: trace)
            }
            let result = try await SupportQueryStore(database: database).answer(workspace, query, now: now, zone: zone)
            fill(&answer, &trace, query, result, names, remarks + [narrowed].compactMap { $0 }, question)
            if let model, modelName != nil, let allowance {
                await reword(&answer, &trace, query, result, names, question, model, allowance)
            }
            return Turn(
                answer: answer, frame: Frame(query: query, tickets: answer.tickets, agents: answer.agents, accounts: answer.accounts),
                trace: trace)
        case .clarify(let text, let options):
            answer.status = .clarify
            answer.answer = text
            answer.options = options.map { .init(label: $0.label, question: $0.question) }
        case .notUnderstood(let words, let options):
            answer.status = .clarify
            answer.answer = Sentences.notUnderstood(words)
            answer.options = options.map { .init(label: $0.label, question: $0.question) }
        case .notFound(let name, let options):
            answer.status = .notFound
            answer.answer = Sentences.notFound(name, !options.isEmpty)
            answer.options = options.map { .init(label: $0.label, question: $0.question) }
        case .unsupported(let what):
            answer.status = .unsupported
            answer.answer = Sentences.unsupported(what)
        case .offDomain:
            answer.status = .offDomain
            answer.answer = Sentences.offDomain
        case .refused(let text):
            answer.status = .refused
            answer.answer = text
        case .help:
            answer.status = .help
            answer.answer = Sentences.help
            answer.options = Sentences.examples.map { .init(label: $0, question: $0) }
        }
        trace.steps.append("Outcome: \(answer.status.rawValue.replacing("_", with: " "))")
        trace.text = answer.answer
        return Turn(answer: answer, frame: frame, trace: trace)
    }

    /// Figures, rows and text of a query's result; whatever is not traced is not said.
    func fill(
        _ answer: inout LarryAnswer, _ trace: inout LarryTrace, _ query: SupportQuery, _ result: SupportResult, _ names: NameShelf.Names,
        _ remarks: [String], _ question: String
    ) {
        let written = AnswerWriter(query: query, result: result, names: names.book).written()
        answer.status = written.status
        answer.answer = written.text
        answer.value = written.value
        answer.unit = written.unit
        answer.rows = written.rows
        answer.tickets = written.tickets
        answer.agents = written.agents
        answer.accounts = written.accounts
        answer.cards = written.cards
        answer.quotation = written.quotation
        answer.query = query
        answer.explanation = QueryText(query: query, names: names.book).lines + remarks
        answer.isComplete = Self.isCovered(query, answer.coverageFrom)
        if let tickets = query.ticketQuery(showing: result) {
            answer.link = tickets.queryString.isEmpty ? "/tickets" : "/tickets?" + tickets.queryString
        } else if let id = query.filter.ticket?.first, query.filter.ticket?.count == 1 {
            answer.link = "/tickets/\(id)"
        }
        answer.suggestions = Suggestions(query: query, result: result, names: names.book).questions
        answer.figure = answer.value.map { Figures.text($0, query.measure) }.flatMap { answer.answer.contains($0) ? $0 : nil }
        if let from = answer.coverageFrom, !answer.isComplete, Self.beginsBefore(from, query) {
            answer.answer += " " + Sentences.caveat(from: from)
        }

        var verifier = Verifier(index: names.index, question: question)
        verifier.allow(query, result, names.book)
        if let from = answer.coverageFrom { verifier.allow(text: DayText.text(from)) }
        trace.untraced = verifier.violations(in: answer.answer)
        if !trace.untraced.isEmpty {
            // A sentence of ours that cannot be traced is not said; the figure itself is the row count.
            answer.answer = answer.value.map { "The answer is \(Figures.text($0, query.measure))." } ?? "The rows below answer this."
        }
        trace.steps = answer.explanation
        trace.query = LarryJSON.text(query)
        trace.rowsRead = result.sample
        trace.samples = result.rows.map(\.sample)
        trace.value = result.value
        trace.text = answer.answer
    }

    /// Whether all rows the query speaks of were synced.
    static func isCovered(_ query: SupportQuery, _ from: Date?) -> Bool {
        guard let from else { return true }
        let filters = query.sides?.map(\.filter) ?? [query.filter]
        return filters.allSatisfy { filter in
            if let status = filter.status, !status.isNegated, status.values.allSatisfy(\.isUnresolved) { return true }
            if filter.isOverdue == true || filter.ticket != nil { return true }
            return (filter.periods ?? []).contains { $0.field != .due && ($0.from ?? .distantPast) >= from }
        }
    }

    private static func beginsBefore(_ from: Date, _ query: SupportQuery) -> Bool {
        let filters = query.sides?.map(\.filter) ?? [query.filter]
        return filters.contains { ($0.periods ?? []).contains { $0.field != .due && ($0.from ?? .distantPast) < from } }
    }

    // MARK: Threads

    /// A turn as the page shows it again.
    package struct KeptTurn: Sendable {
        package var id: Int64
        package var question: String
        package var askedAt: Date
        package var answer: LarryAnswer
        package var trace: LarryTrace
        package var verdict: String?
        package var reason: String?
        /// The parts of the query, to be changed.
        package var parts: QueryParts?

        package init(
            id: Int64, question: String, askedAt: Date, answer: LarryAnswer, trace: LarryTrace, verdict: String? = nil,
            reason: String? = nil, parts: QueryParts? = nil
        ) {
            self.id = id
            self.question = question
            self.askedAt = askedAt
            self.answer = answer
            self.trace = trace
            self.verdict = verdict
            self.reason = reason
            self.parts = parts
        }
    }

    /// Throws `notFound` for a thread of somebody else.
    package func turns(of thread: String, by asker: Asker) async throws -> [KeptTurn] {
        let names = try await shelf.names(asker.workspace)
        return try await threads.turns(asker.workspace, thread: thread, owner: asker.owner).compactMap { Self.kept($0, names.book) }
    }

    /// One turn. Throws `notFound` for one of somebody else.
    package func turn(_ id: Int64, by asker: Asker) async throws -> KeptTurn {
        let names = try await shelf.names(asker.workspace)
        guard let turn = Self.kept(try await threads.turn(asker.workspace, id, owner: asker.owner), names.book) else {
            throw LarryThreadStore.unknown
        }
        return turn
    }

    /// Nil for a turn that an older program kept in another form.
    private static func kept(_ turn: LarryThreadStore.Turn, _ names: NameBook) -> KeptTurn? {
        guard var answer: LarryAnswer = LarryJSON.value(turn.answer), let trace: LarryTrace = LarryJSON.value(turn.trace) else {
            return nil
        }
        answer.turn = turn.id
        return KeptTurn(
            id: turn.id, question: turn.question, askedAt: turn.askedAt, answer: answer, trace: trace, verdict: turn.verdict,
            reason: turn.reason, parts: answer.query.map { QueryParts($0, names: names) })
    }

    package func history(of asker: Asker) async throws -> [LarryThreadStore.Thread] {
        try await threads.threads(asker.workspace, owner: asker.owner)
    }

    package func forget(_ thread: String?, of asker: Asker) async throws {
        if let thread {
            try await threads.delete(asker.workspace, thread: thread, owner: asker.owner)
        } else {
            try await threads.deleteAll(asker.workspace, owner: asker.owner)
        }
    }

    /// Reasons a reader may give for a thumb down.
    package static let reasons = [
        "Wrong figure", "Wrong account", "Tickets are missing", "Misunderstood the question", "Refused wrongly", "Other"
    ]

    package func judge(_ turn: Int64, verdict: String?, reason: String?, by asker: Asker) async throws {
        guard verdict == nil || verdict == "up" || verdict == "down" else { throw Failure(.invalid, "A verdict is up or down.") }
        let known = reason.flatMap { Self.reasons.contains($0) ? $0 : nil }
        try await threads.judge(asker.workspace, turn: turn, owner: asker.owner, verdict: verdict, reason: known)
    }

    /// Questions to begin with, made of names that exist here.
    package func openers(_ workspace: ID<Workspace>) async throws -> [String] {
        let names = try await shelf.names(workspace)
        let account = names.index.names.accounts.first?.name
        let agent = names.index.names.agents.first?.name
        return [
            account.map { "How many open tickets does \($0) have right now?" },
            "Which accounts have filed urgent tickets in the last week?",
            account.map { "What was \($0)'s last ticket about?" }, agent.map { "How many unresolved tickets does \($0) have?" },
            "Who has the most unresolved tickets?", "Tickets per week over the last 3 months", "CSAT by agent this quarter"
        ].compactMap { $0 }
    }
}

/// How an answer was reached, as it is stored and shown.
package struct LarryTrace: Sendable, Equatable, Codable {
    package var question: String
    package var model: String
    /// The interpretation, line by line.
    package var steps: [String] = []
    /// The typed query as JSON.
    package var query: String?
    /// Rows behind the figure.
    package var rowsRead: Int?
    /// The same of each group, bucket or side.
    package var samples: [Int]?
    package var value: Double?
    package var text = ""
    /// What the first wording said without evidence.
    package var untraced: [String] = []
    /// What a model did, call by call.
    package var calls: [String] = []
    package var milliseconds = 0
}

/// JSON of what a thread keeps.
enum LarryJSON {
    static func text(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .millisecondsSince1970
        guard let data = try? encoder.encode(value) else { return "{}" }
        return String(decoding: data, as: UTF8.self)
    }

    static func value<Value: Decodable>(_ text: String) -> Value? {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .millisecondsSince1970
        return try? decoder.decode(Value.self, from: Data(text.utf8))
    }
}
