import Testing

@testable import Sandbox

@Suite struct ErrorTests {
    let desk = Desk(tickets: 40, companies: 5)

    @Test func wrongKey() async {
        let reply = await desk.get("agents/me", key: "wrong")
        #expect(reply.status == 401)
        #expect(reply.text == "{\"code\":\"invalid_credentials\",\"message\":\"You have to be logged in to perform this action.\"}")
        #expect(reply.header("X-RateLimit-Remaining") != nil)
    }

    @Test func withoutRights() async throws {
        try await desk.control("faults", "{\"set\": [\"agents_403\"]}")
        for path in ["agents", "groups", "products", "account", "roles"] {
            let reply = await desk.get(path)
            #expect(reply.status == 403)
            #expect(reply.text == "{\"code\":\"access_denied\",\"message\":\"You are not authorized to perform this action.\"}")
        }
        for path in ["agents/me", "ticket_fields", "companies", "contacts", "tickets"] { #expect(await desk.get(path).status == 200) }
    }

    @Test func surveysOutsideThePlan() async throws {
        try await desk.control("faults", "{\"set\": [\"csat_403\"]}")
        for path in ["surveys", "surveys/satisfaction_ratings", "tickets/20/satisfaction_ratings"] {
            let reply = await desk.get(path)
            #expect(reply.status == 403)
            #expect(reply.error.code == "require_feature")
            #expect(
                reply.error.message == "The Surveys feature(s) is/are not supported in your plan. Please upgrade your account to use it.")
        }
    }

    @Test(arguments: [
        "tickets/99999", "tickets/x", "companies/1", "contacts/1", "agents/1", "groups/1", "nothing", "tickets/20/notes",
        "tickets/20/conversations/1"
    ])
    func missing(path: String) async {
        let reply = await desk.get(path)
        #expect(reply.status == 404)
        #expect(reply.text.isEmpty)
    }

    @Test(arguments: ["/api/v2//tickets", "//api/v2/tickets", "/api//v2/tickets", "/demo//api/v2/tickets"])
    func doubleSlash(path: String) async {
        let reply = await desk.get(path)
        #expect(reply.status == 400)
        #expect(
            reply.text
                == "{\"description\":\"Validation failed\",\"errors\":[{\"field\":\"ticket\","
                + "\"message\":\"Unexpected/invalid field in request\",\"code\":\"invalid_field\"}]}"
        )
    }

    @Test(arguments: ["/other/api/v2/agents/me", "/", "/tickets"])
    func wrongPortal(path: String) async {
        let reply = await desk.get(path)
        #expect(reply.status == 404)
        #expect(reply.header("X-RateLimit-Total") == nil)
    }

    @Test func hostsAndPaths() async {
        #expect(await desk.get("/demo/api/v2/agents/me").status == 200)
        #expect(await desk.get("agents/me", host: "demo.freshdesk.com").status == 200)
        #expect(await desk.get("agents/me", host: "other.freshdesk.com").status == 404)
        #expect(await desk.get("/api/v1/agents/me").status == 404)
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "PATCH", "HEAD"])
    func onlyGet(method: String) async {
        let reply = await desk.send(method, "tickets")
        #expect(reply.status == 405)
        let stats = await desk.get("/_sandbox/stats").object
        #expect(stats.int("writes") == 1)
        #expect((stats["methods"] as? [String: Int])?[method] == 1)
    }

    @Test(arguments: [
        ("application/json", 200), ("*/*", 200), ("application/json, text/plain", 200), ("text/html", 406), ("application/xml", 406)
    ])
    func accepted(type: String, status: Int) async {
        #expect(await desk.get("agents/me", accept: type).status == status)
    }

    @Test func headersOfEveryAnswer() async {
        for path in ["agents/me", "nothing", "tickets?x=1"] {
            let reply = await desk.get(path)
            for name in [
                "X-RateLimit-Total", "X-RateLimit-Remaining", "X-RateLimit-Used-CurrentRequest", "X-Freshdesk-Api-Version", "X-Request-Id"
            ] {
                #expect(reply.header(name) != nil)
            }
        }
        let totals = await [desk.get("agents/me"), desk.get("agents/me"), desk.get("agents/me")].compactMap {
            $0.header("X-RateLimit-Total")
        }
        #expect(totals.contains { $0.hasSuffix(".0") })
        #expect(totals.contains { !$0.contains(".") })
    }

    @Test func aControlRequestSaysWhatIsWrong() async {
        for (name, body) in [
            ("nonsense", "{}"), ("reply", "{}"), ("reply", "{\"ticket_id\": 9999}"), ("events", "{}"), ("status", "not json")
        ] {
            let reply = await desk.send("POST", "/_sandbox/\(name)", body: body)
            #expect(reply.status == 400)
            #expect(reply.object.text("error")?.isEmpty == false)
        }
    }
}
