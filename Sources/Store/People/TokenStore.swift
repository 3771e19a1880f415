package import Domain
package import Foundation

/// API tokens. Each belongs to one workspace and acts there with one role; only hashes are stored.
package struct TokenStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// What every token begins with, so that people and secret scanners recognise one.
    package static let prefix = "clynto_"
    package static let longestName = 100
    /// How long a use goes unrecorded, in seconds: a call must not cost a write.
    static let touchInterval: TimeInterval = 5 * 60

    /// Makes a token and returns it; it is shown this once. `acting` is the role of whoever makes it; the command line acts as an owner.
    ///
    /// Throws `forbidden` unless that role may manage members (and owners, for an owner's token), `invalid` for a bad name, `notFound`.
    package func create(
        _ workspace: ID<Workspace>, name: String, role: Role, acting: Role, by creator: String, now: Date
    ) async throws -> (secret: Secret, token: APIToken) {
        guard acting.can(.manageMembers), role != .owner || acting.can(.manageOwners) else {
            throw Failure(.forbidden, "Your role in this workspace (\(acting.rawValue)) may not make this token. Ask an owner.")
        }
        let name = try Self.checked(name)
        let secret = Secret(Self.prefix + Randomness.token().reveal())
        let token = try await database.write { db in
            guard try db.first("SELECT 1 AS one FROM workspaces WHERE id = $1", workspace) != nil else { throw WorkspaceStore.unknown }
            let id = try db.nextNumber(of: "tokens", in: .everywhere)
            try db.run(
                """
                INSERT INTO tokens (token_hash, id, workspace_id, role, name, created_by, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """, TokenHash.of(secret), id, workspace, role, name, creator, now)
            return APIToken(id: id, name: name, role: role, createdBy: creator, createdAt: now, usedAt: nil)
        }
        return (secret, token)
    }

    /// The workspace's tokens, newest first.
    package func list(_ workspace: ID<Workspace>) async throws -> [APIToken] {
        try await database.read { db in
            try db.rows(
                """
                SELECT id, name, role, created_by, created_at, used_at FROM tokens WHERE workspace_id = $1 ORDER BY id DESC
                """, workspace
            ).map(APIToken.init)
        }
    }

    /// Ends a token at once. Throws `notFound` when the workspace has none of this id, `forbidden` for an owner's token unless an
    /// owner asks.
    package func revoke(_ workspace: ID<Workspace>, id: Int64, acting: Role) async throws {
        try await database.write { db in
            let row = try db.first("SELECT role FROM tokens WHERE workspace_id = $1 AND id = $2", workspace, id)
            guard let row else { throw Failure(.notFound, "There is no such token.") }
            guard acting.can(.manageMembers), try row.get("role", as: Role.self) != .owner || acting.can(.manageOwners) else {
                throw Failure(.forbidden, "Your role in this workspace (\(acting.rawValue)) may not revoke this token. Ask an owner.")
            }
            try db.run("DELETE FROM tokens WHERE workspace_id = $1 AND id = $2", workspace, id)
        }
    }

    /// Global, as the workspace is what the token tells: who is asking with it, or nil when it is unknown.
    package func find(_ secret: Secret, now: Date) async throws -> Viewer? {
        guard secret.reveal().hasPrefix(Self.prefix) else { return nil }
        let hash = TokenHash.of(secret)
        let row = try await database.read { db in
            try db.first(
                """
                SELECT workspaces.id, workspaces.name, workspaces.created_at, tokens.id AS token_id, tokens.name AS token_name, tokens.role,
                    tokens.used_at
                FROM tokens JOIN workspaces ON workspaces.id = tokens.workspace_id WHERE tokens.token_hash = $1
                """, hash)
        }
        guard let row else { return nil }
        let usedAt: Date? = try row.find("used_at")
        if usedAt.map({ $0 <= now - Self.touchInterval }) ?? true {
            try await database.write { _ = try $0.run("UPDATE tokens SET used_at = $2 WHERE token_hash = $1", hash, now) }
        }
        return Viewer(
            actor: .token(id: try row.get("token_id"), name: try row.get("token_name")), workspace: try Workspace(row),
            role: try row.get("role"))
    }

    private static func checked(_ name: String) throws -> String {
        let name = name.trimmed
        let isOdd = name.unicodeScalars.contains { CharacterSet.controlCharacters.contains($0) }
        guard !name.isEmpty, name.count <= longestName, !isOdd else {
            let message = name.isEmpty ? "Give the token a name." : "Use at most \(longestName) characters on one line."
            throw Failure(.invalid, message, fields: [.init("name", message)])
        }
        return name
    }
}

/// An API token as lists show it.
package struct APIToken: Sendable, Equatable {
    package var id: Int64
    package var name: String
    package var role: Role
    /// Who made it, in words.
    package var createdBy: String
    package var createdAt: Date
    /// Last use, to within a few minutes.
    package var usedAt: Date?
}

extension APIToken {
    init(_ row: Row) throws {
        self.init(
            id: try row.get("id"), name: try row.get("name"), role: try row.get("role"), createdBy: try row.get("created_by"),
            createdAt: try row.get("created_at"), usedAt: try row.find("used_at"))
    }
}
