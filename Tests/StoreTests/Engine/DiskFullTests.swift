import Domain
import Foundation
import Store
import TestDatabases
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct DiskFullTests {
    /// SQLite says the same for a file that may not grow as for a disk that is full.
    @Test func aFullDiskUnderSQLiteIsSaidAndNothingIsLost() async throws {
        try await withStore(.sqlite) { store in
            let workspace = try await store.workspace()
            let pages = try await store.database.read { try $0.first("PRAGMA page_count")?.get("page_count", as: Int.self) ?? 0 }
            try await store.database.write { try $0.script("PRAGMA max_page_count = \(pages)") }
            let fault = await failure { try await fill(store.database, workspace) }
            #expect(fault?.kind == .unavailable)
            #expect(fault?.message.hasPrefix("The disk is full. Nothing of the last step was saved") == true)
            #expect(try await entries(store.database, workspace) == 0)
            try await store.database.write { try $0.script("PRAGMA max_page_count = 1000000") }
            try await fill(store.database, workspace)
            #expect(try await entries(store.database, workspace) == rows)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "mounting a small disk takes root"))
    func aFullDiskUnderPostgreSQLIsSaidAndNothingIsLost() async throws {
        let place = try await PostgresServer.shared.place()
        try await withFolder { folder in
            let disk = folder.path
            chmod(disk, 0o755)
            try run("mount", "-t", "tmpfs", "-o", "size=24m,mode=0777", "tmpfs", disk)
            defer { try? run("umount", "--lazy", disk) }
            let space = disk + "/space"
            try run("install", "-d", "-m", "0700", "-o", try owner(of: place.folder + "/data"), space)
            try await withDatabase(.postgresql, isMigrated: false) { home in
                let name = (home.address?.databaseName ?? "") + "_small"
                let admin = PostgresDatabase(try #require(home.address))
                try await admin.runAlone("CREATE TABLESPACE \(name) LOCATION '\(space)'")
                try await admin.runAlone("CREATE DATABASE \(name) TEMPLATE template0 TABLESPACE \(name)")
                let database = PostgresDatabase(try #require(place.address(name)))
                try await Migrations.apply(to: database)
                let workspace = try await WorkspaceStore(database: database).create(name: "Northwind", now: noon).id
                let fault = await failure { for _ in 0..<100 { try await fill(database, workspace) } }
                #expect(fault?.code == "database_full", "\(fault.debugDescription)")
                #expect(fault?.message.contains("Nothing of the last step was saved") == true)
                // Each transaction is there as a whole or not at all, and what was saved can be read.
                #expect(try await entries(database, workspace) % rows == 0)
                try await database.close()
                try await admin.runAlone("DROP DATABASE \(name) WITH (FORCE)")
                try await admin.runAlone("DROP TABLESPACE \(name)")
                try await admin.close()
            }
        }
    }

    private let rows = 200

    private func fill(_ database: any Database, _ workspace: ID<Workspace>) async throws {
        let rows = rows
        try await database.write { db in
            // Random enough that nothing compresses it away.
            let text = (0..<2000).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
            for _ in 0..<rows {
                try db.run(
                    "INSERT INTO audit_entries (workspace_id, id, at, actor, action, subject, detail) VALUES ($1, $2, 0, 'x', 'x', 'x', $3)",
                    workspace, try db.nextNumber(of: "audit_entries", in: workspace), text)
            }
        }
    }

    private func entries(_ database: any Database, _ workspace: ID<Workspace>) async throws -> Int {
        try await database.read {
            try $0.first("SELECT COUNT(*) AS count FROM audit_entries WHERE workspace_id = $1", workspace)?.get("count") ?? -1
        }
    }

    private struct CommandFailed: Error { var command: String }

    private func run(_ command: String, _ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [command] + arguments
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CommandFailed(command: command) }
    }

    private func owner(of path: String) throws -> String {
        try #require(try FileManager.default.attributesOfItem(atPath: path)[.ownerAccountName] as? String)
    }
}
