import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct SessionStoreTests {
    @Test(arguments: Engine.allCases) func aTokenFindsPersonWorkspaceAndRole(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            let ada = try await store.member("ada@x.io", of: workspace, role: .admin)
            let token = try await store.sessions.create(for: ada, workspace: workspace, now: noon)
            let session = try #require(try await store.sessions.find(token, now: noon))
            #expect(session.person.id == ada)
            #expect(session.workspace?.id == workspace)
            #expect(session.role == .admin)
            #expect(session.viewer?.displayName == "ada@x.io")
            #expect(session.expiresAt == noon + 14 * day)
            #expect(Data(base64URL: session.csrf)?.count == 32)
            #expect(session.accepts(csrf: session.csrf))
            #expect(!session.accepts(csrf: ""))
            #expect(!session.accepts(csrf: session.csrf + "x"))
            #expect(try await store.sessions.find(Secret(token.reveal() + "x"), now: noon) == nil)
            #expect(try await store.sessions.find(Secret(session.id), now: noon) == nil)
            #expect(await failure { try await store.sessions.create(for: 99, now: noon) }?.kind == .notFound)
        }
    }

    @Test(arguments: Engine.allCases) func theTokenItselfIsNowhere(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let ada = try await store.person("ada@x.io")
            let token = try await store.sessions.create(for: ada, now: noon)
            let rows = try await store.database.read { try $0.rows("SELECT token_hash, csrf FROM sessions") }
            #expect(try rows.map { try $0.get("token_hash", as: String.self) } == [TokenHash.of(token)])
            #expect(try rows.allSatisfy { try $0.get("csrf", as: String.self) != token.reveal() })
        }
    }

    @Test(arguments: Engine.allCases) func anIdleSessionEnds(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let ada = try await store.person("ada@x.io")
            let token = try await store.sessions.create(for: ada, now: noon)
            let almost = noon + 14 * day - 1
            #expect(try await store.sessions.find(token, now: noon + 14 * day) == nil)
            #expect(try await store.sessions.find(token, now: almost)?.expiresAt == almost + 14 * day)
            #expect(try await store.sessions.find(token, now: noon + 14 * day) != nil)
        }
    }

    @Test(arguments: Engine.allCases) func aBusySessionEndsAfterSixtyDays(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let ada = try await store.person("ada@x.io")
            let token = try await store.sessions.create(for: ada, now: noon)
            for number in 1...5 { #expect(try await store.sessions.find(token, now: noon + Double(number) * 11 * day) != nil) }
            #expect(try await store.sessions.find(token, now: noon + 60 * day - 1)?.expiresAt == noon + 60 * day)
            #expect(try await store.sessions.find(token, now: noon + 60 * day) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func useIsWrittenEveryFewMinutes(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let workspace = try await store.workspace()
            let ada = try await store.member("ada@x.io", of: workspace)
            func activeAt() async throws -> Date? { try await store.members.find(workspace, person: ada)?.lastActiveAt }
            let token = try await store.sessions.create(for: ada, now: noon)
            #expect(try await activeAt() == noon)
            #expect(try await store.sessions.find(token, now: noon + 4 * minute)?.expiresAt == noon + 14 * day)
            #expect(try await activeAt() == noon)
            let later = noon + 6 * minute
            #expect(try await store.sessions.find(token, now: later)?.expiresAt == later + 14 * day)
            #expect(try await activeAt() == later)
        }
    }

    @Test(arguments: Engine.allCases) func aPersonSwitchesBetweenTheirWorkspacesOnly(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let alpha = try await store.workspace("Alpha")
            let beta = try await store.workspace("Beta")
            let gamma = try await store.workspace("Gamma")
            let ada = try await store.member("ada@x.io", of: beta, role: .owner)
            try await store.members.add(alpha, person: ada, role: .member, acting: .owner, now: noon)
            _ = try await store.member("eve@x.io", of: beta, role: .owner)

            let token = try await store.sessions.create(for: ada, now: noon)
            func session() async throws -> Session { try #require(try await store.sessions.find(token, now: noon)) }
            #expect(try await session().workspace?.id == alpha)
            #expect(try await session().memberships.map(\.workspace.id) == [alpha, beta])
            try await store.sessions.switchWorkspace(session(), to: beta, now: noon)
            #expect(try await session().workspace?.id == beta)
            #expect(try await session().role == .owner)
            let failure = await failure { try await store.sessions.switchWorkspace(session(), to: gamma, now: noon) }
            #expect(failure?.kind == .notFound)
            #expect(try await session().workspace?.id == beta)

            try await store.members.remove(beta, person: ada, acting: .owner)
            #expect(try await session().workspace?.id == alpha)
            #expect(try await session().role == .member)
            try await store.members.remove(alpha, person: ada, acting: .owner)
            #expect(try await session().viewer == nil)
        }
    }

    @Test(arguments: Engine.allCases) func signingOutEndsOneOrAllOrAllOthers(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let ada = try await store.person("ada@x.io")
            let bob = try await store.person("bob@x.io")
            var tokens: [Secret] = []
            for _ in 0..<4 { tokens.append(try await store.sessions.create(for: ada, now: noon)) }
            let bobs = try await store.sessions.create(for: bob, now: noon)
            func live() async throws -> [Bool] {
                var live: [Bool] = []
                for token in tokens + [bobs] { live.append(try await store.sessions.find(token, now: noon) != nil) }
                return live
            }
            try await store.sessions.delete(#require(try await store.sessions.find(tokens[0], now: noon)))
            #expect(try await live() == [false, true, true, true, true])
            let kept = try #require(try await store.sessions.find(tokens[1], now: noon))
            #expect(try await store.sessions.deleteAll(of: ada, except: kept) == 2)
            #expect(try await live() == [false, true, false, false, true])
            #expect(try await store.sessions.deleteAll(of: ada) == 1)
            #expect(try await live() == [false, false, false, false, true])
        }
    }

    @Test(arguments: Engine.allCases) func onlyWhatIsOverIsPurged(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let ada = try await store.person("ada@x.io")
            _ = try await store.sessions.create(for: ada, now: noon)
            let later = try await store.sessions.create(for: ada, now: noon + day)
            #expect(try await store.sessions.purgeExpired(now: noon + 14 * day - 1) == 0)
            #expect(try await store.sessions.purgeExpired(now: noon + 14 * day) == 1)
            #expect(try await store.sessions.find(later, now: noon + 14 * day) != nil)
        }
    }
}
