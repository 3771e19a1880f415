import Foundation
import Testing

/// `make soak`: as many trials as asked for, from a seed on.
@Suite(.serialized) struct ExactnessSoakTests {
    private static let environment = ProcessInfo.processInfo.environment

    @Test(.enabled(if: environment["SOAK_RUNS"] != nil, "Runs with make soak.")) func manyTrials() async throws {
        let runs = try #require(Self.environment["SOAK_RUNS"].flatMap(UInt64.init))
        let first = Self.environment["SOAK_SEED"].flatMap(UInt64.init) ?? 1_000
        let most = Self.environment["SOAK_FINDINGS"].flatMap(Int.init) ?? 3
        try await Trials.carryOut(first..<(first + runs), shrinking: 120, stopsAt: most) { line in
            FileHandle.standardOutput.write(Data((line + "\n").utf8))
        }
    }
}
