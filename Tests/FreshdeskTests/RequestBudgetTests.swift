import Foundation
import Testing

@testable import Freshdesk

@Suite struct RequestBudgetTests {
    private func budget(_ clock: ManualClock, reserve: Int = 20) -> RequestBudget {
        RequestBudget(reservePercent: reserve, clock: clock, jitter: { 0 })
    }

    private func once(_ budget: RequestBudget, _ rate: RateHeaders, credits: Double = 1) async throws {
        let reservation = try await budget.acquire(RequestCost(credits: credits))
        await budget.settle(reservation, rate: rate)
    }

    @Test func withoutALimitNothingWaits() async throws {
        let clock = ManualClock()
        let budget = budget(clock)
        for _ in 0..<2_000 { try await once(budget, RateHeaders(), credits: 7) }
        #expect(clock.slept.isEmpty)
        #expect(await budget.status == .init(total: nil, remaining: nil, resumesAt: nil, requestsMade: 2_000))
    }

    @Test func theReserveIsLeftAlone() async throws {
        let clock = ManualClock()
        let budget = budget(clock)
        // Until it is known how long the window is, what finding out costs is left too.
        for remaining in stride(from: 49.0, through: 20, by: -1) { try await once(budget, RateHeaders(total: 50, remaining: remaining)) }
        #expect(clock.slept.isEmpty)
        #expect(await budget.status.remaining == 20)
        let waiter = Task { try await budget.acquire(RequestCost(), patience: Patience(maximumWait: .seconds(61))) }
        #expect(await eventually { clock.sleeperCount == 1 })
        #expect(await budget.status.resumesAt == clock.start.addingTimeInterval(60))
        clock.advance(by: .seconds(60))
        let reservation = try await waiter.value
        await budget.settle(reservation, rate: RateHeaders(total: 50, remaining: 49))
        #expect(await budget.status.resumesAt == nil)
        for remaining in stride(from: 48.0, through: 10, by: -1) { try await once(budget, RateHeaders(total: 50, remaining: remaining)) }
        #expect(clock.slept.count == 1)
        let second = Task { try await budget.acquire(RequestCost()) }
        #expect(await eventually { clock.sleeperCount == 1 })
        second.cancel()
        _ = await second.result
    }

    @Test func afterTheWaitOneRequestAsksForAll() async throws {
        let clock = ManualClock()
        let budget = budget(clock)
        try await once(budget, RateHeaders(total: 50, remaining: 10))
        // The first answer already showed nothing to spend: one asks, alone, once a minute is over.
        let inFlight = Locked(0)
        let tasks = (0..<5).map { _ in
            Task {
                let reservation = try await budget.acquire(RequestCost())
                inFlight.withLock { $0 += 1 }
                return reservation
            }
        }
        #expect(await eventually { clock.sleeperCount == 5 })
        clock.advance(by: .seconds(60))
        #expect(await eventually { inFlight.withLock { $0 } == 1 })
        for task in tasks { task.cancel() }
        for task in tasks {
            if let reservation = try? await task.value { await budget.settle(reservation, rate: RateHeaders(total: 50, remaining: 49)) }
        }
        try await once(budget, RateHeaders(total: 50, remaining: 48))
    }

    /// No header says that a plan counts by the hour: it shows when nothing comes back after a minute, and again nothing after a second.
    @Test func anHourlyPlanIsFoundOutAndWaitedOut() async throws {
        let clock = ManualClock(runsAhead: true)
        let budget = budget(clock)
        var (waits, left): ([Duration], Double) = ([], 300)
        for _ in 0..<3 {
            let before = clock.elapsed
            let reservation = try await budget.acquire(RequestCost(), patience: Patience(maximumWait: .seconds(400)))
            waits.append(clock.elapsed - before)
            await budget.settle(reservation, rate: RateHeaders(total: 3_000, remaining: left))
            left -= 1
        }
        #expect(waits == [0, 60, 60].map { .seconds($0) })
        #expect(await budget.status.windowSeconds == 3_600)
        // An hour after the first sight of the window, and not one question before.
        await #expect(throws: FreshdeskError.mustWait(until: clock.start.addingTimeInterval(3_600))) {
            try await budget.acquire(RequestCost(), patience: Patience(maximumWait: .seconds(400)))
        }
    }

    /// Fifty an hour: ten are left to others, even while it is found out how long the window is.
    @Test(arguments: [false, true], [60, 3_600]) func fiftyAnHourAreUsedHourByHour(slides: Bool, known: Int) async throws {
        let clock = ManualClock(runsAhead: true)
        let budget = budget(clock)
        await budget.recall(total: 50, windowSeconds: known)
        var portal = ModelAllowance(total: 50, window: .seconds(3_600), slides: slides)
        var perHour: [Int: Int] = [:]
        while clock.elapsed < .seconds(10 * 3_600) {
            let reservation = try await budget.acquire(RequestCost(), patience: Patience(maximumWait: .seconds(4_000)))
            clock.advance(by: .milliseconds(40))
            perHour[Int(clock.elapsed.components.seconds / 3_600), default: 0] += 1
            let answer = portal.spend(1, at: clock.elapsed)
            let left = try #require(answer, "refused at \(clock.elapsed)")
            #expect(left >= 10, "\(left) left")
            await budget.settle(reservation, rate: RateHeaders(total: 50, remaining: left, used: 1))
        }
        #expect(await budget.status.windowSeconds == 3_600)
        let hours = (0..<10).map { perHour[$0, default: 0] }
        #expect(hours[0] == 40, "\(hours)")
        // Each window begins a moment later than the last: now and then an hour of the clock holds a part of two.
        #expect(hours.reduce(0, +) >= 390 && hours.reduce(0, +) <= 402, "\(hours)")
    }

    /// A refusal that names more than a minute says it too.
    @Test func aLongRefusalTellsOfAnHour() async throws {
        let clock = ManualClock(runsAhead: true)
        let budget = budget(clock)
        await budget.refuse(
            try await budget.acquire(RequestCost()), rate: RateHeaders(total: 50, remaining: 0), retryAfter: .seconds(1_900))
        #expect(await budget.status.windowSeconds == 3_600)
        let patience = Patience(maximumWait: .seconds(4_000))
        for left in stride(from: 49.0, through: 10, by: -1) {
            await budget.settle(try await budget.acquire(RequestCost(), patience: patience), rate: RateHeaders(total: 50, remaining: left))
        }
        #expect(clock.elapsed == .seconds(1_900))
        await budget.settle(try await budget.acquire(RequestCost(), patience: patience), rate: RateHeaders(total: 50, remaining: 49))
        #expect(clock.elapsed == .seconds(5_500))
    }

    /// Another plan was bought: what was known of the old one does not hold.
    @Test func anotherAllowanceIsAnotherPlan() async throws {
        let budget = budget(ManualClock(runsAhead: true))
        await budget.recall(total: 50, windowSeconds: 3_600)
        try await once(budget, RateHeaders(total: 50, remaining: 49))
        #expect(await budget.status.windowSeconds == 3_600)
        try await once(budget, RateHeaders(total: 400, remaining: 399))
        #expect(await budget.status.windowSeconds == 60)
    }

    @Test func longWaitsAreAnnouncedAndTooLongOnesThrown() async throws {
        let clock = ManualClock(runsAhead: true)
        let budget = budget(clock)
        let reservation = try await budget.acquire(RequestCost())
        let until = await budget.refuse(reservation, rate: RateHeaders(total: 50, remaining: 0), retryAfter: .seconds(34))
        #expect(until == clock.start.addingTimeInterval(34))
        let announced = Locked<[Date]>([])
        let patience = Patience(maximumWait: .seconds(60)) { date in announced.withLock { $0.append(date) } }
        try await budget.settle(budget.acquire(RequestCost(), patience: patience), rate: RateHeaders(total: 50, remaining: 49))
        #expect(announced.withLock { $0 } == [clock.start.addingTimeInterval(34)])
        #expect(clock.elapsed == .seconds(34))

        let second = try await budget.acquire(RequestCost())
        await budget.refuse(second, rate: RateHeaders(), retryAfter: .seconds(61))
        await #expect(throws: FreshdeskError.mustWait(until: clock.start.addingTimeInterval(95))) {
            try await budget.acquire(RequestCost(), patience: patience)
        }
        #expect(await budget.status.resumesAt == clock.start.addingTimeInterval(95))
        #expect(await budget.status.requestsMade == 3)
    }

    @Test func shortWaitsAreNotAnnounced() async throws {
        let clock = ManualClock(runsAhead: true)
        let budget = budget(clock)
        await budget.refuse(try await budget.acquire(RequestCost()), rate: RateHeaders(), retryAfter: .seconds(3))
        let announced = Locked(0)
        _ = try await budget.acquire(RequestCost(), patience: Patience { _ in announced.withLock { $0 += 1 } })
        #expect(announced.withLock { $0 } == 0)
        #expect(clock.slept == [.seconds(3)])
    }

    @Test func dearRequestsHoldTheirCredits() async throws {
        let clock = ManualClock()
        let budget = budget(clock)
        await budget.recall(total: 50, windowSeconds: 3_600)
        try await once(budget, RateHeaders(total: 50, remaining: 25))
        // 25 less 7 less 7 leaves 11; a third would touch the reserve while two are under way.
        let first = try await budget.acquire(RequestCost(credits: 7, family: .ticketList))
        let second = try await budget.acquire(RequestCost(credits: 7, family: .ticketList))
        let third = Task { try await budget.acquire(RequestCost(credits: 7, family: .ticketList)) }
        await budget.settle(first, rate: RateHeaders(total: 50, remaining: 24, used: 1))
        // It cost less than feared: 24 less the 7 held less 7 is 10.
        let reservation = try await third.value
        #expect(clock.slept.isEmpty)
        await budget.settle(second, rate: RateHeaders(total: 50, remaining: 23))
        await budget.settle(reservation, rate: RateHeaders(total: 50, remaining: 22))
    }

    @Test func aRequestDearerThanTheAllowanceStillGoes() async throws {
        let clock = ManualClock(runsAhead: true)
        let budget = budget(clock)
        try await once(budget, RateHeaders(total: 5, remaining: 4))
        try await once(budget, RateHeaders(total: 5, remaining: 0), credits: 7)
        #expect(clock.elapsed <= .seconds(60))
    }

    @Test func twelveAtOnceAndNoHoleAfterCancelling() async throws {
        let clock = ManualClock()
        let budget = budget(clock)
        try await once(budget, RateHeaders())
        let held = Locked<[RequestBudget.Reservation]>([])
        let tasks = (0..<60).map { _ in
            Task {
                let reservation = try await budget.acquire(RequestCost())
                held.withLock { $0.append(reservation) }
            }
        }
        #expect(await eventually { held.withLock { $0.count } == 12 })
        for task in tasks.dropFirst(30) { task.cancel() }
        for task in tasks.dropFirst(40) { _ = try? await task.value }
        var released = 0
        while released < 60 {
            let reservations = held.withLock { held in
                defer { held = [] }
                return held
            }
            #expect(reservations.count <= 12)
            for reservation in reservations { await budget.settle(reservation) }
            released += reservations.count
            let done = released
            if reservations.isEmpty {
                let more = await eventually { held.withLock { !$0.isEmpty } || done >= 30 }
                #expect(more)
                if held.withLock({ $0.isEmpty }) { break }
            }
        }
        for task in tasks { _ = try? await task.value }
        for reservation in held.withLock({ $0 }) { await budget.settle(reservation) }
        // All twelve places are free again.
        var places: [RequestBudget.Reservation] = []
        for _ in 0..<12 { places.append(try await budget.acquire(RequestCost())) }
        let thirteenth = Task { try await budget.acquire(RequestCost()) }
        await budget.settle(places[0])
        _ = try await thirteenth.value
    }

    @Test func cancellingASleeperFreesNothingItNeverHeld() async throws {
        let clock = ManualClock()
        let budget = budget(clock)
        await budget.refuse(try await budget.acquire(RequestCost()), rate: RateHeaders(), retryAfter: .seconds(30))
        let sleeper = Task { try await budget.acquire(RequestCost()) }
        #expect(await eventually { clock.sleeperCount == 1 })
        sleeper.cancel()
        await #expect(throws: CancellationError.self) { try await sleeper.value }
        clock.advance(by: .seconds(30))
        try await once(budget, RateHeaders())
        #expect(await budget.status.resumesAt == nil)
    }

    @Test func aHiddenLimitIsLearntForItsFamilyAlone() async throws {
        let clock = ManualClock()
        let budget = budget(clock)
        let list = RequestCost(family: .ticketList)
        for index in 0..<20 {
            let reservation = try await budget.acquire(list)
            await budget.settle(reservation, rate: RateHeaders(total: 400, remaining: Double(399 - index)))
            clock.advance(by: .seconds(1))
        }
        let refused = try await budget.acquire(list)
        await budget.refuse(refused, rate: RateHeaders(total: 400, remaining: 379), retryAfter: .seconds(30))
        // Conversations and contacts go on.
        try await once(budget, RateHeaders(total: 400, remaining: 378))
        try await budget.settle(budget.acquire(RequestCost(family: .contactList)), rate: RateHeaders(total: 400, remaining: 377))
        #expect(clock.slept.isEmpty)
        let waiter = Task { try await budget.acquire(list) }
        #expect(await eventually { clock.sleeperCount == 1 })
        clock.advance(by: .seconds(30))
        // After the block at most 16 in any minute: 20 went through, less a fifth.
        let counted = Locked(0)
        let pump = Task {
            await budget.settle(try await waiter.value, rate: RateHeaders(total: 400, remaining: 376))
            while true {
                try await budget.settle(budget.acquire(list), rate: RateHeaders(total: 400, remaining: 375))
                counted.withLock { $0 += 1 }
            }
        }
        for _ in 0..<600 {
            clock.advance(by: .milliseconds(500))
            _ = await eventually { clock.sleeperCount == 1 }
        }
        pump.cancel()
        _ = try? await pump.value
        // Five minutes at sixteen a minute.
        let made = counted.withLock { $0 }
        #expect(made >= 64 && made <= 96, "\(made)")
    }

    /// Against a model of the portal's own window the budget neither breaks the limit nor wastes it.
    @Test(arguments: [false, true], [50.0, 100, 400, 700])
    func steadyUseOfARealWindow(slides: Bool, total: Double) async throws {
        let clock = ManualClock(runsAhead: true)
        let budget = budget(clock)
        var portal = ModelAllowance(total: total, window: .seconds(60), slides: slides, phase: .seconds(23))
        var refusals = 0
        var (made, spent) = (0, 0.0)
        while clock.elapsed < .seconds(1_800) {
            let credits = made.isMultiple(of: 5) ? 3.0 : 1
            let reservation = try await budget.acquire(RequestCost(credits: credits))
            clock.advance(by: .milliseconds(40))
            made += 1
            guard let left = portal.spend(credits, at: clock.elapsed) else {
                refusals += 1
                await budget.refuse(reservation, rate: RateHeaders(total: total, remaining: 0), retryAfter: .seconds(20))
                continue
            }
            spent += credits
            await budget.settle(reservation, rate: RateHeaders(total: total, remaining: left, used: credits))
            // The reserve stays, but for one credit of a look into a window that slides.
            #expect(left >= total * 0.2 - 1, "\(left) left of \(total)")
        }
        #expect(refusals == 0)
        #expect(await budget.status.windowSeconds == 60)
        // Four fifths of the allowance, thirty minutes.
        let share = spent / (total * 0.8 * 30)
        #expect(share >= 0.95, "\(share) of the share")
    }

    /// Another integration uses a part of the same allowance: all the rest but the reserve is used, and the other one is never refused.
    @Test(arguments: [false, true]) func besideAnotherIntegration(slides: Bool) async throws {
        let clock = ManualClock(runsAhead: true)
        let budget = budget(clock)
        var portal = ModelAllowance(total: 100, window: .seconds(60), slides: slides, phase: .seconds(23))
        var (others, spent) = (0, 0.0)
        while clock.elapsed < .seconds(1_800) {
            let reservation = try await budget.acquire(RequestCost())
            clock.advance(by: .milliseconds(40))
            // One every three seconds: twenty a minute.
            while Duration.seconds(others * 3) <= clock.elapsed {
                let other = portal.spend(1, at: clock.elapsed)
                #expect(other != nil, "the other one was refused")
                others += 1
            }
            let answer = portal.spend(1, at: clock.elapsed)
            let left = try #require(answer)
            spent += 1
            await budget.settle(reservation, rate: RateHeaders(total: 100, remaining: left, used: 1))
        }
        #expect(await budget.status.windowSeconds == 60)
        let share = spent / (60 * 30)
        #expect(share >= 0.9, "\(share) of what the other one left")
    }
}
