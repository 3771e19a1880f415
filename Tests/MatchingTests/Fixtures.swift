import Domain
import Foundation
import Matching

let anyDay = Date(timeIntervalSince1970: 1_700_000_000)

func account(_ id: Int64, _ name: String, _ domains: String..., aliases: [String] = []) -> Account {
    Account(id: ID(id), name: name, domains: domains, aliases: aliases, createdAt: anyDay, updatedAt: anyDay)
}

func company(_ name: String, _ domains: [String]) -> Company {
    Company(id: 1, name: name, domains: domains, createdAt: anyDay, updatedAt: anyDay)
}

/// An outcome in the fewest words, for tables: `exact_domain 1`, `conflict 1 2`, `none`.
func brief(_ outcome: MatchOutcome) -> String {
    switch outcome {
    case .matched(let match): "\(match.layer.rawValue) \(match.accountID)"
    case .ambiguous(let ambiguity):
        ([ambiguity.kind.rawValue] + ambiguity.candidates.map(\.account.id.description)).joined(separator: " ")
    case .none: "none"
    }
}

/// Repeatable randomness (SplitMix64).
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
