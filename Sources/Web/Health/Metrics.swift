import Foundation
import Synchronization

/// Counts of this process since it started, for `/metrics`.
///
/// Labels come from route patterns and fixed words, never from what a caller sent, and are capped all the same: a scanner must not be
/// able to grow memory.
final class Metrics: Sendable {
    private struct Request: Hashable {
        var route: String
        var method: String
        var status: Int
    }

    /// How long requests took, by upper bound.
    private struct Histogram {
        var counts = [Int](repeating: 0, count: Metrics.bounds.count)
        var sum = 0.0
        var count = 0
    }

    private struct State {
        var requests: [Request: Int] = [:]
        var durations: [String: Histogram] = [:]
    }

    private let state = Mutex(State())
    private let start = ContinuousClock.now

    /// In seconds, ascending; what is slower counts only in the total.
    static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
    static let mostRoutes = 300
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// Counts one answered request.
    ///
    /// - Parameters:
    ///   - route: the pattern of the route, such as `/tickets/{id}`; nil when none fitted.
    ///   - status: the HTTP status of the answer.
    func record(route: String?, method: String, status: Int, duration: Duration) {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        let method = Self.methods.contains(method) ? method : "other"
        let status = (100...599).contains(status) ? status : 0
        state.withLock { state in
            var route = route ?? "none"
            if state.durations[route] == nil, state.durations.count >= Self.mostRoutes { route = "other" }
            state.requests[Request(route: route, method: method, status: status), default: 0] += 1
            var histogram = state.durations[route] ?? Histogram()
            for (index, bound) in Self.bounds.enumerated() where seconds <= bound { histogram.counts[index] += 1 }
            histogram.sum += seconds
            histogram.count += 1
            state.durations[route] = histogram
        }
    }

    /// Everything counted, in Prometheus' text format.
    func lines() -> [PrometheusLine] {
        let state = state.withLock { $0 }
        var lines = [PrometheusLine.head("clynto_http_requests_total", "counter", "Requests answered, by route, method and status.")]
        let requests = state.requests.sorted { ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status) }
        for (request, count) in requests {
            let labels = [("route", request.route), ("method", request.method), ("status", String(request.status))]
            lines.append(.sample("clynto_http_requests_total", labels, Double(count)))
        }
        let name = "clynto_http_request_duration_seconds"
        lines.append(.head(name, "histogram", "Time from a request's head to its answer's, by route."))
        for (route, histogram) in state.durations.sorted(by: { $0.key < $1.key }) {
            for (bound, count) in zip(Self.bounds, histogram.counts) {
                lines.append(.sample("\(name)_bucket", [("route", route), ("le", PrometheusLine.number(bound))], Double(count)))
            }
            lines.append(.sample("\(name)_bucket", [("route", route), ("le", "+Inf")], Double(histogram.count)))
            lines.append(.sample("\(name)_sum", [("route", route)], histogram.sum))
            lines.append(.sample("\(name)_count", [("route", route)], Double(histogram.count)))
        }
        let uptime = start.duration(to: .now).components
        lines += .gauge("clynto_uptime_seconds", "Seconds since this process started.", Double(uptime.seconds))
        if let memory = ProcessMemory.resident {
            lines += .gauge("process_resident_memory_bytes", "Resident memory of this process in bytes.", Double(memory))
        }
        return lines
    }
}

/// How much memory the process holds.
enum ProcessMemory {
    /// In bytes; nil where the system does not tell in Linux' way.
    static var resident: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        return line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }.map { $0 * 1024 }
    }
}
