import Domain
import Synchronization

/// Whether the keys open the stored secrets. Asked of the database at most every few seconds, because everybody may ask for readiness.
final class KeyCheck: Sendable {
    private let check: @Sendable () async throws -> Void
    private let known = Mutex<(fits: Bool, since: ContinuousClock.Instant)?>(nil)

    private static let lifetime = Duration.seconds(10)

    /// - Parameter check: throws a `Failure` that names what is wrong with the keys.
    init(_ check: @escaping @Sendable () async throws -> Void) { self.check = check }

    /// Throws what kept the database from being asked.
    func fits() async throws -> Bool {
        let now = ContinuousClock.now
        if let known = known.withLock({ $0 }), known.since.duration(to: now) < Self.lifetime { return known.fits }
        var fits = true
        do {
            try await check()
        } catch let failure as Failure where Self.keyFaults.contains(failure.code) {
            fits = false
        }
        known.withLock { $0 = (fits, now) }
        return fits
    }

    private static let keyFaults: Set<String> = ["wrong_key", "key_file_missing", "invalid"]
}
