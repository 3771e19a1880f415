import Domain
import Store
import TestDatabases
import Testing

/// What the filter menus of the Tickets page offer.
@Suite struct FilterChoicesTests {
    @Test(arguments: Engine.allCases) func ofManyAccountsTheBusiestAreListedByName(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let mirror = try await MirrorFixture(store)
            let accounts = AccountStore(database: store.database)
            for name in ["Birch", "Alder", "Cedar", "Dogwood"] {
                _ = try await accounts.create(mirror.workspace, AccountDraft(name: name), now: noon) { _, _ in }
            }
            // Two unresolved for Dogwood, one for Birch; what is resolved or nobody's does not count.
            _ = try await mirror.save([
                ticket(1), ticket(2, status: 3), ticket(3), ticket(4, status: 4), ticket(5, status: 5), ticket(6)
            ])
            try await store.database.write { [workspace = mirror.workspace] db in
                for (name, ids) in [("Dogwood", "1, 2"), ("Birch", "3"), ("Cedar", "4, 5")] {
                    try db.run(
                        """
                        UPDATE tickets SET account_id = (SELECT id FROM accounts WHERE workspace_id = $1 AND name = $2)
                        WHERE workspace_id = $1 AND id IN (\(ids))
                        """, workspace, name)
                }
            }
            let directory = DirectoryStore(database: store.database)
            let few = try await directory.choices(mirror.workspace, mostAccounts: 3)
            #expect(few.accounts.map(\.name) == ["Alder", "Birch", "Dogwood"] && few.accountsInAll == 4)
            let all = try await directory.choices(mirror.workspace, mostAccounts: 4)
            #expect(all.accounts.map(\.name) == ["Alder", "Birch", "Cedar", "Dogwood"] && all.accountsInAll == 4)
        }
    }
}
