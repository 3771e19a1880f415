import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct WorkspaceStoreTests {
    @Test(arguments: Engine.allCases) func namesAreUniqueWhateverTheirCaseAndSpacing(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            #expect(try await store.workspaces.isEmpty())
            let workspace = try await store.workspaces.create(name: "  Café   Nord ", now: noon)
            #expect(workspace.name == "Café Nord")
            #expect(workspace.createdAt == noon)
            for name in ["Café Nord", "CAFÉ NORD", " cafe\u{301} nord"] {
                #expect(try await store.workspaces.find(name: name) == workspace)
                let failure = await failure { try await store.workspaces.create(name: name, now: noon) }
                #expect(failure?.kind == .conflict)
                #expect(failure?.code == "name_taken")
            }
            #expect(try await store.workspaces.find(name: "Cafe Nord") == nil)
            #expect(try await store.workspaces.get(workspace.id) == workspace)
            #expect(await failure { try await store.workspaces.get(99) }?.kind == .notFound)
            _ = try await store.workspace("Alder")
            #expect(try await store.workspaces.list().map(\.name) == ["Alder", "Café Nord"])
            #expect(try await !store.workspaces.isEmpty())
        }
    }

    @Test(arguments: Engine.allCases) func aWorkspaceIsRenamedWhileNoOtherHasTheName(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mine = try await store.workspaces.create(name: "Alder", now: noon).id
            _ = try await store.workspaces.create(name: "Birch", now: noon)
            let taken = await failure { try await store.workspaces.rename(mine, to: " BIRCH ", actor: "Ada", now: noon) }
            #expect(taken?.code == "name_taken" && taken?.fields.map(\.name) == ["name"])
            #expect(await failure { try await store.workspaces.rename(99, to: "Cedar", actor: "Ada", now: noon) }?.kind == .notFound)
            #expect(await failure { try await store.workspaces.rename(mine, to: " ", actor: "Ada", now: noon) }?.kind == .invalid)
            #expect(try await !store.workspaces.rename(mine, to: "Alder", actor: "Ada", now: noon))
            let audit = AuditStore(database: store.database)
            #expect(try await audit.list(mine, limit: 5).rows.isEmpty)
            // Another spelling of its own name is a new name.
            #expect(try await store.workspaces.rename(mine, to: "ALDER", actor: "Ada", now: noon))
            #expect(try await store.workspaces.rename(mine, to: "Cedar", actor: "Ada", now: noon))
            #expect(try await store.workspaces.get(mine).name == "Cedar")
            #expect(try await store.workspaces.find(name: "alder") == nil)
            #expect(try await audit.list(mine, limit: 5).rows.map(\.subject) == ["ALDER", "Alder"])
        }
    }

    @Test(arguments: ["", " \n ", String(repeating: "x", count: 81), "a\u{7}b"])
    func whatIsNoNameIsRefused(_ name: String) async throws {
        try await withStore(.sqlite) { store in
            let failure = await failure { try await store.workspaces.create(name: name, now: noon) }
            #expect(failure?.kind == .invalid)
            #expect(failure?.fields.map(\.name) == ["name"])
        }
    }

    @Test(arguments: Engine.allCases) func theOwnerComesWithItOrNothingDoes(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            #expect(await failure { try await store.workspaces.create(name: "Northwind", owner: 99, now: noon) }?.kind == .notFound)
            #expect(try await store.workspaces.isEmpty())
            let ada = try await store.person("ada@x.io")
            let workspace = try await store.workspaces.create(name: "Northwind", owner: ada, now: noon)
            #expect(try await store.members.list(workspace.id).map(\.role) == [.owner])
        }
    }

    @Test(arguments: Engine.allCases) func theVersionGrowsForOneWorkspaceAlone(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let one = try await store.workspace("One")
            let two = try await store.workspace("Two")
            let before = try await store.workspaces.version(of: one)
            try await store.workspaces.bump(one)
            try await store.database.write { try $0.bumpVersion(of: one) }
            #expect(try await store.workspaces.version(of: one) == before + 2)
            #expect(try await store.workspaces.version(of: two) == before)
            #expect(await failure { try await store.workspaces.version(of: 99) }?.kind == .notFound)
            // Changing members takes the workspace's row, yet changes nothing the version stands for.
            _ = try await store.member("ada@x.io", of: two)
            #expect(try await store.workspaces.version(of: two) == before)
        }
    }
}
