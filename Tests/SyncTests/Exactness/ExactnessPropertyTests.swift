import Foundation
import TestSupport
import Testing

/// Whatever happens to a portal while it is read, the mirror ends exact.
@Suite(.serialized) struct ExactnessPropertyTests {
    /// Seeds of `make test`; `make soak` takes its own.
    static let seeds: ClosedRange<UInt64> = 1...40

    @Test(.timeLimit(.minutes(5))) func theMirrorEndsExact() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard environment["SOAK_RUNS"] == nil else { return }
        try await Trials.carryOut(Self.seeds, shrinking: 60)
    }
}

/// Many trials, one after another.
enum Trials {
    /// Carries out a trial for each seed; at the first finding makes it small and fails with it.
    static func carryOut(_ seeds: some Sequence<UInt64>, shrinking: Int, stopsAt most: Int = 1, report: (String) -> Void = { _ in })
        async throws
    {
        var (trials, syncs, found) = (0, 0, 0)
        let began = Date()
        for seed in seeds {
            let (finding, count) = try await TrialRunner.run(Trial(drawnFrom: seed))
            trials += 1
            syncs += count
            if let finding {
                found += 1
                var shrinking = Shrinking(budget: shrinking)
                let small = try await shrinking.shrink(finding) { try await TrialRunner.run($0).finding }
                report("FOUND with seed \(seed) \(small.moment):\n\(small.lines.joined(separator: "\n"))\n\(small.trial)\n")
                Issue.record("With seed \(seed) \(small.moment):\n\(small.lines.joined(separator: "\n"))\n\(small.trial)")
                if found >= most { break }
            }
            if trials % 50 == 0 {
                report("\(trials) trials, \(syncs) syncs, \(found) findings, \(Int(Date().timeIntervalSince(began))) s")
            }
        }
        report("\(trials) trials, \(syncs) syncs, \(found) findings, \(Int(Date().timeIntervalSince(began))) s")
    }
}
