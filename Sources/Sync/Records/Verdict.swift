import Freshdesk

/// What asking for one record by its id says (fact 206).
enum Verdict<Value: Sendable>: Sendable {
    case found(Value)
    /// The portal has nothing under this id.
    case gone
    /// The key may not see it: no proof that it is gone.
    case hidden
    /// The portal fails on this record alone; the sentence says how.
    case failed(String)

    /// What concerns the whole portal (a wrong key, the rate limit, no network) is thrown.
    static func of(_ fetch: () async throws -> Reply<Value>) async throws -> Verdict {
        do {
            return .found(try await fetch().value)
        } catch FreshdeskError.notFound {
            return .gone
        } catch FreshdeskError.forbidden {
            return .hidden
        } catch let error as FreshdeskError {
            switch error {
            case .rejected, .unavailable(.garbage, _), .unavailable(.status, _): return .failed(error.message)
            default: throw error
            }
        }
    }
}
