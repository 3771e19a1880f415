import Domain
import HTTPTypes
import Store

/// Companies, contacts, agents, groups and satisfaction ratings as synced.
struct DirectoryAPI: Sendable {
    var endpoints: [APIEndpoint] {
        [
            APIEndpoint(
                .get, .companies, .look, APIDescription("Companies by id", query: Schema.paging, answers: [.list(of: "Company")])
            ) { call in
                let list = try call.list()
                return call.answer(try await call.site.directory.companies(call.workspace, after: list.after(), limit: list.limit)) {
                    $0.json
                }
            },
            APIEndpoint(
                .get, .contacts, .look, APIDescription("Contacts by id", query: Schema.paging, answers: [.list(of: "Contact")])
            ) { call in
                let list = try call.list()
                return call.answer(try await call.site.directory.contacts(call.workspace, after: list.after(), limit: list.limit)) {
                    $0.json
                }
            },
            APIEndpoint(
                .get, .agents, .look,
                APIDescription("Agents by id, former ones too", query: Schema.paging, answers: [.list(of: "Agent")])
            ) { call in
                let list = try call.list()
                let agents = try await call.site.agents.list(call.workspace, now: call.site.now).sorted { $0.agent.id < $1.agent.id }
                return call.answer(try list.page(of: agents) { $0.agent.id }) { $0.json }
            },
            APIEndpoint(
                .get, .groups, .look, APIDescription("Groups by id", query: Schema.paging, answers: [.list(of: "Group")])
            ) { call in
                let list = try call.list()
                let groups = try await call.site.directory.groups(call.workspace).sorted { $0.id < $1.id }
                return call.answer(try list.page(of: groups) { $0.id }) { $0.json }
            },
            APIEndpoint(
                .get, .satisfactionRatings, .look,
                APIDescription("Satisfaction ratings, newest first", query: Schema.paging, answers: [.list(of: "SatisfactionRating")])
            ) { call in
                let list = try call.list()
                return call.answer(try await call.site.directory.ratings(call.workspace, before: list.after(), limit: list.limit)) {
                    $0.json
                }
            }
        ]
    }
}
