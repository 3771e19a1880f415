package import Foundation

/// The tenant: everything a customer-success team sees lives in one workspace, and workspaces never see each other.
package struct Workspace: Sendable, Equatable {
    package var id: ID<Workspace>
    /// Unique on this installation.
    package var name: String
    package var createdAt: Date

    package init(id: ID<Workspace>, name: String, createdAt: Date) {
        self.id = id
        self.name = name
        self.createdAt = createdAt
    }
}

/// Somebody who can sign in. Global by e-mail address; may belong to many workspaces.
package struct Person: Sendable, Equatable {
    package var id: ID<Person>
    /// Lower-case.
    package var email: String
    package var name: String

    package init(id: ID<Person>, email: String, name: String) {
        self.id = id
        self.email = email
        self.name = name
    }

    /// A name to begin with, made from the part of an address before the @: `ana.silva@…` is Ana Silva.
    package static func name(fromEmail email: String) -> String {
        let words = email.prefix { $0 != "@" }.split { !$0.isLetter && !$0.isNumber }
        return words.isEmpty ? email : words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
    }
}

/// A person's place in one workspace.
package struct Member: Sendable, Equatable {
    package var person: Person
    package var role: Role
    package var joinedAt: Date
    package var lastActiveAt: Date?

    package init(person: Person, role: Role, joinedAt: Date, lastActiveAt: Date?) {
        self.person = person
        self.role = role
        self.joinedAt = joinedAt
        self.lastActiveAt = lastActiveAt
    }
}

/// Who is asking now, and for which workspace.
package struct Viewer: Sendable, Equatable {
    /// How the viewer proved who they are.
    package enum Actor: Sendable, Equatable {
        case person(Person)
        /// An API token, by its label.
        case token(id: Int64, name: String)
    }

    package var actor: Actor
    package var workspace: Workspace
    package var role: Role

    package init(actor: Actor, workspace: Workspace, role: Role) {
        self.actor = actor
        self.workspace = workspace
        self.role = role
    }

    /// What the audit log calls the viewer.
    package var displayName: String {
        switch actor {
        case .person(let person): person.name.isEmpty ? person.email : person.name
        case .token(_, let name): "token \(name)"
        }
    }

    /// Throws `forbidden` unless the viewer's role may do `permission`.
    package func require(_ permission: Permission) throws {
        guard role.can(permission) else {
            throw Failure(.forbidden, "Your role in this workspace (\(role.rawValue)) may not do this. Ask an owner or admin.")
        }
    }
}

/// One administrative act, as the append-only audit log keeps it.
package struct AuditEntry: Sendable, Equatable {
    package var id: Int64
    package var at: Date
    package var actor: String
    /// A dotted word such as `freshdesk.connect` or `member.role`.
    package var action: String
    /// What it was done to, in words.
    package var subject: String
    /// What changed, in words. Never a secret.
    package var detail: String?

    package init(id: Int64, at: Date, actor: String, action: String, subject: String, detail: String?) {
        self.id = id
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
    }
}
