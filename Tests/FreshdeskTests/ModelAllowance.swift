/// A portal's own account of its window: fixed or sliding.
struct ModelAllowance {
    let total: Double
    let window: Duration
    let slides: Bool
    /// How far a fixed window had gone when the test began.
    var phase = Duration.zero
    private var used: [(at: Duration, credits: Double)] = []

    init(total: Double, window: Duration, slides: Bool, phase: Duration = .zero) {
        (self.total, self.window, self.slides, self.phase) = (total, window, slides, phase)
    }

    /// What is left after spending; nil when it is refused, which spends nothing.
    mutating func spend(_ credits: Double, at now: Duration) -> Double? {
        used = used.filter { slides ? now - $0.at < window : number($0.at) == number(now) }
        let spent = used.reduce(0) { $0 + $1.credits }
        guard spent + credits <= total else { return nil }
        used.append((now, credits))
        return total - spent - credits
    }

    private func number(_ moment: Duration) -> Int64 { (moment + phase).components.seconds / window.components.seconds }
}
