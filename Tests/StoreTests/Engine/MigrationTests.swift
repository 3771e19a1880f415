import Domain
import Foundation
import TestDatabases
import Testing

@testable import Store

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

    /// As when ten processes start at once on an empty database.
    @Test(arguments: [Engine.sqlite, .postgresql]) func tenAtOnceTakeEachStepOnce(_ engine: Engine) async throws {
        try await withStore(engine, isMigrated: false) { store in
            let others = try (0..<10).map { _ in try store.connect() }
            let taken = try await withThrowingTaskGroup(of: [Int].self) { group in
                for other in others { group.addTask { try await Migrations.apply(to: other) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            for other in others { try await other.close() }
            #expect(taken.sorted() == Migrations.numbers)
            #expect(try await store.workspaces.isEmpty())
        }
    }

    @Test(arguments: Engine.allCases) func aNewerSchemaIsRefusedAndKept(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let newer = Migrations.latest + 1
            try await store.database.write { _ = try $0.run("UPDATE schema_version SET number = $1", newer) }
            let failure = await failure { try await Migrations.apply(to: store.database) }
            #expect(failure?.kind == .unavailable)
            #expect(failure?.code == "newer_schema")
            #expect(failure?.message.contains("schema \(newer)") == true && failure?.message.contains("knows \(Migrations.latest)") == true)
            let rows = try await store.database.read { try $0.rows("SELECT number FROM schema_version") }
            #expect(try rows.map { try $0.get("number", as: Int.self) } == [newer])
            // A process that runs already goes on beside it, and what it reads and writes is there.
            #expect(try await Migrations.isCurrent(store.database))
            _ = try await store.workspace("Written beside it")
            #expect(try await store.workspaces.list().map(\.name) == ["Written beside it"])
        }
    }

    @Test(arguments: Engine.allCases) func anOlderSchemaIsNotCurrent(_ engine: Engine) async throws {
        try await withStore(engine, isMigrated: false) { store in
            try await store.database.write { db in
                try EmptySchema.make(version: Migrations.latest - 1, from: "", db)
                try UnfinishedCopy.end(db)
            }
            #expect(try await !Migrations.isCurrent(store.database))
            #expect(try await Migrations.apply(to: store.database) == [Migrations.latest])
            #expect(try await Migrations.isCurrent(store.database))
        }
    }
}
