import Crypto
package import Domain
package import Foundation

/// A signed-in browser, as found by its cookie.
package struct Session: Sendable, Equatable {
    /// The hash of its token: names the session, opens nothing.
    package var id: String
    package var person: Person
    package var theme: Theme
    /// The person's workspaces by name; the switcher's entries.
    package var memberships: [Membership]
    /// The one being looked at: the chosen one while the person is its member, else the first; nil without any.
    package var membership: Membership?
    /// What forms carry as `csrf_token`.
    package var csrf: String
    package var expiresAt: Date

    package var workspace: Workspace? { membership?.workspace }
    package var role: Role? { membership?.role }

    /// Who is asking, in the workspace being looked at; nil when the person is nobody's member.
    package var viewer: Viewer? {
        membership.map { Viewer(actor: .person(person), workspace: $0.workspace, role: $0.role) }
    }

    /// Whether a form's token is this session's, compared in constant time.
    package func accepts(csrf token: String) -> Bool {
        SymmetricKey(data: Data(token.utf8)) == SymmetricKey(data: Data(csrf.utf8))
    }
}
