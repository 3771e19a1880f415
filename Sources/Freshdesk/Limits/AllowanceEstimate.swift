/// What one process knows of a portal's request allowance, and when the next request may go. Pure: told the time, it sleeps on nothing.
///
/// The window's beginning and whether it is fixed or slides are unknown (S3), and so is its length: a minute, or an hour on some plans
/// (facts 37 and 38), and no header says which. Three things are certain all the same. The last answer said what remained. What this process
/// spent is back one window later at the latest, in a fixed window as in a sliding one. And a window that was longer than thought gives
/// nothing back at that time: then it is an hour. So the estimate is the last answer plus what must be back by now; until a return has
/// been seen one request goes alone and finds out, and a window found to be an hour is waited out without asking in between. What finding
/// out costs is put aside beforehand from this process's own share (`provision`), so that it does not come out of the reserve.
struct AllowanceEstimate: Sendable {
    static let minute: Duration = .seconds(60)
    static let hour: Duration = .seconds(3_600)
    /// Requests that may ask in vain before a window is known to be an hour.
    private static let mostDoubts = 2
    /// Credits of the dearest request that this process makes: a page of tickets with two inclusions (fact 48).
    static let dearestRequest = 5.0
    /// How long spending is remembered beside the window itself: as long as it takes to find out that a window is an hour.
    private static let memory: Duration = .seconds(900)
    /// Spending within so short a time counts as one.
    private static let grain: Duration = .milliseconds(250)

    enum Decision: Equatable {
        case go
        /// Nothing else may fly until this request is answered.
        case goAlone
        /// Wait until a request under way is settled.
        case afterAnother
        case at(Duration)
    }

    /// The portal noted it at some moment between the first request's sending and the last one's answer.
    private struct Spending: Sendable {
        var began: Duration
        var at: Duration
        var credits: Double
    }

    let reservePercent: Int
    private(set) var total: Double?
    private(set) var remaining: Double?
    private(set) var window: Duration
    /// Whether nothing is known that could be relied on: requests go one at a time.
    private(set) var isUnknown = true
    /// Whether what was spent has been seen to come back after `window`.
    private var isProven = false
    /// Whether the length of the window has been found out, here or before.
    private var isMeasured = false
    /// How often in a row nothing had come back when something should have.
    private var doubts = 0
    private var spendings: [Spending] = []
    /// When `remaining` was last told.
    private var toldAt: Duration = .zero
    /// The first sight of the window, or when it last gave something back.
    private var windowBegan: Duration = .zero
    private var resetAt: Duration?
    private var asksAgainAt: Duration?
    /// Whether an answer among many spoke of more than can be explained: worth a question before the wait.
    private var looksReopened = false

    init(reservePercent: Int) {
        self.reservePercent = reservePercent
        window = AllowanceEstimate.minute
    }

    /// How long the window of an allowance of `total` was found to be before; not believed against what was seen here.
    mutating func recall(total: Double, window: Duration) {
        guard !isProven, self.total ?? total == total, window > self.window else { return }
        (self.total, self.window, isMeasured) = (total, window, true)
    }

    /// - Parameters:
    ///   - held: credits of requests under way.
    ///   - isIdle: whether none is under way.
    func decide(_ credits: Double, at now: Duration, held: Double, isIdle: Bool) -> Decision {
        if isUnknown { return isIdle ? .goAlone : .afterAnother }
        guard let remaining else { return .go }
        let least = floor(for: credits)
        let floor = least + provision(above: least)
        // By what the portal said.
        if remaining - credits >= floor { return remaining - held - credits >= floor ? .go : .afterAnother }
        // By what must have come back since.
        let available = remaining + returned(by: now)
        if available - credits >= floor {
            guard isProven else { return isIdle ? .goAlone : .afterAnother }
            return available - held - credits >= floor ? .go : .afterAnother
        }
        // A look that is in vain comes out of the reserve, so only the cheapest request may take it.
        if looksReopened, credits <= 1 { return isIdle ? .goAlone : .afterAnother }
        let opens = opens(for: credits, available: available, floor, at: now)
        if now < opens { return .at(opens) }
        return isIdle ? .goAlone : .afterAnother
    }

    /// What must remain after a request. A request dearer than a whole allowance less its reserve may use the reserve.
    func floor(for credits: Double) -> Double {
        guard let total = total ?? remaining else { return 0 }
        return max(0, min(total * Double(reservePercent) / 100, total - credits))
    }

    /// What is put aside for finding out how long the window is, until that is known; at most half of what may be spent.
    private func provision(above floor: Double) -> Double {
        guard !isMeasured, let total = total ?? remaining else { return 0 }
        return min(Double(Self.mostDoubts - doubts) * Self.dearestRequest, max(0, total - floor) / 2)
    }

    /// An answer came.
    ///
    /// - Parameters:
    ///   - sentAt: when the request was sent.
    ///   - knownThen: what was known to remain at that moment: no answer tells of more unless something came back.
    ///   - held: credits of the requests that are still under way.
    ///   - wasAlone: whether nothing else flew with it.
    mutating func observe(
        _ rate: RateHeaders, cost: Double, sentAt: Duration, knownThen: Double? = nil, at now: Duration, held: Double, wasAlone: Bool
    ) {
        let wasUnknown = isUnknown
        isUnknown = false
        learn(total: rate.total)
        guard let left = rate.remaining else {
            if let known = remaining { remaining = max(0, known - (rate.used ?? cost)) }
            return
        }
        defer {
            toldAt = now
            spend(rate.used ?? cost, from: sentAt, to: now)
        }
        guard let known = remaining else {
            (remaining, windowBegan) = (left, now)
            return
        }
        let back = returned(by: now)
        if wasUnknown || wasAlone {
            hear(alone: left, cost: rate.used ?? cost, known: known, back: back, at: now)
            return
        }
        if left + held + cost < known + back { isProven = false }
        if sentAt > toldAt {
            // Sent when the last answer was known already: nothing can have overtaken it. In the same instant nobody can tell.
            takeBack(left, cost: rate.used ?? cost, known: known, back: back, held: held, at: now)
            if left > known { windowBegan = now }
            remaining = left
        } else {
            // Answers overtake each other, so the lowest counts; one far above all that can be explained asks for another look. One to a
            // request from before the window was seen to begin anew is explained by that.
            if sentAt >= resetAt ?? .zero, left > max(known, knownThen ?? known) + back + held + cost { looksReopened = true }
            remaining = min(left, known + back)
        }
    }

    /// A 429 that speaks of this allowance. What the wait brings is unknown.
    mutating func refuse(_ rate: RateHeaders, retryAfter: Duration?) {
        learn(total: rate.total)
        if let left = rate.remaining { remaining = min(left, remaining ?? left) }
        if let retryAfter, retryAfter > Self.minute + .seconds(10) { (window, isMeasured) = (Self.hour, true) }
        asksAgainAt = nil
    }

    /// A wait that the portal asked for is over: the next request finds out what there is.
    mutating func forget() { isUnknown = true }

    // MARK: Learning

    /// An answer that nothing else can have overtaken.
    private mutating func hear(alone left: Double, cost: Double, known: Double, back: Double, at now: Duration) {
        let expected = known - cost
        remaining = left
        (asksAgainAt, looksReopened) = (nil, false)
        if left > expected {
            if back > 0, (left - expected) * 2 >= back { (isProven, isMeasured) = (true, true) }
            takeBack(left, cost: cost, known: expected, back: back, held: 0, at: now)
            (doubts, windowBegan) = (0, now)
        } else if now >= windowBegan + window {
            isProven = false
            doubts += 1
            if doubts >= Self.mostDoubts, window == Self.minute {
                (window, isMeasured) = (Self.hour, true)
            } else {
                asksAgainAt = now + (window == Self.minute ? Self.minute : window / 4)
            }
        }
    }

    /// What is back stands in the answer and must not be counted once more: all of it, where the allowance is whole again or holds more
    /// than a sliding window can have given back, else what came before its time.
    private mutating func takeBack(_ left: Double, cost: Double, known: Double, back: Double, held: Double, at now: Duration) {
        if left + cost >= total ?? .infinity || left > known + mayBeBack(by: now) + 1 { return reopen(at: now, by: left - known) }
        // What is under way has been counted by the portal already, or will be: nobody knows which.
        var early = left - known - back + held
        for index in spendings.indices where early > 0 && spendings[index].at + window > now && spendings[index].began + window <= now {
            let part = min(early, spendings[index].credits)
            spendings[index].credits -= part
            early -= part
        }
    }

    /// A window that began anew. Two within half an hour were no hours.
    private mutating func reopen(at now: Duration, by rise: Double) {
        if window == Self.hour, let last = resetAt, now - last < Self.hour / 2, rise > (total ?? 0) / 2 { window = Self.minute }
        (resetAt, windowBegan, doubts) = (now, now, 0)
        (isProven, isMeasured, looksReopened) = (true, true, false)
        spendings.removeAll()
    }

    /// Another allowance is another plan.
    private mutating func learn(total new: Double?) {
        guard let new, new != total else { return }
        if total != nil { (window, isProven, isMeasured, doubts) = (Self.minute, false, false, 0) }
        total = new
    }

    private mutating func spend(_ credits: Double, from sentAt: Duration, to now: Duration) {
        let kept = spendings.firstIndex { $0.at > now - max(window, Self.memory) } ?? spendings.count
        if kept > 0 { spendings.removeFirst(kept) }
        if let last = spendings.last, now - last.began < Self.grain {
            spendings[spendings.count - 1].began = min(last.began, sentAt)
            spendings[spendings.count - 1].at = now
            spendings[spendings.count - 1].credits += credits
        } else {
            spendings.append(Spending(began: sentAt, at: now, credits: credits))
        }
    }

    // MARK: Looking ahead

    /// What this process spent and must have back since the portal last said what remained.
    private func returned(by now: Duration) -> Double {
        var sum = 0.0
        for spending in spendings {
            let back = spending.at + window
            if back > now { break }
            if back > toldAt { sum += spending.credits }
        }
        return sum
    }

    /// All of it that a sliding window may have given back by now, if it is a little ahead.
    private func mayBeBack(by now: Duration) -> Double {
        spendings.reduce(0) { sum, spending in
            let isBack = spending.began + window <= now && spending.at + window > toldAt
            return isBack ? sum + spending.credits : sum
        }
    }

    /// When enough is back for a request, or when it is worth asking.
    private func opens(for credits: Double, available: Double, _ floor: Double, at now: Duration) -> Duration {
        var sum = available
        var back: Duration?
        for spending in spendings where spending.at + window > now {
            sum += spending.credits
            if sum - credits >= floor {
                back = spending.at + window
                break
            }
        }
        return asksAgainAt ?? back ?? windowBegan + window
    }
}
