import Domain
import Foundation
import Synchronization
import TestDatabases
import Testing

@testable import Store

/// One after the other, as the moves are.
@Suite(.serialized) struct BackupTests {
    private func restore(
        _ path: String, to store: StoreFixture, keys: KeySource? = nil, isForced: Bool = false
    ) async throws -> Restore.Outcome {
        let keys = keys ?? .file(store.folder.appending(path: "none.key").path)
        return try await Restore(path: path, to: store.place("the database")).run(keys: keys, isForced: isForced, now: noon)
    }

    @Test(arguments: enginePairs) func aBackupBringsEverythingBack(_ pair: (Engine, Engine)) async throws {
        try await withStores(pair) { one, other in
            try await one.database.write { db in
                try EveryTable.fill(db, count: 300)
                for statement in MovedTable.all.flatMap(\.releases) { try db.run(statement) }
            }
            let before = try await EveryTable.sums(of: one.database)
            let path = one.folder.appending(path: "b.clynto").path
            let manifest = try await Backup.make(of: one.database, at: path, isForced: false, now: noon)
            #expect(manifest.tables == before)
            #expect(manifest.version == Migrations.latest)
            let outcome = try await restore(path, to: other)
            #expect(outcome.manifest == manifest)
            #expect(outcome.tables.differing == [])
            #expect(try await EveryTable.sums(of: other.database) == before)
            #expect(try await Migrations.isCurrent(other.database))
        }
    }

    @Test func theFileIsItsOwnersAloneAndNothingElseIsLeft() async throws {
        try await withStore(.sqlite) { store in
            let path = store.folder.appending(path: "b.clynto").path
            _ = try await Backup.make(of: store.database, at: path, isForced: false, now: noon)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            let left = try FileManager.default.contentsOfDirectory(atPath: store.folder.path).filter { $0.hasPrefix("b.clynto") }
            #expect(left == ["b.clynto"])
        }
    }

    @Test func aFileThatIsThereIsKeptUnlessForced() async throws {
        try await withStore(.sqlite) { store in
            let path = store.folder.appending(path: "b.clynto").path
            try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
            let refusal = await failure { try await Backup.make(of: store.database, at: path, isForced: false, now: noon) }
            #expect(refusal?.code == "file_exists")
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("precious".utf8))
            _ = try await Backup.make(of: store.database, at: path, isForced: true, now: noon)
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)).starts(with: Data("SQLite format 3".utf8)))
        }
    }

    @Test func twoBackupsToOneFileDoNotMix() async throws {
        try await withStore(.sqlite) { store in
            let path = store.folder.appending(path: "b.clynto").path
            let first = try NewFile(path: path, isForced: false)
            let refusal = await failure { try await Backup.make(of: store.database, at: path, isForced: true, now: noon) }
            #expect(refusal?.code == "file_in_use")
            first.discard()
            _ = try await Backup.make(of: store.database, at: path, isForced: false, now: noon)
        }
    }

    @Test func aFolderThatIsMissingGivesASentence() async throws {
        try await withStore(.sqlite) { store in
            let path = store.folder.appending(path: "missing/b.clynto").path
            let refusal = await failure { try await Backup.make(of: store.database, at: path, isForced: false, now: noon) }
            #expect(refusal?.code == "unwritable_file")
            #expect(refusal?.message.contains("does not exist") == true)
        }
    }

    /// One transaction writes to two tables again and again; a backup made meanwhile holds as much of one as of the other.
    @Test(arguments: Engine.allCases) func aBackupIsOneMoment(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            try await store.database.write { try EveryTable.fill($0, count: 200) }
            let isOver = Mutex(false)
            let writer = Task {
                var number: Int64 = 10_000
                while !isOver.withLock({ $0 }) {
                    let from = number
                    try await store.database.write { try EveryTable.fill($0, from: from, count: 1, only: ["workspaces", "sync_failures"]) }
                    number += 1
                }
                return number - 10_000
            }
            let path = store.folder.appending(path: "b.clynto").path
            var manifests: [BackupManifest] = []
            for _ in 0..<4 { manifests.append(try await Backup.make(of: store.database, at: path, isForced: true, now: noon)) }
            isOver.withLock { $0 = true }
            let written = try await writer.value
            #expect(written > 0)
            for manifest in manifests { #expect(manifest.tables["workspaces"]?.rows == manifest.tables["sync_failures"]?.rows) }
        }
    }

    // MARK: Bad input

    /// Every file that is no sound backup is refused before anything is changed.
    @Test(arguments: Engine.allCases) func whatIsNoSoundBackupChangesNothing(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            _ = try await store.workspace("Kept")
            let path = store.folder.appending(path: "b.clynto").path
            try await withStore(.sqlite) { other in
                try await other.database.write { try EveryTable.fill($0, count: 400) }
                _ = try await Backup.make(of: other.database, at: path, isForced: false, now: noon)
            }
            let sound = try Data(contentsOf: URL(fileURLWithPath: path))
            var damaged: [(String, Data)] = [
                ("empty", Data()), ("garbage", Data((0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) })),
                ("text", Data("Dear diary".utf8)), ("header only", sound.prefix(100)), ("half", sound.prefix(sound.count / 2)),
                ("a page short", sound.prefix(sound.count - 4096))
            ]
            // Text of a row, changed in place: the file is sound to SQLite.
            let needle = Data("naïve café".utf8)
            let place = try #require(sound.range(of: needle))
            var changed = sound
            changed.replaceSubrange(place, with: Data("naive  cafes".utf8.prefix(needle.count)))
            damaged.append(("one word changed", changed))
            for (name, bytes) in damaged {
                let file = store.folder.appending(path: "damaged")
                try bytes.write(to: file)
                let refusal = await failure { try await restore(file.path, to: store, isForced: true) }
                #expect(["not_a_backup", "damaged_backup"].contains(refusal?.code), "\(name): \(String(describing: refusal))")
                #expect(refusal?.message.contains("Nothing was changed") == true, "\(name)")
                #expect(try await store.workspaces.list().map(\.name) == ["Kept"], "\(name)")
                #expect(try Data(contentsOf: file) == bytes, "\(name)")
            }
            let missing = await failure { try await restore(path + ".nowhere", to: store, isForced: true) }
            #expect(missing?.code == "no_such_file")
            let folder = await failure { try await restore(store.folder.path, to: store, isForced: true) }
            #expect(folder?.code == "unreadable_file")
        }
    }

    @Test func aDatabaseIsNoBackupAndABackupNoDatabase() async throws {
        try await withStores((.sqlite, .sqlite)) { one, other in
            let live = one.folder.appending(path: "clynto.sqlite").path
            let refusal = await failure { try await restore(live, to: other) }
            #expect(refusal?.code == "not_a_backup")
            #expect(refusal?.message.contains("clynto migrate --from") == true)
            let path = one.folder.appending(path: "b.clynto").path
            _ = try await Backup.make(of: one.database, at: path, isForced: false, now: noon)
            let backup = try SQLiteFile(reading: path)
            let direct = await failure { try await BackupManifest.refuse(backup) }
            #expect(direct?.code == "is_backup")
            let moved = await failure {
                try await DatabaseMove(from: DatabaseMove.Place(database: backup, name: "b"), to: other.place("x")).run(
                    isForced: false, now: noon)
            }
            #expect(moved?.code == "is_backup")
            try await backup.close()
        }
    }

    @Test(arguments: Engine.allCases) func dataIsReplacedOnlyWhenForced(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            _ = try await store.workspace("First")
            let path = store.folder.appending(path: "b.clynto").path
            _ = try await Backup.make(of: store.database, at: path, isForced: false, now: noon)
            _ = try await store.workspace("Second")
            let refusal = await failure { try await restore(path, to: store) }
            #expect(refusal?.code == "not_empty")
            #expect(try await store.workspaces.list().count == 2)
            _ = try await restore(path, to: store, isForced: true)
            #expect(try await store.workspaces.list().map(\.name) == ["First"])
        }
    }

    @Test(arguments: Engine.allCases) func aNewerBackupIsRefusedAndAnOlderOneBroughtUpToDate(_ engine: Engine) async throws {
        try await withStores((engine, engine)) { one, other in
            let path = one.folder.appending(path: "b.clynto").path
            for version in 1...Migrations.latest {
                try await one.database.write { db in
                    try EmptySchema.make(version: version, from: "", db)
                    try UnfinishedCopy.end(db)
                    try db.run("INSERT INTO workspaces (id, name, name_folded, created_at) VALUES (1, 'Old', 'old', 0)")
                }
                _ = try await Backup.make(of: one.database, at: path, isForced: true, now: noon)
                let outcome = try await restore(path, to: other, isForced: true)
                #expect(outcome.steps == Array((version + 1)..<(Migrations.latest + 1)))
                #expect(try await Migrations.isCurrent(other.database))
                #expect(try await other.workspaces.list().map(\.name) == ["Old"])
            }
            let file = try SQLiteFile(writing: path)
            try await file.write { _ = try $0.run("UPDATE schema_version SET number = number + 1") }
            try await file.close()
            let refusal = await failure { try await restore(path, to: other, isForced: true) }
            #expect(refusal?.code == "newer_schema")
            #expect(try await other.workspaces.list().map(\.name) == ["Old"])
        }
    }

    @Test(arguments: Engine.allCases) func aRestoreThatIsKilledGoesOn(_ engine: Engine) async throws {
        try await withStores((engine, engine)) { one, other in
            try await one.database.write { try EveryTable.fill($0, count: 30) }
            let path = one.folder.appending(path: "b.clynto").path
            _ = try await Backup.make(of: one.database, at: path, isForced: false, now: noon)
            let target = DatabaseMove.Place(database: FailingDatabase(other.database, after: 9), name: "x")
            let keys = KeySource.file(one.folder.appending(path: "none.key").path)
            await #expect(throws: FailingDatabase.Killed.self) {
                try await Restore(path: path, to: target).run(keys: keys, isForced: false, now: noon)
            }
            #expect(await failure { try await UnfinishedCopy.refuse(other.database) }?.code == "unfinished_copy")
            let outcome = try await restore(path, to: other)
            #expect(outcome.isResumed)
            #expect(outcome.tables.differing == [])
        }
    }

    // MARK: Keys

    @Test(arguments: Engine.allCases) func theKeyDecidesWhoMustConnectAgain(_ engine: Engine) async throws {
        try await withStores((engine, engine)) { one, other in
            let right = KeySource.file(one.folder.appending(path: "right.key").path)
            let vault = try await Vault.open(right, database: one.database)
            for name in ["Acme", "Beta"] {
                let workspace = try await one.workspace(name)
                let new = ConnectionStore.NewConnection(
                    subdomain: name.lowercased(), sealedKey: try vault.seal(Secret("key"), for: .freshdeskKey, workspace: workspace),
                    sealedWebhookKey: try vault.seal(Secret("hook"), for: .webhookKey, workspace: workspace),
                    webhookKeyHash: "hash of \(name)", backfillDays: nil, warnings: [])
                _ = try await ConnectionStore(database: one.database).connect(workspace, new, reservePercent: 20, now: noon)
            }
            let path = one.folder.appending(path: "b.clynto").path
            _ = try await Backup.make(of: one.database, at: path, isForced: false, now: noon)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let key = try String(contentsOf: one.folder.appending(path: "right.key"), encoding: .utf8).split(separator: "\n")
            #expect(key.allSatisfy { bytes.range(of: Data($0.utf8)) == nil })

            #expect(try await restore(path, to: other, keys: right).sealedOut.isEmpty)
            let wrong = KeySource.value(EncryptionKey.random().base64())
            #expect(try await restore(path, to: other, keys: wrong, isForced: true).sealedOut == ["Acme", "Beta"])
            #expect(try await restore(path, to: other, isForced: true).sealedOut == ["Acme", "Beta"])

            // The secrets are still there for the right key, until somebody says that it is lost.
            _ = try await Vault.open(right, database: other.database)
            #expect(try await Vault.forgetUnopened(right, database: other.database).isEmpty)
            #expect(try await Vault.forgetUnopened(wrong, database: other.database) == ["Acme", "Beta"])
            _ = try await Vault.open(wrong, database: other.database)
            let left = try await other.database.read { db in
                try db.rows("SELECT state FROM connections WHERE sealed_key IS NULL AND sealed_webhook_key IS NULL")
                    .map { try $0.get("state", as: Connection.State.self) }
            }
            #expect(left == [.disconnected, .disconnected])
            #expect(try await other.database.read { try $0.rows("SELECT key_hash FROM webhook_keys").isEmpty })
        }
    }
}
