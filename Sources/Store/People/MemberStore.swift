package import Domain
package import Foundation

/// Who belongs to a workspace, and as what.
package struct MemberStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// How old `active_at` must be before it is written again, in seconds: a page view must not cost a write.
    static let touchInterval: TimeInterval = 5 * 60

    /// All members, owners first, then by name.
    package func list(_ workspace: ID<Workspace>) async throws -> [Member] {
        let members = try await database.read { db in
            try db.rows(
                """
                SELECT people.id, people.email, people.name, members.role, members.joined_at, members.active_at
                FROM members JOIN people ON people.id = members.person_id WHERE members.workspace_id = $1
                """, workspace
            ).map(Member.init)
        }
        let rank = Dictionary(uniqueKeysWithValues: Role.allCases.enumerated().map { ($1, $0) })
        return members.sorted {
            (rank[$0.role] ?? 0, $0.person.name.lowercased(), $0.person.id.rawValue)
                < (rank[$1.role] ?? 0, $1.person.name.lowercased(), $1.person.id.rawValue)
        }
    }

    package func find(_ workspace: ID<Workspace>, person: ID<Person>) async throws -> Member? {
        try await database.read { db in
            try db.first(
                """
                SELECT people.id, people.email, people.name, members.role, members.joined_at, members.active_at
                FROM members JOIN people ON people.id = members.person_id
                WHERE members.workspace_id = $1 AND members.person_id = $2
                """, workspace, person
            ).map(Member.init)
        }
    }

    /// Adds a person. `acting` is the role of whoever does it; the command line acts as an owner.
    ///
    /// Throws `forbidden` unless that role may manage members (and owners, for a new owner), `notFound` for an unknown workspace or
    /// person, `conflict` with code `already_member`.
    package func add(
        _ workspace: ID<Workspace>, person: ID<Person>, role: Role, acting: Role, now: Date
    ) async throws {
        try Self.require(acting, over: [role])
        try await database.write { db in
            // So that two owners cannot remove each other at the same moment.
            try db.lock(workspace)
            try Self.insert(workspace, person: person, role: role, now: now, in: db)
        }
    }

    /// Gives a member another role. Throws as `add` does, and `conflict` with code `last_owner` when no owner would be left.
    package func setRole(_ workspace: ID<Workspace>, person: ID<Person>, to role: Role, acting: Role) async throws {
        try await database.write { db in
            try db.lock(workspace)
            let current = try Self.current(workspace, person: person, in: db)
            try Self.require(acting, over: [current, role])
            if current == .owner && role != .owner { try Self.requireAnotherOwner(workspace, than: person, in: db) }
            try db.run("UPDATE members SET role = $3 WHERE workspace_id = $1 AND person_id = $2", workspace, person, role)
        }
    }

    /// Takes a person out of the workspace; the person and their other workspaces stay. Throws as `setRole` does.
    package func remove(_ workspace: ID<Workspace>, person: ID<Person>, acting: Role) async throws {
        try await database.write { db in
            try db.lock(workspace)
            let current = try Self.current(workspace, person: person, in: db)
            try Self.require(acting, over: [current])
            if current == .owner { try Self.requireAnotherOwner(workspace, than: person, in: db) }
            try db.run("DELETE FROM members WHERE workspace_id = $1 AND person_id = $2", workspace, person)
            try db.run("DELETE FROM invitations WHERE workspace_id = $1 AND person_id = $2", workspace, person)
        }
    }

    /// Notes that the member has been here, at most every few minutes.
    package func touch(_ workspace: ID<Workspace>, person: ID<Person>, now: Date) async throws {
        let isDue = try await database.read { db in
            let row = try db.first(
                "SELECT active_at FROM members WHERE workspace_id = $1 AND person_id = $2", workspace, person)
            guard let row else { return false }
            return try row.find("active_at", as: Date.self).map { $0 <= now - Self.touchInterval } ?? true
        }
        guard isDue else { return }
        try await database.write { try Self.touch(workspace, person: person, now: now, in: $0) }
    }

    /// Global: the workspaces of one person with their role in each, by name.
    package func workspaces(of person: ID<Person>) async throws -> [Membership] {
        try await database.read { try Self.workspaces(of: person, in: $0) }
    }

    // MARK: Inside a transaction

    static func workspaces(of person: ID<Person>, in db: any Queries) throws -> [Membership] {
        try db.rows(
            """
            SELECT workspaces.id, workspaces.name, workspaces.created_at, members.role
            FROM members JOIN workspaces ON workspaces.id = members.workspace_id
            WHERE members.person_id = $1 ORDER BY workspaces.name_folded
            """, person
        ).map { Membership(workspace: try Workspace($0), role: try $0.get("role")) }
    }

    static func insert(_ workspace: ID<Workspace>, person: ID<Person>, role: Role, now: Date, in db: any Queries) throws {
        guard try db.first("SELECT 1 AS one FROM people WHERE id = $1", person) != nil else { throw PersonStore.unknown }
        let added = try db.run(
            """
            INSERT INTO members (workspace_id, person_id, role, joined_at) VALUES ($1, $2, $3, $4)
            ON CONFLICT (workspace_id, person_id) DO NOTHING
            """, workspace, person, role, now)
        guard added == 1 else { throw Failure(.conflict, code: "already_member", "This person is already a member of the workspace.") }
    }

    static func touch(_ workspace: ID<Workspace>, person: ID<Person>, now: Date, in db: any Queries) throws {
        try db.run("UPDATE members SET active_at = $3 WHERE workspace_id = $1 AND person_id = $2", workspace, person, now)
    }

    private static func current(_ workspace: ID<Workspace>, person: ID<Person>, in db: any Queries) throws -> Role {
        let row = try db.first("SELECT role FROM members WHERE workspace_id = $1 AND person_id = $2", workspace, person)
        guard let row else { throw Failure(.notFound, "This person is not a member of the workspace.") }
        return try row.get("role")
    }

    private static func requireAnotherOwner(_ workspace: ID<Workspace>, than person: ID<Person>, in db: any Queries) throws {
        let other = try db.first(
            "SELECT 1 AS one FROM members WHERE workspace_id = $1 AND role = $2 AND person_id <> $3 LIMIT 1",
            workspace, Role.owner, person)
        guard other != nil else {
            throw Failure(
                .conflict, code: "last_owner", "This is the workspace's last owner. Make somebody else an owner first.")
        }
    }

    /// Only owners make, change and remove owners.
    private static func require(_ acting: Role, over roles: [Role]) throws {
        guard acting.can(.manageMembers) else {
            throw Failure(.forbidden, "Your role in this workspace (\(acting.rawValue)) may not change members. Ask an owner or admin.")
        }
        guard acting.can(.manageOwners) || !roles.contains(.owner) else {
            throw Failure(.forbidden, "Only owners make, change and remove owners. Ask an owner.")
        }
    }
}

/// One of a person's workspaces and their role in it.
package struct Membership: Sendable, Equatable {
    package var workspace: Workspace
    package var role: Role
}

extension Member {
    init(_ row: Row) throws {
        self.init(
            person: try Person(row), role: try row.get("role"), joinedAt: try row.get("joined_at"),
            lastActiveAt: try row.find("active_at"))
    }
}
