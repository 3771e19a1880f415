import Domain
import Foundation
import Testing

@testable import Web

@Suite("Shapes of the API, letter by letter")
struct APIShapeTests {
    @Test func ticketInFull() async throws {
        try await withAPI { api in
            let reply = try await api.member.get("/api/v1/tickets/101")
            #expect(reply.status == 200)
            #expect(
                reply.text
                    == #"{"id":101,"url":"https://acme.freshdesk.com/a/tickets/101","subject":"Cannot sign in 🔑","status":"open","#
                    + #""status_label":"Open","priority":"urgent","source":"email","type":"Incident","tags":["login","a,b"],"#
                    + #""requester":{"id":31,"name":"Ann","email":"ann@acme.example"},"agent":{"id":21,"name":"Uma"},"#
                    + #""group":{"id":5,"name":"Support"},"company":{"id":7,"name":"Acme"},"#
                    + #""account":{"id":1,"name":"Acme","match":{"layer":"exact_domain","confidence":0.99}},"#
                    + #""created_at":"2026-03-08T12:00:00Z","updated_at":"2026-03-09T12:00:00Z","due_by":"2026-03-09T13:00:00Z","#
                    + #""first_responded_at":"2026-03-08T13:00:00Z","resolved_at":null,"closed_at":null,"is_escalated":true,"#
                    + #""conversation_count":3,"satisfaction":{"rating":103,"label":"Extremely happy","score":1.0,"comment":"Great","#
                    + #""created_at":"2026-03-09T12:00:00Z"},"description_html":"<p>Help</p>","description_text":"Help","#
                    + #""custom_fields":{"cf_big":9007199254740993,"cf_exact":1.1,"cf_level":3,"cf_none":null},"attachments":null}"#)
        }
    }

    @Test func ticketWithLittle() async throws {
        try await withAPI { api in
            let reply = try await api.member.get("/api/v1/tickets?q=question&sort=created&limit=1")
            #expect(
                reply.json["data"]?.elements?.first.map { String(decoding: $0.bytes, as: UTF8.self) }?.contains(#""agent":null"#) == true)
            let ticket = try #require(try await api.member.get("/api/v1/tickets/104").json["status_label"]?.text)
            #expect(ticket == "Waiting on Customer")
            #expect(try await api.member.get("/api/v1/tickets/104").json["status"] == "pending")
        }
    }

    @Test func conversations() async throws {
        try await withAPI { api in
            let reply = try await api.member.get("/api/v1/tickets/101/conversations")
            #expect(reply.ids == [501, 502, 503])
            let first = try #require(reply.json["data"]?.elements?.first)
            #expect(first["author"]?["type"] == "agent")
            #expect(first["author"]?["name"] == "Uma")
            #expect(first["kind"] == "agent_reply")
            #expect(first["attachments"]?.elements?.first?["name"] == "log.txt")
            let html = try #require(first["body_html"]?.text)
            #expect(html.contains("pixel.example") && !html.contains("script"))
            let note = try #require(reply.json["data"]?.elements?.last)
            #expect(note["author"]?["type"] == "unknown" && note["private"] == true)
        }
    }

    @Test func card() async throws {
        try await withAPI { api in
            let admin = try await api.admin.get("/api/v1/integrations/freshdesk")
            #expect(admin.status == 200)
            #expect(
                admin.text.hasPrefix(
                    #"{"state":"connected","subdomain":"acme","error":null,"run":{"id":1,"trigger":"first","state":"succeeded","#
                        + #""started_at":"2026-03-09T12:00:00Z","ended_at":"2026-03-09T12:01:00Z","resumed_from":null,"requests":0,"#
                        + #""rate_limit":{"total":null,"remaining":null,"resumes_at":null},"error":null,"phases":[{"name":"companies","#
                        + #""state":"done","done":0,"expected":0,"added":0,"updated":0,"unchanged":0,"deleted":0,"failed":0,"note":null},"#)
            )
            #expect(
                admin.text.contains(
                    #""last_sync_at":"2026-03-09T12:01:00Z","next_sync_at":"2026-03-10T03:00:00Z","records":{"companies":2,"contacts":2,"#
                        + #""agents":2,"tickets":12,"conversations":3,"satisfaction_ratings":2},"webhook_url":"http://127.0.0.1:8080/webhooks/"#
                ))
            let phases = admin.json["run"]?["phases"]?.elements?.compactMap { $0["name"]?.text }
            #expect(phases == PhaseName.allCases.map(\.rawValue))
            #expect(try await api.member.get("/api/v1/integrations/freshdesk").json["webhook_url"] == .null)
            #expect(
                try await api.other.get("/api/v1/integrations/freshdesk").text
                    == #"{"state":"not_connected","subdomain":null,"error":null,"run":null,"last_sync_at":null,"next_sync_at":null,"#
                    + #""records":{"companies":0,"contacts":0,"agents":0,"tickets":0,"conversations":0,"satisfaction_ratings":0},"#
                    + #""webhook_url":null,"warnings":[]}"#)
        }
    }

    @Test func directory() async throws {
        try await withAPI { api in
            func first(_ path: String) async throws -> String {
                let row = try #require(try await api.member.get("/api/v1/\(path)").json["data"]?.elements?.first)
                return String(decoding: row.bytes, as: UTF8.self)
            }
            // Parsed objects come sorted by name; the values are what counts here.
            #expect(
                try await first("companies")
                    == #"{"account":{"id":1,"match":{"confidence":0.99,"layer":"exact_domain"},"name":"Acme"},"account_tier":"Premium","#
                    + #""created_at":"2026-03-09T12:00:00Z","domains":["acme.example"],"health_score":"Happy","id":7,"industry":"Metal","#
                    + #""name":"Acme","renewal_date":"2026-12-31T00:00:00Z","updated_at":"2026-03-09T12:00:00Z"}"#)
            #expect(
                try await first("contacts")
                    == #"{"account":{"id":1,"match":{"confidence":0.99,"layer":"exact_domain"},"name":"Acme"},"active":true,"#
                    + #""company":{"id":7,"name":"Acme"},"created_at":"2026-03-09T12:00:00Z","email":"ann@acme.example","id":31,"#
                    + #""job_title":"CTO","mobile":"2","name":"Ann","phone":"1","updated_at":"2026-03-09T12:00:00Z"}"#)
            #expect(
                try await first("agents")
                    == #"{"active":true,"email":"uma@northwind.example","group_ids":[5],"id":21,"name":"Uma","occasional":false,"#
                    + #""open_tickets":1}"#)
            #expect(try await first("groups") == #"{"id":5,"name":"Support"}"#)
            #expect(
                try await first("satisfaction_ratings")
                    == #"{"agent":null,"comment":null,"contact":{"id":31,"name":"Ann"},"created_at":"2026-03-09T12:00:00Z","id":901,"#
                    + #""label":"Extremely unhappy","rating":-103,"score":-1,"ticket_id":102}"#)
            let contacts = try await api.member.get("/api/v1/contacts")
            #expect(contacts.ids == [31, APISeed.largeID])
        }
    }

    @Test func accountAndSupport() async throws {
        try await withAPI { api in
            #expect(
                try await api.member.get("/api/v1/accounts/1").text
                    == #"{"id":1,"name":"Acme","domains":["acme.example"],"aliases":["ACME Group"],"external_id":"A-1","#
                    + #""further_external_ids":[],"owner_email":"cs@northwind.example","arr":1200.1,"renewal_date":"2026-12-31","tags":["gold"],"open_tickets":1,"#
                    + #""created_at":"2026-03-09T12:00:00Z","updated_at":"2026-03-09T12:00:00Z"}"#)
            let support = try await api.member.get("/api/v1/accounts/1/support").json
            #expect(support["open"] == 1 && support["unresolved"] == 1)
            #expect(support["open_by_priority"]?["urgent"] == 1)
            #expect(support["oldest_open"]?["id"] == 101)
            #expect(support["weekly"]?.elements?.count == 13)
            #expect(support["first_response_median_seconds"] == 3600)
            #expect(support["resolution_median_seconds"] == .null)
            #expect(support["satisfaction"]?["count"] == 1)
            #expect(support["agents"]?.elements?.first?["agent"]?["name"] == "Uma")
        }
    }

    @Test("writes JSON that any parser reads", arguments: ["", "\"\\/\u{8}\u{c}\n\r\t", "\u{0}\u{1F}\u{7F}", "é 🔑 \u{2028}", "</script>"])
    func escaping(text: String) throws {
        let value: JSON = ["text": .string(text)]
        let bytes = value.bytes
        #expect(!bytes.contains { $0 < 0x20 })
        #expect(try JSONDecoder().decode([String: String].self, from: Data(bytes)) == ["text": text])
        #expect(JSON(parsing: bytes) == value)
    }

    @Test func numbersStayExact() throws {
        let text = #"[9223372036854775807,-9007199254740993,1200.10,true,null,"1"]"#
        #expect(
            JSON(parsing: text.utf8)
                == [.integer(.max), -9_007_199_254_740_993, .decimal(Decimal(string: "1200.1") ?? 0), true, .null, "1"])
        #expect(JSON.double(.nan).bytes == Array("null".utf8))
        #expect(JSON(parsing: #"{"a":}"#.utf8) == nil)
        #expect(JSON(parsing: String(repeating: "[", count: 5_000).utf8) == nil)
    }
}
