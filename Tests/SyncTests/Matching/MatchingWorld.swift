import Domain
import Foundation
import Store
import Sync
import TestDatabases

/// A workspace with a portal's rows, matched, without a portal.
struct MatchingWorld: Sendable {
    static let now = Date(timeIntervalSince1970: 1_790_000_000)

    let database: any Database
    let scope: MirrorScope
    var workspace: ID<Workspace> { scope.workspace }

    static func with(_ body: @Sendable (MatchingWorld) async throws -> Void) async throws {
        try await withDatabase(.ofRun) { home in try await body(MatchingWorld(home.database)) }
    }

    init(_ database: any Database) async throws {
        self.database = database
        let workspace = try await WorkspaceStore(database: database).create(name: "Northwind", now: Self.now).id
        let new = ConnectionStore.NewConnection(
            subdomain: "northwind", sealedKey: "sealed", sealedWebhookKey: "sealed", webhookKeyHash: "hash", backfillDays: nil,
            warnings: [])
        let connection = try await ConnectionStore(database: database).connect(workspace, new, reservePercent: 20, now: Self.now)
        scope = MirrorScope(workspace: workspace, connection: connection.id)
    }

    func account(_ name: String, _ domains: String...) async throws -> Account {
        let (workspace, draft) = (workspace, AccountDraft(name: name, domains: domains))
        return try await database.write { try AccountStore.insert(workspace, draft, now: Self.now, $0) }
    }

    /// Saves rows as a sync would, and matches everything.
    func save(_ companies: [Company] = [], _ contacts: [Contact] = [], _ tickets: [Ticket] = []) async throws {
        let scope = scope
        try await database.write { db in
            let mirror = MirrorStore(db, scope: scope)
            _ = try mirror.save(companies, run: 1)
            _ = try mirror.save(contacts, run: 1)
            _ = try mirror.save(tickets)
            try AccountMatching.apply(scope.workspace, db)
        }
    }

    func company(_ id: Int64) async throws -> CompanyMatch {
        let workspace = workspace
        return try await database.read { try MatchStore($0, workspace: workspace).review(of: ID(id)) }
    }

    /// Tickets of an account.
    func tickets(of account: Account) async throws -> Int {
        let workspace = workspace
        return try await database.read {
            try $0.first(
                "SELECT COUNT(*) AS count FROM tickets WHERE workspace_id = $1 AND account_id = $2", workspace, account.id)?.get("count")
                ?? 0
        }
    }

    static func company(_ id: Int64, _ name: String, _ domains: [String] = []) -> Company {
        Company(id: ID(id), name: name, domains: domains, createdAt: now, updatedAt: now)
    }

    static func ticket(_ id: Int64, company: Int64? = nil, requester: Int64? = nil) -> Ticket {
        Ticket(
            id: ID(id), subject: "Ticket \(id)", statusCode: 2, requesterID: requester.map { ID($0) }, companyID: company.map { ID($0) },
            createdAt: now, updatedAt: now, descriptionText: "")
    }
}
