/// A limit that no header shows: it is learnt from a 429 that arrives while plenty remains (facts 38–40).
///
/// Until one arrives there is no limit. Then as many requests a minute are allowed as went through in the minute before, less
/// the reserve. What was learnt is forgotten an hour later, because it may have been another client's doing.
struct SubLimit {
    static let window: Duration = .seconds(60)
    private static let memory: Duration = .seconds(3_600)

    /// When each request of the last minute was sent.
    private var sent: [Duration] = []
    private var inFlight = 0
    private(set) var learnt: Int?
    private var learntAt: Duration = .zero
    private var blockedUntil: Duration?

    /// When the next request may go; nil for now.
    mutating func opens(at now: Duration, reservePercent: Int) -> Duration? {
        if let blocked = blockedUntil {
            if now < blocked { return blocked }
            blockedUntil = nil
        }
        forget(before: now)
        guard let learnt else { return nil }
        let allowed = max(1, learnt * (100 - reservePercent) / 100)
        return sent.count >= allowed ? sent[sent.count - allowed] + SubLimit.window : nil
    }

    mutating func send(at now: Duration) {
        sent.append(now)
        inFlight += 1
    }

    mutating func answered() { inFlight -= 1 }

    /// A 429 for a request sent at `sentAt`; call before `answered()`.
    mutating func refused(sentAt: Duration, now: Duration, until: Duration) {
        forget(before: now)
        blockedUntil = max(blockedUntil ?? until, until)
        // Requests already under way when the limit was learnt say nothing new about it.
        if learnt == nil || sentAt > learntAt {
            learnt = max(1, sent.count - inFlight)
            learntAt = now
        }
    }

    private mutating func forget(before now: Duration) {
        let kept = sent.firstIndex { now - $0 < SubLimit.window } ?? sent.count
        if kept > 0 { sent.removeFirst(kept) }
        if learnt != nil, now - learntAt > SubLimit.memory { learnt = nil }
    }
}
