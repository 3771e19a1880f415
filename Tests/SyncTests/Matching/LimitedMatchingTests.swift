import Domain
import Foundation
import Store
import Sync
import Synchronization
import TestDatabases
import Testing

/// Matching what a change reaches, against matching everything.
@Suite("Limited matching") struct LimitedMatchingTests {
    @Test(arguments: UInt64(1)...24)
    func leavesWhatMatchingEverythingLeaves(_ seed: UInt64) async throws {
        try await MatchingWorld.with { world in
            var changes = RandomChanges(seed)
            let workspace = world.workspace
            try await world.database.write { try MatchSettings.set(MatchSettings(externalIDField: "crm"), of: workspace, $0) }
            for _ in 0..<6 { _ = try await world.account(changes.name(), changes.host()) }
            try await world.save(changes.companies, changes.contacts, changes.tickets)
            for step in 0..<10 {
                let (choice, draft) = (changes.number(8), changes.draft())
                let (place, company) = (changes.number(100), ID<Company>(Int64(changes.number(RandomChanges.companies) + 1)))
                let verdict: MatchVerdict? = [.belongsToNone, .ignore, .leaveToMatching, nil][changes.number(4)]
                let found = try await world.database.write { db in
                    let before = try Snapshot(workspace, db)
                    let moved = try Self.change(choice, draft, place, company, verdict, workspace, db)
                    let limited = try Snapshot(workspace, db)
                    let more = try AccountMatching.apply(workspace, db)
                    return (before, moved, limited, more, everything: try Snapshot(workspace, db))
                }
                #expect(found.2.companies == found.everything.companies, "seed \(seed), step \(step), choice \(choice)")
                #expect(found.2.contacts == found.everything.contacts, "seed \(seed), step \(step), choice \(choice)")
                #expect(found.2.tickets == found.everything.tickets, "seed \(seed), step \(step), choice \(choice)")
                #expect(found.3 == 0)
                #expect(found.1 == found.2.tickets.count { $0.value[0] != found.0.tickets[$0.key]?[0] }, "seed \(seed), step \(step)")
            }
        }
    }

    private static func change(
        _ choice: Int, _ draft: AccountDraft, _ place: Int, _ company: ID<Company>, _ verdict: MatchVerdict?, _ workspace: ID<Workspace>,
        _ db: any Queries
    ) throws -> Int {
        let accounts = try AccountStore.all(workspace, db)
        var draft = draft
        if accounts.contains(where: { $0.externalID == draft.externalID }) { draft.externalID = nil }
        if choice < 2 || accounts.isEmpty {
            let made = try AccountStore.insert(workspace, draft, now: MatchingWorld.now, db)
            return try AccountMatching.apply(.init(now: [made]), workspace, db)
        }
        let account = accounts[place % accounts.count]
        switch choice {
        case 2:
            try db.run("DELETE FROM accounts WHERE workspace_id = $1 AND id = $2", workspace, account.id)
            return try AccountMatching.apply(.init(before: [account]), workspace, db)
        case 3, 4:
            let verdict = verdict ?? .belongs(to: account.id)
            return try MatchDecisions.decide([(company, verdict)], in: workspace, by: "Ada", now: MatchingWorld.now, db).tickets
        default:
            // Half of the edits keep a side, as people do.
            if place.isMultiple(of: 2) { draft.name = account.name } else { draft.domains = account.domains }
            let now = try AccountStore.replace(workspace, account.id, draft, now: MatchingWorld.now, db)
            return try AccountMatching.apply(.init(before: [account], now: [now]), workspace, db)
        }
    }

    // MARK: What a sync brings

    @Test(arguments: UInt64(1)...24)
    func newsLeaveWhatMatchingEverythingLeaves(_ seed: UInt64) async throws {
        try await MatchingWorld.with { world in
            var changes = RandomChanges(seed &+ 1_000)
            let (workspace, scope) = (world.workspace, world.scope)
            try await world.database.write { try MatchSettings.set(MatchSettings(externalIDField: "crm"), of: workspace, $0) }
            for _ in 0..<6 { _ = try await world.account(changes.name(), changes.host()) }
            try await world.save(changes.companies, changes.contacts, changes.tickets)
            for step in 0..<10 {
                let news = changes.news(step)
                let (choice, draft) = (changes.number(8), changes.draft())
                let (place, company) = (changes.number(100), ID<Company>(Int64(changes.number(RandomChanges.companies) + 1)))
                let found = try await world.database.write { db in
                    let before = try Snapshot(workspace, db)
                    let mirror = MirrorStore(db, scope: scope)
                    _ = try mirror.save(news.companies, run: 1)
                    _ = try mirror.save(news.contacts, run: 1)
                    // A person edits while a sync is under way, between its pages and its matching.
                    var moved = 0
                    if news.isBesideAnEdit, before.companies[company.rawValue] != nil {
                        moved += try Self.change(choice, draft, place, company, nil, workspace, db)
                    }
                    try mirror.delete(companies: news.gone)
                    moved += try AccountMatching.applyNews(workspace, db)
                    let limited = try Snapshot(workspace, db)
                    let more = try AccountMatching.apply(workspace, db)
                    return (before, moved, limited, more, everything: try Snapshot(workspace, db))
                }
                #expect(found.2.companies == found.everything.companies, "seed \(seed), step \(step)")
                #expect(found.2.contacts == found.everything.contacts, "seed \(seed), step \(step)")
                #expect(found.2.tickets == found.everything.tickets, "seed \(seed), step \(step)")
                #expect(found.3 == 0)
                if !news.isBesideAnEdit {
                    #expect(found.1 == found.2.tickets.count { $0.value[0] != found.0.tickets[$0.key]?[0] }, "seed \(seed), step \(step)")
                }
            }
        }
    }

    /// Only companies whose own evidence is another are matched, and those whose domain strangers began to share.
    @Test func aSyncMatchesWhatIsNewAlone() async throws {
        try await MatchingWorld.with { world in
            let (workspace, scope) = (world.workspace, world.scope)
            _ = try await world.account("Acme", "acme.example")
            _ = try await world.account("Harbor", "harbor.example")
            let companies = [
                MatchingWorld.company(1, "Acme", ["acme.example"]), MatchingWorld.company(2, "Quiet Harbor", ["harbor.example"]),
                MatchingWorld.company(3, "Umber Works"), MatchingWorld.company(4, "Glass Foundry", ["harbor.example"])
            ]
            try await world.save(companies, [], [MatchingWorld.ticket(1, company: 2), MatchingWorld.ticket(2, company: 4)])
            func matched(_ step: @escaping @Sendable (MirrorStore, any Queries) throws -> Void) async throws -> [ID<Company>] {
                try await world.database.write { db in
                    try step(MirrorStore(db, scope: scope), db)
                    return try AccountMatching.applyNewsToRecords(workspace, db)
                }
            }
            #expect(try await matched { _, _ in } == [])
            // What matching does not read is no evidence.
            #expect(
                try await matched { mirror, _ in
                    var richer = MatchingWorld.company(1, "Acme", ["acme.example"])
                    (richer.industry, richer.raw) = ("Robots", "{}")
                    _ = try mirror.save([richer], run: 2)
                } == [])
            #expect(try await matched { mirror, _ in _ = try mirror.save([MatchingWorld.company(3, "Acme GmbH")], run: 2) } == [3])
            #expect(try await world.company(3).account?.name == "Acme")
            // A third stranger: the domain proves nothing any more, for whoever has it.
            let third = MatchingWorld.company(5, "Copper Mill", ["harbor.example"])
            #expect(try await matched { mirror, _ in _ = try mirror.save([third], run: 2) } == [2, 4, 5])
            #expect(try await world.company(4).account == nil)
            #expect(try await matched { mirror, _ in try mirror.delete(companies: [5]) } == [2, 4])
            #expect(try await world.company(4).account?.name == "Harbor")
            // An edit says of itself what it reaches, and leaves nothing for the sync.
            let zoo = try await world.account("Zoological Museum", "zoo.example")
            _ = try await world.database.write { try AccountMatching.apply(.init(now: [zoo]), workspace, $0) }
            #expect(try await matched { _, _ in } == [])
            // One that said nothing is noticed, and so are a setting and a week.
            _ = try await world.account("Pond", "pond.example")
            #expect(try await matched { _, _ in }.count == 4)
            #expect(try await matched { _, _ in } == [])
            #expect(
                try await matched { _, db in
                    try MatchSettings.set(MatchSettings(excludedDomains: ["acme.example"]), of: workspace, db)
                }.count == 4)
            #expect(
                try await matched { _, db in
                    let ground = try #require(
                        try db.first("SELECT match_ground FROM workspaces WHERE id = $1", workspace)?.get("match_ground", as: String.self))
                    let day = try #require(ground.firstMatch(of: /"day":(\d+)/)?.1).description
                    let earlier = ground.replacing("\"day\":\(day)", with: "\"day\":\((Int(day) ?? 0) - 7)")
                    try db.run("UPDATE workspaces SET match_ground = $2 WHERE id = $1", workspace, earlier)
                }.count == 4)
            #expect(try await matched { _, _ in } == [])
        }
    }

    @Test func anAccountThatConcernsNobodyWritesNothing() async throws {
        try await withDatabase(.ofRun) { home in
            let written = WrittenStatements()
            let watched = CheckedDatabase(home.database) { sql, _ in
                written.note(sql)
            }
            let world = try await MatchingWorld(watched)
            _ = try await world.account("Acme", "acme.example")
            try await world.save(
                [MatchingWorld.company(1, "Acme"), MatchingWorld.company(2, "Quiet Harbor", ["quiet.example"])],
                [Contact(id: 1, name: "Ann", email: "ann@quiet.example", createdAt: MatchingWorld.now, updatedAt: MatchingWorld.now)],
                [MatchingWorld.ticket(1, company: 1), MatchingWorld.ticket(2, requester: 1)])
            written.forget()
            let stranger = try await world.account("Zoological Museum", "zoo.example")
            let workspace = world.workspace
            let none = try await watched.write { try AccountMatching.apply(.init(now: [stranger]), workspace, $0) }
            #expect(none == 0)
            #expect(written.all == [])
            let harbor = try await world.account("Harbor", "quiet.example")
            let moved = try await watched.write { try AccountMatching.apply(.init(now: [harbor]), workspace, $0) }
            #expect(moved == 1)
            // Company 2, contact 1, ticket 2.
            #expect(written.all.count == 3)
            // What matching does not read concerns nobody either.
            var richer = harbor
            richer.tags = ["gold"]
            let unread = try await watched.write { [richer] in
                try AccountMatching.apply(.init(before: [harbor], now: [richer]), workspace, $0)
            }
            #expect(unread == 0)
            #expect(written.all.count == 3)
        }
    }
}

/// Statements that say where a row belongs.
private final class WrittenStatements: Sendable {
    private let kept = Mutex<[String]>([])

    var all: [String] { kept.withLock { $0 } }

    func note(_ sql: String) {
        let tables = ["companies", "contacts", "tickets"]
        if tables.contains(where: { sql.hasPrefix("UPDATE \($0) ") }) { kept.withLock { $0.append(sql) } }
    }

    func forget() { kept.withLock { $0 = [] } }
}

/// Who belongs where, and why, of every row.
private struct Snapshot: Sendable {
    var companies: [Int64: [String]]
    var contacts: [Int64: [String]]
    var tickets: [Int64: [String]]

    init(_ workspace: ID<Workspace>, _ db: any Queries) throws {
        func read(_ table: String, _ columns: [String]) throws -> [Int64: [String]] {
            let shown = columns.map { "COALESCE(CAST(\($0) AS TEXT), '-') AS \($0)" }.joined(separator: ", ")
            let rows = try db.rows("SELECT id, \(shown) FROM \(table) WHERE workspace_id = $1", workspace)
            return try Dictionary(uniqueKeysWithValues: rows.map { row in (try row.get("id"), try columns.map { try row.get($0) }) })
        }
        let why = ["account_id", "match_layer", "match_confidence", "match_evidence"]
        companies = try read(
            "companies", why + ["match_state", "match_candidates", "match_kind", "match_question", "match_seen", "match_changed"])
        contacts = try read("contacts", why)
        tickets = try read("tickets", why)
    }
}

/// Accounts, companies and people that often collide, in every way in which matching looks at them.
private struct RandomChanges {
    static let companies = 30
    private var random: Generator
    var companies: [Company] = []
    var contacts: [Contact] = []
    var tickets: [Ticket] = []

    private static let names = [
        "Acme Robotics", "Acme Robotics GmbH", "Acme Robots", "Robotics Acme", "AR", "Beta Foods", "Béta Foods SARL", "Betta Foods",
        "Gamma",
        "Gamma Clinics", "Delta Marine Group", "DMG", "Delta Marine", "Ромашка", "Romashka", "N/A", "", "acme.example", "Data Lantern",
        "DataLantern", "Northern Bancorp", "Western Bancorp", "Eastern Bancorp", "Southern Bancorp", "Bancorp of Gamma", "Acme (France)",
        "Acme (Italy)", "Quantum Leap Systems", "Quantum Leep Systems", "Globex Holding"
    ]
    private static let hosts = [
        "acme.example", "www.acme.example", "eu.acme.example", "us.acme.example", "acrne.example", "acme.co.uk", "beta.co.uk",
        "shop.beta.co.uk", "gmail.com", "gamma.zendesk.com", "deltamarine.com", "romashka.ru", "datalantern.io", "shared.example",
        "https://globex.com/x", "quantum-leap.com"
    ]

    init(_ seed: UInt64) {
        random = Generator(state: seed &* 0x9E37_79B9_7F4A_7C15)
        for id in 1...Self.companies {
            var company = MatchingWorld.company(Int64(id), name(), (0..<number(3)).map { _ in host() })
            if number(3) == 0 { company.raw = #"{"custom_fields":{"crm":"K\#(number(5))"}}"# }
            companies.append(company)
        }
        for id in 1...20 {
            contacts.append(
                Contact(
                    id: ID(Int64(id)), name: "Person \(id)",
                    email: number(5) == 0 ? nil : "p\(id)@\(host().replacing("https://", with: ""))",
                    companyID: number(2) == 0 ? ID(Int64(number(Self.companies) + 1)) : nil, createdAt: MatchingWorld.now,
                    updatedAt: MatchingWorld.now))
        }
        for id in 1...50 {
            tickets.append(
                MatchingWorld.ticket(
                    Int64(id), company: number(2) == 0 ? Int64(number(Self.companies) + 1) : nil, requester: Int64(number(20) + 1)))
        }
    }

    mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    mutating func name() -> String { Self.names[number(Self.names.count)] }
    mutating func host() -> String { Self.hosts[number(Self.hosts.count)] }

    mutating func draft() -> AccountDraft {
        AccountDraft(
            name: name(), domains: (0..<number(3)).map { _ in host() }, aliases: (0..<number(2)).map { _ in name() },
            externalID: number(3) == 0 ? "K\(number(5))" : nil)
    }

    /// Rows that a sync brings: companies and contacts that are new or others, and companies that are gone.
    struct News: Sendable {
        var companies: [Company] = []
        var contacts: [Contact] = []
        var gone: [ID<Company>] = []
        var isBesideAnEdit = false
    }

    mutating func news(_ step: Int) -> News {
        var news = News()
        for _ in 0..<number(4) {
            // Some are new, some come back.
            var company = MatchingWorld.company(Int64(number(Self.companies + 6) + 1), name(), (0..<number(3)).map { _ in host() })
            if number(3) == 0 { company.raw = #"{"custom_fields":{"crm":"K\#(number(5))"}}"# }
            news.companies.append(company)
        }
        for _ in 0..<number(3) {
            let id = Int64(number(24) + 1)
            news.contacts.append(
                Contact(
                    id: ID(id), name: "Person \(id)", email: "q\(step)@\(host().replacing("https://", with: ""))",
                    companyID: number(2) == 0 ? ID(Int64(number(Self.companies) + 1)) : nil, createdAt: MatchingWorld.now,
                    updatedAt: MatchingWorld.now))
        }
        if number(3) == 0 { news.gone = [ID(Int64(number(Self.companies) + 1))] }
        news.isBesideAnEdit = number(3) == 0
        return news
    }

    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
