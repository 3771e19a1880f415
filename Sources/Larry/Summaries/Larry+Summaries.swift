package import Domain
package import Foundation
import Store

/// Summaries of single tickets, where a language model is set up.
extension Larry {
    /// Whether there is a model to ask; without one no page offers a summary.
    package var canSummarise: Bool { model != nil }

    /// The model's name, and where it is.
    package var modelName: String? { model?.name }

    /// A ticket's thread in a few words, kept as a turn.
    ///
    /// Throws `notFound` for an unknown ticket. That there is no model, or that it gave nothing usable, is an answer.
    package func summarise(
        _ ticket: ID<Ticket>, thread: String? = nil, by asker: Asker, now: Date, onStage: @escaping StageListener = { _ in }
    ) async throws -> LarryAnswer {
        let place = try await place(thread, of: asker)
        return try await summarise(ticket, asked: "Summarise ticket \(ticket)", in: place, by: asker, now: now, onStage: onStage)
    }

    func summarise(
        _ ticket: ID<Ticket>, asked question: String, in place: Place, by asker: Asker, now: Date, onStage: @escaping StageListener
    ) async throws -> LarryAnswer {
        let started = ContinuousClock.now
        let coverage = try await shelf.coverage(asker.workspace)
        var answer = LarryAnswer(
            status: .unsupported, answer: Sentences.noSummaries, asOf: coverage.syncedAt ?? now, coverageFrom: nil, isComplete: true,
            threadID: "", model: model?.name ?? "rules")
        var trace = LarryTrace(question: question, model: answer.model)
        var frame: Frame?
        do {
            let store = TicketStore(database: database)
            let detail = try await store.get(asker.workspace, ticket)
            answer.tickets = [ticket.rawValue]
            answer.link = "/tickets/\(ticket)"
            var query = SupportQuery(.list)
            query.filter.ticket = answer.tickets
            query.limit = 1
            frame = Frame(
                query: query, tickets: answer.tickets, agents: [detail.summary.agent?.id.rawValue].compactMap { $0 },
                accounts: [detail.summary.account?.account.id.rawValue].compactMap { $0 })
            if let model {
                await onStage(.summarising(ticket.rawValue))
                let settings = try await WorkspaceStore(database: database).assistant(of: asker.workspace)
                let thread = ThreadText(
                    detail, try await store.thread(asker.workspace, ticket), withNotes: settings.notes.areOpen(to: asker.role))
                try await write(&answer, &trace, thread, model, asker.workspace)
            }
        } catch let failure as Failure where failure.kind == .notFound {
            answer.status = .notFound
            answer.answer = "There is no ticket \(ticket) among the synced ones."
        }
        trace.steps = answer.explanation.isEmpty ? ["Outcome: \(answer.status.rawValue.replacing("_", with: " "))"] : answer.explanation
        trace.text = answer.answer
        return try await keep(
            Turn(answer: answer, frame: frame, trace: trace), asked: question, in: place, by: asker, now: now, since: started)
    }

    private func write(
        _ answer: inout LarryAnswer, _ trace: inout LarryTrace, _ thread: ThreadText, _ model: ModelReader, _ workspace: ID<Workspace>
    ) async throws {
        do {
            // A mark nobody can have written beforehand.
            let written = try await ThreadSummary(client: model.client).written(
                of: thread, index: try await shelf.names(workspace).index, mark: LarryThreadStore.newThread())
            answer.status = .answered
            answer.answer = written.text
            answer.quotation = written.quotation
            answer.quotedFrom = written.introduction
            trace.calls = written.calls
        } catch let fault as ThreadSummary.Fault {
            answer.status = .noData
            answer.answer = fault.sentence
            trace.calls = fault.calls
        }
        let count = thread.messages.count
        answer.explanation = ["Summary of ticket \(thread.ticket.id)", "From \(count) message\(count == 1 ? "" : "s")"]
        if thread.leftOut > 0 { answer.explanation.append("Without \(thread.leftOut) in the middle of a long thread") }
        if thread.hiddenNotes > 0 {
            answer.explanation.append("Without \(thread.hiddenNotes) internal note\(thread.hiddenNotes == 1 ? "" : "s")")
        }
        if answer.status == .answered { answer.explanation.append("Written by \(model.name) from this ticket alone") }
        trace.rowsRead = count
    }
}
