import Foundation
import TestSupport
import Testing

/// Whatever happens to a portal while it is read, the mirror ends exact.
@Suite(.serialized) struct ExactnessPropertyTests {
    /// Seeds of `make test`; `make soak` takes its own.
    static let seeds: ClosedRange<UInt64> = 1...40

    @Test(.timeLimit(.minutes(10))) func theMirrorEndsExact() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard environment["SOAK_RUNS"] == nil else { return }
        try await Trials.carryOut(Self.seeds, shrinking: 30)
    }
}

/// Many trials, one after another.
enum Trials {
    /// Carries out a trial for each seed; at the first finding makes it small and fails with it.
    static func carryOut(_ seeds: some Sequence<UInt64>, shrinking: Int, stopsAt most: Int = 1, report: (String) -> Void = { _ in })
        async throws
    {
        var (trials, syncs) = (0, 0)
        var signatures: [String: [UInt64]] = [:]
        let began = Date()
        func progress() {
            let findings = signatures.values.reduce(0) { $0 + $1.count }
            report("\(trials) trials, \(syncs) syncs, \(findings) findings, \(Int(Date().timeIntervalSince(began))) s")
        }
        for seed in seeds {
            let (finding, count) = try await TrialRunner.run(Trial(drawnFrom: seed))
            trials += 1
            syncs += count
            if let finding {
                signatures[finding.signature, default: []].append(seed)
                // Another seed that shows the same kind of difference is only counted.
                if signatures[finding.signature]?.count == 1 {
                    var shrinking = Shrinking(budget: shrinking)
                    let small = try await shrinking.shrink(finding) { try await TrialRunner.run($0).finding }
                    let text = "Seed \(seed), \(small.moment):\n\(small.lines.joined(separator: "\n"))\n\(small.trial)"
                    report(text)
                    Issue.record("\(text)")
                }
                if signatures.count >= most { break }
            }
            if trials % 50 == 0 { progress() }
        }
        progress()
        for (signature, seeds) in signatures.sorted(by: { $0.key < $1.key }) {
            report("\(seeds.count) × \(signature): seeds \(seeds.prefix(12).map(String.init).joined(separator: " "))")
        }
    }
}
