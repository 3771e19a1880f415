import Domain
import Foundation
import TestDatabases
import Testing

@testable import Store

/// `backup`, `restore`, `migrate --from --to` and `export`, as processes.
@Suite(.serialized) struct MovingCommandTests {
    @Test func aBackupIsRestoredIntoANewInstallation() async throws {
        try await withProgram { program in
            try await program.fill(rows: 3000)
            let file = program.folder.appending(path: "b.clynto").path
            let backup = try await program.run("backup", file)
            #expect(backup.code == 0, "\(backup.errors)")
            #expect(backup.output.contains("The encryption key is not in it."))
            #expect(backup.output.contains("clynto.key"))

            let again = try await program.run("backup", file)
            #expect(again.code == 1)
            #expect(again.errors.contains("--force"))

            try await withProgram { other in
                let restored = try await other.run("restore", file)
                #expect(restored.code == 0, "\(restored.errors)")
                #expect(restored.output.contains("audit_entries"))
                #expect(!restored.output.contains("different"))
                #expect(try await other.sums(of: other.database) == (try await program.sums(of: program.database)))

                let refused = try await other.run("restore", file)
                #expect(refused.code == 1)
                #expect(refused.errors.contains("--force"))
                #expect(try await other.run("restore", file, "--force").code == 0)
                // It works on: the schema is current and the database can be opened.
                #expect(try await other.run("migrate").code == 0)
            }
        }
    }

    /// Killed as a power cut kills, from SQLite to each engine.
    @Test(arguments: [Engine.sqlite, .postgresql]) func aMoveThatIsKilledIsFinishedByTheSameCommand(_ engine: Engine) async throws {
        try await withProgram { program in
            try await program.fill(rows: 60_000)
            try await withDatabase(engine, isMigrated: false) { home in
                let from = "sqlite:///\(program.database.dropFirst())"
                let to = try await Self.address(of: home)
                let moving = try program.start("migrate", "--from", from, "--to", to)
                let isMidway = try await eventually {
                    guard moving.isRunning else { return true }
                    return try await UnfinishedCopy.find(in: home.database)?.positions["audit_entries"] != nil
                }
                moving.killAtOnce()
                let killed = try await moving.outcome()
                try #require(isMidway && killed.code != 0, "\(killed)")

                // Nobody takes the part for the whole.
                var onPart = program
                onPart.environment["CLYNTO_DATABASE_URL"] = to
                let start = try await onPart.run("migrate")
                #expect(start.code == 1)
                #expect(start.errors.contains("only partly filled"))
                let partial = try await home.database.count("audit_entries")
                #expect(partial > 0 && partial < 60_000)

                let finished = try await program.run("migrate", "--from", from, "--to", to)
                #expect(finished.code == 0, "\(finished.errors)")
                #expect(finished.output.contains("An interrupted copy was finished."))
                #expect(!finished.output.contains("different"))
                #expect(try await home.database.sums() == (try await program.sums(of: program.database)))
                #expect(try await onPart.run("migrate").code == 0)
            }
        }
    }

    /// There and back again: a backup of each engine goes into the other, and an export reads the same.
    @Test func backupsGoFromEngineToEngine() async throws {
        try await withProgram { program in
            try await program.fill(rows: 3000)
            try await withDatabase(.postgresql, isMigrated: false) { home in
                var onPostgres = program
                onPostgres.environment["CLYNTO_DATABASE_URL"] = try await Self.address(of: home)
                let (one, other) = (program.folder.appending(path: "one").path, program.folder.appending(path: "other").path)
                #expect(try await program.run("backup", one).code == 0)
                let restored = try await onPostgres.run("restore", one)
                #expect(restored.code == 0, "\(restored.errors)")
                #expect(try await onPostgres.run("restore", one).code == 1)
                #expect(try await onPostgres.run("backup", other).code == 0)
                #expect(try await program.run("restore", other, "--force").code == 0)
                #expect(try await home.database.sums() == (try await program.sums(of: program.database)))
                for (side, name) in [(program, "sqlite"), (onPostgres, "postgresql")] {
                    let out = program.folder.appending(path: name).path
                    #expect(try await side.run("export", "--workspace", "Acme", "--to", out, "--format", "csv").code == 0)
                }
                let text = try String(contentsOf: program.folder.appending(path: "sqlite/audit_entries.csv"), encoding: .utf8)
                #expect(try String(contentsOf: program.folder.appending(path: "postgresql/audit_entries.csv"), encoding: .utf8) == text)
            }
        }
    }

    /// As the environment says it.
    private static func address(of home: TestDatabase) async throws -> String {
        guard case .postgresql = home.engine else { return "sqlite:///\(home.folder.path.dropFirst())/clynto.sqlite" }
        let place = try await PostgresServer.shared.place()
        let row = try await home.database.read { try $0.first("SELECT CAST(current_database() AS TEXT) AS name") }
        return "postgres://clynto:\(place.password)@127.0.0.1:\(place.port)/\(try row?.get("name", as: String.self) ?? "")"
    }

    @Test func aBackupThatIsKilledLeavesTheOldOne() async throws {
        try await withProgram { program in
            try await program.fill(rows: 60_000)
            let file = program.folder.appending(path: "b.clynto")
            try Data("the old one".utf8).write(to: file)
            let running = try program.start("backup", file.path, "--force")
            let partial = file.path + ".partial"
            let hasBegun = try await eventually {
                let size = (try? FileManager.default.attributesOfItem(atPath: partial))?[.size] as? Int ?? 0
                return size > 200_000 || !running.isRunning
            }
            running.killAtOnce()
            let killed = try await running.outcome()
            try #require(hasBegun && killed.code != 0)
            #expect(try Data(contentsOf: file) == Data("the old one".utf8))
            // What is left of it is no backup, and the next one takes its place.
            let restore = try await program.run("restore", partial, "--force")
            #expect(restore.code == 1)
            #expect(try await program.count("audit_entries", in: program.database) > 60_000)
            #expect(try await program.run("backup", file.path, "--force").code == 0)
            #expect(!FileManager.default.fileExists(atPath: partial))
        }
    }

    @Test func anExportIsWrittenForPeople() async throws {
        try await withProgram { program in
            try await program.fill(rows: 2000)
            for format in ["csv", "jsonl"] {
                let out = program.folder.appending(path: format)
                let done = try await program.run("export", "--workspace", "Acme", "--to", out.path, "--format", format)
                #expect(done.code == 0, "\(done.errors)")
                let text = try String(contentsOf: out.appending(path: "audit_entries.\(format)"), encoding: .utf8)
                #expect(text.contains(format == "csv" ? "\"'=HYPERLINK(\"\"http" : #""=HYPERLINK(\"http"#))
                #expect(!text.contains("scrypt"))
                let people = try String(contentsOf: out.appending(path: "people.\(format)"), encoding: .utf8)
                #expect(people.contains("owner@example.com") && !people.contains("password"))
            }
            let nobody = try await program.run("export", "--workspace", "Nobody", "--to", "x", "--format", "csv")
            #expect(nobody.code == 1)
            #expect(nobody.errors.contains("no workspace called"))
            #expect(try await program.run("export", "--workspace", "Acme", "--to", "x", "--format", "xml").code == 64)
        }
    }

    @Test func wrongUsageChangesNothing() async throws {
        try await withProgram { program in
            #expect(try await program.run("migrate", "--from", "sqlite:///a.sqlite").code == 64)
            #expect(try await program.run("migrate", "--force").code == 64)
            let nowhere = try await program.run("migrate", "--from", "sqlite:///./no.sqlite", "--to", "sqlite:///./new.sqlite")
            #expect(nowhere.code == 1)
            #expect(nowhere.errors.contains("no database"))
            let same = try await program.run("migrate", "--from", "sqlite:///./no.sqlite", "--to", "sqlite:///./no.sqlite")
            #expect(same.code == 1)
            let odd = try await program.run("migrate", "--from", "mysql://x", "--to", "sqlite:///./new.sqlite")
            #expect(odd.code == 1)
            let backup = try await program.run("backup", "b.clynto")
            #expect(backup.code == 1)
            #expect(backup.errors.contains("no database"))
            #expect(!FileManager.default.fileExists(atPath: program.database))
            #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "new.sqlite").path))
        }
    }

    // MARK: Disks

    @Test(.enabled(if: Program.canMount)) func aFullDiskLosesNothing() async throws {
        try await withProgram { program in
            try await program.fill(rows: 30_000)
            let file = program.folder.appending(path: "b.clynto").path
            #expect(try await program.run("backup", file).code == 0)
            let small = program.folder.appending(path: "small").path
            try FileManager.default.createDirectory(atPath: small, withIntermediateDirectories: false)
            let script = """
                mount -t tmpfs -o size=1m tmpfs \(small) || exit 70
                echo old > \(small)/b.clynto
                $clynto backup \(small)/b.clynto --force && exit 71
                [ "$(cat \(small)/b.clynto)" = old ] && [ "$(ls \(small))" = b.clynto ] || exit 72
                $clynto export --workspace Acme --to \(small)/out --format csv && exit 73
                [ "$(ls -A \(small))" = b.clynto ] || exit 74
                rm \(small)/b.clynto
                export CLYNTO_DATABASE_URL=sqlite://\(small)/clynto.sqlite
                $clynto restore \(file) && exit 75
                $clynto migrate && exit 76
                mount -o remount,size=100m \(small) || exit 70
                $clynto restore \(file) || exit 77
                $clynto migrate || exit 78
                """
            let outcome = try #require(try await program.shell(script))
            #expect(outcome.code == 0, "\(outcome)")
            #expect(outcome.errors.components(separatedBy: "disk is full").count == 4, "\(outcome.errors)")
            #expect(outcome.errors.contains("only partly filled"))
            #expect(outcome.output.contains("An interrupted restore was finished."))
        }
    }

    @Test(.enabled(if: Program.canMount)) func aFolderThatMayNotBeWrittenGivesASentence() async throws {
        try await withProgram { program in
            try await program.fill(rows: 10)
            let file = program.folder.appending(path: "b.clynto").path
            #expect(try await program.run("backup", file).code == 0)
            let fixed = program.folder.appending(path: "fixed").path
            try FileManager.default.createDirectory(atPath: fixed, withIntermediateDirectories: false)
            let script = """
                mount -t tmpfs tmpfs \(fixed) && cp \(file) \(fixed)/b.clynto && mount -o remount,ro \(fixed) || exit 70
                $clynto backup \(fixed)/c.clynto && exit 71
                $clynto export --workspace Acme --to \(fixed)/out --format jsonl && exit 72
                $clynto export --workspace Acme --to \(fixed) --format jsonl && exit 73
                $clynto restore \(file) --database-url sqlite://\(fixed)/clynto.sqlite && exit 74
                # Reading from such a place is no trouble.
                $clynto restore \(fixed)/b.clynto --force || exit 75
                """
            let outcome = try #require(try await program.shell(script))
            #expect(outcome.code == 0, "\(outcome)")
            #expect(outcome.errors.split(separator: "\n").count == 4, "\(outcome.errors)")
        }
    }
}
