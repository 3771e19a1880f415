/// Addresses outside the versioned API that machines use: the description itself, webhooks, health.
enum MachineOperations {
    struct Entry: Sendable {
        var path: String
        var method: String
        var operation: JSON
    }

    static var all: [Entry] {
        [
            Entry(
                path: APIRoute.openAPI.pattern, method: "get",
                operation: operation("openapi", "This description", [("200", "OpenAPI 3.1", "application/json", ["type": "object"])])),
            Entry(path: Route.Pattern.webhook.rawValue, method: "post", operation: webhook("webhook", key: nil)),
            Entry(path: Route.Pattern.webhookKey.rawValue, method: "post", operation: webhook("webhook_key", key: "key")),
            Entry(
                path: Route.Pattern.healthz.rawValue, method: "get",
                operation: operation("healthz", "Whether the process lives", [("200", "It does", "application/json", ["type": "object"])])),
            Entry(
                path: Route.Pattern.readyz.rawValue, method: "get",
                operation: operation(
                    "readyz", "Whether requests can be served",
                    [
                        ("200", "They can", "application/json", ["type": "object"]),
                        ("503", "They cannot; the checks say why", "application/json", ["type": "object"])
                    ])),
            Entry(
                path: Route.Pattern.metrics.rawValue, method: "get",
                operation: operation("metrics", "Prometheus' text format", [("200", "Samples", "text/plain", Schema.string)]))
        ]
    }

    private static func operation(_ name: String, _ summary: String, _ answers: [(String, String, String, JSON)]) -> JSON {
        let responses = answers.map { status, text, type, schema in
            JSON.Member(
                name: status, value: ["description": .string(text), "content": .object([.init(name: type, value: ["schema": schema])])])
        }
        return [
            "operationId": .string(name), "summary": .string(summary), "security": [], "responses": .object(responses)
        ]
    }

    /// - Parameter key: the path's parameter; nil where the key comes in `X-Clynto-Key` or as the Basic password.
    private static func webhook(_ name: String, key: String?) -> JSON {
        let parameter: JSON =
            key.map { ["name": .string($0), "in": "path", "required": true, "schema": Schema.string] }
            ?? ["name": "X-Clynto-Key", "in": "header", "description": "Or the Basic password", "schema": Schema.string]
        let body: JSON = ["type": "object", "properties": ["ticket_id": Schema.idText]]
        let problem: JSON = ["$ref": "#/components/responses/Problem"]
        return [
            "operationId": .string(name), "summary": "Freshdesk says that a ticket was touched", "security": [],
            "parameters": [parameter],
            "requestBody": [
                "required": true,
                "content": ["application/json": ["schema": body], "application/x-www-form-urlencoded": ["schema": body]]
            ],
            "responses": [
                "202": ["description": "Noted; the ticket will be read"], "400": problem, "404": problem, "405": problem, "413": problem
            ]
        ]
    }
}
