import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Testing

@testable import Web

@Suite("The API's description")
struct OpenAPITests {
    @Test("names exactly the routes that the router has")
    func routes() async throws {
        try await withAPI { api in
            let document = try await api.stranger.get("/api/openapi.json").json
            let described = Set(
                (document["paths"]?.members ?? []).flatMap { path in
                    (path.value.members ?? []).map { "\($0.name.uppercased()) \(path.name)" }
                })
            let router = Router(context: WebContext.self)
            APIController(site: api.site).addRoutes(to: router)
            WebhookController(site: api.site).addRoutes(to: router)
            HealthController(site: api.site, metrics: Metrics()).addRoutes(to: router)
            #expect(described == Set(router.routes.map { "\($0.method.rawValue) \($0.path)" }))

            // Nothing for programs is served that is not described, and every address of the contract is there.
            let paths = Set((document["paths"]?.members ?? []).map(\.name))
            let served = Set(makeRouter(site: api.site).routes.map(\.path.description))
            #expect(served.filter { $0.hasPrefix("/api") || $0.hasPrefix("/webhooks") }.subtracting(paths).isEmpty)
            #expect(Set(APIRoute.allCases.map(\.pattern)).subtracting(paths).isEmpty)
        }
    }

    @Test("is OpenAPI 3.1, its references lead somewhere, its operation names are unique")
    func wellFormed() async throws {
        try await withAPI { api in
            let reply = try await api.stranger.get("/api/openapi.json")
            #expect(reply.status == 200)
            #expect(reply.json["openapi"] == "3.1.0")
            let schemas = Set((reply.json["components"]?["schemas"]?.members ?? []).map(\.name))
            let references = Set(reply.text.matches(of: /#\/components\/schemas\/([A-Za-z]+)/).map { String($0.1) })
            #expect(references.subtracting(schemas).isEmpty)
            let names = reply.text.matches(of: /"operationId":"([^"]+)"/).map { String($0.1) }
            #expect(names.count == Set(names).count)
            for path in reply.json["paths"]?.members ?? [] {
                for operation in path.value.members ?? [] {
                    #expect(operation.value["responses"]?.members?.isEmpty == false, "\(operation.name) \(path.name)")
                }
            }
        }
    }

    /// Addresses to ask, each with the route it belongs to.
    static let calls: [(HTTPRequest.Method, String, APIRoute, String?)] = [
        (.get, "/api/v1/integrations/freshdesk", .card, nil),
        (.patch, "/api/v1/integrations/freshdesk", .card, #"{"reserve_percent":30,"backfill_days":null}"#),
        (.get, "/api/v1/integrations/freshdesk/runs", .runs, nil),
        (.get, "/api/v1/integrations/freshdesk/runs/1", .run, nil),
        (.post, "/api/v1/integrations/freshdesk/sync", .sync, nil),
        (.post, "/api/v1/integrations/freshdesk/sync", .sync, nil),
        (.post, "/api/v1/integrations/freshdesk/cancel", .cancel, nil),
        (.get, "/api/v1/tickets", .tickets, nil),
        (.get, "/api/v1/tickets/101", .ticket, nil),
        (.get, "/api/v1/tickets/102", .ticket, nil),
        (.get, "/api/v1/tickets/101/conversations", .conversations, nil),
        (.get, "/api/v1/companies", .companies, nil),
        (.get, "/api/v1/contacts", .contacts, nil),
        (.get, "/api/v1/agents", .agents, nil),
        (.get, "/api/v1/groups", .groups, nil),
        (.get, "/api/v1/satisfaction_ratings", .satisfactionRatings, nil),
        (.get, "/api/v1/accounts", .accounts, nil),
        (.post, "/api/v1/accounts", .accounts, #"{"name":"Beta"}"#),
        (.get, "/api/v1/accounts/1", .account, nil),
        (.patch, "/api/v1/accounts/1", .account, #"{"tags":["silver"]}"#),
        (.get, "/api/v1/accounts/1/support", .accountSupport, nil),
        (.get, "/api/v1/accounts/2/support", .accountSupport, nil),
        (.put, "/api/v1/matches/8", .match, #"{"account_id":1}"#),
        (.get, "/api/v1/matches", .matches, nil),
        (.get, "/api/v1/audit", .audit, nil),
        (.get, "/api/v1/tickets/999", .ticket, nil),
        (.get, "/api/v1/tickets?status=nope", .tickets, nil),
        (.post, "/api/v1/larry/ask", .larryAsk, #"{"question":"How many?"}"#),
        (.post, "/api/v1/integrations/freshdesk/preflight", .preflight, "{}"),
        (.post, "/api/v1/integrations/freshdesk/disconnect", .disconnect, nil),
        (.delete, "/api/v1/integrations/freshdesk/data", .syncedData, #"{"confirm":"wrong"}"#),
        (.get, "/api/v1/integrations/freshdesk", .card, nil)
    ]

    @Test("tells the truth about every answer of a seeded site")
    func answers() async throws {
        try await withAPI { api in
            let document = try await api.stranger.get("/api/openapi.json").json
            let check = JSONSchemaCheck(document: document)
            for (method, path, route, body) in Self.calls {
                let reply = try await api.owner.send(method, path, body: body)
                let responses = document["paths"]?[route.pattern]?[method.rawValue.lowercased()]?["responses"]
                let described = try #require(responses?[String(reply.status)], "\(method) \(path): \(reply.status) \(reply.text)")
                let response = described["$ref"] == nil ? described : try #require(document["components"]?["responses"]?["Problem"])
                guard let content = response["content"]?.members?.first else {
                    #expect(reply.text.isEmpty, "\(method) \(path)")
                    continue
                }
                let type = reply.headers[.contentType] ?? ""
                #expect(type.hasPrefix(content.name), "\(method) \(path): \(type)")
                let schema = try #require(content.value["schema"])
                #expect(check.faults(in: reply.json, against: schema) == [], "\(method) \(path)")
            }
        }
    }

    @Test(
        "the check itself finds what does not fit",
        arguments: [
            (#"{"id":1,"name":"a"}"#, 0), (#"{"id":"1","name":"a"}"#, 1), (#"{"id":1}"#, 1), (#"{"id":1,"name":"a","more":1}"#, 1),
            (#"{"id":1,"name":null}"#, 1), ("[]", 1)
        ])
    func check(text: String, faults: Int) throws {
        let value = try #require(JSON(parsing: text.utf8))
        #expect(JSONSchemaCheck(document: .null).faults(in: value, against: Schema.named()).count == faults)
    }
}
