package import Foundation

/// A portal's request allowance as this process sees it: one per portal, shared by everything that talks to it.
///
/// The limit belongs to the customer's whole account, webhooks and other integrations included (fact 36), so a share of it is
/// left alone. The phase of the window is unknown, and whether it is fixed or slides (S3); therefore the budget trusts what the
/// last answer said remains, and when that is used up waits until a minute after the last sign of a fresh window, then sends
/// one request alone to learn what there is. With no limit in the headers nothing is held back but the number in flight.
package actor RequestBudget {
    /// What the card and a run's progress show.
    package struct Status: Sendable, Equatable {
        package var total: Int?
        package var remaining: Int?
        /// The end of the wait under way; nil when requests may go.
        package var resumesAt: Date?
        /// Requests answered since the process began.
        package var requestsMade: Int
    }

    /// A place in flight with the credits it holds; settled exactly once.
    package struct Reservation: Sendable {
        fileprivate let cost: RequestCost
        fileprivate let sentAt: Duration
    }

    private static let window: Duration = .seconds(60)
    private static let firstProbe: Duration = .seconds(5)
    private static let longestProbe: Duration = .seconds(300)
    private static let announcedWait: Duration = .seconds(5)

    private let reservePercent: Int
    private let maximumInFlight: Int
    private let clock: any RequestClock
    private let jitter: @Sendable () -> Double

    private var total: Double?
    private var remaining: Double?
    private var held = 0.0
    private var inFlight = 0
    private var requestsMade = 0
    /// True until an answer tells where the portal stands: requests go one at a time.
    private var mustProbe = true
    private var probePause = RequestBudget.firstProbe
    private var windowEnds: Duration = .zero
    /// The seconds, of the last minute, in which requests were sent: in a sliding window their credits come back after a minute.
    private var sendingSeconds: [Int64] = []
    private var probesEarly = false
    /// One question before the window's end is enough; were the window fixed, more would only eat the reserve.
    private var hasProbedEarly = false
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
        self.reservePercent = min(90, max(0, reservePercent))
        self.maximumInFlight = max(1, maximumInFlight)
        self.clock = clock
        self.jitter = jitter
    }

    package var status: Status {
        let now = clock.elapsed
        let resumes = [blockedUntil, sleepsUntil].compactMap { $0 }.filter { $0 > now }.max()
        return Status(
            total: total.map { Int($0.clamped) }, remaining: remaining.map { Int($0.clamped) }, resumesAt: resumes.map(date),
            requestsMade: requestsMade)
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
                    return take(cost, at: now)
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
            observe(rate, cost: reservation.cost)
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
        if let total = rate.total { self.total = total }
        let until = now + (retryAfter ?? pauseBeforeProbe()) + .seconds(jitter() * 0.5)
        if isHiddenLimit(reservation.cost, rate) {
            subLimits[reservation.cost.family]?.refused(sentAt: reservation.sentAt, now: now, until: until)
            mustProbe = false
        } else {
            blockedUntil = max(blockedUntil ?? until, until)
        }
        if let left = rate.remaining { remaining = min(left, remaining ?? left) }
        release(reservation)
        wake(maximumInFlight - inFlight)
        return date(until)
    }
}

// MARK: Deciding

extension RequestBudget {
    private enum Decision {
        case go
        /// Wait until a request under way is settled.
        case afterAnother
        case at(Duration)
    }

    private func decide(_ cost: RequestCost, at now: Duration) -> Decision {
        if inFlight >= maximumInFlight { return .afterAnother }
        if let blocked = blockedUntil {
            if now < blocked { return .at(blocked) }
            blockedUntil = nil
            mustProbe = true
        }
        if let opens = subLimits[cost.family]?.opens(at: now, reservePercent: reservePercent) { return .at(opens) }
        if mustProbe { return inFlight == 0 ? .go : .afterAnother }
        guard let remaining else { return .go }
        if remaining - cost.credits < floor(for: cost) {
            let opens = hasProbedEarly ? windowEnds : min(windowEnds, creditsReturn(after: now) ?? windowEnds)
            if now < opens { return .at(opens) }
            if inFlight > 0 { return .afterAnother }
            probesEarly = now < windowEnds
            mustProbe = true
            return .go
        }
        return remaining - held - cost.credits < floor(for: cost) ? .afterAnother : .go
    }

    /// When credits spent by this process come back if the window slides; known to the second.
    private func creditsReturn(after now: Duration) -> Duration? {
        let back = sendingSeconds.lazy.map { Duration.seconds($0 + 1) + RequestBudget.window }.first { $0 + .seconds(1) > now }
        return back.map { max($0, now) }
    }

    /// What must remain after a request. A request dearer than a whole allowance less its reserve may use the reserve.
    private func floor(for cost: RequestCost) -> Double {
        guard let total = total ?? remaining else { return 0 }
        return max(0, min(total * Double(reservePercent) / 100, total - cost.credits))
    }

    /// A 429 while plenty remains speaks of the sub-limit, not of the account's limit (fact 39).
    private func isHiddenLimit(_ cost: RequestCost, _ rate: RateHeaders) -> Bool {
        guard cost.family != .other, let left = rate.remaining ?? remaining, let total = rate.total ?? total else { return false }
        return left >= max(total * 0.05, total * Double(reservePercent) / 100) + cost.credits
    }

    private func observe(_ rate: RateHeaders, cost: RequestCost) {
        let wasProbe = mustProbe
        mustProbe = false
        if let total = rate.total { self.total = total }
        guard let left = rate.remaining else {
            if let known = remaining { remaining = max(0, known - (rate.used ?? cost.credits)) }
            return
        }
        let now = clock.elapsed
        if let known = remaining, !wasProbe {
            // Answers overtake each other: a rise no larger than what is under way is an old number, not a new window.
            let explained = held + cost.credits
            if left > known + explained {
                windowEnds = now + RequestBudget.window
                remaining = left
            } else {
                remaining = min(left, known)
            }
        } else {
            if !probesEarly || left > (remaining ?? 0) + cost.credits { windowEnds = now + RequestBudget.window }
            remaining = left
        }
        guard wasProbe else { return }
        let isShort = left - cost.credits < floor(for: cost)
        if !isShort {
            probePause = RequestBudget.firstProbe
        } else if !probesEarly {
            windowEnds = now + pauseBeforeProbe()
        }
        hasProbedEarly = isShort
        probesEarly = false
    }

    /// Five seconds, twice as long each time nothing was found: short for a sliding minute, bearable for an hourly plan.
    private func pauseBeforeProbe() -> Duration {
        defer { probePause = min(probePause * 2, RequestBudget.longestProbe) }
        return probePause
    }
}

// MARK: Places and waiting

extension RequestBudget {
    private func take(_ cost: RequestCost, at now: Duration) -> Reservation {
        inFlight += 1
        held += cost.credits
        sleepsUntil = nil
        subLimits[cost.family]?.send(at: now)
        if remaining != nil, sendingSeconds.last != now.components.seconds {
            sendingSeconds.removeAll { $0 < now.components.seconds - 62 }
            sendingSeconds.append(now.components.seconds)
        }
        return Reservation(cost: cost, sentAt: now)
    }

    private func release(_ reservation: Reservation) {
        inFlight -= 1
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
