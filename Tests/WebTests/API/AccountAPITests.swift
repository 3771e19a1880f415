import Domain
import Foundation
import HTTPTypes
import Testing

@testable import Web

@Suite("Accounts and matches through the API")
struct AccountAPITests {
    @Test("a new account takes its companies, contacts and tickets at once")
    func create() async throws {
        try await withAPI { api in
            let reply = try await api.admin.send(
                .post, "/api/v1/accounts",
                body: #"{"name":" Nobody Ltd ","domains":["nobody.example","nobody.example",""],"arr":"99.50","renewal_date":"2026-05-01"}"#
            )
            #expect(reply.status == 201)
            #expect(reply.headers[.location] == "/api/v1/accounts/2")
            #expect(reply.json["name"] == "Nobody Ltd" && reply.json["domains"] == ["nobody.example"])
            #expect(reply.text.contains(#""arr":99.5,"renewal_date":"2026-05-01""#))
            #expect(try await api.member.get("/api/v1/tickets?account=2").ids.count == 11)
            let company = try await api.member.get("/api/v1/matches?state=matched").json["data"]?.elements?.last
            #expect(company?["company_id"] == 8 && company?["layer"] == "exact_domain")
            let entry = try await api.owner.get("/api/v1/audit").json["data"]?.elements?.first
            #expect(entry?["action"] == "account.create" && entry?["actor"] == "token admin" && entry?["subject"] == "account 2")
        }
    }

    @Test("PATCH changes what was sent and nothing else; null clears")
    func update() async throws {
        try await withAPI { api in
            let before = try await api.member.get("/api/v1/accounts/1").text
            let tags = try await api.admin.send(.patch, "/api/v1/accounts/1", body: #"{"tags":["silver"]}"#)
            #expect(tags.status == 200)
            #expect(tags.text == before.replacing(#""tags":["gold"]"#, with: #""tags":["silver"]"#))
            let cleared = try await api.admin.send(
                .patch, "/api/v1/accounts/1",
                body: #"{"arr":null,"renewal_date":null,"owner_email":null,"external_id":null,"aliases":null}"#)
            #expect(cleared.json["arr"] == .null && cleared.json["renewal_date"] == .null && cleared.json["aliases"] == [])
            #expect(cleared.json["domains"] == ["acme.example"])
            // Without its domain and its name the account loses its tickets.
            #expect(try await api.admin.send(.patch, "/api/v1/accounts/1", body: #"{"domains":[],"name":"Somebody else"}"#).status == 200)
            #expect(try await api.member.get("/api/v1/tickets?account=1").ids.isEmpty)
        }
    }

    @Test func delete() async throws {
        try await withAPI { api in
            let reply = try await api.admin.send(.delete, "/api/v1/accounts/1")
            #expect(reply.status == 204 && reply.text.isEmpty)
            #expect(try await api.member.get("/api/v1/accounts/1").status == 404)
            #expect(try await api.member.get("/api/v1/tickets/101").json["account"] == .null)
            #expect(try await api.admin.send(.delete, "/api/v1/accounts/1").status == 404)
        }
    }

    static let badBodiesTable: [(String, Int, [String])] = [
        (#"{"name":"","colour":"red"}"#, 422, ["colour", "name"]),
        (#"{"name":7}"#, 422, ["name"]), (#"{}"#, 422, ["name"]), (#"{"name":null}"#, 422, ["name"]),
        (#"{"name":"B","domains":"b.example"}"#, 422, ["domains"]), (#"{"name":"B","domains":[1]}"#, 422, ["domains"]),
        (#"{"name":"B","arr":"1,5"}"#, 422, ["arr"]), (#"{"name":"B","arr":-1}"#, 422, ["arr"]),
        (#"{"name":"B","arr":true}"#, 422, ["arr"]),
        (#"{"name":"B","renewal_date":"2026-02-30"}"#, 422, ["renewal_date"]),
        (#"{"name":"B","owner_email":"nobody"}"#, 422, ["owner_email"]),
        (#"{"name":"B","external_id":"A-1"}"#, 409, ["external_id"]),
        ("{", 422, []), ("", 422, []), ("[]", 422, []), ("name=B", 422, []), ("\"name\"", 422, [])
    ]

    @Test("bad bodies are refused by field", arguments: badBodiesTable)
    func badBodies(body: String, status: Int, fields: [String]) async throws {
        try await withAPI { api in
            let reply = try await api.admin.send(.post, "/api/v1/accounts", body: body)
            #expect(reply.status == status, "\(reply.text)")
            #expect(Set(reply.faults) == Set(fields))
            #expect(try await api.member.get("/api/v1/accounts").ids == [1])
        }
    }

    @Test func tooLargeABody() async throws {
        try await withAPI { api in
            let body = "{\"name\":\"\(String(repeating: "x", count: APICall.longestBody))\"}"
            let reply = try await api.admin.send(.post, "/api/v1/accounts", body: body)
            #expect(reply.status == 413 && reply.code == "too_large")
        }
    }

    // MARK: Matches

    @Test("a person's decision attaches the company, survives a new matching, and can be taken back")
    func decisions() async throws {
        try await withAPI { api in
            func put(_ company: Int, _ body: String) async throws -> Reply {
                try await api.admin.send(.put, "/api/v1/matches/\(company)", body: body)
            }
            // Any write of accounts matches everything anew.
            func rematch() async throws {
                #expect(try await api.admin.send(.patch, "/api/v1/accounts/1", body: #"{"tags":[]}"#).status == 200)
            }
            let attached = try await put(8, #"{"account_id":"1"}"#)
            #expect(attached.status == 200)
            #expect(attached.json["state"] == "matched" && attached.json["layer"] == "manual" && attached.json["confidence"] == 1)
            #expect(attached.json["decided_by"] == JSON(parsing: #"{"name":"token admin","at":"2026-03-09T12:00:00Z"}"#.utf8))
            #expect(attached.json["tickets"] == 11)
            try await rematch()
            #expect(try await api.member.get("/api/v1/tickets?account=1").ids.count == 12)
            #expect(try await api.member.get("/api/v1/tickets/102").json["account"]?["match"]?["layer"] == "manual")
            #expect(try await api.member.get("/api/v1/accounts/1").json["domains"] == ["acme.example"])

            let detached = try await put(7, #"{"account_id":null}"#)
            #expect(detached.json["state"] == "unmatched" && detached.json["layer"] == "manual")
            try await rematch()
            #expect(try await api.member.get("/api/v1/tickets/101").json["account"] == .null)

            let ignored = try await put(7, #"{"account_id":null,"ignore":true}"#)
            #expect(ignored.json["state"] == "ignored" && ignored.json["account"] == .null)
            try await rematch()
            let list = try await api.member.get("/api/v1/matches?state=ignored").json["data"]?.elements
            #expect(list?.count == 1 && list?.first?["company_id"] == 7 && list?.first?["decided_by"]?["name"] == "token admin")

            let given = try await put(7, #"{"account_id":null,"ignore":false}"#)
            #expect(given.json["state"] == "matched" && given.json["layer"] == "exact_domain" && given.json["decided_by"] == .null)
            #expect(try await api.member.get("/api/v1/tickets/101").json["account"]?["id"] == 1)
        }
    }

    static let oddDecisionsTable: [(String, Int, [String])] = [
        ("{}", 422, ["account_id"]), (#"{"account_id":99}"#, 422, ["account_id"]), (#"{"account_id":true}"#, 422, ["account_id"]),
        (#"{"account_id":1,"ignore":true}"#, 422, ["ignore"]), (#"{"account_id":1,"ignore":"yes"}"#, 422, ["ignore"]),
        (#"{"account_id":1,"why":"so"}"#, 422, ["why"])
    ]

    @Test("odd decisions", arguments: oddDecisionsTable)
    func oddDecisions(body: String, status: Int, fields: [String]) async throws {
        try await withAPI { api in
            let reply = try await api.admin.send(.put, "/api/v1/matches/8", body: body)
            #expect(reply.status == status && reply.faults == fields, "\(reply.text)")
        }
    }

    @Test("companies that several accounts fit come with their candidates")
    func candidates() async throws {
        try await withAPI { api in
            for name in ["North", "South"] {
                let body = "{\"name\":\"\(name)\",\"domains\":[\"nobody.example\"]}"
                let made = try await api.admin.send(.post, "/api/v1/accounts", body: body)
                #expect(made.status == 201)
            }
            let review = try await api.member.get("/api/v1/matches?state=review").json["data"]?.elements ?? []
            let match = try #require(review.first)
            #expect(review.count == 1 && match["company_id"] == 8 && match["account"] == .null && match["layer"] == .null)
            #expect(match["candidates"]?.elements?.compactMap { $0["account"]?["name"]?.text } == ["North", "South"])
            #expect(match["evidence"]?.elements?.isEmpty == false && match["decided_by"] == .null)
        }
    }
}
