import Domain
import Foundation
import Store
import TestDatabases
import Testing

@Suite struct EngineTests {
    /// Bound by position, these would silently come back swapped.
    @Test(arguments: Engine.allCases) func parametersAreBoundByNumber(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let row = try await store.database.read { db in
                try db.first("SELECT CAST($2 AS TEXT) AS a, CAST($1 AS TEXT) AS b, CAST($2 AS TEXT) AS c", "first", "second")
            }
            #expect(try row?.get("a", as: String.self) == "second")
            #expect(try row?.get("b", as: String.self) == "first")
            #expect(try row?.get("c", as: String.self) == "second")
        }
    }

    @Test(arguments: Engine.allCases) func moreThanNineParameters(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let row = try await store.database.read { db in
                try db.rows(
                    "SELECT CAST($11 AS BIGINT) AS a, CAST($1 AS BIGINT) AS b, CAST($10 AS BIGINT) AS c",
                    arguments: (1...11).map { .integer($0) }
                ).first
            }
            #expect(try row?.get("a", as: Int.self) == 11)
            #expect(try row?.get("b", as: Int.self) == 1)
            #expect(try row?.get("c", as: Int.self) == 10)
        }
    }

    @Test(arguments: Engine.allCases) func valuesComeBackAsTheyWere(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let big: Int64 = 9_007_199_254_740_993
            let text = "naïve 🙂\n\u{1}'\"; DROP TABLE people; --"
            let row = try await store.database.read { db in
                try db.first(
                    """
                    SELECT CAST($1 AS BIGINT) AS big, CAST($2 AS TEXT) AS text, CAST($3 AS TEXT) AS missing,
                        CAST($4 AS DOUBLE PRECISION) AS number, CAST($5 AS BOOLEAN) AS flag
                    """, big, text, nil as String?, 0.25, true)
            }
            #expect(try row?.get("big", as: Int64.self) == big)
            #expect(try row?.get("text", as: String.self) == text)
            #expect(try row?.find("missing", as: String.self) == nil)
            #expect(try row?.get("number", as: Double.self) == 0.25)
            #expect(try row?.get("flag", as: Bool.self) == true)
        }
    }

    @Test(arguments: Engine.allCases) func aFailedWriteLeavesNothing(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let failure = await failure {
                try await store.database.write { db in
                    try db.run("INSERT INTO counters (workspace_id, name, value) VALUES (1, 'x', 1)")
                    throw Failure(.conflict, "No.")
                }
            }
            #expect(failure?.kind == .conflict)
            let rows = try await store.database.read { try $0.rows("SELECT value FROM counters") }
            #expect(rows.isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func countersCountForEachWorkspaceAlone(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let drawn = try await store.database.write { db in
                try [1, 1, 2, 1].map { try db.nextNumber(of: "things", in: ID($0)) }
            }
            #expect(drawn == [1, 2, 1, 3])
        }
    }

    @Test func aFileThatIsNoDatabaseIsLeftAlone() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "notes.txt")
            let text = String(repeating: "Dear diary, this is not a database. ", count: 100)
            try Data(text.utf8).write(to: file)
            let failure = await failure { try await Migrations.apply(to: try SQLiteDatabase(path: file.path)) }
            #expect(failure?.kind == .unavailable)
            #expect(failure?.code == "not_a_database")
            #expect(failure?.message.contains("is not a Clynto database") == true)
            #expect(try Data(contentsOf: file) == Data(text.utf8))
        }
    }

    @Test func aFolderThatIsMissingGivesASentence() async throws {
        try await withFolder { folder in
            let path = folder.appending(path: "missing/clynto.sqlite").path
            let failure = await failure { try SQLiteDatabase(path: path) }
            #expect(failure?.kind == .unavailable)
            #expect(failure?.message.contains("cannot be opened") == true)
        }
    }
}
