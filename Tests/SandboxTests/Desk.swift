import Foundation

@testable import Sandbox

/// A portal without a network, for tests: the same answers as over HTTP, but for what the connection does.
struct Desk: Sendable {
    static let start = Date(timeIntervalSince1970: 1_795_600_800)

    let portal: Portal
    let key: String

    init(tickets: Int = 120, companies: Int = 12, seed: UInt64 = 5) {
        self.init(tickets: tickets, companies: companies, seed: seed) { _ in }
    }

    init(tickets: Int = 120, companies: Int = 12, seed: UInt64 = 5, change: (inout SandboxOptions) throws -> Void) rethrows {
        var options = SandboxOptions(seed: seed)
        options.tickets = tickets
        options.companies = companies
        options.now = Desk.start
        try change(&options)
        portal = Portal(options: options)
        key = options.apiKey
    }

    func get(_ path: String, host: String = "127.0.0.1:9000", key: String? = nil, accept: String? = "application/json") async -> Reply {
        await send("GET", path, host: host, key: key, accept: accept)
    }

    func send(_ method: String, _ path: String, host: String = "127.0.0.1", key: String? = nil, accept: String? = nil, body: String = "")
        async
        -> Reply
    {
        let pair = Data("\(key ?? self.key):X".utf8).base64EncodedString()
        let call = Call(
            method: method, target: path.hasPrefix("/") ? path : "/api/v2/\(path)", host: host, authorization: "Basic \(pair)",
            accept: accept,
            body: Array(body.utf8))
        return Reply(await portal.respond(to: call))
    }

    /// Sends a control request and insists that it worked.
    @discardableResult
    func control(_ name: String, _ body: String = "{}") async throws -> Reply {
        let reply = await send("POST", "/_sandbox/\(name)", body: body)
        guard reply.status == 200 else { throw SandboxError("\(name): \(reply.text)") }
        return reply
    }

    /// All rows of a list, page by page as the `Link` header says.
    func all(_ path: String) async -> [[String: Any]] {
        var rows: [[String: Any]] = []
        var page = 1
        while true {
            let reply = await get("\(path)\(path.contains("?") ? "&" : "?")per_page=100&page=\(page)")
            rows += reply.rows
            guard reply.header("Link") != nil else { return rows }
            page += 1
        }
    }

    func dump() async throws -> [String: Any] {
        await get("/_sandbox/dump").object
    }

    static let everything = "tickets?updated_since=1970-01-01T00:00:00Z"
}

struct Reply: @unchecked Sendable {
    let status: Int
    let text: String
    let answer: Answer
    private let json: Any?

    init(_ answer: Answer) {
        self.answer = answer
        status = answer.status
        text = String(decoding: answer.body, as: UTF8.self)
        json = try? JSONSerialization.jsonObject(with: Data(answer.body))
    }

    var rows: [[String: Any]] { json as? [[String: Any]] ?? [] }
    var object: [String: Any] { json as? [String: Any] ?? [:] }
    var results: [[String: Any]] { object["results"] as? [[String: Any]] ?? [] }
    var total: Int? { object["total"] as? Int }
    var ids: [Int] { (rows.isEmpty ? results : rows).compactMap { $0["id"] as? Int } }

    func header(_ name: String) -> String? {
        answer.headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The first entry of a validation error.
    var error: (field: String?, message: String?, code: String?) {
        let first = (object["errors"] as? [[String: Any]])?.first ?? object
        return (first["field"] as? String, first["message"] as? String, first["code"] as? String)
    }
}

extension [String: Any] {
    func text(_ key: String) -> String? { self[key] as? String }
    func int(_ key: String) -> Int? { self[key] as? Int }
    func flag(_ key: String) -> Bool? { self[key] as? Bool }
    func list(_ key: String) -> [[String: Any]] { self[key] as? [[String: Any]] ?? [] }
}
