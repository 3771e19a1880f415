import Domain
import Foundation
import Larry

/// What one of Larry's forms asks for: a question, an answer's query changed by its chips, or a ticket's summary.
struct LarryAct: Sendable {
    enum What: Sendable {
        case question(String)
        case edit(turn: Int64, QueryEdit)
        case summary(ID<Ticket>)
    }

    var what: What
    var thread: String?
    var topic: Larry.Topic?

    /// Reads `question`, or `edit` with parts beside it, or `summary`.
    init(_ form: Form) throws {
        thread = form.trimmed("thread")
        topic = form.trimmed("about").flatMap(Larry.Topic.init)
        if let text = form.trimmed("edit") {
            guard let turn = Int64(text) else { throw Failure(.notFound, "There is no such answer.") }
            what = .edit(turn: turn, Self.edit(form))
        } else if let text = form.trimmed("summary") {
            guard let ticket = ID<Ticket>(text) else { throw Failure(.notFound, "There is no such ticket.") }
            what = .summary(ticket)
        } else {
            what = .question(form.text("question"))
        }
    }

    /// Names of a chip's fields.
    static func from(_ part: FilterPart) -> String { part.rawValue + "_from" }
    static func to(_ part: FilterPart) -> String { part.rawValue + "_to" }
    static let dropped = "drop"
    static let side = "side"

    private static func edit(_ form: Form) -> QueryEdit {
        var edit = QueryEdit(dropped: form.values(dropped).compactMap(FilterPart.init), side: form.trimmed(side).flatMap { Int($0) })
        // A pressed “leave out” means that, whatever else stands in its form.
        guard edit.dropped.isEmpty else { return edit }
        for part in FilterPart.allCases {
            let values = form.values(part.rawValue).filter { !$0.isEmpty }
            if !values.isEmpty { edit.set[part] = values }
            let (from, to) = (form.trimmed(from(part)), form.trimmed(to(part)))
            if from != nil || to != nil { edit.days[part] = (from, to) }
        }
        return edit
    }

    func answer(
        from larry: Larry, by asker: Larry.Asker, now: Date, onStage: @escaping Larry.StageListener = { _ in }
    ) async throws -> LarryAnswer {
        switch what {
        case .question(let text): try await larry.ask(text, thread: thread, about: topic, by: asker, now: now, onStage: onStage)
        case .edit(let turn, let edit): try await larry.ask(editing: turn, edit, by: asker, now: now, onStage: onStage)
        case .summary(let ticket): try await larry.summarise(ticket, thread: thread, by: asker, now: now, onStage: onStage)
        }
    }
}
