import Domain
import Foundation
import HTTPTypes
import Testing

@testable import Web

@Suite("Lists of the API")
struct APIListTests {
    static let ticketSorts = [
        "", "updated", "-updated", "created", "-created", "priority", "-priority", "due", "-due", "waiting", "-waiting"
    ]

    @Test("a walk meets every ticket once, in every order and page size", arguments: ticketSorts, [1, 5, 12])
    func ticketWalk(sort: String, limit: Int) async throws {
        try await withAPI { api in
            var (seen, path): ([Int64], String?) = ([], "/api/v1/tickets?limit=\(limit)&sort=\(sort)")
            var pages = 0
            while let current = path {
                let reply = try await api.member.get(current)
                #expect(reply.status == 200)
                #expect(reply.json["total"] == ["count": 12, "exact": true])
                seen += reply.ids
                path = try nextPath(reply)
                pages += 1
                try #require(pages <= 13)
            }
            #expect(Set(seen) == Set((101...112).map(Int64.init)))
            #expect(seen.count == 12)
        }
    }

    @Test(
        "the next page's address leads on from every list",
        arguments: [
            ("companies", [7, 8]), ("contacts", [31, APISeed.largeID]), ("agents", [21, 22]), ("satisfaction_ratings", [901, 900]),
            ("tickets/101/conversations", [501, 502, 503])
        ])
    func walk(list: String, ids: [Int64]) async throws {
        try await withAPI { api in
            var (seen, path): ([Int64], String?) = ([], "/api/v1/\(list)?limit=1")
            while let current = path, seen.count <= ids.count {
                let reply = try await api.member.get(current)
                #expect(reply.json["total"]?["count"] == .integer(Int64(ids.count)))
                seen += reply.ids
                path = try nextPath(reply)
            }
            #expect(seen == ids)
        }
    }

    @Test func accountsRunsMatchesAndAuditWalk() async throws {
        try await withAPI { api in
            for number in 1...4 {
                #expect(try await api.admin.send(.post, "/api/v1/accounts", body: "{\"name\":\"Beta \(number)\"}").status == 201)
            }
            var (names, path): ([String], String?) = ([], "/api/v1/accounts?limit=2")
            while let current = path, names.count <= 5 {
                let reply = try await api.member.get(current)
                names += reply.json["data"]?.elements?.compactMap { $0["name"]?.text } ?? []
                path = try nextPath(reply)
            }
            #expect(names == ["Acme", "Beta 1", "Beta 2", "Beta 3", "Beta 4"])
            #expect(try await api.member.get("/api/v1/accounts?q=beta%203").ids.count == 1)

            let audit = try await api.owner.get("/api/v1/audit?limit=3")
            let older = try await api.owner.get(try #require(try nextPath(audit)))
            #expect(audit.ids.count == 3 && older.ids.count == 1 && audit.ids.last ?? 0 > older.ids.first ?? 0)

            let matches = try await api.member.get("/api/v1/matches?limit=1")
            #expect(matches.json["data"]?.elements?.first?["company_id"] == 7)
            #expect(try await api.member.get("/api/v1/integrations/freshdesk/runs").ids == [1])
        }
    }

    /// A query and the ids it finds; nil for all twelve.
    static let filtersTable: [(String, [Int64]?)] = [
        ("", nil), ("status=open", [101, 105, 109]), ("status=!open,pending", [103, 107, 111]), ("priority=urgent", [101, 105, 109]),
        ("account=1", [101]), ("account=none&limit=2&sort=created", [102, 103]), ("agent=21", [101]),
        ("agent=!21&limit=1&sort=created", [102]), ("company=7", [101]), ("requester=9007199254740993&limit=1&sort=created", [102]),
        ("type=Incident", [101]), ("tag=a%5C,b", [101]), ("match=matched", [101]), ("csat=positive", [101]), ("csat=negative", [102]),
        ("q=sign%20in", [101]), ("q=thanks", [101]), ("updated=..2026-03-09T09:00:00Z&sort=created", [112]), ("created=2027-01-01..", [])
    ]

    @Test("filters", arguments: filtersTable)
    func filters(query: String, ids: [Int64]?) async throws {
        try await withAPI { api in
            let reply = try await api.member.get("/api/v1/tickets?\(query)")
            #expect(reply.status == 200, "\(reply.text)")
            if let ids { #expect(reply.ids.sorted() == ids) } else { #expect(reply.ids.count == 12) }
        }
    }

    static let unreadable: [(String, [String])] = [
        ("tickets?status=nope", ["status"]), ("tickets?colour=red&limit=0", ["colour", "limit"]), ("tickets?limit=201", ["limit"]),
        ("tickets?cursor=x", ["cursor"]), ("tickets?agent=x&agent=y", ["agent", "agent"]), ("tickets?created=yesterday", ["created"]),
        ("companies?limit=many", ["limit"]), ("companies?cursor=x", ["cursor"]), ("companies?page=2", ["page"]),
        ("contacts?limit=1&limit=2", ["limit"]), ("agents?cursor=-1", ["cursor"]), ("groups?q=x", ["q"]),
        ("satisfaction_ratings?cursor=0", ["cursor"]), ("accounts?cursor=x", ["cursor"]), ("matches?state=lost", ["state"]),
        ("tickets/101/conversations?cursor=5", ["cursor"]), ("integrations/freshdesk/runs?cursor=x", ["cursor"]),
        ("audit?cursor=x", ["cursor"])
    ]

    @Test("what cannot be read is refused by name", arguments: unreadable)
    func faults(path: String, fields: [String]) async throws {
        try await withAPI { api in
            let reply = try await api.owner.get("/api/v1/\(path)")
            #expect(reply.status == 422)
            #expect(reply.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            #expect(reply.json["request_id"]?.text?.isEmpty == false)
            #expect(reply.faults.sorted() == fields)
        }
    }

    @Test("a cursor of other filters is refused")
    func foreignCursor() async throws {
        try await withAPI { api in
            let cursor = try #require(try await api.member.get("/api/v1/tickets?limit=1").json["next"]?.text)
            let reply = try await api.member.get("/api/v1/tickets?limit=1&status=open&cursor=\(cursor)")
            #expect(reply.status == 422 && reply.faults == ["cursor"])
        }
    }

    @Test(
        "a workspace never sees another's rows",
        arguments: [
            "tickets/101", "tickets/101/conversations", "accounts/1", "accounts/1/support", "integrations/freshdesk/runs/1"
        ])
    func isolation(path: String) async throws {
        try await withAPI { api in
            let (own, foreign) = (try await api.member.get("/api/v1/\(path)"), try await api.other.get("/api/v1/\(path)"))
            #expect(own.status == 200)
            #expect(foreign.status == 404)
        }
    }

    @Test("nor its lists, nor may it change them")
    func isolationOfWrites() async throws {
        try await withAPI { api in
            let lists = ["tickets", "companies", "contacts", "agents", "groups", "satisfaction_ratings", "accounts", "matches", "audit"]
            for list in lists + ["integrations/freshdesk/runs"] {
                let reply = try await api.other.get("/api/v1/\(list)")
                #expect(reply.ids.isEmpty && reply.json["total"]?["count"] == 0, "\(list)")
                #expect(reply.json["data"]?.elements?.isEmpty == true, "\(list)")
            }
            #expect(try await api.other.send(.patch, "/api/v1/accounts/1", body: #"{"name":"Mine"}"#).status == 404)
            #expect(try await api.other.send(.delete, "/api/v1/accounts/1").status == 404)
            #expect(try await api.other.send(.put, "/api/v1/matches/7", body: #"{"account_id":null}"#).status == 404)
            #expect(try await api.member.get("/api/v1/accounts/1").json["name"] == "Acme")
        }
    }

    @Test("odd ids are not found", arguments: ["tickets/abc", "tickets/0", "tickets/-1", "tickets/99999999999999999999", "accounts/1.5"])
    func oddIDs(path: String) async throws {
        try await withAPI { api in
            let reply = try await api.member.get("/api/v1/\(path)")
            #expect(reply.status == 404 && reply.code == "not_found")
        }
    }

    /// The path in the `Link` header, which must agree with the body's `next`.
    private func nextPath(_ reply: Reply) throws -> String? {
        let name = try #require(HTTPField.Name("Link"))
        guard let next = reply.json["next"]?.text else {
            #expect(reply.headers[name] == nil)
            return nil
        }
        let link = try #require(reply.headers[name])
        let path = try #require(link.firstMatch(of: /^<http:\/\/127\.0\.0\.1:8080(\/[^>]+)>; rel="next"$/)?.1)
        #expect(path.contains("cursor=\(next)"))
        return String(path)
    }
}
