import Domain
import Foundation
import Store
import Sync
import TestDatabases
import Testing

/// A workspace with accounts and rows of a mirror, on one engine, without a portal.
struct MatchingBench: Sendable {
    let database: any Database
    let workspace: ID<Workspace>
    let scope: MirrorScope

    static let now = Date(milliseconds: 1_773_057_600_000)

    static func with(_ engine: Engine, _ body: @escaping @Sendable (MatchingBench) async throws -> Void) async throws {
        try await withDatabase(engine) { home in
            let workspace = try await WorkspaceStore(database: home.database).create(name: "Northwind", now: now).id
            let new = ConnectionStore.NewConnection(
                subdomain: "acme", sealedKey: "sealed", sealedWebhookKey: "sealed", webhookKeyHash: UUID().uuidString, backfillDays: 90,
                warnings: [])
            let connection = try await ConnectionStore(database: home.database).connect(workspace, new, reservePercent: 20, now: now)
            try await body(
                MatchingBench(
                    database: home.database, workspace: workspace, scope: MirrorScope(workspace: workspace, connection: connection.id)))
        }
    }

    /// Makes an account; ids count from 1.
    @discardableResult
    func account(_ draft: AccountDraft) async throws -> ID<Account> {
        let workspace = workspace
        return try await AccountStore(database: database).create(workspace, draft, now: Self.now) { _, db in
            try AccountMatching.apply(workspace, db)
        }.id
    }

    /// Saves rows and matches everything, as a sync does.
    func sync(companies: [Company] = [], contacts: [Contact] = [], tickets: [Ticket] = []) async throws {
        let scope = scope
        try await database.write { db in
            let mirror = MirrorStore(db, scope: scope)
            _ = try mirror.save(companies, run: 1)
            _ = try mirror.save(contacts, run: 1)
            _ = try mirror.save(tickets)
            try AccountMatching.apply(scope.workspace, db)
        }
    }

    func decide(_ company: Int64, _ verdict: MatchVerdict, by actor: String = "Ana") async throws {
        let workspace = workspace
        _ = try await database.write { db in
            try MatchDecisions.decide([(ID(company), verdict)], in: workspace, by: actor, now: Self.now, db)
        }
    }

    func match(_ company: Int64) async throws -> CompanyMatch {
        let workspace = workspace
        return try await database.read { try MatchStore($0, workspace: workspace).review(of: ID(company)) }
    }

    /// The account of each company, ticket and contact, by id; nobody's are left out.
    func owners(of table: String) async throws -> [Int64: Int64] {
        let workspace = workspace
        return try await database.read { db in
            let rows = try db.rows("SELECT id, account_id FROM \(table) WHERE workspace_id = $1 AND account_id IS NOT NULL", workspace)
            return try Dictionary(uniqueKeysWithValues: rows.map { try ($0.get("id"), $0.get("account_id")) })
        }
    }

    func account(_ id: ID<Account>) async throws -> Account? { try await AccountStore(database: database).find(workspace, id) }

    static func company(_ id: Int64, _ name: String, _ domains: String..., raw: String = "{}") -> Company {
        Company(id: ID(id), name: name, domains: domains, createdAt: now, updatedAt: now, raw: raw)
    }

    static func contact(_ id: Int64, _ email: String, company: Int64? = nil) -> Contact {
        Contact(id: ID(id), name: "Contact \(id)", email: email, companyID: company.map { ID($0) }, createdAt: now, updatedAt: now)
    }

    static func ticket(_ id: Int64, company: Int64? = nil, requester: Int64? = nil) -> Ticket {
        Ticket(
            id: ID(id), subject: "Ticket \(id)", statusCode: 2, priority: .low, requesterID: requester.map { ID($0) },
            companyID: company.map { ID($0) }, createdAt: now, updatedAt: now, descriptionHTML: "", descriptionText: "")
    }
}
