import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct MemberStoreTests {
    @Test(arguments: Engine.allCases) func membersAreListedOwnersFirst(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            for (email, role) in [("zoe@x.io", Role.member), ("Bob@x.io", .admin), ("eve@x.io", .owner), ("ann@x.io", .member)] {
                _ = try await store.member(email, of: workspace, role: role)
            }
            let members = try await store.members.list(workspace)
            #expect(members.map(\.person.email) == ["eve@x.io", "bob@x.io", "ann@x.io", "zoe@x.io"])
            #expect(members.map(\.role) == [.owner, .admin, .member, .member])
            #expect(members.allSatisfy { $0.joinedAt == noon && $0.lastActiveAt == nil })
        }
    }

    /// Who may do what to whom: rows are the acting role, then the target's role before and after (nil after = removed).
    private static let rules: [(acting: Role, before: Role, after: Role?, isAllowed: Bool)] = [
        (.owner, .member, .owner, true), (.owner, .owner, .member, true), (.owner, .owner, nil, true), (.owner, .admin, .member, true),
        (.admin, .member, .admin, true), (.admin, .admin, .member, true), (.admin, .member, nil, true), (.admin, .member, .owner, false),
        (.admin, .admin, .owner, false), (.admin, .owner, .admin, false), (.admin, .owner, .owner, false), (.admin, .owner, nil, false),
        (.member, .member, .admin, false), (.member, .member, .member, false), (.member, .member, nil, false),
        (.member, .owner, nil, false)
    ]

    @Test(arguments: rules) func onlyOwnersTouchOwners(acting: Role, before: Role, after: Role?, isAllowed: Bool) async throws {
        try await withStore(.sqlite) { store in
            let workspace = try await store.workspace()
            _ = try await store.member("owner@x.io", of: workspace, role: .owner)
            let target = try await store.member("target@x.io", of: workspace, role: before)
            let failure = await failure {
                if let after {
                    try await store.members.setRole(workspace, person: target, to: after, acting: acting)
                } else {
                    try await store.members.remove(workspace, person: target, acting: acting)
                }
            }
            #expect(failure?.kind == (isAllowed ? nil : .forbidden))
            let role = try await store.members.find(workspace, person: target)?.role
            #expect(role == (isAllowed ? after : before))
        }
    }

    @Test(arguments: Engine.allCases) func onlyOwnersAddOwners(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            let ada = try await store.person("ada@x.io")
            for acting in [Role.admin, .member] {
                let failure = await failure {
                    try await store.members.add(workspace, person: ada, role: .owner, acting: acting, now: noon)
                }
                #expect(failure?.kind == .forbidden)
            }
            try await store.members.add(workspace, person: ada, role: .admin, acting: .admin, now: noon)
            let again = await failure { try await store.members.add(workspace, person: ada, role: .member, acting: .owner, now: noon) }
            #expect(again?.code == "already_member")
            #expect(try await store.members.find(workspace, person: ada)?.role == .admin)
            let nowhere = await failure { try await store.members.add(9, person: ada, role: .member, acting: .owner, now: noon) }
            #expect(nowhere?.kind == .notFound)
            let nobody = await failure { try await store.members.add(workspace, person: 9, role: .member, acting: .owner, now: noon) }
            #expect(nobody?.kind == .notFound)
        }
    }

    @Test(arguments: Engine.allCases) func theLastOwnerStays(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            let other = try await store.workspace("Other")
            let ada = try await store.member("ada@x.io", of: workspace, role: .owner)
            _ = try await store.member("bob@x.io", of: workspace, role: .admin)
            // An owner elsewhere does not count.
            _ = try await store.member("eve@x.io", of: other, role: .owner)

            let demoted = await failure { try await store.members.setRole(workspace, person: ada, to: .admin, acting: .owner) }
            #expect(demoted?.kind == .conflict)
            #expect(demoted?.code == "last_owner")
            #expect(await failure { try await store.members.remove(workspace, person: ada, acting: .owner) }?.code == "last_owner")
            try await store.members.setRole(workspace, person: ada, to: .owner, acting: .owner)
            #expect(try await store.members.find(workspace, person: ada)?.role == .owner)
        }
    }

    @Test(arguments: Engine.allCases) func twoOwnersCannotRemoveEachOtherAtOnce(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            let ada = try await store.member("ada@x.io", of: workspace, role: .owner)
            let bob = try await store.member("bob@x.io", of: workspace, role: .owner)
            let other = try store.connect()
            async let one = failure { try await store.members.remove(workspace, person: bob, acting: .owner) }
            async let two = failure { try await MemberStore(database: other).remove(workspace, person: ada, acting: .owner) }
            let failures = await [one, two].compactMap { $0 }
            try await other.close()
            #expect(failures.map(\.code) == ["last_owner"])
            #expect(try await store.members.list(workspace).map(\.role) == [.owner])
        }
    }

    @Test(arguments: Engine.allCases) func workspacesDoNotSeeEachOther(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let one = try await store.workspace("Beta")
            let two = try await store.workspace("alpha")
            let ada = try await store.member("ada@x.io", of: one, role: .owner)
            let bob = try await store.member("bob@x.io", of: two, role: .owner)
            try await store.members.add(two, person: ada, role: .member, acting: .owner, now: noon)

            #expect(try await store.members.find(one, person: bob) == nil)
            #expect(await failure { try await store.members.setRole(one, person: bob, to: .member, acting: .owner) }?.kind == .notFound)
            #expect(await failure { try await store.members.remove(one, person: bob, acting: .owner) }?.kind == .notFound)
            try await store.members.setRole(two, person: ada, to: .admin, acting: .owner)
            #expect(try await store.members.find(one, person: ada)?.role == .owner)
            let memberships = try await store.members.workspaces(of: ada)
            #expect(memberships.map(\.workspace.name) == ["alpha", "Beta"])
            #expect(memberships.map(\.role) == [.admin, .owner])
            try await store.members.remove(two, person: ada, acting: .owner)
            #expect(try await store.members.workspaces(of: ada).map(\.workspace.id) == [one])
            #expect(try await store.members.workspaces(of: 99).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func activityIsWrittenEveryFewMinutes(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            let ada = try await store.member("ada@x.io", of: workspace)
            func activeAt() async throws -> Date? { try await store.members.find(workspace, person: ada)?.lastActiveAt }
            try await store.members.touch(workspace, person: ada, now: noon)
            #expect(try await activeAt() == noon)
            try await store.members.touch(workspace, person: ada, now: noon + 4 * minute)
            #expect(try await activeAt() == noon)
            try await store.members.touch(workspace, person: ada, now: noon + 5 * minute)
            #expect(try await activeAt() == noon + 5 * minute)
            try await store.members.touch(workspace, person: 99, now: noon)
        }
    }
}
