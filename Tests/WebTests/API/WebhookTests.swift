import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("Webhook intake")
struct WebhookTests {
    /// What is sent, and the ticket in it.
    static let bodiesTable: [(String, Int64?)] = [
        (#"{"ticket_id": 101}"#, 101), (#"{"ticket_id": "101"}"#, 101), (#"{"ticket_id": " 101 "}"#, 101),
        (#"{"freshdesk_webhook":{"ticket_id":11,"ticket_subject":"x"}}"#, 11), (#"{"freshdesk_webhook":{"ticket_id":"12"}}"#, 12),
        (#"{"ticket_id":9007199254740993}"#, 9_007_199_254_740_993), (#"{"ticket_id":"9223372036854775807"}"#, .max),
        ("ticket_id=101&ticket_subject=a%26b", 101), ("a=b&freshdesk_webhook%5Bticket_id%5D=7", 7), ("ticket_id=+5+", 5),
        (#"{"ticket_id":0}"#, nil), (#"{"ticket_id":-1}"#, nil), (#"{"ticket_id":1.5}"#, nil), (#"{"ticket_id":null}"#, nil),
        (#"{"ticket_id":"{{ticket.id}}"}"#, nil), (#"{"ticket_id":9223372036854775808}"#, nil), (#"{"ticket_id":[101]}"#, nil),
        ("{}", nil), ("[]", nil), ("", nil), ("hello", nil), ("ticket_id=", nil), ("\u{0}", nil)
    ]

    @Test("bodies", arguments: bodiesTable)
    func bodies(text: String, ticket: Int64?) {
        #expect(WebhookBody.ticket(in: Array(text.utf8)) == ticket.map { ID($0) })
    }

    @Test("the key in the path, in a header, or as the Basic password")
    func keys() async throws {
        try await withAPI { api in
            let key = api.webhookKey.reveal()
            let body = #"{"ticket_id":101}"#
            func post(_ path: String, _ headers: HTTPFields = [:], _ body: String = body) async throws -> Reply {
                try await api.stranger.send(.post, path, body: body, headers: headers)
            }
            let name = try #require(HTTPField.Name("X-Clynto-Key"))
            func basic(_ pair: String) -> HTTPFields { [.authorization: "Basic \(Data(pair.utf8).base64EncodedString())"] }
            #expect(try await post("/webhooks/freshdesk/\(key)").status == 202)
            #expect(try await post("/webhooks/freshdesk/\(key)", [.contentType: "image/png"]).status == 202)
            #expect(try await post("/webhooks/freshdesk", [name: key]).status == 202)
            #expect(try await post("/webhooks/freshdesk", basic("anybody:\(key)")).status == 202)
            #expect(try await post("/webhooks/freshdesk", [:], "").status == 404)
            for (path, headers): (String, HTTPFields) in [
                ("/webhooks/freshdesk/wrong", [:]), ("/webhooks/freshdesk", [:]), ("/webhooks/freshdesk", [name: "wrong"]),
                ("/webhooks/freshdesk", basic("\(key):")), ("/webhooks/freshdesk", basic("x")),
                ("/webhooks/freshdesk/\(key.lowercased())x", [:])
            ] {
                let reply = try await post(path, headers)
                #expect(reply.status == 404 && reply.code == "unknown_key", "\(path)")
            }
            let none = try await post("/webhooks/freshdesk/\(key)", [:], "{}")
            #expect(none.status == 400)
            #expect(none.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            let large = #"{"ticket_id":101,"x":"\#(String(repeating: "x", count: 64 * 1024))"}"#
            #expect(try await post("/webhooks/freshdesk/\(key)", [:], large).status == 413)
            for method in [HTTPRequest.Method.get, .put, .patch, .delete] {
                let reply = try await api.stranger.send(method, "/webhooks/freshdesk/\(key)")
                #expect(reply.status == 405 && reply.headers[.allow] == "POST", "\(method)")
                #expect(try await api.stranger.send(method, "/webhooks/freshdesk").status == 405)
            }
        }
    }

    @Test("a burst is one event")
    func bursts() async throws {
        try await withAPI { api in
            let store = EventStore(database: api.site.database)
            for _ in 1...5 {
                let reply = try await api.stranger.send(
                    .post, "/webhooks/freshdesk/\(api.webhookKey.reveal())", body: #"{"ticket_id":101}"#)
                #expect(reply.status == 202)
            }
            #expect(try await store.backlog() == 1)
        }
    }

    @Test("a disconnected portal's events are accepted and forgotten")
    func disconnected() async throws {
        try await withAPI { api in
            try await api.site.connections.disconnect(api.workspace.id, now: apiNow)
            let reply = try await api.stranger.send(
                .post, "/webhooks/freshdesk/\(api.webhookKey.reveal())", body: #"{"ticket_id":101}"#)
            #expect(reply.status == 202)
            #expect(try await EventStore(database: api.site.database).backlog() == 0)
        }
    }
}
