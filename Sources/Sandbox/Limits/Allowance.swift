/// Counts requests against the plan: the window every header speaks of, and the hidden windows of ticket and contact lists
/// (S2, S3). Time is the portal's clock, so that advancing the clock opens the next window.
struct Allowance: Sendable {
    /// Which hidden limit a request also counts against.
    enum List: Sendable {
        case tickets, contacts
    }

    enum Verdict: Sendable, Equatable {
        case admitted
        /// Seconds until the window opens again.
        case refused(retryAfter: Int)
    }

    private(set) var plan: Plan
    var slidingWindow: Bool
    /// Credits spent by all admitted requests.
    private(set) var spent = 0
    private(set) var refusals = 0
    private var total: Window
    private var ticketLists = Window(length: 60)
    private var contactLists = Window(length: 60)

    init(plan: Plan, slidingWindow: Bool) {
        self.plan = plan
        self.slidingWindow = slidingWindow
        total = Window(length: Double(plan.window))
    }

    /// What the headers say the plan allows in a window.
    var allowed: Int { plan.total ?? Allowance.generous }
    /// What is left of the window at `now`.
    func remaining(at now: Double) -> Int {
        max(0, allowed - total.used(at: now, sliding: slidingWindow))
    }

    /// Admits a request of `credits`, or says how long to wait. A refused request spends nothing.
    mutating func admit(credits: Int, list: List?, at now: Double) -> Verdict {
        if let limit = plan.total, total.used(at: now, sliding: slidingWindow) >= limit {
            return refuse(total.opens(at: now, sliding: slidingWindow))
        }
        if list == .tickets, let limit = plan.ticketLists, ticketLists.used(at: now, sliding: slidingWindow) >= limit {
            return refuse(ticketLists.opens(at: now, sliding: slidingWindow))
        }
        if list == .contacts, let limit = plan.contactLists, contactLists.used(at: now, sliding: slidingWindow) >= limit {
            return refuse(contactLists.opens(at: now, sliding: slidingWindow))
        }
        total.spend(credits, at: now, sliding: slidingWindow)
        if list == .tickets { ticketLists.spend(1, at: now, sliding: slidingWindow) }
        if list == .contacts { contactLists.spend(1, at: now, sliding: slidingWindow) }
        spent += credits
        return .admitted
    }

    private mutating func refuse(_ seconds: Double) -> Verdict {
        refusals += 1
        return .refused(retryAfter: max(1, Int(seconds.rounded(.up))))
    }

    private static let generous = 1_000_000
}

/// A fixed window that begins with the first request in it, or the last `length` seconds when it slides.
private struct Window: Sendable {
    let length: Double
    private var start = -Double.infinity
    private var count = 0
    private var entries: [(at: Double, credits: Int)] = []

    init(length: Double) {
        self.length = length
    }

    func used(at now: Double, sliding: Bool) -> Int {
        if sliding { return entries.reduce(0) { $0 + ($1.at > now - length ? $1.credits : 0) } }
        return now < start + length ? count : 0
    }

    /// Seconds until something is free again.
    func opens(at now: Double, sliding: Bool) -> Double {
        if sliding { return (entries.first { $0.at > now - length }?.at ?? now) + length - now }
        return start + length - now
    }

    mutating func spend(_ credits: Int, at now: Double, sliding: Bool) {
        if sliding {
            entries.removeAll { $0.at <= now - length }
            entries.append((now, credits))
        }
        if now >= start + length {
            start = now
            count = 0
        }
        count += credits
    }
}
