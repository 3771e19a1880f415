import Domain
import Foundation
import TestDatabases
import Testing

@testable import Store

/// What can go wrong between us and PostgreSQL: each ends in a sentence without the password, and the pool recovers.
@Suite struct PostgresFaultTests {
    private static let password = "hunter2"

    // MARK: Connecting

    @Test func aWrongPasswordIsSaid() async throws {
        let place = try await PostgresServer.shared.place()
        try await expect("database_login", "refused the user clynto or its password", place.network("postgres", password: Self.password))
    }

    @Test func anUnknownUserIsSaid() async throws {
        let place = try await PostgresServer.shared.place()
        try await expect("database_login", "refused the user nobody", place.network("postgres", user: "nobody", password: Self.password))
    }

    @Test func aMissingDatabaseIsSaid() async throws {
        let place = try await PostgresServer.shared.place()
        try await expect("database_missing", "There is no database nowhere", place.network("nowhere"))
    }

    @Test func aServerThatIsNotThereIsSaid() async throws {
        let line = try NetworkLine(to: 1)
        defer { line.end() }
        line.cut()
        let place = try await PostgresServer.shared.place()
        try await expect(
            "database_unreachable", "at 127.0.0.1:\(line.port) cannot be reached",
            place.network("postgres", port: line.port, password: Self.password))
        try await expect("database_unreachable", "cannot be reached", PostgresAddress("postgres://me:\(Self.password)@nowhere.invalid/x"))
    }

    @Test func aServerThatSaysNothingIsGivenUp() async throws {
        let place = try await PostgresServer.shared.place()
        let line = try NetworkLine(to: place.port)
        defer { line.end() }
        line.freeze()
        try await expect(
            "database_unreachable", "cannot be reached",
            place.network("postgres", port: line.port, password: Self.password, options: "connect_timeout=2"))
    }

    @Test func anEncodingThatLosesTextIsRefused() async throws {
        try await withDatabase(.postgresql, isMigrated: false) { home in
            let place = try await PostgresServer.shared.place()
            let name = (home.address?.databaseName ?? "") + "_latin"
            let admin = PostgresDatabase(try #require(home.address))
            try await admin.runAlone(
                "CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LC_COLLATE 'C' LC_CTYPE 'C'")
            try await expect("database_encoding", "is encoded in LATIN1", place.address(name))
            try await admin.runAlone("DROP DATABASE \(name)")
            try await admin.close()
        }
    }

    @Test func encryptionIsAsTheAddressSays() async throws {
        let place = try await PostgresServer.shared.place()
        let certificate = "\(place.folder)/server.crt"
        for (options, isEncrypted) in [
            ("sslmode=disable", false), ("sslmode=require", true), ("sslmode=verify-full&sslrootcert=\(certificate)", true)
        ] {
            let database = PostgresDatabase(try #require(place.network("postgres", options: options)))
            let row = try await database.read { try $0.first("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") }
            #expect(try row?.get("ssl", as: Bool.self) == isEncrypted, "\(options)")
            try await database.close()
        }
        // Whom nobody vouches for is not trusted.
        try await expect("database_encryption", "sslmode", place.network("postgres", options: "sslmode=verify-full"))
    }

    @Test func tooManyConnectionsAndMissingRightsAreSaid() async throws {
        try await withDatabase(.postgresql) { home in
            let place = try await PostgresServer.shared.place()
            let name = try #require(home.address?.databaseName)
            let admin = PostgresDatabase(try #require(home.address))
            let role = "guest_of_\(name)"
            try await admin.runAlone("CREATE ROLE \(role) LOGIN CONNECTION LIMIT 1 PASSWORD '\(Self.password)'")
            let guest = PostgresDatabase(try #require(place.network(name, user: role, password: Self.password)))
            let rights = await failure { try await guest.write { try $0.run("DELETE FROM tickets WHERE workspace_id = 1") } }
            #expect(rights?.code == "database_rights")
            try await expect(
                "database_connections", "has no free connection", place.network(name, user: role, password: Self.password))
            try await guest.close()
            try await admin.runAlone("DROP ROLE \(role)")
            try await admin.close()
        }
    }

    // MARK: In the middle

    @Test func aTransactionWhoseServerProcessDiesIsTakenUpOnce() async throws {
        try await withStore(.postgresql) { store in
            let deaths = Counter()
            try await store.database.write { db in
                try db.run("INSERT INTO counters (workspace_id, name, value) VALUES (0, 'kept', 1)")
                if deaths.next() == 1 { _ = try db.rows("SELECT pg_terminate_backend(pg_backend_pid())") }
            }
            #expect(deaths.count == 2)
            let rows = try await store.database.read { try $0.rows("SELECT value FROM counters WHERE name = 'kept'") }
            #expect(rows.count == 1)
        }
    }

    @Test func aServerThatDiesAgainAndAgainIsSaidAndNothingIsSaved() async throws {
        try await withStore(.postgresql) { store in
            let fault = await failure {
                try await store.database.write { db in
                    try db.run("INSERT INTO counters (workspace_id, name, value) VALUES (0, 'lost', 1)")
                    _ = try db.rows("SELECT pg_terminate_backend(pg_backend_pid())")
                }
            }
            #expect(fault?.kind == .unavailable)
            #expect(fault?.code == "database_lost")
            #expect(fault?.message.contains("Nothing of the last step was saved") == true)
            let rows = try await store.database.read { try $0.rows("SELECT value FROM counters WHERE name = 'lost'") }
            #expect(rows.isEmpty)
        }
    }

    /// The commit was sent and no answer came: nobody may claim that nothing was saved.
    @Test func aCommitWithoutAnAnswerIsCalledUndecided() async throws {
        try await withStore(.postgresql) { store in
            try await store.database.write { db in
                try db.script(
                    """
                    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS
                        $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(10); RETURN NULL; END $$;
                    CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON counters DEFERRABLE INITIALLY DEFERRED
                        FOR EACH ROW EXECUTE FUNCTION die()
                    """)
            }
            let attempts = Counter()
            let fault = await failure {
                try await store.database.write { db in
                    _ = attempts.next()
                    try db.run("INSERT INTO counters (workspace_id, name, value) VALUES (0, 'x', 1)")
                }
            }
            #expect(fault?.code == "database_undecided")
            #expect(attempts.count == 1)
        }
    }

    @Test func connectionsThatDiedIdleAreReplacedUnseen() async throws {
        try await withStore(.postgresql) { store in
            let database = PostgresDatabase(try #require(store.home.address))
            // Four connections at once, then all of them idle.
            let meeting = Counter()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await database.read { db in
                            _ = meeting.next()
                            while meeting.count < 4 { _ = try db.rows("SELECT pg_sleep(0.01)") }
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await store.database.read { db in
                _ = try db.rows(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
            }
            for _ in 0..<8 {
                let row = try await database.read { try $0.first("SELECT 1 AS one") }
                #expect(try row?.get("one", as: Int.self) == 1)
            }
            try await database.close()
        }
    }

    @Test func aCutNetworkIsSaidAndMended() async throws {
        try await withStore(.postgresql) { store in
            let place = try await PostgresServer.shared.place()
            let line = try NetworkLine(to: place.port)
            defer { line.end() }
            let name = try #require(store.home.address?.databaseName)
            let database = PostgresDatabase(try #require(place.network(name, port: line.port)))
            _ = try await database.read { try $0.rows("SELECT 1 AS one") }
            let fault = await failure {
                try await database.write { db in
                    try db.run("INSERT INTO counters (workspace_id, name, value) VALUES (0, 'cut', 1)")
                    line.cut()
                    _ = try db.rows("SELECT 1 AS one")
                }
            }
            #expect(fault?.kind == .unavailable)
            // The second attempt finds nobody.
            #expect(fault?.code == "database_unreachable")
            #expect(await failure { try await database.read { try $0.rows("SELECT 1 AS one") } }?.code == "database_unreachable")
            line.mend()
            #expect(try await database.read { try $0.rows("SELECT value FROM counters WHERE name = 'cut'") }.isEmpty)
            try await database.close()
        }
    }

    @Test func aRouteThatSwallowsEverythingIsGivenUp() async throws {
        try await withStore(.postgresql) { store in
            let place = try await PostgresServer.shared.place()
            let line = try NetworkLine(to: place.port)
            defer { line.end() }
            let name = try #require(store.home.address?.databaseName)
            var address = try #require(place.network(name, port: line.port, options: "statement_timeout=0.3"))
            address.grace = 0.2
            let database = PostgresDatabase(address)
            _ = try await database.read { try $0.rows("SELECT 1 AS one") }
            let fault = await failure {
                try await database.read { db in
                    line.freeze()
                    return try db.rows("SELECT 1 AS one")
                }
            }
            #expect(fault?.code == "database_lost")
            #expect(fault?.message.contains("does not answer") == true)
            line.mend()
            _ = try await database.read { try $0.rows("SELECT 1 AS one") }
            try await database.close()
        }
    }

    @Test func aDatabaseThatMayOnlyBeReadIsSaidAndRead() async throws {
        try await withStore(.postgresql) { store in
            _ = try await store.workspace()
            let admin = PostgresDatabase(try #require(store.home.address))
            let name = try #require(store.home.address?.databaseName)
            try await admin.runAlone("ALTER DATABASE \(name) SET default_transaction_read_only = on")
            let database = PostgresDatabase(try #require(store.home.address))
            let fault = await failure { try await WorkspaceStore(database: database).create(name: "Contoso", now: noon) }
            #expect(fault?.kind == .unavailable)
            #expect(fault?.code == "database_read_only")
            #expect(try await WorkspaceStore(database: database).list().count == 1)
            try await admin.close()
            try await database.close()
        }
    }

    // MARK: Limits

    @Test func aStatementThatTakesTooLongIsGivenUp() async throws {
        try await withStore(.postgresql) { store in
            let place = try await PostgresServer.shared.place()
            let name = try #require(store.home.address?.databaseName)
            let database = PostgresDatabase(try #require(place.address(name, options: "statement_timeout=0.1")))
            let fault = await failure { try await database.read { try $0.rows("SELECT pg_sleep(30)") } }
            #expect(fault?.code == "database_timeout")
            // Unless somebody asked for the time it takes.
            try await database.write { db in
                try db.allowLongStatements()
                _ = try db.rows("SELECT pg_sleep(0.3)")
            }
            try await database.close()
        }
    }

    @Test func whoeverWaitsTooLongForAConnectionIsRefused() async throws {
        let place = try await PostgresServer.shared.place()
        let database = PostgresDatabase(try #require(place.address("postgres", options: "pool=1&pool_wait=0.2")))
        let isHeld = Counter()
        let isRefused = Counter()
        let holder = Task {
            try await database.read { db in
                _ = isHeld.next()
                while isRefused.count == 0 { _ = try db.rows("SELECT pg_sleep(0.01)") }
            }
        }
        while isHeld.count == 0 { await Task.yield() }
        let fault = await failure { try await database.read { try $0.rows("SELECT 1 AS one") } }
        #expect(fault?.kind == .unavailable)
        #expect(fault?.code == "busy")
        let cancelled = Task { try await database.read { try $0.rows("SELECT 1 AS one") } }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        _ = isRefused.next()
        try await holder.value
        // Whoever left the line took no place with them.
        _ = try await database.read { try $0.rows("SELECT 1 AS one") }
        try await database.close()
    }

    @Test func aClosedDatabaseRefuses() async throws {
        let place = try await PostgresServer.shared.place()
        let database = PostgresDatabase(try #require(place.address("postgres")))
        _ = try await database.read { try $0.rows("SELECT 1 AS one") }
        try await database.close()
        #expect(await failure { try await database.read { try $0.rows("SELECT 1 AS one") } }?.code == "database_closed")
    }

    @Test func theAddressShowsNoPasswordHoweverItIsPrinted() throws {
        let address = try #require(PostgresAddress("postgres://me:\(Self.password)@db.example.com/x?sslpassword=\(Self.password)"))
        var dumped = ""
        dump(address, to: &dumped)
        dump(DatabaseAddress.postgresql(address), to: &dumped)
        for text in ["\(address)", String(reflecting: address), "\(DatabaseAddress.postgresql(address))", address.shown, dumped] {
            #expect(!text.contains(Self.password))
        }
    }

    private func expect(_ code: String, _ words: String, _ address: PostgresAddress?) async throws {
        let database = PostgresDatabase(try #require(address))
        let fault = await failure { try await database.read { try $0.rows("SELECT 1 AS one") } }
        #expect(fault?.kind == .unavailable)
        #expect(fault?.code == code)
        #expect(fault?.message.contains(words) == true, "\(fault?.message ?? "no failure")")
        let secrets = [Self.password, try await PostgresServer.shared.place().password]
        let said = "\(fault?.message ?? "") \(fault?.cause ?? "")"
        for secret in secrets { #expect(said.contains(secret) == false) }
        try await database.close()
    }
}
