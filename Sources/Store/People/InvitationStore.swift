package import Domain
package import Foundation

/// One-time links to set a password: invitations to a workspace and `clynto password reset`. Only hashes are stored.
///
/// Global, because they are found by their token and belong to people.
package struct InvitationStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// How long a link can be used.
    package static let lifetime: TimeInterval = 7 * 86_400

    /// A link's token for a new member, or nil when none may be given.
    ///
    /// People are shared between workspaces, so that a link for somebody who has a password, or whom another workspace brought in
    /// first, would hand their other workspaces to whoever made it. Such a person signs in with what they have, or asks the
    /// installation's operator for `clynto password reset`. Throws `notFound` unless the person is a member.
    package func invite(_ workspace: ID<Workspace>, person: ID<Person>, now: Date) async throws -> Secret? {
        let token = Randomness.token()
        return try await database.write { db in
            let row = try db.first("SELECT password FROM people WHERE id = $1", person)
            guard let row else { throw PersonStore.unknown }
            let workspaces = try db.rows(
                "SELECT workspace_id FROM members WHERE person_id = $1 ORDER BY joined_at, workspace_id", person
            ).map { try $0.get("workspace_id", as: ID<Workspace>.self) }
            guard workspaces.contains(workspace) else { throw Failure(.notFound, "This person is not a member of the workspace.") }
            guard try row.find("password", as: String.self) == nil, workspaces.first == workspace else { return nil }
            try Self.insert(token, person: person, workspace: workspace, now: now, in: db)
            return token
        }
    }

    /// Global, for the installation's operator only: a link's token that sets a new password, whatever the person has.
    package func reset(_ person: ID<Person>, now: Date) async throws -> Secret {
        let token = Randomness.token()
        try await database.write { db in
            guard try db.first("SELECT 1 AS one FROM people WHERE id = $1", person) != nil else { throw PersonStore.unknown }
            try Self.insert(token, person: person, workspace: nil, now: now, in: db)
        }
        return token
    }

    /// Global. What a link is for; nil when it is unknown, used or too old.
    package func find(_ token: Secret, now: Date) async throws -> Invitation? {
        try await database.read { db in
            let row = try db.first(
                """
                SELECT people.id, people.email, people.name, invitations.workspace_id, invitations.expires_at
                FROM invitations JOIN people ON people.id = invitations.person_id
                WHERE invitations.token_hash = $1 AND invitations.expires_at > $2
                """, TokenHash.of(token), now)
            return try row.map {
                Invitation(person: try Person($0), workspaceID: try $0.find("workspace_id"), expiresAt: try $0.get("expires_at"))
            }
        }
    }

    /// Global. Sets the password and uses the link up: every link and every session of the person ends with it.
    ///
    /// Throws `invalid` for a password that is too short or long (the link stays), `notFound` with code `link_expired`.
    package func accept(_ token: Secret, password: Secret, now: Date) async throws -> Person {
        // Before the costly hash, so that strangers cannot make the server work.
        guard try await find(token, now: now) != nil else { throw Self.expired }
        let hash = try await PersonStore.hash(password)
        return try await database.write { db in
            let claimed = try db.first(
                "DELETE FROM invitations WHERE token_hash = $1 AND expires_at > $2 RETURNING person_id", TokenHash.of(token), now)
            guard let claimed else { throw Self.expired }
            let person: ID<Person> = try claimed.get("person_id")
            try db.run("UPDATE people SET password = $2 WHERE id = $1", person, hash)
            try db.run("DELETE FROM invitations WHERE person_id = $1", person)
            try db.run("DELETE FROM sessions WHERE person_id = $1", person)
            guard let row = try db.first("SELECT id, email, name FROM people WHERE id = $1", person) else { throw Self.expired }
            return try Person(row)
        }
    }

    /// Global. Drops links that are too old. Returns how many.
    @discardableResult
    package func purgeExpired(now: Date) async throws -> Int {
        try await database.write { try $0.run("DELETE FROM invitations WHERE expires_at <= $1", now) }
    }

    /// A new link ends an older one for the same purpose.
    private static func insert(
        _ token: Secret, person: ID<Person>, workspace: ID<Workspace>?, now: Date, in db: any Queries
    ) throws {
        try db.run(
            "DELETE FROM invitations WHERE person_id = $1 AND workspace_id IS NOT DISTINCT FROM CAST($2 AS BIGINT)", person, workspace)
        try db.run(
            "INSERT INTO invitations (token_hash, person_id, workspace_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
            TokenHash.of(token), person, workspace, now, now + lifetime)
    }

    private static let expired = Failure(
        .notFound, code: "link_expired", "This link has been used already or is too old. Ask for a new one.")
}

/// What a one-time link is for.
package struct Invitation: Sendable, Equatable {
    package var person: Person
    /// The workspace that invites; nil for a password reset.
    package var workspaceID: ID<Workspace>?
    package var expiresAt: Date
}
