/// What the search index still holds about tickets that changed a moment ago: the first state since the index last caught up,
/// until the lag has passed (fact 166).
struct SearchMemory: Sendable {
    private struct Memory: Sendable {
        var noticedAt: Moment
        /// The ticket as it was before the change; nil when it did not exist.
        var before: Ticket?
    }

    private var memories: [Int64: [Memory]] = [:]

    /// Remembers a ticket as it was before a change that search notices at `noticedAt`.
    mutating func remember(_ id: Int64, before: Ticket?, until noticedAt: Moment) {
        var slim = before
        slim?.conversations = []
        memories[id, default: []].append(Memory(noticedAt: noticedAt, before: slim))
    }

    /// The tickets the index is behind on, each as the index has it; a missing value means it does not know the ticket.
    mutating func outdated(at now: Moment) -> [Int64: Ticket?] {
        for id in memories.keys {
            memories[id]?.removeAll { $0.noticedAt <= now }
            if memories[id]?.isEmpty == true { memories[id] = nil }
        }
        return memories.mapValues { $0.first?.before }
    }
}
