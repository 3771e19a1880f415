import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct TokenStoreTests {
    @Test(arguments: Engine.allCases) func aTokenActsInItsWorkspaceWithItsRole(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            let (secret, token) = try await store.tokens.create(
                workspace, name: " reports ", role: .member, acting: .admin, by: "Ada", now: noon)
            #expect(secret.reveal().hasPrefix("clynto_"))
            #expect(Data(base64URL: String(secret.reveal().dropFirst(7)))?.count == 32)
            #expect(token.name == "reports")
            let viewer = try #require(try await store.tokens.find(secret, now: noon))
            #expect(viewer.workspace.id == workspace)
            #expect(viewer.role == .member)
            #expect(viewer.actor == .token(id: token.id, name: "reports"))
            for odd in ["", "clynto_", secret.reveal() + "x", String(secret.reveal().dropFirst(7)), TokenHash.of(secret)] {
                #expect(try await store.tokens.find(Secret(odd), now: noon) == nil)
            }
            let rows = try await store.database.read { try $0.rows("SELECT token_hash FROM tokens") }
            #expect(try rows.map { try $0.get("token_hash", as: String.self) } == [TokenHash.of(secret)])
        }
    }

    @Test(arguments: Engine.allCases) func useIsWrittenEveryFewMinutes(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            let (secret, _) = try await store.tokens.create(workspace, name: "a", role: .member, acting: .owner, by: "Ada", now: noon)
            func usedAt() async throws -> Date? { try await store.tokens.list(workspace).first?.usedAt }
            #expect(try await usedAt() == nil)
            for (moment, expected) in [(noon, noon), (noon + 4 * minute, noon), (noon + 5 * minute, noon + 5 * minute)] {
                _ = try await store.tokens.find(secret, now: moment)
                #expect(try await usedAt() == expected)
            }
        }
    }

    @Test(arguments: Engine.allCases) func workspacesDoNotSeeEachOthersTokens(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let one = try await store.workspace("One")
            let two = try await store.workspace("Two")
            let (secret, token) = try await store.tokens.create(one, name: "a", role: .admin, acting: .owner, by: "Ada", now: noon)
            let (_, newer) = try await store.tokens.create(one, name: "b", role: .admin, acting: .owner, by: "Ada", now: noon)
            #expect(try await store.tokens.list(one) == [newer, token])
            #expect(try await store.tokens.list(two).isEmpty)
            #expect(await failure { try await store.tokens.revoke(two, id: token.id, acting: .owner) }?.kind == .notFound)
            #expect(try await store.tokens.find(secret, now: noon) != nil)
            try await store.tokens.revoke(one, id: token.id, acting: .admin)
            #expect(try await store.tokens.find(secret, now: noon) == nil)
            #expect(try await store.tokens.list(one) == [newer])
        }
    }

    @Test(arguments: Engine.allCases) func onlyOwnersHandleOwnersTokens(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            func create(_ role: Role, acting: Role) async throws -> Int64 {
                try await store.tokens.create(workspace, name: "a", role: role, acting: acting, by: "Ada", now: noon).token.id
            }
            #expect(await failure { try await create(.owner, acting: .admin) }?.kind == .forbidden)
            #expect(await failure { try await create(.member, acting: .member) }?.kind == .forbidden)
            let id = try await create(.owner, acting: .owner)
            #expect(await failure { try await store.tokens.revoke(workspace, id: id, acting: .admin) }?.kind == .forbidden)
            #expect(try await store.tokens.list(workspace).count == 1)
            #expect(
                await failure { try await store.tokens.create(9, name: "a", role: .member, acting: .owner, by: "Ada", now: noon) }?.kind
                    == .notFound)
        }
    }
}
