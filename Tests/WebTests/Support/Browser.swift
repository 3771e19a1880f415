import Domain
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Synchronization
import Testing

@testable import Web

/// One visitor: keeps cookies, sends forms with their token, follows nothing by itself.
final class Browser: Sendable {
    let client: any TestClientProtocol
    /// What the browser says it is looking at.
    let origin: String
    let person: Person?
    let cookies = Jar()
    let csrf = Jar()

    init(client: any TestClientProtocol, origin: String, person: Person?) {
        self.client = client
        self.origin = origin
        self.person = person
    }

    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Answer {
        try await send(.get, path, headers: headers, body: nil)
    }

    func get(_ route: Route) async throws -> Answer { try await get(route.path) }

    /// Sends a form as a browser does: with its token and the page's origin.
    func post(_ route: Route, _ fields: KeyValuePairs<String, String> = [:]) async throws -> Answer {
        try await post(route.path, fields)
    }

    func post(_ path: String, _ fields: KeyValuePairs<String, String> = [:], token: String? = nil, origin: String? = nil) async throws
        -> Answer
    {
        var items = fields.map { ($0.key, $0.value) }
        if let token = token ?? csrf.get("") { items.append(("csrf_token", token)) }
        let body = items.map { "\($0.0.encodedForQuery)=\($0.1.encodedForQuery)" }.joined(separator: "&")
        return try await send(
            .post, path, headers: [.contentType: "application/x-www-form-urlencoded", .origin: origin ?? self.origin], body: body)
    }

    /// Sends a form with a file.
    func upload(_ route: Route, field: String, file: String, _ fields: KeyValuePairs<String, String> = [:]) async throws -> Answer {
        let boundary = "----WebKitFormBoundaryx8jO2oVc6SWP3Sad"
        var body = ""
        for (name, value) in fields.map({ ($0.key, $0.value) }) + [("csrf_token", csrf.get("") ?? "")] {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(field)\"; filename=\"accounts.csv\"\r\n"
        body += "Content-Type: text/csv\r\n\r\n\(file)\r\n--\(boundary)--\r\n"
        return try await send(
            .post, route.path, headers: [.contentType: "multipart/form-data; boundary=\(boundary)", .origin: origin], body: body)
    }

    func send(_ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: String?) async throws -> Answer {
        var headers = headers
        let jar = cookies.all
        if !jar.isEmpty { headers[.cookie] = jar.map { "\($0.key)=\($0.value)" }.joined(separator: "; ") }
        let response = try await client.executeRequest(
            uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        for text in response.headers[values: .setCookie] {
            let pair = text.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            cookies.set(pair[0], text.contains("Max-Age=0") ? nil : pair[1])
        }
        return Answer(response: response)
    }

    /// A few named texts.
    final class Jar: Sendable {
        private let texts = Mutex<[String: String]>([:])

        var all: [String: String] { texts.withLock { $0 } }
        func get(_ name: String) -> String? { texts.withLock { $0[name] } }
        func set(_ name: String, _ text: String?) { texts.withLock { $0[name] = text } }
    }
}

/// What came back.
struct Answer {
    let response: TestResponse

    var status: Int { response.status.code }
    var text: String { String(buffer: response.body) }
    var headers: HTTPFields { response.headers }
    var location: String? { headers[.location] }

    /// The value of the first hidden field of this name.
    func hidden(_ name: String) -> String? {
        guard let start = text.range(of: "name=\"\(name)\" value=\"") else { return nil }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }
}
