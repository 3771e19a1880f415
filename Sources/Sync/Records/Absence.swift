import Domain
import Freshdesk
import Logging
import Store

/// Records that a complete list lacks. None is forgotten merely because of that (facts 206–207): each is asked for by its id.
struct Absence<Subject: Sendable, Value: Sendable>: Sendable {
    /// Such as `companies`: for the warning and the log.
    var kind: String
    /// Such as `company`: for the list of failures.
    var noun: String
    var phase: PhaseName
    /// How many of the kind are held.
    var held: Int
    var fetch: @Sendable (FreshdeskClient, ID<Subject>) async throws -> Reply<Value>
    /// Whether a record that was found says itself that it is gone.
    var isGone: @Sendable (Value) -> Bool = { _ in false }

    struct Outcome: Sendable {
        var gone: [ID<Subject>] = []
        /// Found after all: the list was shifted while it was read (B4), or the record came back.
        var alive: [Value] = []
    }

    /// More of them, and a larger share, is taken for a changed role, not for deletions.
    private static var suspiciousCount: Int { 50 }
    private static var suspiciousPercent: Int { 5 }

    /// Asks for each and hands those that are gone for certain, and those that were found after all, to `settle`, a part at a time: what
    /// is known when the portal makes the run wait is saved. When suspiciously many are missing none is asked for, unless they were
    /// missing in an earlier run too.
    func confirm(_ missing: [ID<Subject>], _ context: RunContext, settle: (Outcome) async throws -> Void) async throws {
        guard context.progress.seesEverything else { return }
        guard try await isPlausible(missing.count, context), !missing.isEmpty else { return }
        guard try await context.stillSeesEverything() else { return }
        for start in stride(from: 0, to: missing.count, by: Self.settledTogether) {
            let part = Array(missing[start..<min(start + Self.settledTogether, missing.count)])
            let answers = await Answers.of(part) { id in (id, try await Verdict.of { try await fetch(context.client, id) }) }
            var outcome = Outcome()
            for (id, verdict) in answers.values {
                switch verdict {
                case .found(let value) where isGone(value): outcome.gone.append(id)
                case .found(let value): outcome.alive.append(value)
                case .gone: outcome.gone.append(id)
                case .hidden: break
                case .failed(let reason): try await context.fail("\(noun) \(id)", of: phase, because: reason)
                }
            }
            if !outcome.gone.isEmpty || !outcome.alive.isEmpty { try await settle(outcome) }
            if let fault = answers.fault { throw fault }
        }
    }

    private static var settledTogether: Int { 200 }

    private func isPlausible(_ count: Int, _ context: RunContext) async throws -> Bool {
        let (kind, scope, run) = (kind, context.scope, context.claim.run)
        let earlier = try await context.database.read { try ConnectionStore.suspicion(of: kind, scope, $0) }
        let isSuspicious = count > Self.suspiciousCount && count > held / 100 * Self.suspiciousPercent
        if !isSuspicious || earlier.map({ $0 != run }) == true {
            if earlier != nil { try await context.save { db, _ in try ConnectionStore.setSuspicion(of: kind, nil, scope, db) } }
            return true
        }
        try await context.save { db, _ in try ConnectionStore.setSuspicion(of: kind, run, scope, db) }
        context.logger.warning(
            "Many records left a list at once; none is forgotten", metadata: ["kind": "\(kind)", "count": "\(count)"])
        context.warn(
            ConnectionWarning(
                code: "many_missing",
                message:
                    "\(count) \(kind) are no longer listed by Freshdesk. They are kept for now; the next sync asks for each of them."))
        return false
    }
}
