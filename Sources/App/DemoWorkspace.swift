import Domain
import Foundation
import Sandbox
import Store
import Sync

/// The demo's workspace: accounts that fit the simulated portal, and one person of each role.
enum DemoWorkspace {
    struct Login {
        var role: Role
        var email: String
        var password: Secret
    }

    private static let people: [(Role, String, String)] = [
        (.owner, "olivia@demo.example", "Olivia Owner"), (.admin, "adam@demo.example", "Adam Admin"),
        (.member, "mia@demo.example", "Mia Member")
    ]

    static func make(_ installation: Installation) async throws -> [Login] {
        let database = installation.database
        let now = installation.clock.product()
        let store = PersonStore(database: database)
        var logins: [Login] = []
        var workspace: Workspace?
        for (role, email, name) in people {
            let password = Secret(String(Randomness.token().reveal().filter { $0.isLetter || $0.isNumber }.prefix(12)))
            let person = try await store.create(email: email, name: name, password: password, now: now)
            if let workspace {
                try await MemberStore(database: database).add(workspace.id, person: person.id, role: role, acting: .owner, now: now)
            } else {
                workspace = try await WorkspaceStore(database: database).create(name: "Demo", owner: person.id, now: now)
            }
            logins.append(Login(role: role, email: email, password: password))
        }
        if let workspace { try await makeAccounts(workspace.id, database, now) }
        return logins
    }

    private static func makeAccounts(_ workspace: ID<Workspace>, _ database: any Database, _ now: Date) async throws {
        let drafts = try SandboxPortal.demoAccounts.map { account in
            try AccountDraft(
                name: account.name, domains: account.domains, externalID: account.externalID, ownerEmail: account.ownerEmail,
                arr: Decimal(string: account.arr), renewalDate: Day(account.renewalDate)
            ).validated()
        }
        try await database.write { db in
            for draft in drafts { _ = try AccountStore.insert(workspace, draft, now: now, db) }
        }
    }
}
