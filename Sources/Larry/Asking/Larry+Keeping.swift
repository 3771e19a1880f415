import Domain
import Foundation
import Store

/// What happens around an answer, whatever asked for it: the thread it belongs to, and keeping it.
extension Larry {
    /// What is being done for a question, told to whoever waits.
    package enum Stage: Sendable, Equatable {
        case reading
        case askingModel(String)
        case lookingUp(String)
        case summarising(Int64)

        /// As the page says it.
        package var text: String {
            switch self {
            case .reading: "Reading the question"
            case .askingModel(let name): "Asking \(name) what is meant"
            case .lookingUp(let query): "Looking up: \(query)"
            case .summarising(let ticket): "Summarising ticket \(ticket)"
            }
        }
    }

    package typealias StageListener = @Sendable (Stage) async -> Void

    /// Where a turn goes: its thread, and what the last one there left to lean on.
    struct Place: Sendable {
        var thread: String
        var frame: Frame?
    }

    /// An unknown thread, or somebody else's, begins a new one.
    func place(_ thread: String?, of asker: Asker) async throws -> Place {
        guard let thread, let last = try await threads.last(asker.workspace, thread: thread, owner: asker.owner) else {
            return Place(thread: LarryThreadStore.newThread())
        }
        return Place(thread: thread, frame: last.frame.flatMap { LarryJSON.value($0) })
    }

    /// Saves a turn and completes its answer. What was cancelled is not kept.
    func keep(
        _ turn: Turn, asked question: String, in place: Place, by asker: Asker, now: Date, since started: ContinuousClock.Instant
    ) async throws -> LarryAnswer {
        try Task.checkCancellation()
        var turn = turn
        turn.answer.threadID = place.thread
        turn.answer.milliseconds = Int((ContinuousClock.now - started) / .milliseconds(1))
        turn.trace.milliseconds = turn.answer.milliseconds
        turn.answer.turn = try await threads.save(
            asker.workspace,
            .init(
                id: 0, thread: place.thread, askedAt: now, question: question, status: turn.answer.status.rawValue,
                model: turn.answer.model, frame: (turn.frame ?? place.frame).map(LarryJSON.text), answer: LarryJSON.text(turn.answer),
                trace: LarryJSON.text(turn.trace), verdict: nil, reason: nil), owner: asker.owner)
        return turn.answer
    }
}
