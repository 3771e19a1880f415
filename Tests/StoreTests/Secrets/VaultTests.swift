import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct VaultTests {
    private let firstKey = Data(repeating: 1, count: 32).base64EncodedString()
    private let secondKey = Data(repeating: 2, count: 32).base64EncodedString()

    private func vault(_ keys: String, _ store: StoreFixture) async throws -> Vault {
        try await Vault.open(.value(Secret(keys)), database: store.database)
    }

    @Test(arguments: Engine.allCases) func whatIsSealedOpensAgain(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let vault = try await vault(firstKey, store)
            for text in ["", "abc", "key with ümlaut 🙂", String(repeating: "x", count: 10_000)] {
                let sealed = try vault.seal(Secret(text), for: .freshdeskKey, workspace: 1)
                #expect(sealed.hasPrefix("v1.\(vault.ring.current.id)."))
                #expect(!sealed.contains("abc") || text != "abc")
                #expect(try vault.open(sealed, for: .freshdeskKey, workspace: 1).reveal() == text)
            }
            let twice = try (0..<2).map { _ in try vault.seal(Secret("abc"), for: .freshdeskKey, workspace: 1) }
            #expect(twice[0] != twice[1])
        }
    }

    @Test(arguments: Engine.allCases) func anotherPlaceOrAChangedTextDoesNotOpen(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let vault = try await vault("\(firstKey) \(secondKey)", store)
            let sealed = try vault.seal(Secret("abc"), for: .freshdeskKey, workspace: 1)
            let other = try #require(EncryptionKey(base64: secondKey))
            let flipped = sealed.dropLast(3) + (sealed.suffix(3) == "AAA" ? "BBB" : "AAA")
            let odd = [
                sealed.replacing("v1.", with: "v2."), sealed.replacing(vault.ring.current.id, with: other.id), String(flipped),
                String(sealed.dropLast(5)), "v1.\(vault.ring.current.id).", "", "abc", sealed + ".x"
            ]
            for text in odd {
                let failure = await failure { try vault.open(text, for: .freshdeskKey, workspace: 1) }
                #expect(failure?.code == "damaged_secret", "\(text)")
            }
            #expect(await failure { try vault.open(sealed, for: .webhookKey, workspace: 1) }?.code == "damaged_secret")
            #expect(await failure { try vault.open(sealed, for: .freshdeskKey, workspace: 2) }?.code == "damaged_secret")
        }
    }

    @Test(arguments: Engine.allCases) func aKeyThatDoesNotFitIsSaid(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let right = try await vault(firstKey, store)
            let sealed = try right.seal(Secret("abc"), for: .freshdeskKey, workspace: 1)
            try await store.connection(workspace: 1, sealedKey: sealed)

            let failure = await failure { try await vault(secondKey, store) }
            #expect(failure?.kind == .unavailable)
            #expect(failure?.code == "wrong_key")
            #expect(failure?.message.contains("does not fit this database") == true)
            #expect(failure?.message.contains("Nothing was overwritten") == true)
            #expect(try await store.sealedKeys() == [sealed])
            _ = try await vault("\(secondKey) \(firstKey)", store)
        }
    }

    @Test(arguments: Engine.allCases) func oneDamagedSecretDoesNotKeepTheRestFromWorking(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let vault = try await vault(firstKey, store)
            let sound = try vault.seal(Secret("abc"), for: .freshdeskKey, workspace: 2)
            try await store.connection(workspace: 1, sealedKey: sound)
            try await store.connection(workspace: 2, sealedKey: sound)
            try await vault.check(database: store.database)
        }
    }

    @Test(arguments: ["", "  \n# nothing\n", "abc", "AAAA", "not base64 at all"])
    func aMalformedKeyIsSaid(_ text: String) async throws {
        try await withStore(.sqlite) { store in
            let failure = await failure { try await vault(text, store) }
            #expect(failure?.code == "malformed_key")
            #expect(failure?.message.contains("CLYNTO_SECRET_KEY") == true)
            #expect(text.isEmpty || failure?.message.contains(text) == false)
        }
    }

    @Test(arguments: Engine.allCases) func rotatingAValueNeedsTheNewKeyInFront(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let old = try await vault(firstKey, store)
            let sealed = try old.seal(Secret("abc"), for: .freshdeskKey, workspace: 1)
            try await store.connection(workspace: 1, sealedKey: sealed)
            #expect(await failure { try await old.rotate(database: store.database) }?.code == "one_key")

            let both = try await vault("\(secondKey) \(firstKey)", store)
            #expect(try await both.rotate(database: store.database).resealed == 1)
            let alone = try await vault(secondKey, store)
            let resealed = try #require(try await store.sealedKeys().first)
            #expect(try alone.open(resealed, for: .freshdeskKey, workspace: 1).reveal() == "abc")
        }
    }
}

extension StoreFixture {
    /// A connection row with sealed keys, as short as the table allows.
    func connection(workspace: ID<Workspace>, sealedKey: String?, sealedWebhookKey: String? = nil) async throws {
        try await database.write { db in
            _ = try db.run(
                """
                INSERT INTO connections (workspace_id, id, subdomain, state, sealed_key, sealed_webhook_key, reserve_percent, connected_at)
                VALUES ($1, 1, 'acme', 'connected', $2, $3, 20, 0)
                """, workspace, sealedKey, sealedWebhookKey)
        }
    }

    func sealedKeys() async throws -> [String] {
        try await database.read { db in
            try db.rows("SELECT sealed_key FROM connections WHERE sealed_key IS NOT NULL ORDER BY workspace_id").map {
                try $0.get("sealed_key")
            }
        }
    }
}
