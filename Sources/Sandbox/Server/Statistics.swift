/// What clients did: proof that nothing but GET was tried, and what it cost.
struct Statistics: Sendable {
    private(set) var requests = 0
    private(set) var byMethod: [String: Int] = [:]
    private(set) var byPattern: [String: Int] = [:]
    private(set) var byStatus: [Int: Int] = [:]
    private(set) var credits = 0
    private(set) var concurrent = 0
    private(set) var concurrentMaximum = 0
    private(set) var lowestRemaining: Int?

    mutating func begin(_ method: String, pattern: String) {
        requests += 1
        byMethod[method, default: 0] += 1
        byPattern["\(method) \(pattern)", default: 0] += 1
    }

    mutating func enter() {
        concurrent += 1
        concurrentMaximum = max(concurrentMaximum, concurrent)
    }

    mutating func leave() {
        concurrent -= 1
    }

    mutating func end(status: Int, credits: Int, remaining: Int) {
        byStatus[status, default: 0] += 1
        self.credits += credits
        lowestRemaining = min(lowestRemaining ?? remaining, remaining)
    }

    /// Adds another portal's counts; concurrency is the busiest portal's.
    mutating func add(_ other: Statistics) {
        requests += other.requests
        byMethod.merge(other.byMethod, uniquingKeysWith: +)
        byPattern.merge(other.byPattern, uniquingKeysWith: +)
        byStatus.merge(other.byStatus, uniquingKeysWith: +)
        credits += other.credits
        concurrent += other.concurrent
        concurrentMaximum = max(concurrentMaximum, other.concurrentMaximum)
        lowestRemaining = [lowestRemaining, other.lowestRemaining].compactMap(\.self).min()
    }

    /// Starts counting anew; requests that are under way stay counted as such.
    mutating func reset() {
        let underWay = concurrent
        self = Statistics()
        concurrent = underWay
        concurrentMaximum = underWay
    }

    /// A path with its ids replaced, `/tickets/:id/conversations`.
    static func pattern(_ segments: ArraySlice<String>) -> String {
        "/" + segments.map { Int64($0) == nil ? $0 : ":id" }.joined(separator: "/")
    }

    func write(into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("requests", requests)
            writer.objectMember("methods") { writer in
                for (method, count) in byMethod.sorted(by: { $0.key < $1.key }) { writer.member(method, count) }
            }
            writer.member("writes", byMethod.filter { $0.key != "GET" }.values.reduce(0, +))
            writer.objectMember("paths") { writer in
                for (pattern, count) in byPattern.sorted(by: { $0.key < $1.key }) { writer.member(pattern, count) }
            }
            writer.objectMember("statuses") { writer in
                for (status, count) in byStatus.sorted(by: { $0.key < $1.key }) { writer.member(String(status), count) }
            }
            writer.member("credits", credits)
            writer.member("concurrent", concurrent)
            writer.member("concurrent_maximum", concurrentMaximum)
            writer.member("rate_limited", byStatus[429] ?? 0)
            writer.member("lowest_remaining", lowestRemaining)
        }
    }
}
