import Domain
import Foundation
import TestDatabases
import Testing

@testable import Store

/// One after the other: a test that holds one database of the server and waits for a second must not wait for its like.
@Suite(.serialized) struct DatabaseMoveTests {
    private func move(_ one: StoreFixture, _ other: StoreFixture, isForced: Bool = false) async throws -> DatabaseMove.Outcome {
        try await DatabaseMove(from: one.place("the old"), to: other.place("the new")).run(isForced: isForced, now: noon)
    }

    @Test(arguments: enginePairs) func everythingArrives(_ pair: (Engine, Engine)) async throws {
        try await withStores(pair) { one, other in
            // More than one page and more than one transaction.
            try await one.database.write { db in
                try EveryTable.fill(db, count: 40)
                try EveryTable.fill(db, from: 100, count: 2600, only: ["audit_entries", "conversations"])
            }
            // Without what `releases` changes.
            try await one.database.write { db in
                for statement in MovedTable.all.flatMap(\.releases) { try db.run(statement) }
            }
            let before = try await EveryTable.sums(of: one.database)
            let outcome = try await move(one, other)
            #expect(outcome.tables.count == MovedTable.all.count)
            #expect(outcome.tables.differing == [])
            #expect(!outcome.isResumed && !outcome.hasSourceChanged)
            #expect(try await EveryTable.sums(of: other.database) == before)
            #expect(before["conversations"]?.rows == 2640)
            #expect(try await Migrations.isCurrent(other.database))
            #expect(try await UnfinishedCopy.find(in: other.database) == nil)
        }
    }

    @Test(arguments: enginePairs) func searchAndNumbersGoOnInTheCopy(_ pair: (Engine, Engine)) async throws {
        try await withStores(pair) { one, other in
            let mirror = try await MirrorFixture(one)
            _ = try await mirror.save((1...5).map { ticket($0, subject: $0 == 3 ? "Zebra crossing" : "Login fails") })
            _ = try await move(one, other)
            let query = try query("q=zebra")
            let found = try await TicketStore(database: other.database).list(mirror.workspace, query, now: noon)
            #expect(found.rows.map(\.id) == [ID(3)])
            let next = try await other.database.write { try $0.nextNumber(of: "workspaces", in: ID(0)) }
            let known = try await one.database.write { try $0.nextNumber(of: "workspaces", in: ID(0)) }
            #expect(next == known)
        }
    }

    /// What is still to be sorted into the index of words is read by every search from end to end.
    @Test(arguments: [Engine.postgresql, .postgresqlPartitioned]) func theSearchIndexOfACopyIsSorted(_ engine: Engine) async throws {
        try await withStores((.sqlite, engine)) { one, other in
            let mirror = try await MirrorFixture(one)
            _ = try await mirror.save((1...5).map { ticket($0, subject: "Login fails") })
            _ = try await move(one, other)
            #expect(try await unsortedPages(other.database) == 0)
            _ = try await other.database.write { db in
                try db.run("UPDATE ticket_search SET thread = 'zebra' WHERE workspace_id = $1", mirror.workspace)
            }
            #expect(try await unsortedPages(other.database) > 0, "the check sees what a write leaves")
        }
    }

    private func unsortedPages(_ database: any Database) async throws -> Int {
        try await database.write { db in
            try db.first(
                """
                SELECT CAST(SUM(gin_clean_pending_list(c.oid)) AS BIGINT) AS pages FROM pg_class c JOIN pg_am a ON a.oid = c.relam
                WHERE a.amname = 'gin' AND c.relkind = 'i'
                """)?.get("pages") ?? 0
        }
    }

    /// Killed after every write in turn, until one attempt comes through.
    @Test(arguments: enginePairs) func aMoveThatIsKilledGoesOn(_ pair: (Engine, Engine)) async throws {
        try await withStores(pair) { one, other in
            try await one.database.write { try EveryTable.fill($0, count: 30) }
            var attempts = 0
            while true {
                attempts += 1
                let target = DatabaseMove.Place(database: FailingDatabase(other.database, after: 4), name: "the new")
                do {
                    let outcome = try await DatabaseMove(from: one.place("the old"), to: target).run(isForced: false, now: noon)
                    #expect(outcome.isResumed)
                    #expect(outcome.tables.differing == [])
                    break
                } catch is FailingDatabase.Killed {
                    // Nobody may take the part for the whole.
                    let refusal = await failure { try await UnfinishedCopy.refuse(other.database) }
                    #expect(refusal?.code == "unfinished_copy")
                    #expect(refusal?.message.contains("the old") == true)
                }
                try #require(attempts < 50)
            }
            #expect(attempts > 3)
            try await UnfinishedCopy.refuse(other.database)
            #expect(try await Migrations.isCurrent(other.database))
            let left = try await EveryTable.sums(of: one.database)
            let right = try await EveryTable.sums(of: other.database)
            #expect(left["tickets"] == right["tickets"])
            #expect(left["people"] == right["people"])
        }
    }

    /// The last write is the only one that takes the mark away, and it takes the schema's missing steps and the leases with it: nobody
    /// finds a copy that is whole but for one of these.
    @Test(arguments: [Engine.sqlite, .postgresql]) func aCopyIsFinishedInOneStep(_ engine: Engine) async throws {
        try await withStores((engine, engine)) { one, other in
            try await one.database.write { db in
                try EmptySchema.make(version: 1, from: "", db)
                try UnfinishedCopy.end(db)
                try EveryTable.fill(db)
            }
            var attempts = 0
            var isKilled = true
            while isKilled {
                attempts += 1
                try #require(attempts < 100)
                let target = DatabaseMove.Place(database: FailingDatabase(other.database, after: 1), name: "the new")
                do {
                    let outcome = try await DatabaseMove(from: one.place("the old"), to: target).run(isForced: false, now: noon)
                    #expect(outcome.steps == Array(2..<(Migrations.latest + 1)))
                    isKilled = false
                } catch is FailingDatabase.Killed {
                    #expect(try await UnfinishedCopy.find(in: other.database)?.origin == "the old")
                    #expect(try await other.database.read { try EmptySchema.version($0) } == 1)
                }
            }
            #expect(try await Migrations.isCurrent(other.database))
            let held = try await other.database.read { db in
                try ["sync_runs", "webhook_events"].flatMap {
                    try db.rows("SELECT lease_owner FROM \($0) WHERE lease_owner IS NOT NULL OR lease_until IS NOT NULL")
                }
            }
            #expect(held.isEmpty)
        }
    }

    /// What was copied before the interruption may have changed at the source since: gone, changed or new.
    @Test(arguments: enginePairs) func changesBetweenTwoAttemptsAreNotLost(_ pair: (Engine, Engine)) async throws {
        try await withStores(pair) { one, other in
            try await one.database.write { try EveryTable.fill($0, count: 20) }
            let target = DatabaseMove.Place(database: FailingDatabase(other.database, after: 12), name: "the new")
            await #expect(throws: FailingDatabase.Killed.self) {
                try await DatabaseMove(from: one.place("the old"), to: target).run(isForced: false, now: noon)
            }
            let positions = try #require(try await UnfinishedCopy.find(in: other.database)?.positions)
            try #require(positions.keys.contains("workspaces") && positions.keys.contains("people"))
            try await one.database.write { db in
                try db.run("UPDATE workspaces SET name = 'Renamed' WHERE id = 2")
                try db.run("DELETE FROM people WHERE id = 5")
                try EveryTable.fill(db, from: 1000, count: 1, only: ["people"])
            }
            let outcome = try await move(one, other)
            #expect(outcome.isResumed)
            #expect(outcome.tables.differing == [])
            let name = try await other.database.read {
                try $0.first("SELECT name FROM workspaces WHERE id = 2")?.get("name", as: String.self)
            }
            #expect(name == "Renamed")
            let people = try await other.database.read { try $0.rows("SELECT id FROM people WHERE id IN (5, 1000)").count }
            #expect(people == 1)
        }
    }

    @Test(arguments: enginePairs) func aDatabaseWithDataIsNotOverwritten(_ pair: (Engine, Engine)) async throws {
        try await withStores(pair) { one, other in
            try await one.database.write { try EveryTable.fill($0) }
            try await Migrations.apply(to: other.database)
            _ = try await other.workspace("Kept")
            let refusal = await failure { try await move(one, other) }
            #expect(refusal?.code == "not_empty")
            #expect(try await other.workspaces.list().map(\.name) == ["Kept"])
            let outcome = try await move(one, other, isForced: true)
            #expect(outcome.tables.differing == [])
            #expect(try await other.workspaces.list().count == 3)
        }
    }

    @Test(arguments: Engine.allCases) func anotherProgramsTablesAreNeverTouched(_ engine: Engine) async throws {
        try await withStores((engine, engine)) { one, other in
            try await one.database.write { try EveryTable.fill($0) }
            try await other.database.write { db in
                try db.script("CREATE TABLE people (id BIGINT NOT NULL PRIMARY KEY)")
                try db.run("INSERT INTO people (id) VALUES (7)")
            }
            for isForced in [false, true] {
                let refusal = await failure { try await move(one, other, isForced: isForced) }
                #expect(refusal?.code == "foreign_tables")
            }
            #expect(try await other.database.read { try $0.rows("SELECT id FROM people").count } == 1)
        }
    }

    @Test(arguments: Engine.allCases) func anUnfinishedCopyFromElsewhereIsNotMixed(_ engine: Engine) async throws {
        try await withStores((engine, engine)) { one, other in
            try await one.database.write { try EveryTable.fill($0) }
            try await other.database.write { try EmptySchema.make(version: Migrations.latest, from: "somewhere else", $0) }
            let refusal = await failure { try await move(one, other) }
            #expect(refusal?.code == "other_unfinished_copy")
            #expect(refusal?.message.contains("somewhere else") == true)
            #expect(try await move(one, other, isForced: true).tables.differing == [])
        }
    }

    @Test(arguments: Engine.allCases) func aBusyWorkerIsNotDisturbed(_ engine: Engine) async throws {
        try await withStores((engine, engine)) { one, other in
            let mirror = try await MirrorFixture(one)
            _ = try await mirror.start()
            let claim = try #require(try await mirror.claim("worker"))
            let refusal = await failure { try await move(one, other) }
            #expect(refusal?.code == "in_use")
            // Its lease has lapsed: the worker is gone, and nobody holds the run in the copy.
            let later = Date().addingTimeInterval(hour)
            _ = try await DatabaseMove(from: one.place("the old"), to: other.place("the new")).run(isForced: false, now: later)
            let runs = RunStore(database: other.database)
            #expect(try await runs.get(mirror.workspace, claim.run).state == .queued)
            let taken = try await runs.claim(owner: "another", lease: 15, startedAt: noon)
            #expect(taken?.run == claim.run)
        }
    }

    @Test(arguments: Engine.allCases) func aNewerSchemaIsRefused(_ engine: Engine) async throws {
        try await withStores((engine, engine)) { one, other in
            try await one.database.write { _ = try $0.run("UPDATE schema_version SET number = number + 1") }
            let refusal = await failure { try await move(one, other) }
            #expect(refusal?.code == "newer_schema")
            #expect(try await other.database.read { try Catalogue.names($0) }.isEmpty)
        }
    }

    /// Each schema that has shipped can be the source; the copy is brought up to date, the source is left as it is.
    @Test(arguments: Engine.allCases) func anOlderSchemaIsBroughtUpToDateInTheCopy(_ engine: Engine) async throws {
        for version in 1...Migrations.latest {
            try await withStores((engine, engine)) { one, other in
                try await one.database.write { db in
                    try EmptySchema.make(version: version, from: "", db)
                    try UnfinishedCopy.end(db)
                    try db.run("INSERT INTO workspaces (id, name, name_folded, created_at) VALUES (1, 'Old', 'old', 0)")
                }
                let outcome = try await move(one, other)
                #expect(outcome.steps == Array((version + 1)..<(Migrations.latest + 1)))
                #expect(try await Migrations.isCurrent(other.database))
                #expect(try await other.workspaces.list().map(\.name) == ["Old"])
                #expect(try await one.database.read { try EmptySchema.version($0) } == version)
            }
        }
    }

    @Test(arguments: Engine.allCases) func anEmptyDatabaseIsNoSource(_ engine: Engine) async throws {
        try await withStores((engine, engine)) { one, other in
            let refusal = await failure { try await move(other, one) }
            #expect(refusal?.code == "not_a_database")
        }
    }
}
