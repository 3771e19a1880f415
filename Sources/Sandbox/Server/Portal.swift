import Foundation

/// The simulated portal: its data, its limits, its faults, and the answer to every request. One request is answered at a time,
/// so a change made by a control request lies between two of them, never inside one.
actor Portal {
    let options: SandboxOptions
    var clock: PortalClock
    var world: World
    var allowance: Allowance
    var faults = ActiveFaults()
    var statistics = Statistics()
    var script = EventScript()
    var searchCache: SearchCache?
    /// New tickets whose due dates are filled in later, where that moves them (fact 120).
    var dueFills: [(ticketID: Int64, at: Moment)] = []
    /// Requests to the portal's interface so far, the one in hand included.
    private(set) var requestNumber = 0
    /// Number of the last request for a page of live tickets; what changed before it, the asker could know.
    private(set) var lastTicketPage = 0

    init(options: SandboxOptions) {
        self.options = options
        clock = PortalClock(start: options.now, stands: options.clockStands)
        world = PortalGenerator(options: options, now: clock.now).world()
        allowance = Allowance(plan: options.plan, slidingWindow: options.policies.slidingWindow)
        for fault in options.faults { faults.set(fault, at: clock.precise, script: &script) }
    }

    /// Counts a request that has begun, for the concurrency that `/_sandbox/stats` reports.
    func enter() { statistics.enter() }
    func leave() { statistics.leave() }

    func respond(to call: Call) -> Answer {
        if call.segments.first == "_sandbox" { return control(call) }
        guard let path = apiPath(call) else { return Answer.html(Portal.nobodyHere, status: 404) }
        requestNumber += 1
        fillDueDates()
        statistics.begin(call.method, pattern: Statistics.pattern(path))
        if path == ["tickets"], !call.query.contains(where: { $0.name == "filter" }) { lastTicketPage = requestNumber }
        let price = Price(of: call, path: path, measured: world.policies.measuredCredits)
        var answer: Answer
        var credits = 0
        if let limit = faults.rateLimit(at: clock.precise) {
            answer = limited(retryAfter: limit.retryAfter)
        } else {
            switch allowance.admit(credits: price.credits, list: price.list, at: clock.precise) {
            case .refused(let retryAfter): answer = limited(retryAfter: retryAfter)
            case .admitted:
                credits = price.credits
                answer = spoiled(call, path) ?? served(call, path)
            }
        }
        addHeaders(to: &answer, credits: credits)
        statistics.end(status: answer.status, credits: credits, remaining: allowance.remaining(at: clock.precise))
        if faults.has(.slow) { answer.delay += Int(faults.amount(.slow) ?? 2_000) }
        answer.delay += options.latency
        applyDueEvents(path: path)
        return answer
    }

    // MARK: Where

    /// The segments after `/api/v2`, nil when host or path name another portal (fact 2).
    private func apiPath(_ call: Call) -> ArraySlice<String>? {
        let host = (call.host ?? "").split(separator: ":").first.map { $0.lowercased() } ?? ""
        if host.hasSuffix(".freshdesk.com"), host != "\(options.subdomain).freshdesk.com" { return nil }
        var segments = ArraySlice(call.segments)
        if segments.first != "api" {
            guard segments.first == options.subdomain else { return nil }
            segments = segments.dropFirst()
        }
        guard segments.first == "api" else { return nil }
        segments = segments.dropFirst()
        // An older version of the interface: not found, but by this portal (fact 22).
        return segments.first == "v2" ? segments.dropFirst() : ["", "retired"]
    }

    static let nobodyHere = """
        <!DOCTYPE html><html><head><title>Not found</title></head><body><h1>There is no help desk at this address</h1></body></html>
        """

    // MARK: Serving

    private func served(_ call: Call, _ path: ArraySlice<String>) -> Answer {
        do {
            if call.path.contains("//") { throw Refusal.unexpected("ticket") }
            guard authorised(call) else { throw Refusal.unauthorized }
            if faults.has(.suspended) { throw Refusal.suspended }
            guard call.method == "GET" else { throw Refusal.wrongMethod }
            guard accepts(call.accept) else { throw Refusal.wrongAccept }
            let place = "/" + path.joined(separator: "/")
            if faults.strikes(.missing, path: place) { throw Refusal.missing }
            if faults.strikes(.forbidden, path: place) { throw Refusal.forbidden }
            return try route(call, Array(path))
        } catch let refusal as Refusal {
            return refusal.answer
        } catch {
            return Answer.html(Portal.errorPage(500), status: 500)
        }
    }

    private func authorised(_ call: Call) -> Bool {
        guard !faults.has(.badKey), let authorization = call.authorization,
            authorization.lowercased().hasPrefix("basic "), let bytes = Data(base64Encoded: String(authorization.dropFirst(6)))
        else { return false }
        let pair = String(decoding: bytes, as: UTF8.self)
        // The password is ignored (fact 10).
        return pair.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init) == options.apiKey
    }

    private func accepts(_ accept: String?) -> Bool {
        guard let accept, !accept.isEmpty else { return true }
        return accept.split(separator: ",").contains { part in
            let type = part.split(separator: ";").first.map { $0.filter { $0 != " " }.lowercased() } ?? ""
            return type == "*/*" || type == "application/json" || type == "application/*"
        }
    }

    // MARK: Trouble

    private func spoiled(_ call: Call, _ path: ArraySlice<String>) -> Answer? {
        if let id = path.dropFirst().first.flatMap({ Int64($0) }), path.first == "tickets", faults.failsTicket(id) {
            return Answer.html(Portal.errorPage(500), status: 500)
        }
        switch faults.strike(path: "/" + path.joined(separator: "/")) {
        case .serverError?:
            let status = [500, 502, 503, 504][requestNumber % 4]
            return Answer.html(Portal.errorPage(status), status: status)
        case .html?: return Answer.html(Portal.maintenance, status: 200)
        case .timeout?: return Answer(status: 200, delivery: .silence(milliseconds: 60_000))
        case .truncate?:
            var answer = served(call, path)
            answer.body.removeLast(max(1, answer.body.count / 2) - (answer.body.isEmpty ? 1 : 0))
            return answer
        case .reset?:
            var answer = served(call, path)
            answer.delivery = .cutConnection
            return answer
        default: return nil
        }
    }

    private func limited(retryAfter: Int?) -> Answer {
        // The body of 429 is undocumented (fact 25): sometimes a message, sometimes nothing.
        var answer =
            requestNumber % 3 == 0
            ? Answer(status: 429)
            : Refusal.plain(429, code: "rate_limit_exceeded", message: "You have exceeded the number of requests for now.").answer
        if let retryAfter { answer.headers.append(("Retry-After", String(retryAfter))) }
        return answer
    }

    private static func errorPage(_ status: Int) -> String {
        "<html>\r\n<head><title>\(status) Server Error</title></head>\r\n<body>\r\n"
            + "<center><h1>\(status) Server Error</h1></center>\r\n</body>\r\n</html>\r\n"
    }

    private static let maintenance =
        "<!DOCTYPE html><html><head><title>Maintenance</title></head><body><p>We will be back soon.</p></body></html>"

    /// The headers of every answer (facts 28–30). Their case varies, and so does whether a number has a decimal (fact 29).
    private func addHeaders(to answer: inout Answer, credits: Int) {
        let decimal = requestNumber % 3 == 0
        let prefix = requestNumber % 2 == 0 ? "X-RateLimit-" : "X-Ratelimit-"
        let remaining = allowance.remaining(at: clock.precise)
        answer.headers.append((prefix + "Total", decimal ? "\(allowance.allowed).0" : String(allowance.allowed)))
        answer.headers.append((prefix + "Remaining", decimal ? "\(remaining).0" : String(remaining)))
        answer.headers.append((prefix + "Used-CurrentRequest", String(credits)))
        answer.headers.append(("X-Freshdesk-Api-Version", "latest=v2; requested=v2"))
        answer.headers.append(("X-Request-Id", requestID()))
        answer.headers.append(("Cache-Control", "must-revalidate, no-cache, no-store, private, max-age=0"))
    }

    private func requestID() -> String {
        var dice = Dice(options.seed, "request", Int64(requestNumber))
        let digits = Array("0123456789abcdef")
        return String((0..<32).map { _ in digits[dice.roll(16)] })
    }
}
