import Domain
import Markup

/// The parts of the settings, as tabs.
enum SettingsTab: String, CaseIterable, Sendable {
    case profile, workspace, members, matching, notifications, assistant, tokens, audit, retention

    var text: String {
        switch self {
        case .profile: "Your profile"
        case .workspace: "Workspace"
        case .members: "Members"
        case .matching: "Matching"
        case .tokens: "API tokens"
        case .audit: "Audit log"
        case .notifications: "Notifications"
        case .assistant: "Assistant"
        case .retention: "Data"
        }
    }

    var route: Route {
        switch self {
        case .profile: .profile
        case .workspace: .workspace
        case .members: .members
        case .matching: .matchingSettings
        case .tokens: .tokens
        case .audit: .audit
        case .notifications: .notifications
        case .assistant: .assistant
        case .retention: .retention
        }
    }

    /// Whether a role may open it. Members see the workspace and who is in it, but no tokens and no log.
    func isOpen(to role: Role) -> Bool {
        switch self {
        case .profile, .workspace, .members, .notifications, .assistant: true
        case .matching: role.can(.manageAccounts)
        case .tokens: role.can(.manageMembers)
        case .audit: role.can(.readAudit)
        case .retention: role.can(.manageConnection)
        }
    }

    static func bar(_ current: SettingsTab, role: Role) -> HTML {
        Tabs(
            "Settings",
            allCases.filter { $0.isOpen(to: role) }.map { Tabs.Tab($0.text, to: $0.route.link, isCurrent: $0 == current) }
        ).html
    }
}
