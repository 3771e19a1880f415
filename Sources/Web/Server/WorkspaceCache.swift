import Domain
import Synchronization

/// A few answers per workspace that repeated page views need not compute anew: kept while the workspace's version stands, and for
/// seconds only, because not every change counts the version up.
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

    private let entries = Mutex<[Place: Entry]>([:])
    private let limit: Int
    private let lifetime: Duration

    /// - Parameters:
    ///   - limit: most entries kept, over all workspaces.
    ///   - lifetime: how long an answer may be repeated.
    init(limit: Int, lifetime: Duration = .seconds(10)) {
        self.limit = limit
        self.lifetime = lifetime
    }

    func value(
        _ workspace: ID<Workspace>, _ key: Key, version: Int64, else compute: () async throws -> Value
    ) async throws -> Value {
        let place = Place(workspace: workspace, key: key)
        let now = ContinuousClock.now
        let known = entries.withLock { $0[place] }
        if let known, known.version == version, known.since.duration(to: now) < lifetime { return known.value }
        let value = try await compute()
        entries.withLock { entries in
            // Emptied rather than aged entry by entry: it refills within a second.
            if entries.count >= limit { entries.removeAll(keepingCapacity: true) }
            entries[place] = Entry(version: version, since: now, value: value)
        }
        return value
    }
}
