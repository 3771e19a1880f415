/// How often a request is tried again, and how long between.
package struct RetryPolicy: Sendable, Equatable {
    /// Attempts after which a connection fault, a timeout, a 5xx or garbage is final.
    package var attempts: Int
    /// Consecutive 429s of one request after which `rateLimited` is thrown; they do not count as attempts.
    package var refusals: Int
    /// Pause before the second attempt; doubled each time, at most `longestPause`.
    package var firstPause: Duration
    package var longestPause: Duration

    package init(
        attempts: Int = 4, refusals: Int = 5, firstPause: Duration = .milliseconds(500), longestPause: Duration = .seconds(8)
    ) {
        self.attempts = attempts
        self.refusals = refusals
        self.firstPause = firstPause
        self.longestPause = longestPause
    }

    /// One attempt and no patience: for the check of a key while a person waits.
    package static let once = RetryPolicy(attempts: 1, refusals: 0)

    /// The pause after `failures` failures, between half and the whole of the doubled pause.
    func pause(after failures: Int, jitter: Double) -> Duration {
        let doubled = firstPause * (1 << min(max(failures - 1, 0), 16))
        return min(doubled, longestPause) * (0.5 + jitter / 2)
    }
}
