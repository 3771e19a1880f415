/// Makes a failing trial small: leaves out whatever can be left out while it still fails.
struct Shrinking {
    /// Trials that may be spent on it.
    var budget: Int

    /// The smallest trial found that still fails, with its finding. `again` carries a trial out.
    mutating func shrink(
        _ finding: TrialRunner.Finding, again: (Trial) async throws -> TrialRunner.Finding?
    ) async throws -> TrialRunner.Finding {
        var best = finding
        // As it really happened it must fail too; if it does not, timing decides, and the drawn trial is what there is to show.
        var improved = true
        while improved, budget > 0 {
            improved = false
            for candidate in Self.smaller(best.trial) {
                guard budget > 0 else { break }
                budget -= 1
                guard let smaller = try await again(candidate) else { continue }
                best = smaller
                best.trial = Self.cut(candidate, to: smaller)
                improved = true
                break
            }
        }
        return best
    }

    /// Rounds after the one that failed do not matter.
    private static func cut(_ trial: Trial, to finding: TrialRunner.Finding) -> Trial {
        var trial = trial
        trial.rounds = Array(trial.rounds.prefix(max(1, finding.trial.rounds.count)))
        return trial
    }

    /// The same trial with a little less, the large cuts first.
    static func smaller(_ trial: Trial) -> [Trial] {
        var candidates: [Trial] = []
        func add(_ change: (inout Trial) -> Void) {
            var candidate = trial
            change(&candidate)
            candidates.append(candidate)
        }
        for index in trial.rounds.indices.dropFirst().reversed() { add { $0.rounds.remove(at: index) } }
        for index in trial.rounds.indices {
            let steps = trial.rounds[index].steps
            if steps.count > 1 {
                add { $0.rounds[index].steps = [] }
                add { $0.rounds[index].steps = Array(steps.prefix(steps.count / 2)) }
                add { $0.rounds[index].steps = Array(steps.suffix(steps.count - steps.count / 2)) }
            }
            if trial.rounds[index].fate != .undisturbed { add { $0.rounds[index].fate = .undisturbed } }
            if trial.rounds[index].announces { add { $0.rounds[index].announces = false } }
            if trial.rounds[index].isDaily { add { $0.rounds[index].isDaily = false } }
            if trial.rounds[index].pause > 0 { add { $0.rounds[index].pause = 0 } }
        }
        for index in trial.rounds.indices {
            for step in trial.rounds[index].steps.indices.reversed() { add { $0.rounds[index].steps.remove(at: step) } }
        }
        if !trial.policies.isEmpty { add { $0.policies = [:] } }
        for name in trial.policies.keys.sorted() { add { $0.policies[name] = nil } }
        if trial.hasTrash { add { $0.hasTrash = false } }
        return candidates
    }
}
