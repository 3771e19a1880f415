package import Domain
package import Foundation

/// The tenants. Global: this table names them.
package struct WorkspaceStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Longest accepted name, in characters.
    package static let longestName = 80

    /// Global. A workspace with this name and, unless nil, its first owner. Throws `invalid` for an empty or long name, `conflict` with
    /// code `name_taken`, `notFound` for an unknown person.
    package func create(name: String, owner: ID<Person>? = nil, now: Date) async throws -> Workspace {
        let name = try Self.checked(name)
        return try await database.write { db in
            let id = ID<Workspace>(try db.nextNumber(of: "workspaces", in: .everywhere))
            let added = try db.run(
                """
                INSERT INTO workspaces (id, name, name_folded, created_at) VALUES ($1, $2, $3, $4)
                ON CONFLICT (name_folded) DO NOTHING
                """, id, name, Self.folded(name), now)
            guard added == 1 else { throw Self.nameTaken }
            if let owner { try MemberStore.insert(id, person: owner, role: .owner, now: now, in: db) }
            return Workspace(id: id, name: name, createdAt: now)
        }
    }

    /// Gives the workspace another name and writes it down in the audit log; false when it has the name already. Throws as `create` does.
    ///
    /// - Parameter actor: whose act the log says it is.
    package func rename(_ workspace: ID<Workspace>, to name: String, actor: String, now: Date) async throws -> Bool {
        let name = try Self.checked(name)
        do {
            return try await database.write { db in
                guard let row = try db.first("SELECT name FROM workspaces WHERE id = $1", workspace) else { throw Self.unknown }
                let old: String = try row.get("name")
                if old == name { return false }
                try db.run("UPDATE workspaces SET name = $2, name_folded = $3 WHERE id = $1", workspace, name, Self.folded(name))
                try db.appendAudit(workspace, actor: actor, action: "workspace.rename", subject: old, detail: "now \(name)", now: now)
                return true
            }
        } catch let failure as Failure where failure.code == "constraint" {
            // The unique index of the folded names: it also decides between two who rename at once.
            throw Self.nameTaken
        }
    }

    private static var nameTaken: Failure {
        let message = "There is a workspace with this name already. Choose another."
        return Failure(.conflict, code: "name_taken", message, fields: [.init("name", message, code: "name_taken")])
    }

    /// Global. By name, whatever its case, spacing and composition.
    package func find(name: String) async throws -> Workspace? {
        try await database.read { db in
            try db.first("SELECT id, name, created_at FROM workspaces WHERE name_folded = $1", Self.folded(name)).map(Workspace.init)
        }
    }

    /// Throws `notFound`.
    package func get(_ workspace: ID<Workspace>) async throws -> Workspace {
        let row = try await database.read { try $0.first("SELECT id, name, created_at FROM workspaces WHERE id = $1", workspace) }
        guard let row else { throw Self.unknown }
        return try Workspace(row)
    }

    /// Global. All workspaces by name.
    package func list() async throws -> [Workspace] {
        try await database.read { db in
            try db.rows("SELECT id, name, created_at FROM workspaces ORDER BY name_folded").map(Workspace.init)
        }
    }

    /// Global. Whether there is none yet.
    package func isEmpty() async throws -> Bool {
        try await database.read { try $0.first("SELECT 1 AS one FROM workspaces LIMIT 1") == nil }
    }

    /// A number that grows with every visible change of the workspace's runs and connection; pages poll it. Throws `notFound`.
    package func version(of workspace: ID<Workspace>) async throws -> Int64 {
        let row = try await database.read { try $0.first("SELECT version FROM workspaces WHERE id = $1", workspace) }
        guard let row else { throw Self.unknown }
        return try row.get("version")
    }

    /// Global: the versions of several workspaces, read at once; those that are gone are missing.
    package func versions(of workspaces: [ID<Workspace>]) async throws -> [ID<Workspace>: Int64] {
        try await database.read { db in
            var versions: [ID<Workspace>: Int64] = [:]
            // Few statements for the engine to prepare, whatever the number: lists are filled up to a round length.
            for start in stride(from: 0, to: workspaces.count, by: Self.watchedTogether) {
                var part = Array(workspaces[start..<min(start + Self.watchedTogether, workspaces.count)])
                let length = part.count <= 8 ? 8 : Self.watchedTogether
                part += Array(repeating: part[0], count: length - part.count)
                let rows = try db.rows(
                    "SELECT id, version FROM workspaces WHERE id IN (\(placeholders(from: 1, count: length)))",
                    arguments: part.map(\.sqlValue))
                for row in rows { versions[try row.get("id")] = try row.get("version") }
            }
            return versions
        }
    }

    private static let watchedTogether = 200

    /// The channel on which processes hear of other processes' changes, each with its workspace's id.
    package static let changes = "clynto_changes"

    /// See `Queries.bumpVersion(of:)`, which stores call in the transaction that makes the change.
    package func bump(_ workspace: ID<Workspace>) async throws {
        try await database.write { try $0.bumpVersion(of: workspace, announces: true) }
    }

    /// What makes two names the same: case, composition and spacing do not count.
    static func folded(_ name: String) -> String {
        name.precomposedStringWithCompatibilityMapping.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func checked(_ name: String) throws -> String {
        let name = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let isOdd = name.unicodeScalars.contains { CharacterSet.controlCharacters.contains($0) }
        guard !name.isEmpty, name.count <= longestName, !isOdd else {
            let message = name.isEmpty ? "Give the workspace a name." : "Use at most \(longestName) characters."
            throw Failure(.invalid, message, fields: [.init("name", message)])
        }
        return name
    }

    package static let unknown = Failure(.notFound, "There is no such workspace.")
}

extension Queries {
    /// Takes the workspace's row until the transaction ends, so that what is checked stays true until it is written. Throws `notFound`.
    func lock(_ workspace: ID<Workspace>) throws {
        guard try first("SELECT id FROM workspaces WHERE id = $1 \(dialect.forUpdate)", workspace) != nil else {
            throw WorkspaceStore.unknown
        }
    }

    /// Tells every page that follows the workspace's runs and connection that there is something new. No-op for an unknown workspace.
    ///
    /// - Parameter announces: wakes the other processes as well, instead of leaving it to their look every second. For what people wait
    ///   for, such as the beginning and the end of a run, and not for every page of one: on PostgreSQL all transactions that notify
    ///   commit one after the other.
    package func bumpVersion(of workspace: ID<Workspace>, announces: Bool = false) throws {
        try run("UPDATE workspaces SET version = version + 1 WHERE id = $1", workspace)
        if announces { try notify(WorkspaceStore.changes, "\(workspace)") }
    }
}

extension Workspace {
    /// Reads the columns `id`, `name` and `created_at`.
    init(_ row: Row) throws {
        self.init(id: try row.get("id"), name: try row.get("name"), createdAt: try row.get("created_at"))
    }
}
