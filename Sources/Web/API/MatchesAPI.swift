import Domain
import HTTPTypes
import Store
import Sync

/// Which company belongs to which account, and people's decisions about it.
struct MatchesAPI: Sendable {
    var endpoints: [APIEndpoint] {
        [
            APIEndpoint(
                .get, .matches, .look,
                APIDescription(
                    "Companies and their accounts, by company id",
                    query: Schema.paging + [
                        .init(name: "state", text: "Only companies in this state", schema: Schema.oneOf(CompanyMatch.State.self))
                    ], answers: [.list(of: "Match")])
            ) { call in
                let list = try call.list(also: ["state"])
                let state = try list["state"].map(Self.state)
                let (workspace, after, limit) = (call.workspace, try list.after(Company.self), list.limit)
                let page = try await call.site.database.read {
                    try MatchStore($0, workspace: workspace).reviewed(state: state, after: after, limit: limit)
                }
                return call.answer(page) { $0.json }
            },
            APIEndpoint(
                .put, .match, .manageAccounts,
                APIDescription(
                    """
                    Decide about one company. An account attaches it; null says that it belongs to none; `ignore: true` takes it out of \
                    review; null with `ignore: false` takes a decision back and leaves the company to matching
                    """, body: Schema.matchVerdict, answers: [.one("Match")], problems: [404]), handle: Self.decide)
        ]
    }

    private static let decide: APIEndpoint.Handler = { call in
        let company: ID<Company> = try call.id("company_id")
        let verdict = try verdict(await call.fields())
        let (workspace, actor, now) = (call.workspace, call.viewer.displayName, call.site.realNow)
        let match = try await call.site.database.write { db in
            let store = MatchStore(db, workspace: workspace)
            try store.decide(company, verdict, by: actor, now: now)
            // The company's contacts and tickets follow, and a decision that was taken back is made anew by the rules.
            _ = try AccountMatching.apply(to: [company], workspace, db)
            return try store.review(of: company)
        }
        return APIAnswer.json(match.json)
    }

    private static func verdict(_ given: JSONFields) throws -> MatchVerdict {
        var fields = given
        let account: ID<Account>? = fields.id("account_id")
        let ignore = fields.bool("ignore")
        if !fields.has("account_id"), ignore != true { fields.note("account_id", "Give an account's id, or null.", code: "missing") }
        if account != nil, ignore == true { fields.note("ignore", "A company that belongs to an account cannot be ignored.") }
        try fields.finish()
        if let account { return .belongs(to: account) }
        switch ignore {
        case .some(true): return .ignore
        case .some(false): return .leaveToMatching
        case nil: return .belongsToNone
        }
    }

    private static func state(_ text: String) throws -> CompanyMatch.State {
        guard let state = CompanyMatch.State(rawValue: text) else {
            let known = CompanyMatch.State.allCases.map(\.rawValue).joined(separator: ", ")
            throw APIList.failure([.init("state", "Use one of \(known).")])
        }
        return state
    }
}
