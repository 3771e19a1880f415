package import Foundation

/// A portal's request allowance as this process sees it: one per portal, shared by everything that talks to it.
///
/// The limit belongs to the customer's whole account, webhooks and other integrations included (fact 36), so a share of it is left alone.
/// What remains and when more comes back is `AllowanceEstimate`'s; here are the places in flight, the waits, and the limits that no
/// header shows. With no limit in the headers nothing is held back but the number in flight.
package actor RequestBudget {
    /// What the card and a run's progress show.
    package struct Status: Sendable, Equatable {
        package var total: Int?
        package var remaining: Int?
        /// The end of the wait under way; nil when requests may go.
        package var resumesAt: Date?
        /// Requests answered since the process began.
        package var requestsMade: Int
        /// Seconds the allowance counts for, as far as that is known: 60, or 3,600.
        package var windowSeconds = 60
    }

    /// A place in flight with the credits it holds; settled exactly once.
    package struct Reservation: Sendable {
        fileprivate let cost: RequestCost
        fileprivate let sentAt: Duration
        fileprivate let known: Double?
        fileprivate let isAlone: Bool
    }

    private static let announcedWait: Duration = .seconds(5)
    /// Pauses after refusals that do not say for how long.
    private static let firstPause: Duration = .seconds(5)
    private static let longestPause: Duration = .seconds(300)

    private let maximumInFlight: Int
    private let clock: any RequestClock
    private let jitter: @Sendable () -> Double

    private var estimate: AllowanceEstimate
    private var held = 0.0
    private var inFlight = 0
    private var isOneAlone = false
    private var requestsMade = 0
    private var lowest: Double?
    private var pause = RequestBudget.firstPause
    private var blockedUntil: Duration?
    private var sleepsUntil: Duration?
    private var subLimits: [RequestCost.Family: SubLimit] = [.ticketList: SubLimit(), .contactList: SubLimit()]
    private var waiting: [(id: Int, continuation: CheckedContinuation<Void, Never>)] = []
    private var nextWaiter = 0

    /// - Parameters:
    ///   - reservePercent: share of the total, 0–90, left to the account's other users.
    ///   - jitter: a number in 0..<1, so that several processes do not come back in the same instant.
    package init(
        reservePercent: Int = 20, maximumInFlight: Int = 12, clock: any RequestClock = SystemRequestClock(),
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        estimate = AllowanceEstimate(reservePercent: min(90, max(0, reservePercent)))
        self.maximumInFlight = max(1, maximumInFlight)
        self.clock = clock
        self.jitter = jitter
    }

    /// Takes over what was found out about the portal before, here or elsewhere, unless this process has seen for itself.
    package func recall(total: Int, windowSeconds: Int) {
        estimate.recall(total: Double(total), window: .seconds(max(60, windowSeconds)))
    }

    package var status: Status {
        let now = clock.elapsed
        let resumes = [blockedUntil, sleepsUntil].compactMap { $0 }.filter { $0 > now }.max()
        return Status(
            total: estimate.total.map { Int($0.clamped) }, remaining: estimate.remaining.map { Int($0.clamped) },
            resumesAt: resumes.map(date), requestsMade: requestsMade, windowSeconds: Int(estimate.window.components.seconds))
    }

    /// The least that an answer since the last call said to remain; nil when none said anything.
    package func takeLowest() -> Int? {
        defer { lowest = nil }
        return lowest.map { Int($0.clamped) }
    }

    /// Waits for a place and its credits, and takes them.
    ///
    /// - Throws: `FreshdeskError.mustWait` when the wait would be longer than the patience; `CancellationError`.
    package func acquire(_ cost: RequestCost, patience: Patience = Patience()) async throws -> Reservation {
        while true {
            do {
                try Task.checkCancellation()
                let now = clock.elapsed
                switch decide(cost, at: now) {
                case .go:
                    return take(cost, isAlone: false, at: now)
                case .goAlone:
                    return take(cost, isAlone: true, at: now)
                case .afterAnother:
                    await waitForAnother()
                case .at(let moment):
                    try await wait(until: moment, from: now, patience: patience)
                }
            } catch {
                // Whoever leaves may have been the one woken: hand the turn on, or it is lost.
                wake(1)
                throw error
            }
        }
    }

    /// Gives the place back after an answer other than 429, or after none (`answered` false: nothing was learnt).
    package func settle(_ reservation: Reservation, rate: RateHeaders = RateHeaders(), answered: Bool = true) {
        release(reservation)
        if answered {
            requestsMade += 1
            pause = RequestBudget.firstPause
            if let left = rate.remaining { lowest = min(lowest ?? left, left) }
            estimate.observe(
                rate, cost: reservation.cost.credits, sentAt: reservation.sentAt, knownThen: reservation.known, at: clock.elapsed,
                held: held, wasAlone: reservation.isAlone && inFlight == 0)
        }
        wake(maximumInFlight - inFlight)
    }

    /// Gives the place back after a 429 and holds the requests concerned until its end.
    ///
    /// - Returns: when requests of this kind may go again.
    @discardableResult
    package func refuse(_ reservation: Reservation, rate: RateHeaders, retryAfter: Duration?) -> Date {
        let now = clock.elapsed
        requestsMade += 1
        let until = now + (retryAfter ?? nextPause()) + .seconds(jitter() * 0.5)
        if isHiddenLimit(reservation.cost, rate) {
            subLimits[reservation.cost.family]?.refused(sentAt: reservation.sentAt, now: now, until: until)
            estimate.observe(
                rate, cost: 0, sentAt: now, at: now, held: max(0, held - reservation.cost.credits), wasAlone: false)
        } else {
            blockedUntil = max(blockedUntil ?? until, until)
            estimate.refuse(rate, retryAfter: retryAfter)
        }
        release(reservation)
        wake(maximumInFlight - inFlight)
        return date(until)
    }
}

// MARK: Deciding

extension RequestBudget {
    private func decide(_ cost: RequestCost, at now: Duration) -> AllowanceEstimate.Decision {
        if inFlight >= maximumInFlight || isOneAlone { return .afterAnother }
        if let blocked = blockedUntil {
            if now < blocked { return .at(blocked) }
            blockedUntil = nil
            estimate.forget()
        }
        if let opens = subLimits[cost.family]?.opens(at: now, reservePercent: estimate.reservePercent) { return .at(opens) }
        return estimate.decide(cost.credits, at: now, held: held, isIdle: inFlight == 0)
    }

    /// A 429 while plenty remains speaks of the sub-limit, not of the account's limit (fact 39).
    private func isHiddenLimit(_ cost: RequestCost, _ rate: RateHeaders) -> Bool {
        guard cost.family != .other, let left = rate.remaining ?? estimate.remaining, let total = rate.total ?? estimate.total else {
            return false
        }
        return left >= max(total * 0.05, total * Double(estimate.reservePercent) / 100) + cost.credits
    }

    private func nextPause() -> Duration {
        defer { pause = min(pause * 2, RequestBudget.longestPause) }
        return pause
    }
}

// MARK: Places and waiting

extension RequestBudget {
    private func take(_ cost: RequestCost, isAlone: Bool, at now: Duration) -> Reservation {
        inFlight += 1
        held += cost.credits
        sleepsUntil = nil
        isOneAlone = isAlone
        subLimits[cost.family]?.send(at: now)
        return Reservation(cost: cost, sentAt: now, known: estimate.remaining, isAlone: isAlone)
    }

    private func release(_ reservation: Reservation) {
        inFlight -= 1
        if reservation.isAlone { isOneAlone = false }
        held = inFlight == 0 ? 0 : max(0, held - reservation.cost.credits)
        subLimits[reservation.cost.family]?.answered()
    }

    private func wait(until moment: Duration, from now: Duration, patience: Patience) async throws {
        let pause = moment - now
        if pause > patience.maximumWait { throw FreshdeskError.mustWait(until: date(moment)) }
        sleepsUntil = max(sleepsUntil ?? moment, moment)
        wake(1)
        if pause > RequestBudget.announcedWait { await patience.onWait?(date(moment)) }
        let left = moment - clock.elapsed
        if left > .zero { try await clock.sleep(for: left) }
    }

    private func waitForAnother() async {
        let id = nextWaiter
        nextWaiter += 1
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                if Task.isCancelled {
                    continuation.resume()
                } else {
                    waiting.append((id, continuation))
                }
            }
        } onCancel: {
            Task { await self.leave(id) }
        }
    }

    private func leave(_ id: Int) {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return }
        waiting.remove(at: index).continuation.resume()
    }

    private func wake(_ count: Int) {
        let woken = waiting.prefix(max(0, count))
        waiting.removeFirst(woken.count)
        for waiter in woken { waiter.continuation.resume() }
    }

    private func date(_ moment: Duration) -> Date {
        clock.date.addingTimeInterval((moment - clock.elapsed).interval)
    }
}

extension Double {
    /// Within what an `Int` holds, for hostile headers.
    fileprivate var clamped: Double { Swift.min(Swift.max(self, -9e15), 9e15) }
}
