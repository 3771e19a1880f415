/// Changes that wait for a certain request, so that a test can stage what happens between two pages of a running sync (S6).
struct EventScript: Sendable {
    struct Step: Sendable {
        /// Applied before the n-th request, counted from when the script was set, that matches `path`.
        let request: Int
        /// Beginning of the path after `/api/v2`; nil counts every request.
        let path: String?
        let events: [JSONValue]
    }

    private var steps: [(step: Step, seen: Int)] = []
    /// Sentences about steps that could not be applied.
    var failures: [String] = []

    mutating func set(_ steps: [Step]) {
        self.steps = steps.map { ($0, 0) }
        failures = []
    }

    var waiting: Int { steps.count }

    /// The events due before a request of this path.
    mutating func due(path: String) -> [JSONValue] {
        var due: [JSONValue] = []
        var rest: [(step: Step, seen: Int)] = []
        for (step, seen) in steps {
            let counts = step.path.map { path.hasPrefix($0) } ?? true
            let seen = counts ? seen + 1 : seen
            if counts, seen >= step.request { due += step.events } else { rest.append((step, seen)) }
        }
        steps = rest
        return due
    }

    /// Reads `{"steps": [{"request": 3, "path": "/tickets", "events": […]}]}`.
    static func steps(_ value: JSONValue) throws -> [Step] {
        guard let steps = value["steps"]?.elements else {
            throw SandboxError("A script is {\"steps\": [{\"request\": 3, \"events\": […]}]}.")
        }
        return try steps.map { step in
            guard let request = step["request"]?.int, request > 0, let events = step["events"]?.elements else {
                throw SandboxError("A step needs “request”, a number from 1, and “events”, a list.")
            }
            return Step(request: request, path: step["path"]?.text, events: events)
        }
    }
}
