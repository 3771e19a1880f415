/// Events that wait for requests, so that a test can stage what happens between two pages of a running sync (S6), and the record
/// of everything that happened.
struct EventScript: Sendable {
    /// What an event waits for.
    struct Trigger: Sendable, Equatable {
        enum Counted: String, Sendable {
            /// Any answered request.
            case requests
            /// Answered pages of a list or a search: paths that name no single record.
            case pages
        }

        let counted: Counted
        /// Applied as soon as so many have been answered since the event was handed in.
        let count: Int
        /// Beginning of the path after `/api/v2`; nil counts every path.
        let path: String?

        func counts(_ path: String, isList: Bool) -> Bool {
            (counted == .requests || isList) && (self.path.map { path.hasPrefix($0) } ?? true)
        }
    }

    struct Waiting: Sendable {
        let trigger: Trigger
        let event: JSONValue
        var seen = 0
    }

    /// Something that happened, or could not happen.
    struct Applied: Sendable {
        /// Requests answered before it, since the portal started.
        let request: Int
        let at: Moment
        let event: JSONValue
        let touched: Touched
        /// A sentence when it could not be applied.
        let failure: String?
    }

    private(set) var waiting: [Waiting] = []
    private(set) var applied: [Applied] = []

    /// What is kept of the record; older entries are dropped.
    private static let longestRecord = 20_000

    mutating func wait(_ trigger: Trigger, _ event: JSONValue) {
        waiting.append(Waiting(trigger: trigger, event: event))
    }

    /// The events due after a request of this path was answered, in the order in which they were handed in.
    mutating func due(path: String, isList: Bool) -> [JSONValue] {
        guard !waiting.isEmpty else { return [] }
        var due: [JSONValue] = []
        waiting = waiting.compactMap { entry in
            guard entry.trigger.counts(path, isList: isList) else { return entry }
            var entry = entry
            entry.seen += 1
            guard entry.seen >= entry.trigger.count else { return entry }
            due.append(entry.event)
            return nil
        }
        return due
    }

    mutating func record(_ entry: Applied) {
        applied.append(entry)
        if applied.count > Self.longestRecord { applied.removeFirst(applied.count - Self.longestRecord) }
    }

    /// Forgets what waits and what was recorded.
    mutating func reset() {
        waiting = []
        applied = []
    }
}

extension EventScript.Trigger {
    /// Reads `{"requests": 3}`, `{"pages": 2, "path": "/tickets"}`; nil for `null` and for a count of 0, which mean now.
    static func read(_ value: JSONValue?) throws -> EventScript.Trigger? {
        guard let value, !value.isNull else { return nil }
        for counted in [Counted.requests, .pages] {
            guard let count = value[counted.rawValue] else { continue }
            guard let count = count.int, count >= 0 else { break }
            return count == 0 ? nil : EventScript.Trigger(counted: counted, count: count, path: value["path"]?.text)
        }
        throw SandboxError("“after” is {\"requests\": 3} or {\"pages\": 2}, with a “path” such as /tickets when only those count.")
    }
}

/// What an event changed, by kind and id.
struct Touched: Sendable {
    enum Kind: String, Sendable, CaseIterable {
        case ticket, company, contact, agent, group, rating, status
    }

    private(set) var ids: [Kind: Set<Int64>] = [:]
    /// Tickets whose `updated_at` grew.
    private(set) var moved: Set<Int64> = []

    mutating func add(_ kind: Kind, _ id: Int64, moved: Bool = false) {
        ids[kind, default: []].insert(id)
        if moved { self.moved.insert(id) }
    }

    func write(into writer: inout JSONWriter) {
        writer.object { writer in
            for kind in Kind.allCases {
                if let ids = ids[kind] { writer.member(kind.rawValue, ids.sorted()) }
            }
            if !moved.isEmpty { writer.member("moved", moved.sorted()) }
        }
    }
}
