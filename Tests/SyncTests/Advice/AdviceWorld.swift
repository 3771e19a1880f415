import AsyncHTTPClient
import Domain
import Foundation
import LanguageModel
import Logging
import StandInModel
import Store
import Sync

/// A workspace with companies in review, beside a scripted model.
struct AdviceWorld: Sendable {
    let matching: MatchingWorld
    let model: StandInModel
    let advisor: MatchAdvisor

    var workspace: ID<Workspace> { matching.workspace }

    /// - Parameter script: says what the model answers.
    static func with(
        _ use: MatchModelUse = .suggest, budget change: @escaping @Sendable (inout MatchAdvisor.Budget) -> Void = { _ in },
        script: @escaping StandInModel.Script, _ body: @escaping @Sendable (AdviceWorld) async throws -> Void
    ) async throws {
        try await MatchingWorld.with { matching in
            try await StandInModel.run(script: script) { model in
                let http = HTTPClient(eventLoopGroupProvider: .singleton)
                do {
                    var options = LanguageModelClient.Options()
                    options.attempts = 1
                    options.repairs = 0
                    var budget = MatchAdvisor.Budget()
                    budget.timeout = .seconds(20)
                    change(&budget)
                    let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                    let client = LanguageModelClient(
                        endpoint: ModelEndpoint(kind: .openai, url: model.url, model: "small", key: "key"), http: http, logger: quiet,
                        options: options)
                    let world = AdviceWorld(
                        matching: matching, model: model,
                        advisor: MatchAdvisor(database: matching.database, model: client, budget: budget, logger: quiet))
                    try await world.use(use)
                    try await body(world)
                } catch {
                    try? await http.shutdown()
                    throw error
                }
                try await http.shutdown()
            }
        }
    }

    /// What the model may do from now on, with everything matched anew.
    func use(_ use: MatchModelUse) async throws {
        let workspace = workspace
        try await matching.database.write { db in
            try MatchModelStore.set(use, in: workspace, db)
            try AccountMatching.apply(workspace, db)
        }
    }

    /// Lets the pause after a turn pass.
    func letThePausePass() async throws {
        let workspace = workspace
        _ = try await matching.database.write { try $0.run("UPDATE workspaces SET match_held_until = 0 WHERE id = $1", workspace) }
    }
}

/// What a request asks, as the model reads it.
struct AskedCompany: Sendable {
    var key: String
    var name: String
    /// Keys and names.
    var accounts: [(key: String, name: String)]

    static func all(in asked: StandInModel.Asked) throws -> [AskedCompany] {
        let body = JSONValue(parsing: asked.body)
        let text = body?["messages"]?.array?.last?["content"]?.string ?? ""
        guard let companies = JSONValue(parsing: text)?["companies"]?.array else { throw Failure(.invalid, "No companies in: \(text)") }
        return companies.map { company in
            AskedCompany(
                key: company["key"]?.string ?? "", name: company["name"]?.string ?? "",
                accounts: (company["accounts"]?.array ?? []).map { ($0["key"]?.string ?? "", $0["name"]?.string ?? "") })
        }
    }
}

/// An answer in the form that was asked for.
func advice(_ answers: [(company: String, choice: String, reason: String)]) -> ScriptedReply {
    let answers = answers.map {
        JSONValue.object(["company": .string($0.company), "choice": .string($0.choice), "reason": .string($0.reason)])
    }
    return .text(JSONValue.object(["answers": .array(answers)]).text)
}

/// A model that always takes the first account.
let takesTheFirst: StandInModel.Script = { asked, _ in
    advice(try AskedCompany.all(in: asked).map { ($0.key, $0.accounts[0].key, "Same firm, misspelt") })
}
