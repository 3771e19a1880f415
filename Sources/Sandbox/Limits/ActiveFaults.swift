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

    /// Switches a fault on, at once or, through the script, after its requests.
    mutating func set(_ fault: Fault, at now: Double, script: inout EventScript) {
        guard fault.after > 0 else { return set(fault, at: now) }
        script.wait(
            EventScript.Trigger(counted: .requests, count: fault.after, path: nil), ["do": "faults", "set": [JSONValue(fault.text)]])
    }

    mutating func set(_ fault: Fault, at now: Double) {
        active.removeAll { $0.fault.kind == fault.kind && (!fault.kind.mayStandTwice || $0.fault == fault) }
        var entry = Active(fault: fault)
        if case .next(let count) = fault.reach { entry.left = count }
        if [.rateLimit, .bareRateLimit].contains(fault.kind) { entry.until = now + Double(fault.amount ?? 30) }
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

    /// A refusal by 429: seconds of its `Retry-After`, nil for none.
    struct RateLimit: Sendable, Equatable {
        var retryAfter: Int?
    }

    /// How requests are refused now; nil when they are not.
    mutating func rateLimit(at now: Double) -> RateLimit? {
        active.removeAll { ($0.until ?? .infinity) <= now }
        if let stuck = active.first(where: { $0.fault.kind == .stuckRateLimit }) {
            return RateLimit(retryAfter: Int(stuck.fault.amount ?? 1))
        }
        if has(.bareRateLimit) { return RateLimit(retryAfter: nil) }
        guard let until = active.first(where: { $0.fault.kind == .rateLimit })?.until else { return nil }
        return RateLimit(retryAfter: max(1, Int((until - now).rounded(.up))))
    }

    /// Whether paths like this are struck by a fault of the kind.
    func strikes(_ kind: Fault.Kind, path: String) -> Bool {
        active.contains { entry in
            guard entry.fault.kind == kind, case .path(let prefix) = entry.fault.reach else { return false }
            return path.hasPrefix(prefix)
        }
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

extension Fault.Kind {
    /// Several of the kind may be on at once: one for each ticket or path.
    fileprivate var mayStandTwice: Bool { [.ticket500, .forbidden, .missing].contains(self) }
}
