import Domain
import Foundation
import Store
import Synchronization

/// Saves tickets as a sync does, a page of 100 in a transaction, and prints how long the saving took. With a script to write, it writes
/// the very statements there, arguments put in, for `psql` and `sqlite3` to run on a database that has the schema alone.
///
/// Usage: upserts ADDRESS TICKETS [SCRIPT]
@main
struct Upserts {
    private static let page = 100
    private static let began = Date(milliseconds: 1_700_000_000_000)

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count >= 3, let address = DatabaseAddress(arguments[1]), let count = Int(arguments[2]) else {
            FileHandle.standardError.write(Data("Usage: upserts ADDRESS TICKETS [SCRIPT]\n".utf8))
            exit(64)
        }
        let database = try address.open()
        try await Migrations.apply(to: database)
        // None saves nothing: it makes the schema that the script begins with.
        guard count > 0 else { return try await database.close() }
        let scope = MirrorScope(workspace: 1, connection: 1)
        let pages = stride(from: 0, to: count, by: page).map { start in (start..<min(start + page, count)).map(ticket) }
        let script = arguments.count > 3 ? try Script(arguments[3]) : nil
        let clock = ContinuousClock()
        let time = try await clock.measure {
            for tickets in pages {
                try await database.write { db in
                    let queries: any Queries = if let script { RecordedQueries(base: db, script: script) } else { db }
                    script?.add("BEGIN")
                    _ = try MirrorStore(queries, scope: scope).save(tickets)
                    script?.add("COMMIT")
                }
            }
        }
        try await database.close()
        try script?.close()
        print(time / .seconds(1))
    }

    private static func ticket(_ number: Int) -> Ticket {
        let text = (0..<40).map { "Sentence \($0) of ticket \(number) about invoice \(number &* 7919 % 100_003) and its owner." }
            .joined(separator: " ")
        let at = began.addingTimeInterval(Double(number) * 60)
        return Ticket(
            id: ID(Int64(number + 1)), subject: "The subject of ticket \(number)", statusCode: [2, 3, 4, 5][number % 4],
            priority: TicketPriority.allCases[number % 4], tags: number % 5 == 0 ? ["vip", "billing"] : [],
            requesterID: ID(Int64(number % 5000 + 1)),
            agentID: ID(Int64(number % 50 + 1)), companyID: ID(Int64(number % 900 + 1)), createdAt: at,
            updatedAt: at.addingTimeInterval(3600),
            descriptionHTML: "<p>\(text)</p>", descriptionText: text, stats: TicketStats())
    }
}

/// Statements as text, one a line or more, each ended by a semicolon.
final class Script: Sendable {
    private let file: Mutex<FileHandle>

    init(_ path: String) throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        file = Mutex(try FileHandle(forWritingTo: URL(fileURLWithPath: path)))
    }

    func add(_ statement: String, _ arguments: [SQLValue] = []) {
        var text = ""
        var rest = statement[...]
        while let sign = rest.firstIndex(of: "$") {
            let digits = rest[rest.index(after: sign)...].prefix { $0.isNumber }
            text += rest[..<sign]
            text += Int(digits).map { Self.literal(arguments[$0 - 1]) } ?? "$"
            rest = rest[digits.endIndex...]
        }
        let whole = text + rest + ";\n"
        file.withLock { $0.write(Data(whole.utf8)) }
    }

    func close() throws { try file.withLock { try $0.close() } }

    private static func literal(_ value: SQLValue) -> String {
        switch value {
        case .null: "NULL"
        case .integer(let number): String(number)
        case .double(let number): String(number)
        case .bool(let flag): flag ? "TRUE" : "FALSE"
        case .text(let text): "'" + text.replacing("'", with: "''") + "'"
        }
    }
}

private struct RecordedQueries: Queries {
    let base: any Queries
    let script: Script

    var dialect: Dialect { base.dialect }

    func rows(_ sql: String, arguments: [SQLValue]) throws -> [Row] {
        script.add(sql, arguments)
        return try base.rows(sql, arguments: arguments)
    }

    func run(_ sql: String, arguments: [SQLValue]) throws -> Int {
        script.add(sql, arguments)
        return try base.run(sql, arguments: arguments)
    }

    func script(_ sql: String) throws { try base.script(sql) }
    func allowLongStatements() throws { try base.allowLongStatements() }
}
