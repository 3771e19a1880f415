package import Domain
package import Foundation

/// The workspace's zone, and what summaries may read.
extension WorkspaceStore {
    /// Throws `notFound`.
    package func assistant(of workspace: ID<Workspace>) async throws -> AssistantSettings {
        let row = try await database.read { try $0.first("SELECT time_zone, summary_notes FROM workspaces WHERE id = $1", workspace) }
        guard let row else { throw Self.unknown }
        return try AssistantSettings(row)
    }

    /// Sets the zone and writes it down in the audit log; false when it is that already. Throws `invalid` for a name that is none.
    package func setZone(_ workspace: ID<Workspace>, to name: String, actor: String, now: Date) async throws -> Bool {
        guard let zone = CivilZone(name: name) else {
            let message = "“\(name.prefix(60))” is no time zone. Choose one from the list."
            throw Failure(.invalid, message, fields: [.init("zone", message)])
        }
        return try await set(
            workspace, "time_zone", zone.isUTC ? nil : zone.name, action: "workspace.zone", detail: zone.name, actor: actor, now: now)
    }

    /// Sets in whose summaries private notes may stand; false when it is that already.
    package func setNotes(
        _ workspace: ID<Workspace>, to notes: AssistantSettings.Notes, actor: String, now: Date
    ) async throws -> Bool {
        try await set(
            workspace, "summary_notes", notes == .nobody ? nil : notes.rawValue, action: "workspace.summary_notes",
            detail: notes.rawValue, actor: actor, now: now)
    }

    /// - Parameter column: one of ours, never a visitor's.
    private func set(
        _ workspace: ID<Workspace>, _ column: String, _ value: String?, action: String, detail: String, actor: String, now: Date
    ) async throws -> Bool {
        try await database.write { db in
            guard let row = try db.first("SELECT name, \(column) FROM workspaces WHERE id = $1", workspace) else { throw Self.unknown }
            let old: String? = try row.find(column)
            if old == value { return false }
            try db.run("UPDATE workspaces SET \(column) = $2 WHERE id = $1", workspace, value)
            try db.appendAudit(
                workspace, actor: actor, action: action, subject: try row.get("name"), detail: "now \(detail)", now: now)
            try db.bumpVersion(of: workspace)
            return true
        }
    }
}

extension AssistantSettings {
    /// Reads the columns `time_zone` and `summary_notes`; what this program does not know counts as not set.
    init(_ row: Row) throws {
        let zone: String? = try row.find("time_zone")
        let notes: String? = try row.find("summary_notes")
        self.init(zone: zone.flatMap { CivilZone(name: $0) } ?? .utc, notes: notes.flatMap(Notes.init) ?? .nobody)
    }
}
