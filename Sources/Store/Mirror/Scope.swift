package import Domain

/// The part of the mirror that one portal fills: a workspace and its connection. First parameter of every store function on synced rows.
package struct MirrorScope: Sendable, Hashable {
    package var workspace: ID<Workspace>
    package var connection: ID<Connection>

    package init(workspace: ID<Workspace>, connection: ID<Connection>) {
        self.workspace = workspace
        self.connection = connection
    }

    /// The word by which one search index keeps portals apart.
    var searchWord: String { "w\(workspace)c\(connection)" }
}

/// What saving one record did.
enum Change {
    case added, updated, unchanged
}

extension PhaseCounts {
    mutating func count(_ change: Change) {
        done += 1
        switch change {
        case .added: added += 1
        case .updated: updated += 1
        case .unchanged: unchanged += 1
        }
    }
}
