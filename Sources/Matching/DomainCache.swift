import Synchronization

/// Readings of texts met before: contacts repeat the same few hosts thousands of times.
final class DomainCache: Sendable {
    /// A run over a large portal sees some tens of thousands of different texts; beyond that the cache starts again.
    private static let capacity = 50_000

    private let shared: SharedDomains
    private let readings = Mutex<[String: [DomainReading]]>([:])

    init(shared: SharedDomains) { self.shared = shared }

    func readings(of text: String) -> [DomainReading] {
        if let known = readings.withLock({ $0[text] }) { return known }
        let fresh = DomainReading.readings(of: text, shared: shared)
        readings.withLock { cache in
            if cache.count >= Self.capacity { cache.removeAll(keepingCapacity: true) }
            cache[text] = fresh
        }
        return fresh
    }
}
