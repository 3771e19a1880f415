import Domain
import HTTPTypes

/// The OpenAPI 3.1 description, made from the endpoints themselves and a few machines' addresses beside them.
struct OpenAPIDocument: Sendable {
    var endpoints: [APIEndpoint]
    var publicURL: String
    /// Name of the cookie that a signed-in browser sends.
    var sessionCookie: String

    var json: JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Clynto", "version": "1",
                "description": """
                A customer-success workspace beside Freshdesk. Times are RFC 3339 in UTC; ids are 64-bit numbers and may be sent as texts; \
                a list's next page is at its `next` cursor and in the `Link` header. A call with the session cookie also needs the header \
                `X-CSRF-Token`.
                """
            ],
            "servers": [["url": .string(publicURL)]],
            "paths": paths,
            "components": [
                "schemas": schemas,
                "responses": ["Problem": problem],
                "securitySchemes": [
                    "token": ["type": "http", "scheme": "bearer"],
                    "session": ["type": "apiKey", "in": "cookie", "name": .string(sessionCookie)]
                ]
            ],
            "security": [["token": []], ["session": []]]
        ]
    }

    private var schemas: JSON {
        .object(
            ShapeSchemas.all.map { .init(name: $0.key, value: $0.value) }
                + ShapeSchemas.listed.map { .init(name: "\($0)List", value: ShapeSchemas.list(of: $0)) })
    }

    private var problem: JSON {
        [
            "description": "What went wrong, as RFC 9457 says it",
            "content": ["application/problem+json": ["schema": Schema.ref("Problem")]]
        ]
    }

    // MARK: Paths

    /// One entry a path, its methods in the order of the endpoints.
    private var paths: JSON {
        var paths: [JSON.Member] = []
        func add(_ path: String, _ method: String, _ operation: JSON) {
            let member = JSON.Member(name: method, value: operation)
            if let index = paths.firstIndex(where: { $0.name == path }) {
                paths[index].value = paths[index].value.adding([method: operation])
            } else {
                paths.append(.init(name: path, value: .object([member])))
            }
        }
        for endpoint in endpoints { add(endpoint.route.pattern, endpoint.method.rawValue.lowercased(), Self.operation(endpoint)) }
        for machine in MachineOperations.all { add(machine.path, machine.method, machine.operation) }
        return .object(paths)
    }

    private static func operation(_ endpoint: APIEndpoint) -> JSON {
        let description = endpoint.description
        var members: [JSON.Member] = [
            .init(name: "operationId", value: .string("\(endpoint.method.rawValue.lowercased())_\(endpoint.route)")),
            .init(name: "summary", value: .string(description.summary)),
            .init(name: "x-role", value: .string(endpoint.leastRole.rawValue))
        ]
        let parameters = pathParameters(endpoint.route) + description.query.map(queryParameter)
        if !parameters.isEmpty { members.append(.init(name: "parameters", value: .array(parameters))) }
        if let body = description.body {
            members.append(.init(name: "requestBody", value: ["required": true, "content": ["application/json": ["schema": body]]]))
        }
        members.append(.init(name: "responses", value: responses(description)))
        return .object(members)
    }

    private static func pathParameters(_ route: APIRoute) -> [JSON] {
        route.parameterNames.map { ["name": .string($0), "in": "path", "required": true, "schema": Schema.id] }
    }

    private static func queryParameter(_ parameter: APIDescription.Parameter) -> JSON {
        ["name": .string(parameter.name), "in": "query", "description": .string(parameter.text), "schema": parameter.schema]
    }

    private static func responses(_ description: APIDescription) -> JSON {
        var members = description.answers.map { answer in
            let content: KeyValuePairs<String, JSON> =
                answer.schema.map {
                    ["description": .string(answer.text), "content": .object([.init(name: answer.contentType, value: ["schema": $0])])]
                }
                ?? ["description": .string(answer.text)]
            return JSON.Member(name: String(answer.status), value: JSON.object([]).adding(content))
        }
        let readsInput = description.body != nil || !description.query.isEmpty
        let isLater = description.answers.isEmpty
        let problems = Set(description.problems + [401, 403, 500] + (readsInput ? [422] : []) + (isLater ? [501] : []))
        members += problems.sorted().map { .init(name: String($0), value: ["$ref": "#/components/responses/Problem"]) }
        return .object(members)
    }
}

extension APIRoute {
    /// What stands in the braces of the path.
    var parameterNames: [String] {
        pattern.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }.map { String($0.dropFirst().dropLast()) }
    }
}
