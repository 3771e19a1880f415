/// Something that goes wrong on purpose, by `--fault NAME[=ARG][@REQUESTS]` or at run time through `/_sandbox/faults`.
package struct Fault: Sendable, Equatable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Surveys are not in the plan: 403 `require_feature` (fact 20).
        case csat403 = "csat_403"
        /// The key is not an administrator's: 403 on agents, groups, products and account (fact 63).
        case agents403 = "agents_403"
        /// The key was reset: 401 everywhere (fact 18).
        case badKey = "bad_key"
        /// The key's agent is an occasional one (fact 60).
        case occasionalKey = "occasional_key"
        /// 429 for ARG seconds (default 30).
        case rateLimit = "rate_limit"
        /// 429 without `Retry-After` for ARG seconds (default 30).
        case bareRateLimit = "rate_limit_bare"
        /// 429 for good, each time with `Retry-After: ARG` (default 1): whoever comes back is refused again.
        case stuckRateLimit = "rate_limit_stuck"
        /// 403 `access_denied` for paths that begin with ARG (fact 19).
        case forbidden
        /// 404 for paths that begin with ARG: a resource this portal does not have.
        case missing
        /// 500 and 502 with an HTML body.
        case serverError = "server_error"
        /// A body that ends in the middle, with a length that fits.
        case truncate
        /// 200 with an HTML page instead of JSON.
        case html
        /// No answer for a minute, then the connection closes.
        case timeout
        /// The connection closes in the middle of the body.
        case reset
        /// ARG milliseconds (default 2000) before every answer.
        case slow
        /// The key's agent sees only the tickets of its groups and its own (2, the default), or only its own (3) (fact 13).
        case scope
        /// Ticket ARG and its conversations always answer 500.
        case ticket500 = "bulk_500_ticket"
        /// The account is suspended: 403 `account_suspended` (fact 21).
        case suspended
        /// Satisfaction ratings live only in the new module; the classic list is empty (fact 188).
        case newCSAT = "new_csat"
    }

    /// Which requests a fault strikes.
    package enum Reach: Sendable, Equatable {
        case always
        /// The next so many requests.
        case next(Int)
        /// Requests whose path after `/api/v2` begins so.
        case path(String)
        /// Every n-th request.
        case every(Int)
    }

    package let kind: Kind
    package let reach: Reach
    /// Seconds, milliseconds or a ticket id, as the kind has it.
    package let amount: Int64?
    /// How many requests are answered before it begins.
    package let after: Int

    /// Reads `NAME`, `NAME=ARG` or `NAME:ARG`, each with `@REQUESTS` to begin after so many of them. For the kinds that spoil single
    /// answers ARG is a count of requests, a path (`/surveys`) or a share (`1/10`).
    ///
    /// - Throws: `SandboxError` naming the known faults or the form of the argument.
    package init(parsing whole: String) throws {
        let timed = whole.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard let after = timed.count > 1 ? Int(timed[1]) : 0, after >= 0 else {
            throw SandboxError("Behind the @ of “\(whole)” stands the number of requests after which the fault begins.")
        }
        self.after = after
        let text = timed.first ?? ""
        let parts = text.split(maxSplits: 1, whereSeparator: { $0 == "=" || $0 == ":" }).map(String.init)
        let name = parts.first ?? ""
        guard let kind = Kind(rawValue: name) else {
            let known = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw SandboxError("There is no fault “\(name)”. Known: \(known).")
        }
        self.kind = kind
        let argument = parts.count > 1 ? parts[1] : nil
        switch kind {
        case .scope:
            guard argument == nil || argument == "2" || argument == "3" else { throw SandboxError("The fault “scope” is 2 or 3.") }
            (reach, amount) = (.always, argument == "3" ? 3 : 2)
        case .csat403, .agents403, .badKey, .suspended, .newCSAT, .occasionalKey:
            guard argument == nil else { throw SandboxError("The fault “\(name)” takes no argument.") }
            (reach, amount) = (.always, nil)
        case .forbidden, .missing:
            guard let argument, argument.hasPrefix("/") else { throw SandboxError("The fault “\(name)” needs a path: \(name)=/surveys.") }
            (reach, amount) = (.path(argument), nil)
        case .rateLimit, .bareRateLimit, .stuckRateLimit, .slow, .ticket500:
            let number = argument.flatMap(Int64.init)
            guard argument == nil || (number ?? -1) >= 0 else {
                throw SandboxError("The fault “\(name)” takes a number, not “\(argument ?? "")”.")
            }
            guard number != nil || kind != .ticket500 else { throw SandboxError("The fault “\(name)” needs a ticket id: \(name)=12.") }
            (reach, amount) = (.always, number)
        case .serverError, .truncate, .html, .timeout, .reset:
            reach = try Fault.reach(argument, of: name)
            amount = nil
        }
    }

    /// As it is written, without the requests after which it begins.
    var text: String {
        switch (reach, amount) {
        case (.next(let count), _): "\(kind.rawValue)=\(count)"
        case (.path(let path), _): "\(kind.rawValue)=\(path)"
        case (.every(let share), _): "\(kind.rawValue)=1/\(share)"
        case (.always, let amount?): "\(kind.rawValue)=\(amount)"
        case (.always, nil): kind.rawValue
        }
    }

    private static func reach(_ argument: String?, of name: String) throws -> Reach {
        guard let argument else { return .always }
        if argument.hasPrefix("/") { return .path(argument) }
        if argument.hasPrefix("1/"), let share = Int(argument.dropFirst(2)), share > 0 { return .every(share) }
        if let count = Int(argument), count > 0 { return .next(count) }
        throw SandboxError("The fault “\(name)” takes a number of requests, a path such as /surveys, or a share such as 1/10.")
    }
}
