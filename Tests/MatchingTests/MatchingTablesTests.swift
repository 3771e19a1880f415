import Domain
import Foundation
import Testing

@testable import Matching

@Suite("Tables of matching") struct MatchingTablesTests {
    private func withFolder(_ files: [String: String], _ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "clynto-tables-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files { try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8) }
        try body(folder)
    }

    @Test func everyTableSaysWhatItIs() {
        for head in MatchingTables.current.heads {
            #expect(!head.name.isEmpty && !head.source.isEmpty && !head.licence.isEmpty && head.dated.number > 0, "\(head)")
        }
    }

    @Test func agesCountFromTheDateAndThePublicSuffixesAreAmongThem() throws {
        let day = try #require(Day("2027-01-01"))
        let ages = MatchingTables.ages(on: day)
        #expect(ages.map(\.name).contains("public suffixes") && ages.count == 6)
        for age in ages { #expect(age.days == day.number - age.dated.number) }
    }

    @Test func aFileInTheFolderReplacesTheProgramsOwn() throws {
        let text =
            "# name: free mail\n# dated: 2030-05-01\n# source: here\n# licence: ours\n\nonly.example\n# a remark\nalso.example third.example\n"
        try withFolder(["freemail.txt": text]) { folder in
            let tables = try MatchingTables(replacedIn: folder)
            #expect(tables.freeMail.domains == ["only.example", "also.example", "third.example"])
            #expect(tables.freeMail.dated == Day("2030-05-01") && tables.freeMail.head.source == "here")
            #expect(tables.disposable.domains == MatchingTables.current.disposable.domains)
        }
        try withFolder([:]) { folder in
            let heads = try MatchingTables(replacedIn: folder).heads
            #expect(heads == MatchingTables.current.heads)
        }
    }

    @Test(arguments: [
        "", "gmail.com", "# name: free mail\ngmail.com", "# name: free mail\n# dated: soon\ngmail.com", "# name: x\n# dated: 2030-01-01\n"
    ])
    func aFileThatIsNoTableIsRefused(_ text: String) throws {
        try withFolder(["freemail.txt": text]) { folder in
            let failure = #expect(throws: Failure.self) { _ = try MatchingTables(replacedIn: folder) }
            #expect(failure?.message.contains("freemail.txt") == true)
        }
    }
}
