package import Domain
package import Foundation
import Store

/// Asking again with a query changed by hand.
extension Larry {
    /// Names to choose from where a part is a name.
    package struct Choices: Sendable, Equatable {
        package var accounts: [String]
        package var agents: [String]
        package var groups: [String]
    }

    /// Names offered at most of each kind; any other can be typed.
    static let mostChoices = 300

    package func choices(_ workspace: ID<Workspace>) async throws -> Choices {
        let names = try await shelf.names(workspace).index.names
        func sorted(_ all: [String]) -> [String] { Array(all.prefix(Self.mostChoices)).sorted() }
        return Choices(
            accounts: sorted(names.accounts.map(\.name)), agents: sorted(names.agents.map(\.name)),
            groups: sorted(names.groups.map(\.name)))
    }

    /// Answers the query of an earlier turn with changes, as a new turn of the same thread.
    ///
    /// Throws `notFound` for a turn of somebody else, `invalid` for one without a query or a change that fits nothing.
    package func ask(
        editing turn: Int64, _ edit: QueryEdit, by asker: Asker, now: Date, onStage: @escaping StageListener = { _ in }
    ) async throws -> LarryAnswer {
        let started = ContinuousClock.now
        let kept = try await threads.turn(asker.workspace, turn, owner: asker.owner)
        guard let earlier: LarryAnswer = LarryJSON.value(kept.answer), let old = earlier.query else {
            throw Failure(.invalid, "That answer asked nothing of the tickets, so there is nothing to change.")
        }
        let names = try await shelf.names(asker.workspace)
        let query = try edit.applied(to: old, index: names.index, moments: Moments(now: now, zone: names.book.zone))
        let text = QueryText(query: query, names: names.book).sentence
        await onStage(.lookingUp(text))
        let coverage = try await shelf.coverage(asker.workspace)
        let result = try await SupportQueryStore(database: database).answer(asker.workspace, query, now: now, zone: names.book.zone)
        var answer = LarryAnswer(
            status: .answered, answer: "", asOf: coverage.syncedAt ?? now, coverageFrom: coverage.from, isComplete: true, threadID: "",
            model: "rules")
        var trace = LarryTrace(question: text, model: "rules")
        fill(&answer, &trace, query, result, names, ["Changed by hand from “\(kept.question)”"], text)
        let changed = Turn(
            answer: answer, frame: Frame(query: query, tickets: answer.tickets, agents: answer.agents, accounts: answer.accounts),
            trace: trace)
        return try await keep(changed, asked: text, in: Place(thread: kept.thread), by: asker, now: now, since: started)
    }
}

extension Larry {
    /// An agent's name; nil for one that is not among the synced.
    package func name(ofAgent id: ID<Agent>, _ workspace: ID<Workspace>) async throws -> String? {
        let book = try await shelf.names(workspace).book
        return book.has(agent: id.rawValue) ? book.agent(id.rawValue) : nil
    }
}
