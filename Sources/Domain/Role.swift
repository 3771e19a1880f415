/// A member's place in a workspace. Each role may do all that the ones below it may.
package enum Role: String, Sendable, CaseIterable, Codable {
    case owner, admin, member

    /// Whether this role may do `permission`. Owner and Admin connect, disconnect and re-sync; Members look.
    package func can(_ permission: Permission) -> Bool {
        switch self {
        case .owner: true
        case .admin: !permission.isForOwnersOnly
        case .member: permission.isForEveryone
        }
    }
}

/// What a member may want to do in a workspace.
package enum Permission: Sendable, CaseIterable {
    /// See tickets, accounts, agents, the integration card and sync history; ask Larry.
    case look
    /// Connect, reconnect, re-sync, cancel, disconnect and change the connection's settings.
    case manageConnection
    /// Create, change, import and delete accounts; decide matches.
    case manageAccounts
    /// Invite, change and remove members below Owner; make API tokens.
    case manageMembers
    /// Read the audit log.
    case readAudit
    /// Make, change and remove Owners.
    case manageOwners
    /// Give the workspace another name.
    case renameWorkspace
    /// Delete everything that was synced.
    case deleteSyncedData

    var isForEveryone: Bool { self == .look }
    var isForOwnersOnly: Bool { [.manageOwners, .renameWorkspace, .deleteSyncedData].contains(self) }
}
