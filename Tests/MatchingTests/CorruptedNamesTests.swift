import Domain
import Foundation
import Testing

@testable import Matching

/// Names of real firms, half of them accounts, the other half strangers; both asked for in corrupted spellings.
@Suite("Corrupted names")
struct CorruptedNamesTests {
    @Test(arguments: UInt64(1)...5)
    func preciseAndFound(_ seed: UInt64) throws {
        var random = Seeded(state: seed &* 7_919)
        let names = try LabelledSet.text("firms.txt").split(separator: "\n").map(String.init).shuffled(using: &random)
        #expect(names.count >= 500)
        let half = names.count / 2
        let accounts = names.prefix(half).enumerated().map { account(Int64($0 + 1), $1) }
        let index = MatchIndex(accounts: accounts)
        var attached = 0
        var wrong: [String] = []
        var reached = 0
        var reviewed = 0
        for (place, name) in names.enumerated() {
            let isAccount = place < half
            let probe = Corruption.corrupted(name, &random)
            switch index.match(company(probe, [])) {
            case .matched(let match):
                attached += 1
                if isAccount, match.accountID == accounts[place].id {
                    reached += 1
                } else {
                    wrong.append("\(probe) (\(name)) → \(accounts[Int(match.accountID.rawValue) - 1].name): \(match.evidence)")
                }
            case .ambiguous(let ambiguity):
                reviewed += 1
                if isAccount, ambiguity.candidates.contains(where: { $0.account.id == accounts[place].id }) { reached += 1 }
            case .none: break
            }
        }
        let precision = attached == 0 ? 0 : 1 - Double(wrong.count) / Double(attached)
        let reach = Double(reached) / Double(half)
        #expect(precision >= 0.995, "\(wrong)")
        #expect(reach >= 0.94, "\(reach)")
        print("corrupted names, seed \(seed): \(attached) attached, \(wrong.count) wrong, \(reviewed) reviewed, reached \(reach)")
        for row in wrong { print("  \(row)") }
    }
}

/// What people and systems do to names.
enum Corruption {
    static func corrupted(_ name: String, _ random: inout Seeded) -> String {
        var text = name
        for _ in 0..<Int.random(in: 1...2, using: &random) { text = once(text, &random) }
        return text
    }

    private static func once(_ name: String, _ random: inout Seeded) -> String {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return name.uppercased()
        case 1: return name.lowercased()
        case 2: return NameForm(name).map { $0.words.map(\.text).joined(separator: " ") } ?? name
        case 3:
            return name
                + [" GmbH", " Ltd.", ", Inc.", " S.A.", " B.V.", " LLC", " Pty Ltd", " Sp. z o.o."][Int.random(in: 0..<8, using: &random)]
        case 4, 5, 6: return mistyped(name, &random)
        case 7: return name.folding(options: [.diacriticInsensitive], locale: nil)
        case 8: return swapped(name)
        case 9: return name.replacing("&", with: "and").replacing(",", with: "").replacing(".", with: "")
        case 10:
            return name + [" (UK)", " Deutschland", " International", " Group", " Holdings", " - HQ"][Int.random(in: 0..<6, using: &random)]
        default: return name.replacing(" ", with: ["  ", "-", "_", ""][Int.random(in: 0..<4, using: &random)])
        }
    }

    /// One letter dropped, doubled, swapped with the next or replaced, in the longest word.
    private static func mistyped(_ name: String, _ random: inout Seeded) -> String {
        var words = name.split(separator: " ").map(Array.init)
        guard let place = words.indices.max(by: { words[$0].count < words[$1].count }), words[place].count >= 5 else { return name }
        var letters = words[place]
        let spot = Int.random(in: 1..<letters.count - 1, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: letters.remove(at: spot)
        case 1: letters.insert(letters[spot], at: spot)
        case 2: letters.swapAt(spot, spot + 1)
        default: letters[spot] = Array("abcdefghijklmnopqrstuvwxyz")[Int.random(in: 0..<26, using: &random)]
        }
        words[place] = letters
        return words.map { String($0) }.joined(separator: " ")
    }

    private static func swapped(_ name: String) -> String {
        let words = name.split(separator: " ")
        guard words.count == 2 else { return name }
        return "\(words[1]) \(words[0])"
    }
}
