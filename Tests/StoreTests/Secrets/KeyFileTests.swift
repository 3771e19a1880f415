import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct KeyFileTests {
    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    private func open(_ path: String, _ store: StoreFixture) async throws -> Vault {
        try await Vault.open(.file(path), database: store.database)
    }

    @Test(arguments: Engine.allCases) func theFirstStartMakesIt(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let path = store.folder.appending(path: "keys/clynto.key").path
            let vault = try await open(path, store)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(vault.warnings.isEmpty)
            let again = try await open(path, store)
            #expect(again.ring == vault.ring)
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder.appending(path: "keys").path) == ["clynto.key"])
        }
    }

    @Test(arguments: Engine.allCases) func processesThatStartAtOnceShareOneKey(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let path = store.folder.appending(path: "clynto.key").path
            let ids = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<16 { group.addTask { try await Vault.open(.file(path), database: store.database).ring.current.id } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
        }
    }

    @Test(arguments: Engine.allCases) func aMissingFileIsNotReplacedWhileSecretsAreSealed(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let path = store.folder.appending(path: "clynto.key").path
            let vault = try await open(path, store)
            try await store.connection(
                workspace: 1, sealedKey: nil, sealedWebhookKey: try vault.seal(Secret("w"), for: .webhookKey, workspace: 1))
            try FileManager.default.removeItem(atPath: path)
            let failure = await failure { try await open(path, store) }
            #expect(failure?.kind == .unavailable)
            #expect(failure?.code == "key_file_missing")
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test(arguments: Engine.allCases) func aFileOfAnotherDatabaseIsSaidAndKept(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let path = store.folder.appending(path: "clynto.key").path
            let vault = try await open(path, store)
            try await store.connection(workspace: 1, sealedKey: try vault.seal(Secret("k"), for: .freshdeskKey, workspace: 1))
            let other = Data(repeating: 9, count: 32).base64EncodedString() + "\n"
            try other.write(toFile: path, atomically: true, encoding: .utf8)
            let failure = await failure { try await open(path, store) }
            #expect(failure?.code == "wrong_key")
            #expect(failure?.message.contains(path) == true)
            #expect(try text(path) == other)
        }
    }

    @Test(arguments: ["", "short\n", "AAAA\n", "\u{0}\u{1}\n"])
    func aMalformedFileIsSaidAndKept(_ content: String) async throws {
        try await withStore(.sqlite) { store in
            let path = store.folder.appending(path: "clynto.key").path
            try content.write(toFile: path, atomically: true, encoding: .utf8)
            let failure = await failure { try await open(path, store) }
            #expect(failure?.code == "malformed_key")
            #expect(failure?.message.contains(path) == true)
            #expect(try text(path) == content)
        }
    }

    @Test(arguments: [0o640, 0o604, 0o660])
    func aFileThatOthersMayReadGivesAWarning(_ mode: Int) async throws {
        try await withStore(.sqlite) { store in
            let path = store.folder.appending(path: "clynto.key").path
            _ = try await open(path, store)
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            let vault = try await open(path, store)
            #expect(vault.warnings.map(\.code) == ["key_file_permissions"])
        }
    }

    @Test(arguments: Engine.allCases) func rotatingSealsEverythingAgain(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let path = store.folder.appending(path: "clynto.key").path
            let vault = try await open(path, store)
            // A process that opened before the rotation and knows nothing of it.
            let running = try await open(path, store)
            let before = vault.ring.current
            for workspace in 1...5 {
                let id = ID<Workspace>(Int64(workspace))
                try await store.connection(
                    workspace: id, sealedKey: try vault.seal(Secret("key \(id)"), for: .freshdeskKey, workspace: id),
                    sealedWebhookKey: try vault.seal(Secret("hook \(id)"), for: .webhookKey, workspace: id))
            }

            #expect(try await vault.rotate(database: store.database) == .init(resealed: 10, unchanged: 0, damaged: 0))
            let after = vault.ring.current
            #expect(after != before)
            #expect(vault.ring.older == [before])
            let sealed = try await store.sealedKeys()
            #expect(sealed.allSatisfy { $0.hasPrefix("v1.\(after.id).") })
            for (index, text) in sealed.enumerated() {
                let id = ID<Workspace>(Int64(index + 1))
                #expect(try running.open(text, for: .freshdeskKey, workspace: id).reveal() == "key \(id)")
            }
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try await vault.reseal(database: store.database) == .init(resealed: 0, unchanged: 10, damaged: 0))
        }
    }

    @Test(arguments: Engine.allCases) func aRunningProcessSealsWithTheNewKey(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let path = store.folder.appending(path: "clynto.key").path
            let running = try await open(path, store)
            let rotating = try await open(path, store)
            for _ in 0..<3 { _ = try await rotating.rotate(database: store.database) }
            #expect(try text(path).split(separator: "\n").count == 2)
            let sealed = try running.seal(Secret("abc"), for: .freshdeskKey, workspace: 1)
            #expect(sealed.hasPrefix("v1.\(rotating.ring.current.id)."))
        }
    }

    /// A rotation that was killed leaves some secrets under each key; the next one finds them all.
    @Test(arguments: Engine.allCases) func aKilledRotationIsFinishedByTheNext(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let path = store.folder.appending(path: "clynto.key").path
            let vault = try await open(path, store)
            try await store.connection(workspace: 1, sealedKey: try vault.seal(Secret("one"), for: .freshdeskKey, workspace: 1))
            // Two new keys in front that nothing uses yet, as two killed rotations leave them.
            let fresh = (0..<2).map { Data(repeating: UInt8(40 + $0), count: 32).base64EncodedString() + "\n" }
            try (fresh.joined() + text(path)).write(toFile: path, atomically: true, encoding: .utf8)
            try await store.connection(workspace: 2, sealedKey: try vault.seal(Secret("two"), for: .freshdeskKey, workspace: 2))

            #expect(try await vault.rotate(database: store.database).resealed == 2)
            #expect(vault.ring.keys.count == 2)
            let sealed = try await store.sealedKeys()
            #expect(try vault.open(sealed[0], for: .freshdeskKey, workspace: 1).reveal() == "one")
            #expect(try vault.open(sealed[1], for: .freshdeskKey, workspace: 2).reveal() == "two")
        }
    }

    @Test(arguments: Engine.allCases) func aDamagedSecretIsCountedAndLeft(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let path = store.folder.appending(path: "clynto.key").path
            let vault = try await open(path, store)
            let sealed = try vault.seal(Secret("one"), for: .freshdeskKey, workspace: 1)
            try await store.connection(workspace: 1, sealedKey: sealed)
            try await store.connection(workspace: 2, sealedKey: sealed)
            #expect(try await vault.rotate(database: store.database) == .init(resealed: 1, unchanged: 0, damaged: 1))
            #expect(try await store.sealedKeys()[1] == sealed)
        }
    }
}
