import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct MigrationTests {
    @Test(arguments: Engine.allCases) func aSecondTimeDoesNothing(_ engine: Engine) async throws {
        try await withStore(engine, isMigrated: false) { store in
            let first = try await Migrations.apply(to: store.database)
            #expect(first == Migrations.numbers)
            _ = try await store.workspace()
            #expect(try await Migrations.apply(to: store.database).isEmpty)
            #expect(try await Migrations.isCurrent(store.database))
            #expect(try await store.workspaces.list().count == 1)
        }
    }

    @Test(arguments: Engine.allCases) func twoConnectionsAtOnceTakeEachStepOnce(_ engine: Engine) async throws {
        try await withStore(engine, isMigrated: false) { store in
            let other = try store.connect()
            async let one = Migrations.apply(to: store.database)
            async let two = Migrations.apply(to: other)
            let taken = try await one + two
            try await other.close()
            #expect(taken.sorted() == Migrations.numbers)
            #expect(try await Migrations.isCurrent(store.database))
        }
    }

    @Test(arguments: Engine.allCases) func aNewerSchemaIsRefusedAndKept(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let newer = Migrations.latest + 1
            try await store.database.write { _ = try $0.run("UPDATE schema_version SET number = $1", newer) }
            let failure = await failure { try await Migrations.apply(to: store.database) }
            #expect(failure?.kind == .unavailable)
            #expect(failure?.code == "newer_schema")
            #expect(try await !Migrations.isCurrent(store.database))
            let row = try await store.database.read { try $0.first("SELECT number FROM schema_version") }
            #expect(try row?.get("number", as: Int.self) == newer)
        }
    }
}
