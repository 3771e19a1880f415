import Domain
import Synchronization

/// A few answers per workspace that repeated page views need not compute anew: kept while the workspace's version stands, and for
/// seconds only, because not every change counts the version up.
///
/// However many ask at once, an answer is computed by one of them: the others wait for it, or repeat the old one where only its time is
/// over.
final class WorkspaceCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private struct Entry {
        var version: Int64
        var since: ContinuousClock.Instant
        var value: Value
    }

    private struct Place: Hashable {
        var workspace: ID<Workspace>
        var key: Key
    }

    private struct Computation {
        var version: Int64
        var task: Task<Value, any Error>
    }

    private struct Contents {
        var entries: [Place: Entry] = [:]
        var computations: [Place: Computation] = [:]
    }

    private enum Answer {
        case known(Value)
        case computed(Task<Value, any Error>)
    }

    private let contents = Mutex(Contents())
    private let limit: Int
    private let lifetime: Duration

    /// - Parameters:
    ///   - limit: most entries kept, over all workspaces.
    ///   - lifetime: how long an answer may be repeated.
    init(limit: Int, lifetime: Duration = .seconds(10)) {
        self.limit = limit
        self.lifetime = lifetime
    }

    /// - Parameter compute: goes on to its end even when the one who asked has left: others may wait for it.
    func value(
        _ workspace: ID<Workspace>, _ key: Key, version: Int64, else compute: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let place = Place(workspace: workspace, key: key)
        let now = ContinuousClock.now
        let answer = contents.withLock { contents -> Answer in
            let known = contents.entries[place].flatMap { $0.version == version ? $0 : nil }
            if let known, known.since.duration(to: now) < lifetime { return .known(known.value) }
            if let running = contents.computations[place], running.version == version {
                return known.map { .known($0.value) } ?? .computed(running.task)
            }
            let task = Task { try await self.keep(place, version, since: now, compute) }
            contents.computations[place] = Computation(version: version, task: task)
            return .computed(task)
        }
        switch answer {
        case .known(let value): return value
        case .computed(let task): return try await task.value
        }
    }

    private func keep(
        _ place: Place, _ version: Int64, since: ContinuousClock.Instant, _ compute: @Sendable () async throws -> Value
    ) async throws -> Value {
        let result: Result<Value, any Error>
        do { result = .success(try await compute()) } catch { result = .failure(error) }
        contents.withLock { contents in
            // A computation for a later version may have taken the place since.
            guard contents.computations[place]?.version == version else { return }
            contents.computations[place] = nil
            guard case .success(let value) = result else { return }
            // Emptied rather than aged entry by entry: it refills within a second.
            if contents.entries.count >= limit { contents.entries.removeAll(keepingCapacity: true) }
            contents.entries[place] = Entry(version: version, since: since, value: value)
        }
        return try result.get()
    }
}
