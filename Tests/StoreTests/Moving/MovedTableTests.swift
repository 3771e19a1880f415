import Foundation
import TestDatabases
import Testing

@testable import Store

/// The one list of tables against what the engines really have.
@Suite struct MovedTableTests {
    @Test(arguments: Engine.allCases) func everyTableOfTheSchemaIsMoved(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let names = try await store.database.read { try Catalogue.names($0) }
            #expect(Set(MovedTable.all.map(\.name)) == names.subtracting(["schema_version"]))
            #expect(MovedTable.all.count == Set(MovedTable.all.map(\.name)).count)
        }
    }

    @Test(arguments: Engine.allCases) func namedColumnsExist(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let shapes = try await store.database.read { try Catalogue.shapes($0) }
            for (table, shape) in zip(MovedTable.all, shapes) {
                #expect(table.name == shape.name)
                let columns = Set(shape.columns.map(\.name))
                #expect(table.secrets.isSubset(of: columns), "\(table.name)")
                #expect(shape.key.allSatisfy(columns.contains), "\(table.name)")
                if table.ownership == .column, table.omission == nil { #expect(columns.contains("workspace_id"), "\(table.name)") }
            }
        }
    }

    /// A later secret must not slip into an export because nobody thought of this list.
    @Test(arguments: Engine.allCases) func whatSoundsSecretIsNeverExported(_ engine: Engine) async throws {
        let telling = ["hash", "sealed", "password", "secret", "csrf", "token", "signature", "private_key"]
        try await withStore(engine) { store in
            let shapes = try await store.database.read { try Catalogue.shapes($0) }
            for (table, shape) in zip(MovedTable.all, shapes) where table.omission == nil {
                let exported = shape.columns.filter { $0.kind == .text && !table.secrets.contains($0.name) }.map(\.name)
                for column in exported where telling.contains(where: column.contains) {
                    Issue.record("\(table.name).\(column) sounds like a secret and would be exported.")
                }
            }
        }
    }

    /// What a worker holds in one database must be free in its copy.
    @Test(arguments: Engine.allCases) func everyLeaseIsReleasedInACopy(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let shapes = try await store.database.read { try Catalogue.shapes($0) }
            // However a hold may be called one day.
            let telling = ["lease", "claim", "held", "locked"]
            var found: Set<String> = []
            for (table, shape) in zip(MovedTable.all, shapes) {
                for column in shape.columns.map(\.name) where telling.contains(where: column.hasPrefix) {
                    found.insert("\(table.name).\(column)")
                    #expect(table.releases.contains { $0.contains("\(column) = NULL") }, "\(table.name).\(column)")
                }
            }
            #expect(
                found.isSuperset(
                    of: ["sync_runs.lease_owner", "sync_runs.lease_until", "webhook_events.lease_owner", "webhook_events.lease_until"]))
            // And they do what they say.
            try await store.database.write { db in
                try EveryTable.fill(db)
                for statement in MovedTable.all.flatMap(\.releases) { try db.run(statement) }
            }
            for column in found {
                let (table, name) = (column.prefix { $0 != "." }, column.drop { $0 != "." }.dropFirst())
                let held = try await store.database.read { try $0.rows("SELECT \(name) FROM \(table) WHERE \(name) IS NOT NULL") }
                #expect(held.isEmpty, "\(column)")
            }
        }
    }

    @Test(arguments: Engine.allCases) func aTableStandsAfterThoseItRefersTo(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            // Dropped and made again in the list's order: an engine refuses when that is wrong.
            try await store.database.write { db in
                try EmptySchema.make(version: Migrations.latest, from: "here", db)
                try EmptySchema.make(version: Migrations.latest, from: "there", db)
            }
            #expect(try await UnfinishedCopy.find(in: store.database)?.origin == "there")
        }
    }
}
