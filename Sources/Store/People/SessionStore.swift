package import Domain
package import Foundation

/// Signed-in browsers. Global: a session belongs to a person, who may switch between workspaces.
package struct SessionStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// A session ends this long after its last use …
    package static let idleLimit: TimeInterval = 14 * 86_400
    /// … and this long after its beginning, however busy it was.
    package static let absoluteLimit: TimeInterval = 60 * 86_400
    /// How long a use goes unrecorded, in seconds: a page view must not cost a write.
    static let touchInterval: TimeInterval = 5 * 60

    /// Global. Begins a session and returns its token, which is shown to the browser once; only its hash is stored.
    package func create(for person: ID<Person>, workspace: ID<Workspace>? = nil, now: Date) async throws -> Secret {
        let token = Randomness.token()
        let csrf = Randomness.token().reveal()
        try await database.write { db in
            guard try db.first("SELECT 1 AS one FROM people WHERE id = $1", person) != nil else { throw PersonStore.unknown }
            try db.run(
                """
                INSERT INTO sessions (token_hash, person_id, workspace_id, csrf, created_at, seen_at, expires_at)
                VALUES ($1, $2, $3, $4, $5, $5, $6)
                """, TokenHash.of(token), person, workspace, csrf, now, now + Self.idleLimit)
            let memberships = try MemberStore.workspaces(of: person, in: db)
            if let viewed = Self.viewed(memberships, chosen: workspace) {
                try MemberStore.touch(viewed.workspace.id, person: person, now: now, in: db)
            }
        }
        return token
    }

    /// Global. The session behind a cookie, or nil when it is unknown or over. Its use prolongs it and marks the member as active,
    /// both written at most every few minutes.
    package func find(_ token: Secret, now: Date) async throws -> Session? {
        let id = TokenHash.of(token)
        let found = try await database.read { db -> Found? in
            let row = try db.first(
                """
                SELECT people.id, people.email, people.name, people.theme, sessions.workspace_id, sessions.csrf, sessions.created_at,
                    sessions.seen_at, sessions.expires_at
                FROM sessions JOIN people ON people.id = sessions.person_id
                WHERE sessions.token_hash = $1 AND sessions.expires_at > $2
                """, id, now)
            return try row.map { try Self.found($0, id: id, in: db) }
        }
        guard var found else { return nil }
        if found.seenAt <= now - Self.touchInterval {
            let expiresAt = min(now + Self.idleLimit, found.createdAt + Self.absoluteLimit)
            found.session.expiresAt = expiresAt
            try await database.write { [session = found.session] db in
                // The check on the hash keeps a session that was just ended from coming back.
                try db.run("UPDATE sessions SET seen_at = $2, expires_at = $3 WHERE token_hash = $1", id, now, expiresAt)
                if let workspace = session.workspace {
                    try MemberStore.touch(workspace.id, person: session.person.id, now: now, in: db)
                }
            }
        }
        return found.session
    }

    /// Global. Looks at another of the person's workspaces from now on. Throws `notFound` unless the person is its member.
    package func switchWorkspace(_ session: Session, to workspace: ID<Workspace>, now: Date) async throws {
        try await database.write { db in
            let member = try db.first(
                "SELECT 1 AS one FROM members WHERE workspace_id = $1 AND person_id = $2", workspace, session.person.id)
            guard member != nil else { throw WorkspaceStore.unknown }
            try db.run("UPDATE sessions SET workspace_id = $2 WHERE token_hash = $1", session.id, workspace)
            try MemberStore.touch(workspace, person: session.person.id, now: now, in: db)
        }
    }

    /// Global. Signs this browser out.
    package func delete(_ session: Session) async throws {
        try await database.write { _ = try $0.run("DELETE FROM sessions WHERE token_hash = $1", session.id) }
    }

    /// Global. Signs the person out everywhere, or everywhere else when `session` is kept. Returns how many sessions ended.
    @discardableResult
    package func deleteAll(of person: ID<Person>, except session: Session? = nil) async throws -> Int {
        try await database.write { db in
            try db.run("DELETE FROM sessions WHERE person_id = $1 AND token_hash <> $2", person, session?.id ?? "")
        }
    }

    /// Global. Drops the sessions that are over. Returns how many.
    @discardableResult
    package func purgeExpired(now: Date) async throws -> Int {
        try await database.write { try $0.run("DELETE FROM sessions WHERE expires_at <= $1", now) }
    }

    private static func viewed(_ memberships: [Membership], chosen: ID<Workspace>?) -> Membership? {
        memberships.first { $0.workspace.id == chosen } ?? memberships.first
    }

    private struct Found: Sendable {
        var session: Session
        var createdAt: Date
        var seenAt: Date
    }

    private static func found(_ row: Row, id: String, in db: any Queries) throws -> Found {
        let person = try Person(row)
        let memberships = try MemberStore.workspaces(of: person.id, in: db)
        let chosen: ID<Workspace>? = try row.find("workspace_id")
        let session = Session(
            id: id, person: person, theme: Theme(rawValue: try row.get("theme")) ?? .system, memberships: memberships,
            membership: viewed(memberships, chosen: chosen), csrf: try row.get("csrf"),
            expiresAt: try row.get("expires_at"))
        return Found(session: session, createdAt: try row.get("created_at"), seenAt: try row.get("seen_at"))
    }
}
