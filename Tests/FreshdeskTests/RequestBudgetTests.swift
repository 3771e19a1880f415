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
        for remaining in stride(from: 49.0, through: 10, by: -1) { try await once(budget, RateHeaders(total: 50, remaining: remaining)) }
        #expect(clock.slept.isEmpty)
        #expect(await budget.status.remaining == 10)
        let waiter = Task { try await budget.acquire(RequestCost(), patience: Patience(maximumWait: .seconds(61))) }
        #expect(await eventually { clock.sleeperCount == 1 })
        #expect(await budget.status.resumesAt == clock.start.addingTimeInterval(60))
        clock.advance(by: .seconds(60))
        let reservation = try await waiter.value
        await budget.settle(reservation, rate: RateHeaders(total: 50, remaining: 49))
        #expect(await budget.status.resumesAt == nil)
        try await once(budget, RateHeaders(total: 50, remaining: 48))
    }

    @Test func afterTheWaitOneRequestAsksForAll() async throws {
        let clock = ManualClock()
        let budget = budget(clock)
        try await once(budget, RateHeaders(total: 50, remaining: 10))
        // The first answer already showed nothing to spend: ask again soon, alone.
        let inFlight = Locked(0)
        let tasks = (0..<5).map { _ in
            Task {
                let reservation = try await budget.acquire(RequestCost())
                inFlight.withLock { $0 += 1 }
                return reservation
            }
        }
        #expect(await eventually { clock.sleeperCount == 5 })
        clock.advance(by: .seconds(5))
        #expect(await eventually { inFlight.withLock { $0 } == 1 })
        for task in tasks { task.cancel() }
        for task in tasks {
            if let reservation = try? await task.value { await budget.settle(reservation, rate: RateHeaders(total: 50, remaining: 49)) }
        }
        try await once(budget, RateHeaders(total: 50, remaining: 48))
    }

    @Test func anHourlyPlanIsAskedEverMoreRarely() async throws {
        let clock = ManualClock(runsAhead: true)
        let budget = budget(clock)
        var waits: [Duration] = []
        for _ in 0..<6 {
            let before = clock.elapsed
            let reservation = try await budget.acquire(RequestCost(), patience: Patience(maximumWait: .seconds(400)))
            waits.append(clock.elapsed - before)
            await budget.settle(reservation, rate: RateHeaders(total: 3_000, remaining: 300))
        }
        #expect(waits == [0, 5, 10, 20, 40, 80].map { .seconds($0) })
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
    @Test(arguments: [false, true], [50.0, 100, 700])
    func steadyUseOfARealWindow(slides: Bool, total: Double) async throws {
        let clock = ManualClock(runsAhead: true)
        let budget = budget(clock)
        var used: [(at: Duration, credits: Double)] = []
        var refusals = 0
        var made = 0.0
        let phase = Duration.seconds(23)
        while clock.elapsed < .seconds(900) {
            let credits = made.truncatingRemainder(dividingBy: 5) == 0 ? 3.0 : 1
            let reservation = try await budget.acquire(RequestCost(credits: credits))
            clock.advance(by: .milliseconds(40))
            let now = clock.elapsed
            let window = Int64((now + phase).components.seconds / 60)
            used.removeAll { use in
                slides ? now - use.at >= .seconds(60) : Int64((use.at + phase).components.seconds / 60) != window
            }
            let spent = used.reduce(0) { $0 + $1.credits }
            if spent + credits > total {
                refusals += 1
                await budget.refuse(reservation, rate: RateHeaders(total: total, remaining: total - spent), retryAfter: .seconds(20))
            } else {
                used.append((now, credits))
                made += 1
                await budget.settle(reservation, rate: RateHeaders(total: total, remaining: total - spent - credits, used: credits))
                // The reserve stays, but for the single question after a wait.
                #expect(total - spent - credits >= total * 0.2 - 4, "\(total - spent - credits) left of \(total)")
            }
        }
        #expect(refusals == 0)
        // 1.4 credits a request on average, four fifths of the allowance, fifteen minutes.
        let possible = total * 0.8 / 1.4 * 15
        #expect(made >= possible * 0.7, "\(made) of \(possible)")
    }
}
