package import Domain
import Foundation
import Logging
package import Store
package import Sync

/// Watches workspaces for all streams that are open in this process: one look at the database a second for all of them together.
///
/// The look is the floor on every engine, whichever process makes the changes. A ring of the bell (a write of this process, a
/// notification from another) only brings the next look forward.
package actor LiveVersions {
    /// Between two looks that were brought forward.
    private static let shortestPause: Duration = .milliseconds(250)

    private struct Waiter {
        var known: Int64
        var continuation: CheckedContinuation<Int64, any Error>
    }

    private let workspaces: WorkspaceStore
    private let poll: Duration
    private let bell: Bell
    private var waiters: [ID<Workspace>: [Int: Waiter]] = [:]
    private var lastWaiter = 0
    private var isLooking = false
    private var lookedAt = ContinuousClock.now

    /// - Parameters:
    ///   - poll: how long a change may go unnoticed.
    ///   - bell: rung by whoever knows that something has changed. Nobody else may wait for it.
    package init(database: any Database, poll: Duration = .seconds(1), bell: Bell = Bell()) {
        workspaces = WorkspaceStore(database: database)
        self.poll = poll
        self.bell = bell
    }

    /// Returns as soon as the workspace has another version than `known`, and `known` when that did not happen within `limit`.
    ///
    /// - Throws: `notFound` when the workspace is gone, what the database throws, `CancellationError`.
    package func version(of workspace: ID<Workspace>, after known: Int64, within limit: Duration) async throws -> Int64 {
        lastWaiter += 1
        let id = lastWaiter
        let timer = Task { if (try? await Task.sleep(for: limit)) != nil { settle(id, workspace, .success(known)) } }
        defer { timer.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                if Task.isCancelled { return continuation.resume(throwing: CancellationError()) }
                waiters[workspace, default: [:]][id] = Waiter(known: known, continuation: continuation)
                if !isLooking {
                    isLooking = true
                    Task { await look() }
                }
            }
        } onCancel: {
            Task { await self.settle(id, workspace, .failure(CancellationError())) }
        }
    }

    /// How many streams wait.
    var waiting: Int { waiters.values.reduce(0) { $0 + $1.count } }

    /// Looks again and again as long as somebody waits.
    private func look() async {
        while !waiters.isEmpty {
            let rest = lookedAt + poll - .now
            await bell.wait(atMost: max(.zero, rest))
            let sinceLast = lookedAt.duration(to: .now)
            let shortest = min(poll, Self.shortestPause)
            if sinceLast < shortest { try? await Task.sleep(for: shortest - sinceLast) }
            lookedAt = .now
            let watched = Array(waiters.keys)
            do {
                let versions = try await workspaces.versions(of: watched)
                for workspace in watched {
                    for (id, waiter) in waiters[workspace, default: [:]] {
                        guard let version = versions[workspace] else {
                            settle(id, workspace, .failure(WorkspaceStore.unknown))
                            continue
                        }
                        if version != waiter.known { settle(id, workspace, .success(version)) }
                    }
                }
            } catch {
                for workspace in watched {
                    for id in waiters[workspace, default: [:]].keys { settle(id, workspace, .failure(error)) }
                }
            }
        }
        isLooking = false
    }

    private func settle(_ id: Int, _ workspace: ID<Workspace>, _ result: Result<Int64, any Error>) {
        guard let waiter = waiters[workspace]?.removeValue(forKey: id) else { return }
        if waiters[workspace]?.isEmpty == true { waiters[workspace] = nil }
        waiter.continuation.resume(with: result)
    }
}
