import Domain
import Foundation
import Store
import TestDatabases
import Testing

/// A fresh database for one test.
struct StoreFixture: Sendable {
    let home: TestDatabase

    var engine: Engine { home.engine }
    var database: any Database { home.database }
    var folder: URL { home.folder }

    /// Another connection to the same database, as a second process would open it. Whoever opens it closes it.
    func connect() throws -> any Database { try home.connect() }
}

/// Runs `body` on a fresh database of `engine`, migrated unless said otherwise, and removes it whatever happens.
func withStore(
    _ engine: Engine, isMigrated: Bool = true, _ body: (StoreFixture) async throws -> Void
) async throws {
    try await withDatabase(engine, isMigrated: isMigrated) { try await body(StoreFixture(home: $0)) }
}

/// The `Failure` that `body` throws; nil when it throws none.
func failure<Value>(_ body: () async throws -> Value) async -> Failure? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error as? Failure
    }
}

/// A fixed moment: 2026-03-09 12:00 UTC, a Monday.
let noon = Date(milliseconds: 1_773_057_600_000)
let minute: TimeInterval = 60
let hour: TimeInterval = 3600
let day: TimeInterval = 86_400

extension StoreFixture {
    var people: PersonStore { PersonStore(database: database) }
    var members: MemberStore { MemberStore(database: database) }
    var sessions: SessionStore { SessionStore(database: database) }
    var invitations: InvitationStore { InvitationStore(database: database) }
    var tokens: TokenStore { TokenStore(database: database) }
    var workspaces: WorkspaceStore { WorkspaceStore(database: database) }
    var audit: AuditStore { AuditStore(database: database) }

    /// A workspace without members.
    func workspace(_ name: String = "Northwind") async throws -> ID<Workspace> {
        try await workspaces.create(name: name, now: noon).id
    }

    /// A person without a password, so that no test pays for scrypt unless it is about passwords.
    func person(_ email: String) async throws -> ID<Person> {
        try await people.create(email: email, name: email, now: noon).id
    }

    /// A person who is the workspace's member.
    func member(_ email: String, of workspace: ID<Workspace>, role: Role = .member, at date: Date = noon) async throws -> ID<Person> {
        let person = try await person(email)
        try await members.add(workspace, person: person, role: role, acting: .owner, now: date)
        return person
    }
}
