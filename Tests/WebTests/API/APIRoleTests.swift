import Domain
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite("Who may call what")
struct APIRoleTests {
    /// What each role gets on each call; 422, 404 and 409 say that the door was passed.
    static let expected: [String: Permission] = [
        "GET /api/v1/integrations/freshdesk": .look,
        "PATCH /api/v1/integrations/freshdesk": .manageConnection,
        "POST /api/v1/integrations/freshdesk/connect": .manageConnection,
        "POST /api/v1/integrations/freshdesk/preflight": .manageConnection,
        "POST /api/v1/integrations/freshdesk/sync": .manageConnection,
        "POST /api/v1/integrations/freshdesk/cancel": .manageConnection,
        "POST /api/v1/integrations/freshdesk/disconnect": .manageConnection,
        "DELETE /api/v1/integrations/freshdesk/data": .deleteSyncedData,
        "GET /api/v1/integrations/freshdesk/runs": .look,
        "GET /api/v1/integrations/freshdesk/runs/{id}": .look,
        "GET /api/v1/integrations/freshdesk/events": .look,
        "GET /api/v1/tickets": .look,
        "GET /api/v1/tickets/{id}": .look,
        "GET /api/v1/tickets/{id}/conversations": .look,
        "GET /api/v1/companies": .look,
        "GET /api/v1/contacts": .look,
        "GET /api/v1/agents": .look,
        "GET /api/v1/groups": .look,
        "GET /api/v1/satisfaction_ratings": .look,
        "GET /api/v1/accounts": .look,
        "POST /api/v1/accounts": .manageAccounts,
        "GET /api/v1/accounts/{id}": .look,
        "PATCH /api/v1/accounts/{id}": .manageAccounts,
        "DELETE /api/v1/accounts/{id}": .manageAccounts,
        "GET /api/v1/accounts/{id}/support": .look,
        "GET /api/v1/matches": .look,
        "PUT /api/v1/matches/{company_id}": .manageAccounts,
        "POST /api/v1/larry/ask": .look,
        "GET /api/v1/audit": .readAudit
    ]

    @Test("every role on every call")
    func matrix() async throws {
        try await withAPI { api in
            let endpoints = APIController(site: api.site).endpoints
            #expect(Set(endpoints.map { "\($0.method.rawValue) \($0.route.pattern)" }) == Set(Self.expected.keys))
            // The stream never ends by itself here; its door is tried beside its own tests.
            for endpoint in endpoints where endpoint.route != .events {
                let name = "\(endpoint.method.rawValue) \(endpoint.route.pattern)"
                let permission = try #require(Self.expected[name])
                // An id that nothing has, so that one role's call does not spoil the next one's.
                let path = endpoint.route.path(id: 999_999)
                let nobody = try await api.stranger.send(endpoint.method, path, body: "{}")
                #expect(nobody.status == 401, "\(name)")
                #expect(nobody.code == "unauthorized")
                for role in Role.allCases {
                    let reply = try await api.caller(role).send(endpoint.method, path, body: "{}")
                    if role.can(permission) {
                        #expect(![401, 403, 405, 500].contains(reply.status), "\(role) \(name): \(reply.status) \(reply.text)")
                    } else {
                        #expect(reply.status == 403, "\(role) \(name): \(reply.status)")
                        #expect(reply.code == "forbidden")
                    }
                }
            }
        }
    }

    @Test("the stream asks for a viewer, too")
    func stream() async throws {
        try await withAPI { api in
            let reply = try await api.stranger.get("/api/v1/integrations/freshdesk/events")
            #expect(reply.status == 401)
        }
    }

    @Test("a wrong, revoked or oddly sent token is nobody's")
    func tokens() async throws {
        try await withAPI { api in
            let path = "/api/v1/tickets"
            let wrong = APICaller(client: api.client, token: "clynto_wrong")
            let reply = try await wrong.get(path)
            #expect(reply.status == 401 && reply.headers[.wwwAuthenticate] == "Bearer")
            #expect(try await api.stranger.send(.get, path, headers: [.authorization: "Basic eDp5"]).status == 401)
            let tokens = try await api.site.tokens.list(api.workspace.id)
            let mine = try #require(tokens.first { $0.role == .member })
            try await api.site.tokens.revoke(api.workspace.id, id: mine.id, acting: .owner)
            #expect(try await api.member.get(path).status == 401)
        }
    }

    @Test("a session cookie needs its token and its own origin to change something")
    func cookies() async throws {
        try await withAPI { api in
            let person = try await api.site.people.create(email: "olga@northwind.example", name: "Olga", now: apiNow)
            try await api.site.members.add(api.workspace.id, person: person.id, role: .admin, acting: .owner, now: apiNow)
            let token = try await api.site.sessions.create(for: person.id, now: apiNow)
            let session = try #require(try await api.site.sessions.find(token, now: apiNow))
            let cookie = "\(api.site.cookies.sessionName)=\(token.reveal())"
            let csrf = try #require(HTTPField.Name("X-CSRF-Token"))
            let path = "/api/v1/accounts"
            let body = #"{"name":"Beta"}"#
            func post(_ headers: HTTPFields) async throws -> Int {
                var headers = headers
                headers[.cookie] = cookie
                return try await api.stranger.send(.post, path, body: body, headers: headers).status
            }
            #expect(try await api.stranger.send(.get, path, headers: [.cookie: cookie]).status == 200)
            #expect(try await post([:]) == 403)
            #expect(try await post([csrf: "wrong"]) == 403)
            #expect(try await post([csrf: session.csrf, .origin: "https://evil.example"]) == 403)
            #expect(try await post([csrf: session.csrf, .origin: api.site.publicURL]) == 201)
            #expect(try await post([csrf: session.csrf]) == 201)
            let actor = try await api.admin.get("/api/v1/audit").json["data"]?.elements?.first?["actor"]
            #expect(actor == "Olga")
        }
    }
}
