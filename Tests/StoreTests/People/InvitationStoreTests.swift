import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct InvitationStoreTests {
    private let password = Secret("correct horse battery")

    @Test(arguments: Engine.allCases) func aLinkSetsThePasswordOnce(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            let ada = try await store.member("ada@x.io", of: workspace)
            let link = try #require(try await store.invitations.invite(workspace, person: ada, now: noon))
            let invitation = try #require(try await store.invitations.find(link, now: noon))
            #expect(invitation.person.id == ada)
            #expect(invitation.workspaceID == workspace)
            #expect(invitation.expiresAt == noon + 7 * day)

            let short = await failure { try await store.invitations.accept(link, password: Secret("short"), now: noon) }
            #expect(short?.code == "too_short")
            #expect(try await store.invitations.accept(link, password: password, now: noon).id == ada)
            #expect(try await store.people.authenticate(email: "ada@x.io", password: password)?.id == ada)
            let again = await failure { try await store.invitations.accept(link, password: Secret("something else"), now: noon) }
            #expect(again?.kind == .notFound)
            #expect(again?.code == "link_expired")
            #expect(try await store.people.authenticate(email: "ada@x.io", password: password)?.id == ada)
        }
    }

    @Test(arguments: Engine.allCases) func aLinkEndsAfterSevenDays(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let ada = try await store.person("ada@x.io")
            let link = try await store.invitations.reset(ada, now: noon)
            #expect(try await store.invitations.find(link, now: noon + 7 * day - 1) != nil)
            #expect(try await store.invitations.find(link, now: noon + 7 * day) == nil)
            #expect(
                await failure { try await store.invitations.accept(link, password: password, now: noon + 7 * day) }?.code == "link_expired")
            #expect(try await store.invitations.purgeExpired(now: noon + 7 * day - 1) == 0)
            #expect(try await store.invitations.purgeExpired(now: noon + 7 * day) == 1)
        }
    }

    @Test(arguments: Engine.allCases) func onlyTheHashIsStored(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let link = try await store.invitations.reset(try await store.person("ada@x.io"), now: noon)
            let rows = try await store.database.read { try $0.rows("SELECT token_hash FROM invitations") }
            #expect(try rows.map { try $0.get("token_hash", as: String.self) } == [TokenHash.of(link)])
            #expect(try await store.invitations.find(Secret(TokenHash.of(link)), now: noon) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func aResetSignsOutEverywhereAndANewLinkEndsTheOld(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let ada = try await store.person("ada@x.io")
            let session = try await store.sessions.create(for: ada, now: noon)
            let old = try await store.invitations.reset(ada, now: noon)
            let new = try await store.invitations.reset(ada, now: noon)
            #expect(try await store.invitations.find(old, now: noon) == nil)
            #expect(try await store.invitations.find(new, now: noon)?.workspaceID == nil)
            #expect(try await store.sessions.find(session, now: noon) != nil)
            _ = try await store.invitations.accept(new, password: password, now: noon)
            #expect(try await store.sessions.find(session, now: noon) == nil)
        }
    }

    /// A person is shared between workspaces: an admin of one must not get a link that opens another.
    @Test(arguments: Engine.allCases) func noLinkIntoAnotherWorkspace(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let first = try await store.workspace("First")
            let second = try await store.workspace("Second")
            let ada = try await store.member("ada@x.io", of: first, role: .owner, at: noon)
            try await store.members.add(second, person: ada, role: .member, acting: .owner, now: noon + 1)
            #expect(try await store.invitations.invite(second, person: ada, now: noon + 1)?.reveal() == nil)
            let link = try #require(try await store.invitations.invite(first, person: ada, now: noon + 1))
            _ = try await store.invitations.accept(link, password: password, now: noon + 1)
            #expect(try await store.invitations.invite(first, person: ada, now: noon + 1)?.reveal() == nil)

            let stranger = try await store.person("bob@x.io")
            #expect(await failure { try await store.invitations.invite(first, person: stranger, now: noon) }?.kind == .notFound)
        }
    }

    @Test(arguments: Engine.allCases) func aRemovedMembersLinkIsVoid(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            let ada = try await store.member("ada@x.io", of: workspace)
            let link = try #require(try await store.invitations.invite(workspace, person: ada, now: noon))
            try await store.members.remove(workspace, person: ada, acting: .admin)
            #expect(try await store.invitations.find(link, now: noon) == nil)
        }
    }
}
