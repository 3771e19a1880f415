/// The faults that are switched on, with what is left of the counted ones.
struct ActiveFaults: Sendable {
    private struct Active: Sendable {
        let fault: Fault
        var left: Int?
        var seen = 0
        /// When a fault that lasts some seconds is over, in seconds of the portal's clock.
        var until: Double?
    }

    private var active: [Active] = []

    mutating func set(_ fault: Fault, at now: Double) {
        active.removeAll { $0.fault.kind == fault.kind && (fault.kind != .ticket500 || $0.fault.amount == fault.amount) }
        var entry = Active(fault: fault)
        if case .next(let count) = fault.reach { entry.left = count }
        if fault.kind == .rateLimit { entry.until = now + Double(fault.amount ?? 30) }
        active.append(entry)
    }

    mutating func clear(_ kind: Fault.Kind?) {
        active.removeAll { kind == nil || $0.fault.kind == kind }
    }

    func has(_ kind: Fault.Kind) -> Bool {
        active.contains { $0.fault.kind == kind }
    }

    func amount(_ kind: Fault.Kind) -> Int64? {
        active.first { $0.fault.kind == kind }?.fault.amount
    }

    func failsTicket(_ id: Int64) -> Bool {
        active.contains { $0.fault.kind == .ticket500 && $0.fault.amount == id }
    }

    /// Seconds that requests are still refused; nil when they are not.
    mutating func rateLimit(at now: Double) -> Int? {
        active.removeAll { ($0.until ?? .infinity) <= now }
        guard let until = active.first(where: { $0.fault.kind == .rateLimit })?.until else { return nil }
        return max(1, Int((until - now).rounded(.up)))
    }

    /// The fault that spoils this request, if one does; counted ones are used up.
    mutating func strike(path: String) -> Fault.Kind? {
        for index in active.indices {
            let kind = active[index].fault.kind
            guard [.serverError, .truncate, .html, .timeout, .reset].contains(kind) else { continue }
            switch active[index].fault.reach {
            case .always: return kind
            case .path(let prefix):
                if path.hasPrefix(prefix) { return kind }
            case .every(let share):
                active[index].seen += 1
                if active[index].seen % share == 0 { return kind }
            case .next:
                guard let left = active[index].left, left > 0 else { continue }
                active[index].left = left - 1
                if left == 1 { active.remove(at: index) }
                return kind
            }
        }
        return nil
    }

    var names: [String] { active.map(\.fault.kind.rawValue) }
}
