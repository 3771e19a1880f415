import Foundation
import Sandbox

/// One trial of exactness: a portal, its habits where nobody knows Freshdesk's, and what happens to it while a mirror is kept.
struct Trial: Sendable {
    /// Something that happens: an event of the portal as JSON, at once or after so many requests of the round.
    struct Step: Sendable {
        var after: String?
        var event: String

        var json: String {
            guard let after else { return event }
            return event.dropLast() + ", \"after\": \(after)}"
        }
    }

    /// What becomes of the round's run.
    enum Fate: Sendable, Equatable {
        case undisturbed
        /// The process is asked to stop after so many requests, and another one goes on.
        case stopped(Int)
        /// The process is killed after so many requests; its lease lapses and another one goes on.
        case killed(Int)
        /// Somebody cancels after so many requests.
        case cancelled(Int)
        /// The key's agent sees only a part of the tickets during the run.
        case restricted(Int)
        /// A fault strikes during the run, whatever it then comes to.
        case troubled(String)
    }

    /// Steps around and during one run.
    struct Round: Sendable {
        /// Seconds that pass on the portal before it.
        var pause = 0
        var steps: [Step] = []
        var fate = Fate.undisturbed
        var isDaily = false
        /// Webhooks tell of every ticket that was touched, beside the run and after it.
        var announces = false
    }

    var seed: UInt64
    var tickets: Int
    var companies: Int
    var hasTrash: Bool
    var hasCuriosities = false
    /// Policies by name, as JSON.
    var policies: [String: String]
    /// Nil: everything.
    var backfillDays: Int?
    var rounds: [Round]

    /// The moment at which every trial begins.
    static let start = Date(timeIntervalSince1970: 1_795_600_800)

    var options: SandboxOptions {
        get throws {
            var options = SandboxOptions(seed: seed, apiKey: "test-key")
            options.tickets = tickets
            options.companies = companies
            options.trash = hasTrash
            options.curiosities = hasCuriosities
            options.now = Self.start
            options.clockStands = true
            return options
        }
    }

    var policyBody: String { "{" + policies.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}" }
}

extension Trial {
    /// Draws a trial from its number. The same number gives the same trial.
    init(drawnFrom seed: UInt64) {
        var dice = SeededDice(seed)
        self.seed = seed
        tickets = dice.pick([6, 12, 18, 25])
        companies = dice.pick([2, 4, 6])
        hasTrash = dice.chance(50)
        hasCuriosities = false
        backfillDays = dice.chance(35) ? nil : dice.pick([30, 90, 365])
        policies = Self.policies(&dice)
        let first = Round(steps: Self.steps(dice.chance(60) ? dice.roll(1...6) : 0, &dice), fate: Self.fate(&dice, isFirst: true))
        rounds = [first]
        for _ in 0..<dice.roll(1...3) {
            rounds.append(
                Round(
                    pause: dice.pick([0, 0, 1, 3, 59, 290, 700, 86_400]), steps: Self.steps(dice.roll(1...8), &dice),
                    fate: Self.fate(&dice, isFirst: false), isDaily: dice.chance(30), announces: dice.chance(25)))
        }
    }

    private static let unknownHabits = [
        "note_edit_moves_ticket", "note_delete_moves_ticket", "trash_moves_ticket", "contact_merge_moves_ticket",
        "company_delete_moves_ticket", "company_delete_moves_contact", "rating_moves_ticket", "tag_rename_moves_ticket",
        "group_delete_moves_ticket", "due_fill_moves_ticket", "updated_since_is_inclusive", "trashed_ticket_is_missing",
        "search_shows_trash", "merge_renumbers_conversations"
    ]

    private static func policies(_ dice: inout SeededDice) -> [String: String] {
        var policies: [String: String] = [:]
        for name in unknownHabits { policies[name] = dice.chance(50) ? "true" : "false" }
        policies["tie_order"] = "\"\(dice.pick(["ascending", "descending", "shuffled"]))\""
        policies["since_parameter"] = "\"\(dice.pick(["both", "plain", "underscored"]))\""
        policies["search_lag"] = "\(dice.pick([0, 120, 600]))"
        policies["due_fill_delay"] = "\(dice.pick([0, 3, 30]))"
        return policies
    }

    private static func steps(_ count: Int, _ dice: inout SeededDice) -> [Step] {
        (0..<count).flatMap { _ -> [Step] in
            let after = trigger(&dice)
            var steps: [Step] = []
            if dice.chance(60) {
                steps.append(Step(after: after, event: #"{"do": "clock", "advance": \#(dice.pick([1, 1, 2, 30, 400]))}"#))
            }
            steps.append(Step(after: after, event: #"{"do": "random", "seed": \#(dice.roll(1...1_000_000_000))}"#))
            return steps
        }
    }

    private static func trigger(_ dice: inout SeededDice) -> String? {
        switch dice.roll(1...10) {
        case 1...2: nil
        case 3...6: #"{"requests": \#(dice.roll(1...50))}"#
        case 7...8: #"{"pages": \#(dice.roll(1...10))}"#
        default: #"{"pages": \#(dice.roll(1...6)), "path": "/tickets"}"#
        }
    }

    /// One fault that is over quickly, one that fails the run, or one ticket that cannot be read.
    private static func fault(_ dice: inout SeededDice) -> String {
        let when = "@\(dice.roll(1...45))"
        switch dice.roll(1...10) {
        case 1...4: return dice.pick(["server_error", "reset", "truncate", "html"]) + "=1" + when
        case 5...7: return dice.pick(["bad_key", "suspended", "agents_403", "csat_403"]) + when
        case 8:
            return dice.pick(["forbidden", "missing"]) + "=" + dice.pick(["/contacts", "/companies", "/search", "/groups", "/surveys"])
                + when
        default: return "bulk_500_ticket=\(dice.roll(1...25))"
        }
    }

    private static func fate(_ dice: inout SeededDice, isFirst: Bool) -> Fate {
        switch dice.roll(1...20) {
        case 1...2: .stopped(dice.roll(1...45))
        case 3...4: .killed(dice.roll(1...45))
        case 5...6: .cancelled(dice.roll(1...45))
        case 7 where !isFirst: .restricted(dice.roll(2...3))
        case 8: .troubled(fault(&dice))
        default: .undisturbed
        }
    }
}

extension Trial: CustomStringConvertible {
    /// Everything needed to repeat it, one thing a line.
    var description: String {
        var lines = [
            "seed \(seed), \(tickets) tickets, \(companies) companies, trash \(hasTrash), window \(backfillDays.map { "\($0) days" } ?? "everything")",
            "policies \(policyBody)"
        ]
        for (number, round) in rounds.enumerated() {
            lines.append(
                "round \(number): \(round.fate), after \(round.pause) s, \(round.isDaily ? "daily" : "manual")\(round.announces ? ", webhooks" : "")"
            )
            lines += round.steps.map { "    \($0.json)" }
        }
        return lines.joined(separator: "\n")
    }
}

/// A seeded source of choices (SplitMix64).
struct SeededDice {
    private var state: UInt64

    /// Neighbouring seeds must not give the same stream, shifted by one: the seed is mixed first.
    init(_ seed: UInt64) {
        state = seed &* 0xD6E8_FEB8_6659_FD93
        state = next() ^ (seed << 32)
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func roll(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(next() % UInt64(range.count)) }

    mutating func chance(_ percent: Int) -> Bool { roll(1...100) <= percent }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(0...(elements.count - 1))] }
}
