import Domain
import HTTPTypes
import Store

/// Sync history.
struct RunsAPI: Sendable {
    var endpoints: [APIEndpoint] {
        [
            APIEndpoint(
                .get, .runs, .look,
                APIDescription("Sync runs, newest first", query: Schema.paging, answers: [.list(of: "Run")])
            ) { call in
                let list = try call.list()
                return call.answer(try await call.site.runs.list(call.workspace, before: list.after(), limit: list.limit)) { $0.json }
            },
            APIEndpoint(.get, .run, .look, APIDescription("One sync run", answers: [.one("Run")], problems: [404])) { call in
                APIAnswer.json(try await call.site.runs.get(call.workspace, call.id()).json)
            }
        ]
    }
}
