import CPostgreSQL
package import Foundation

/// Which PostgreSQL to connect to and how: a `postgres://` address, read by libpq's own parser, with a few settings of ours in its query.
///
/// Whatever libpq knows may stand in the query (`sslmode`, `sslrootcert`, `sslcert`, `sslkey`, `connect_timeout`, `target_session_attrs`,
/// several hosts …); what is absent comes from libpq's environment and password file. Ours are `pool`, `pool_wait`, `statement_timeout`
/// and `pgbouncer`. Holds a password: print `shown`, never the parameters.
package struct PostgresAddress: Sendable, Equatable {
    /// What libpq gets, by its keywords.
    let parameters: [String: String]
    /// Most connections at once.
    package private(set) var poolSize = 8
    /// Longest wait for a free connection, in seconds.
    package private(set) var poolWait: TimeInterval = 10
    /// Longest statement, in seconds; the server ends it after that.
    package private(set) var statementTimeout: TimeInterval = 60
    /// Longest attempt to connect, in seconds.
    package private(set) var connectTimeout: TimeInterval = 10
    /// Whether a pooler in transaction mode stands between: then nothing may outlive a transaction, prepared statements neither.
    package private(set) var isPooled = false
    /// How long after `statementTimeout` a server that says nothing counts as gone, in seconds.
    package var grace: TimeInterval = 5

    /// Nil for what is no such address, or has a setting of ours with a value it cannot have.
    package init?(_ text: String) {
        let lowered = text.lowercased()
        guard lowered.hasPrefix("postgres://") || lowered.hasPrefix("postgresql://"), !text.contains("\0") else { return nil }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var rest: [Substring] = []
        var ours: [String: String] = [:]
        for item in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let pair = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if Self.ours.contains(String(pair[0])), pair.count == 2 {
                ours[String(pair[0])] = String(pair[1])
            } else {
                rest.append(item)
            }
        }
        // libpq knows the scheme in lower case only.
        let scheme = lowered.hasPrefix("postgres://") ? "postgres://" : "postgresql://"
        let address = scheme + parts[0].dropFirst(scheme.count) + (rest.isEmpty ? "" : "?" + rest.joined(separator: "&"))
        guard let parsed = Self.parse(String(address)) else { return nil }
        parameters = parsed
        guard take(ours) else { return nil }
    }

    private static let ours: Set<String> = ["pool", "pool_wait", "statement_timeout", "pgbouncer"]

    private mutating func take(_ values: [String: String]) -> Bool {
        func number(_ name: String, _ range: ClosedRange<Double>, _ standard: Double) -> Double? {
            guard let text = values[name] else { return standard }
            return Double(text).flatMap { range.contains($0) ? $0 : nil }
        }
        guard let size = number("pool", 1...500, Double(poolSize)), size == size.rounded(),
            let wait = number("pool_wait", 0.1...300, poolWait),
            let longest = number("statement_timeout", 0.1...86_400, statementTimeout),
            ["true", "false", nil].contains(values["pgbouncer"])
        else { return false }
        poolSize = Int(size)
        poolWait = wait
        statementTimeout = longest
        isPooled = values["pgbouncer"] == "true"
        // libpq looks at ports only as it connects.
        let ports = (parameters["port"] ?? "").split(separator: ",")
        guard ports.allSatisfy({ Int($0).map { (1...65_535).contains($0) } == true }) else { return false }
        if let text = parameters["connect_timeout"] {
            guard let seconds = Double(text) else { return false }
            // As libpq has it: 0 and less wait for ever, which a server must not; 1 is too short for a slow look-up.
            connectTimeout = seconds <= 0 ? 300 : max(2, seconds)
        }
        return true
    }

    private static func parse(_ address: String) -> [String: String]? {
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(address, &message) else {
            // Its message may repeat the password, so nobody is shown it.
            if let message { PQfreemem(message) }
            return nil
        }
        defer { PQconninfoFree(options) }
        var found: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { found[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        return found
    }

    // MARK: What people see

    /// Host and port, or the folder of the socket.
    package var place: String {
        let host = parameters["host"] ?? parameters["hostaddr"] ?? "the local socket"
        return parameters["port"].map { "\(host):\($0)" } ?? host
    }

    package var user: String { parameters["user"] ?? "the system's user" }
    package var databaseName: String { parameters["dbname"] ?? user }

    /// As it is printed; never holds a password.
    package var shown: String {
        var text = "postgres://"
        if let user = parameters["user"] { text += user + (parameters["password"] == nil ? "" : ":••••••••") + "@" }
        let host = parameters["host"] ?? parameters["hostaddr"] ?? ""
        text += host.addingPercentEncoding(withAllowedCharacters: .urlHostAllowed.union(CharacterSet(charactersIn: ","))) ?? host
        if let port = parameters["port"] { text += ":\(port)" }
        text += "/" + (parameters["dbname"] ?? "")
        let hidden: Set = ["user", "password", "host", "hostaddr", "port", "dbname", "sslpassword", "options"]
        var items = parameters.filter { !hidden.contains($0.key) }.map { "\($0.key)=\($0.value)" }.sorted()
        if isPooled { items.append("pgbouncer=true") }
        return items.isEmpty ? text : text + "?" + items.joined(separator: "&")
    }
}

extension PostgresAddress: CustomStringConvertible, CustomReflectable {
    package var description: String { shown }
    /// Without this a dump of whatever holds an address would show the password.
    package var customMirror: Mirror { Mirror(self, children: ["address": shown]) }
}
