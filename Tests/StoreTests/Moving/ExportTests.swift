import Domain
import Foundation
import TestDatabases
import Testing

@testable import Store

@Suite struct ExportTests {
    /// Fills two workspaces and exports the first.
    private func exported(
        _ engine: Engine, _ format: Export.Format, _ body: (StoreFixture, URL, [Export.File]) async throws -> Void
    ) async throws {
        try await withStore(engine) { store in
            try await store.database.write { db in
                try EveryTable.fill(db, count: 2)
                // Members decide which people belong to the workspace.
                try db.run("DELETE FROM members WHERE workspace_id = 1 AND person_id <> 1")
            }
            let folder = store.folder.appending(path: "out")
            let files = try await Export(from: store.database, to: folder.path, as: format).run(ID(1))
            try await body(store, folder, files)
        }
    }

    @Test(arguments: Engine.allCases, Export.Format.allCases) func everyTableOfTheWorkspaceAndNothingElse(
        _ engine: Engine, _ format: Export.Format
    ) async throws {
        try await exported(engine, format) { store, folder, files in
            let expected = MovedTable.all.filter { $0.omission == nil }.map { "\($0.name).\(format.rawValue)" }
            #expect(files.map(\.name) == expected)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == expected.sorted())
            // Row 1 of each table is the workspace's, row 2 another's.
            for file in files {
                #expect(file.rows == 1, "\(file.name)")
                let text = try String(contentsOf: folder.appending(path: file.name), encoding: .utf8)
                for word in ["2 plain", "2 naïve"] { #expect(!text.contains(word), "\(file.name)") }
            }
            let shapes = try await store.database.read { try Catalogue.shapes($0) }
            for (table, shape) in zip(MovedTable.all, shapes) where table.omission == nil {
                let text = try String(contentsOf: folder.appending(path: "\(table.name).\(format.rawValue)"), encoding: .utf8)
                for column in shape.columns.map(\.name) {
                    let isNamed = format == .csv ? Self.header(text).contains(column) : text.contains("\"\(column)\":")
                    #expect(isNamed == !table.secrets.contains(column), "\(table.name).\(column)")
                }
            }
        }
    }

    private static func header(_ text: String) -> [String] {
        (text.components(separatedBy: "\r\n").first ?? "").components(separatedBy: ",")
    }

    @Test(arguments: Engine.allCases) func noSecretIsInAnyFile(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            try await store.database.write { db in
                try EveryTable.fill(db, count: 1)
                for shape in try Catalogue.shapes(db) {
                    guard let table = MovedTable.all.first(where: { $0.name == shape.name }) else { continue }
                    for column in table.secrets { try db.run("UPDATE \(shape.name) SET \(column) = 'SENTINEL'") }
                }
            }
            for format in Export.Format.allCases {
                let folder = store.folder.appending(path: format.rawValue)
                for file in try await Export(from: store.database, to: folder.path, as: format).run(ID(1)) {
                    let text = try String(contentsOf: folder.appending(path: file.name), encoding: .utf8)
                    #expect(!text.contains("SENTINEL"), "\(file.name)")
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func linesOfJSONHoldTheRowsExactly(_ engine: Engine) async throws {
        try await exported(engine, .jsonl) { store, folder, _ in
            let text = try String(contentsOf: folder.appending(path: "tickets.jsonl"), encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == 2 && lines[1].isEmpty)
            let object = try #require(try JSONSerialization.jsonObject(with: Data(lines[0].utf8)) as? [String: Any])
            let row = try #require(try await store.database.read { try $0.first("SELECT * FROM tickets WHERE workspace_id = 1") })
            #expect(object["subject"] as? String == (try row.get("subject", as: String.self)))
            #expect((object["status_code"] as? NSNumber)?.int64Value == (try row.get("status_code", as: Int64.self)))
            #expect(object["is_live"] as? Bool == (try row.get("is_live", as: Bool.self)))
            #expect(object["created_at"] is String)
        }
    }

    @Test(
        "Texts as fields of CSV",
        arguments: [
            ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("one\ntwo", "\"one\ntwo\""),
            ("one\r\ntwo", "\"one\r\ntwo\""), ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"), ("\rx", "\"'\rx\""), ("\r\nx", "\"'\r\nx\""), ("=cmd|' /C calc'!A0,x", "\"'=cmd|' /C calc'!A0,x\""),
            ("a=b", "a=b"), (" =x", " =x"), ("日本語", "日本語")
        ])
    func fields(text: String, field: String) {
        #expect(CSVLine.field(text) == field)
    }

    @Test func valuesOfEachKind() {
        let columns = ["a", "b", "c", "d", "created_at", "e"].enumerated().map {
            ExportColumn(name: $1, position: $0, isTime: $1 == "created_at")
        }
        let row: [SQLValue] = [.null, .text(""), .integer(-103), .double(0.97), .integer(1_773_057_600_000), .bool(true)]
        #expect(CSVLine.text(of: row, columns) == ",\"\",-103,0.97,2026-03-09T12:00:00Z,true\r\n")
        #expect(
            JSONLine.text(of: row, columns) == #"{"a":null,"b":"","c":-103,"d":0.97,"created_at":"2026-03-09T12:00:00Z","e":true}"# + "\n")
        #expect(ExportColumn.moment(1_773_057_600_123) == "2026-03-09T12:00:00.123Z")
        #expect(ExportColumn.moment(-1) == "1969-12-31T23:59:59.999Z")
        #expect(ExportColumn.moment(.min) == String(Int64.min))
        #expect("a\"\\\n\u{1}\u{2028}🙂".jsonQuoted == #""a\"\\\n\u0001\u2028🙂""#)
    }

    @Test func aFolderWithSomethingInItIsLeftAlone() async throws {
        try await withStore(.sqlite) { store in
            try await store.database.write { try EveryTable.fill($0, count: 1) }
            let folder = store.folder.appending(path: "out")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            try Data("mine".utf8).write(to: folder.appending(path: "tickets.csv"))
            let refusal = await failure { try await Export(from: store.database, to: folder.path, as: .csv).run(ID(1)) }
            #expect(refusal?.code == "not_empty")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["tickets.csv"])
            let file = await failure { try await Export(from: store.database, to: folder.path + "/tickets.csv", as: .csv).run(ID(1)) }
            #expect(file?.kind == .invalid)
            let nowhere = await failure { try await Export(from: store.database, to: folder.path + "/a/b", as: .csv).run(ID(1)) }
            #expect(nowhere?.message.contains("does not exist") == true)
        }
    }

    /// Every whole number is either a moment or one of these, so that a new column is looked at once.
    @Test(arguments: Engine.allCases) func momentsAreKnownByTheirNames(_ engine: Engine) async throws {
        try await withStore(engine) { store in
            let shapes = try await store.database.read { try Catalogue.shapes($0) }
            let times = shapes.flatMap { shape in shape.columns.filter(ExportColumn.isTime).map { "\(shape.name).\($0.name)" } }
            for known in ["tickets.updated_at", "tickets.due_by", "tickets.waiting_since", "sync_runs.window_end", "audit_entries.at"] {
                #expect(times.contains(known))
            }
            #expect(!times.contains { $0.hasSuffix("_id") || $0.hasSuffix("_count") })
        }
    }
}
