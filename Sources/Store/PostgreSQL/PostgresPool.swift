import Domain
import Foundation
import Synchronization

/// Hands out connections, at most so many at once. Whoever finds none free waits in line for a while, then is told that the database
/// is busy: a queue without an end would only make everybody late.
final class PostgresPool: Sendable {
    private let address: PostgresAddress
    private let state: Mutex<State>

    private struct State {
        var free: Int
        var idle: [PostgresConnection] = []
        var line: [Waiter] = []
        var tickets: UInt64 = 0
        var isClosed = false
    }

    private struct Waiter {
        var ticket: UInt64
        var continuation: CheckedContinuation<Void, any Error>
    }

    init(_ address: PostgresAddress) {
        self.address = address
        state = Mutex(State(free: address.poolSize))
    }

    /// A connection to be given back, and whether it was opened just now.
    func take() async throws -> (connection: PostgresConnection, isFresh: Bool) {
        try await takePlace()
        if let idle = state.withLock({ $0.idle.popLast() }) { return (idle, false) }
        return (try await open(), true)
    }

    /// Replaces a connection that turned out to be dead by a new one; its place stays taken.
    func replace(_ dead: PostgresConnection) async throws -> PostgresConnection {
        await dead.close()
        return try await open()
    }

    /// Ends a taking. A connection that is not usable any more is closed, and the next in line opens another.
    func giveBack(_ connection: PostgresConnection, isUsable: Bool) async {
        let isKept = state.withLock { state in
            guard isUsable, !state.isClosed else { return false }
            state.idle.append(connection)
            return true
        }
        if !isKept { await connection.close() }
        freePlace()
    }

    /// Hangs up whatever is idle; the next to come open new connections.
    func dropIdle() async {
        let idle = state.withLock { state in
            defer { state.idle = [] }
            return state.idle
        }
        for connection in idle { await connection.close() }
    }

    /// Closes what is idle now and the rest when it is given back; whoever waits is refused.
    func close() async {
        let (idle, line) = state.withLock { state in
            state.isClosed = true
            defer { (state.idle, state.line) = ([], []) }
            return (state.idle, state.line)
        }
        for waiter in line { waiter.continuation.resume(throwing: Self.closed) }
        for connection in idle { await connection.close() }
    }

    private func open() async throws -> PostgresConnection {
        let connection = PostgresConnection(address)
        do {
            try await connection.open()
            return connection
        } catch {
            await connection.close()
            freePlace()
            throw error
        }
    }

    // MARK: Places

    private func takePlace() async throws {
        try Task.checkCancellation()
        let ticket = state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let answer: Result<Void, any Error>? = state.withLock { state in
                    if state.isClosed { return .failure(Self.closed) }
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    state.line.append(Waiter(ticket: ticket, continuation: continuation))
                    return nil
                }
                if let answer { return continuation.resume(with: answer) }
                // Cancelled before it stood in line.
                if Task.isCancelled { return leave(ticket, CancellationError()) }
                let limit = Duration.seconds(address.poolWait)
                Task.detached { [self] in
                    try? await Task.sleep(for: limit)
                    leave(ticket, busy)
                }
            }
        } onCancel: {
            leave(ticket, CancellationError())
        }
    }

    private func freePlace() {
        let next = state.withLock { state -> Waiter? in
            if state.line.isEmpty {
                state.free += 1
                return nil
            }
            return state.line.removeFirst()
        }
        next?.continuation.resume()
    }

    /// Takes a waiter out of the line, if it still stands there.
    private func leave(_ ticket: UInt64, _ error: any Error) {
        let waiter = state.withLock { state in
            state.line.firstIndex { $0.ticket == ticket }.map { state.line.remove(at: $0) }
        }
        waiter?.continuation.resume(throwing: error)
    }

    private var busy: Failure {
        Failure(
            .unavailable, code: "busy", "The database is busy. Try again in a moment.",
            cause: "no free connection of \(address.poolSize) within \(address.poolWait) s")
    }

    private static let closed = Failure(.unavailable, code: "database_closed", "The database has been closed.")
}
