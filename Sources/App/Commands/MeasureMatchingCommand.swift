import ArgumentParser
import Domain
import Foundation
import Matching

/// `clynto measure-matching`: what matching costs, for `Benchmarks/run`. Made-up firms, no database, one core; prints one JSON object.
struct MeasureMatchingCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure-matching", abstract: "Measures matching over made-up firms.", shouldDisplay: false)

    @Option(help: "Accounts to match against.")
    var accounts = 20_000
    @Option(help: "Companies to match.")
    var companies = 20_000

    func run() throws {
        let clock = ContinuousClock()
        let firms = (0..<accounts).map { MadeUpFirm(number: $0) }
        let now = Date(timeIntervalSince1970: 0)
        let customers = firms.map {
            Account(id: ID(Int64($0.number + 1)), name: $0.name, domains: [$0.domain], createdAt: now, updatedAt: now)
        }
        let before = Self.residentMegabytes()
        var index = MatchIndex(accounts: [])
        let building = clock.measure { index = MatchIndex(accounts: customers) }
        let after = Self.residentMegabytes()

        var figures: [String] = [
            "\"accounts\":\(accounts)", "\"companies\":\(companies)", "\"build_seconds\":\(Self.seconds(building))",
            "\"index_mb\":\(max(0, after - before))", "\"resident_mb\":\(after)"
        ]
        for stage in Stage.allCases {
            let asked = (0..<companies).map { number -> Company in
                // A step that shares no factor with usual sizes visits all firms.
                stage.company(of: firms[number * 7_919 % accounts], number: number, at: now)
            }
            var counts = (matched: 0, review: 0, none: 0)
            let took = clock.measure {
                for company in asked {
                    switch index.match(company) {
                    case .matched: counts.matched += 1
                    case .ambiguous: counts.review += 1
                    case .none: counts.none += 1
                    }
                }
            }
            figures.append(
                "\"\(stage.rawValue)\":{\"seconds\":\(Self.seconds(took)),\"matched\":\(counts.matched),\"review\":\(counts.review),"
                    + "\"none\":\(counts.none)}")
        }
        Console.say("{" + figures.joined(separator: ",") + "}")
    }

    /// Where in the order of layers the decision falls.
    private enum Stage: String, CaseIterable {
        case exactDomain = "exact_domain"
        case cleanedDomain = "normalized_domain"
        case equalName = "equal_name"
        case similarName = "similar_name"
        case stranger = "nobody"

        func company(of firm: MadeUpFirm, number: Int, at now: Date) -> Company {
            let (name, domains): (String, [String]) =
                switch self {
                case .exactDomain: ("Desk \(number)", [firm.domain])
                case .cleanedDomain: ("Desk \(number)", ["https://www.\(firm.domain)/contact"])
                case .equalName: (firm.brand.uppercased() + ", Inc.", [])
                case .similarName: (firm.mistyped, [])
                case .stranger: (MadeUpFirm(number: 10_000_000 + number).name, ["desk-\(number).example"])
                }
            return Company(id: ID(Int64(number + 1)), name: name, domains: domains, createdAt: now, updatedAt: now)
        }
    }

    private static func seconds(_ duration: Duration) -> Double {
        (Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18)
    }

    /// Of this process; 0 where the system does not tell.
    private static func residentMegabytes() -> Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8), let pages = Int(text.split(separator: " ")[1])
        else { return 0 }
        return pages * Int(sysconf(Int32(_SC_PAGESIZE))) / (1 << 20)
    }
}

/// A firm whose name follows from its number: two or three made-up words and a legal form.
struct MadeUpFirm {
    private static let onsets = [
        "b", "br", "c", "d", "dr", "f", "g", "gr", "h", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v", "w", "z"
    ]
    private static let vowels = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
    private static let endings = ["l", "m", "n", "r", "s", "x", "nd", "rk", "lt", "ss", "th", ""]
    private static let kinds = ["Logistics", "Robotics", "Foods", "Systems", "Partners", "Energy", "Textiles", "Clinics", "Media", "Marine"]
    private static let forms = ["GmbH", "Ltd", "Inc.", "S.A.", "B.V.", "AB", "LLC", "Sp. z o.o."]

    let number: Int

    var brand: String { "\(Self.word(number, 3)) \(Self.word(number / 3 + 17, 2)) \(Self.kinds[number % Self.kinds.count])" }
    var name: String { "\(brand) \(Self.forms[number % Self.forms.count])" }
    var domain: String { "\(Self.word(number, 3))-\(number).example".lowercased() }
    /// One letter of the first word left out.
    var mistyped: String {
        var letters = Array(brand)
        letters.remove(at: 4)
        return String(letters)
    }

    private static func word(_ number: Int, _ syllables: Int) -> String {
        // SplitMix64: the same number gives the same word on every machine.
        var state = UInt64(number &+ syllables &* 1_000_003) &* 0x9E37_79B9_7F4A_7C15
        var word = ""
        for _ in 0..<syllables {
            state = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            state ^= state >> 27
            let picks = (Int(state % 22), Int((state >> 20) % 8), Int((state >> 40) % 12))
            word += onsets[picks.0] + vowels[picks.1] + endings[picks.2]
        }
        return word.prefix(1).uppercased() + word.dropFirst()
    }
}
