package import AsyncHTTPClient
package import Foundation
package import Logging
import NIOCore
import NIOFoundationCompat
import NIOHTTP1
import Synchronization

/// A read-only client of one portal's REST API, version 2.
///
/// The type has one way to send, `send`, and it is GET: nothing in it can write. The key goes to the portal's configured address
/// and nowhere else: redirects and `Link` addresses are not followed. It is never printed.
package final class FreshdeskClient: Sendable {
    /// How the client behaves; the defaults suit a sync.
    package struct Options: Sendable {
        package static let defaultBodyLimit = 64 << 20

        /// For one attempt, from sending to the last byte.
        package var timeout: Duration
        /// Bytes of an answer's body.
        package var bodyLimit: Int
        package var retry: RetryPolicy
        package var patience: Patience
        package var clock: any RequestClock
        /// A number in 0..<1 for the pauses between attempts.
        package var jitter: @Sendable () -> Double

        package init(
            timeout: Duration = .seconds(30), bodyLimit: Int = Options.defaultBodyLimit, retry: RetryPolicy = RetryPolicy(),
            patience: Patience = Patience(), clock: any RequestClock = SystemRequestClock(),
            jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
        ) {
            self.timeout = timeout
            self.bodyLimit = bodyLimit
            self.retry = retry
            self.patience = patience
            self.clock = clock
            self.jitter = jitter
        }
    }

    package let portal: PortalAddress
    package let budget: RequestBudget
    private let authorization: String
    private let http: HTTPClient
    private let logger: Logger
    private let options: Options
    /// The name under which this portal takes "updated since" on contacts and companies (fact 88).
    let updatedSinceName = Mutex("_updated_since")
    private let answered = Mutex<(count: Int, latest: Date?)>((0, nil))

    /// Requests of this client that the portal answered, refusals included.
    package var requestsAnswered: Int { answered.withLock { $0.count } }
    /// The portal's clock as its latest answer showed it; nil before the first.
    package var portalTime: Date? { answered.withLock { $0.latest } }

    /// - Parameters:
    ///   - apiKey: kept in memory only, as the header it becomes.
    ///   - http: made by `HTTPClient.forPortals()`, whose redirects are off.
    package init(
        portal: PortalAddress, apiKey: String, http: HTTPClient, budget: RequestBudget, logger: Logger, options: Options = Options()
    ) {
        self.portal = portal
        self.budget = budget
        self.http = http
        self.logger = logger
        self.options = options
        // The password is ignored upstream; any will do (fact 10).
        authorization = "Basic " + Data("\(apiKey):X".utf8).base64EncodedString()
    }

    /// Sends one request until it is answered, under the budget and the retry policy, and decodes the answer.
    ///
    /// - Throws: `FreshdeskError`, `CancellationError`.
    func send<Value: Sendable>(
        _ request: PortalRequest, timeout: Duration? = nil, retry: RetryPolicy? = nil, decode: (PortalAnswer) throws(JSONFault) -> Value
    ) async throws -> Reply<Value> {
        let retry = retry ?? options.retry
        let timeout = timeout ?? options.timeout
        var failures = 0
        var refusals = 0
        while true {
            let started = options.clock.elapsed
            var requestID: String?
            let fault: TransportFault
            switch try await attempt(request, timeout: timeout) {
            case .refused(let until):
                refusals += 1
                note("Freshdesk limited a request", request, level: .info, requestID: nil, since: started)
                if refusals > retry.refusals { throw FreshdeskError.rateLimited(until: until) }
                continue
            case .fault(let failed):
                fault = failed
            case .answered(let answer):
                requestID = answer.requestID
                switch answer.failure(host: portal.host, path: request.path) {
                case .final(let error):
                    note("Freshdesk refused a request", request, level: .info, requestID: requestID, since: started, error.code)
                    throw error
                case .transient(let failed):
                    fault = failed
                case nil:
                    do {
                        let value = try decode(answer)
                        note("Freshdesk answered", request, level: .debug, requestID: requestID, since: started)
                        return Reply(value: value, serverDate: answer.serverDate, requestID: requestID, rate: answer.rate)
                    } catch {
                        fault = TransportFault(.garbage, "\(portal.host) answered with something that is not its JSON: \(error.reason).")
                    }
                }
            }
            failures += 1
            let isFinal = failures >= retry.attempts
            note(
                "Freshdesk request failed", request, level: isFinal ? .warning : .info, requestID: requestID, since: started,
                "\(fault.reason)")
            if isFinal { throw FreshdeskError.unavailable(fault.reason, message: fault.message) }
            try await options.clock.sleep(for: retry.pause(after: failures, jitter: options.jitter()))
        }
    }

    private enum Attempt {
        case answered(PortalAnswer)
        case refused(until: Date)
        case fault(TransportFault)
    }

    /// One attempt: a place in the budget, one GET, the place settled whatever happens.
    private func attempt(_ request: PortalRequest, timeout: Duration) async throws -> Attempt {
        let reservation = try await budget.acquire(request.cost, patience: options.patience)
        do {
            let answer = try await get(request.target, timeout: timeout)
            answered.withLock { ($0.count, $0.latest) = ($0.count + 1, answer.serverDate ?? $0.latest) }
            if answer.status == 429 {
                let after = answer.retryAfter(now: options.clock.date)
                return .refused(until: await budget.refuse(reservation, rate: answer.rate, retryAfter: after))
            }
            await budget.settle(reservation, rate: answer.rate)
            return .answered(answer)
        } catch {
            await budget.settle(reservation, answered: false)
            if Task.isCancelled || error is CancellationError { throw CancellationError() }
            return .fault(TransportFault(error, host: portal.host, timeout: timeout))
        }
    }

    private func get(_ target: String, timeout: Duration) async throws -> PortalAnswer {
        var request = HTTPClientRequest(url: portal.baseURL + target)
        request.method = .GET
        request.headers = [
            "Authorization": authorization, "Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Clynto"
        ]
        let prepared = request
        let (http, limit) = (http, options.bodyLimit)
        return try await within(timeout) {
            let deadline = NIODeadline.now() + .nanoseconds(Int64(timeout.interval * 1e9))
            let response = try await http.execute(prepared, deadline: deadline)
            // A client whose redirects are on has asked another address, without the key; what counts is the portal's own answer.
            if response.history.count > 1, let head = response.history.first?.responseHead {
                return PortalAnswer(status: Int(head.status.code), headers: head.headers, body: [])
            }
            let body = try await response.body.collect(upTo: limit)
            return PortalAnswer(status: Int(response.status.code), headers: response.headers, body: Array(buffer: body))
        }
    }

    private func note(
        _ message: Logger.Message, _ request: PortalRequest, level: Logger.Level, requestID: String?, since started: Duration,
        _ outcome: String? = nil
    ) {
        var metadata: Logger.Metadata = [
            "path": "\(request.path)", "duration_ms": "\(Int((options.clock.elapsed - started).interval * 1_000))"
        ]
        metadata["freshdesk.request_id"] = requestID.map { "\($0)" }
        metadata["outcome"] = outcome.map { "\($0)" }
        logger.log(level: level, message, metadata: metadata)
    }
}

extension FreshdeskClient: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "FreshdeskClient(\(portal.host), key ••••)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: ["portal": portal.baseURL]) }
}
