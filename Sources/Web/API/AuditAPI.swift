import Domain
import HTTPTypes
import Store

struct AuditAPI: Sendable {
    var endpoints: [APIEndpoint] {
        [
            APIEndpoint(
                .get, .audit, .readAudit,
                APIDescription("Who did what, newest first", query: Schema.paging, answers: [.list(of: "AuditEntry")])
            ) { call in
                let list = try call.list()
                let page = try await call.site.audit.list(call.workspace, cursor: list.cursor, limit: list.limit)
                return call.answer(page) { $0.json }
            }
        ]
    }
}
