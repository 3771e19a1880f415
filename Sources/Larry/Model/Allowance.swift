/// What a question may cost a model, and what is left of it.
struct Allowance: Sendable {
    /// The bounds of every question.
    struct Limits: Sendable {
        var calls = 4
        var repairs = 2
        var tokens = 12_000
        var time: Duration = .seconds(20)
        /// For the whole examination, which goes on behind a question that cannot wait for it.
        var examination: Duration = .seconds(120)
        /// An endpoint that failed is examined again after so long: models are exchanged.
        var pause: Duration = .seconds(600)
    }

    private(set) var calls: Int
    private(set) var repairs: Int
    private(set) var tokens: Int
    let deadline: ContinuousClock.Instant

    init(_ limits: Limits, time: Duration? = nil) {
        calls = limits.calls
        repairs = limits.repairs
        tokens = limits.tokens
        deadline = .now + (time ?? limits.time)
    }

    var timeLeft: Duration { ContinuousClock.now.duration(to: deadline) }

    /// Why no further request may be made; nil when one may.
    var end: String? {
        if timeLeft <= .zero { return "Took too long." }
        if calls <= 0 { return "Used up its calls." }
        if repairs < 0 { return "Used up its repairs." }
        if tokens <= 0 { return "Used up its tokens." }
        return nil
    }

    mutating func spend(calls: Int = 0, repairs: Int = 0, tokens: Int = 0) {
        self.calls -= calls
        self.repairs -= repairs
        self.tokens -= tokens
    }
}
