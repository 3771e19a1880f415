import TestTools
import Testing

@testable import Freshdesk

/// Twelve requests at once whose answers overtake each other, against a model of the portal's own window.
@Suite struct AllowanceEstimateTests {
    private struct Flight {
        var sentAt: Duration
        var notedAt: Duration
        var answeredAt: Duration
        var cost: Double
        var known: Double?
        var isAlone: Bool
        var isNoted = false
        var left: Double?
    }

    private struct Outcome {
        var spent = 0.0
        var lowest = Double.infinity
        var refusals = 0
    }

    /// Fifteen minutes of work without end.
    ///
    /// - Parameter tail: milliseconds that every tenth answer may take longer.
    private static func work(total: Double, slides: Bool, tail: UInt64, seed: UInt64) -> Outcome {
        var (estimate, outcome, random) = (AllowanceEstimate(reservePercent: 20), Outcome(), SeededGenerator(seed: seed))
        var portal = ModelAllowance(total: total, window: .seconds(60), slides: slides, phase: .seconds(17))
        var flights: [Flight] = []
        var (now, sleepsUntil, made) = (Duration.zero, Duration.zero, 0)
        func delay(_ atMost: UInt64) -> Duration { .microseconds(Int64(random.next() % (atMost * 1_000)) + 2_000) }
        var held: Double { flights.reduce(0) { $0 + $1.cost } }
        while now < .seconds(900) {
            while flights.count < 12, !flights.contains(where: \.isAlone), now >= sleepsUntil {
                let cost = made.isMultiple(of: 7) ? 5.0 : 1
                let decision = estimate.decide(cost, at: now, held: held, isIdle: flights.isEmpty)
                if case .at(let moment) = decision { sleepsUntil = moment }
                guard decision == .go || decision == .goAlone else { break }
                made += 1
                let noted = now + delay(10)
                let late = random.next() % 10 == 0 ? delay(tail) : .zero
                flights.append(
                    Flight(
                        sentAt: now, notedAt: noted, answeredAt: noted + delay(20) + late, cost: cost, known: estimate.remaining,
                        isAlone: decision == .goAlone))
            }
            var moments = flights.map { $0.isNoted ? $0.answeredAt : $0.notedAt }
            if flights.count < 12, sleepsUntil > now { moments.append(sleepsUntil) }
            now = max(now, moments.min() ?? now + .milliseconds(1))
            for index in flights.indices where !flights[index].isNoted && flights[index].notedAt <= now {
                flights[index].isNoted = true
                flights[index].left = portal.spend(flights[index].cost, at: now)
                if let left = flights[index].left {
                    outcome.spent += flights[index].cost
                    outcome.lowest = min(outcome.lowest, left)
                }
            }
            while let index = flights.firstIndex(where: { $0.isNoted && $0.answeredAt <= now }) {
                let flight = flights.remove(at: index)
                sleepsUntil = now
                guard let left = flight.left else {
                    outcome.refusals += 1
                    estimate.refuse(RateHeaders(total: total, remaining: 0), retryAfter: .seconds(5))
                    estimate.forget()
                    continue
                }
                estimate.observe(
                    RateHeaders(total: total, remaining: left, used: flight.cost), cost: flight.cost, sentAt: flight.sentAt,
                    knownThen: flight.known, at: now, held: held, wasAlone: flight.isAlone && flights.isEmpty)
            }
        }
        return outcome
    }

    @Test(arguments: [false, true], [50.0, 100, 400]) func manyAtOnceUseTheShareAndAreNeverRefused(slides: Bool, total: Double) {
        for tail in [20, 400] as [UInt64] {
            for seed in 1...10 as ClosedRange<UInt64> {
                let outcome = Self.work(total: total, slides: slides, tail: tail, seed: seed * 7_919)
                #expect(outcome.refusals == 0, "seed \(seed), tail \(tail)")
                // Where answers are late by many exchanges, nobody knows what the portal has counted of those under way.
                let unknown = tail > 100 ? 16.0 : 0
                #expect(outcome.lowest >= total * 0.2 - unknown, "\(outcome.lowest) left, seed \(seed), tail \(tail)")
                // But for what was put aside in the first window to find out how long it is.
                let share = outcome.spent / (total * 0.8 * 15 - 10)
                #expect(share >= 0.95, "\(share) of the share, seed \(seed), tail \(tail)")
            }
        }
    }
}
