package import Domain
package import Foundation
import Synchronization

/// The tables that matching knows things by: data files that are part of the program, each replaceable by a newer one in a folder.
package struct MatchingTables: Sendable {
    let freeMail: DomainTable
    let disposable: DomainTable
    let tenantPlatforms: DomainTable
    let pathPlatforms: DomainTable
    let legalForms: LegalFormTable

    /// - Parameter read: gives the file of a name, the program's own bytes at hand.
    private init(_ read: (_ name: String, _ own: [UInt8]) throws -> TableFile) rethrows {
        freeMail = DomainTable(try read("freemail.txt", PackageResources.freemail_txt))
        disposable = DomainTable(try read("disposable.txt", PackageResources.disposable_txt))
        tenantPlatforms = DomainTable(try read("tenantplatforms.txt", PackageResources.tenantplatforms_txt))
        pathPlatforms = DomainTable(try read("pathplatforms.txt", PackageResources.pathplatforms_txt))
        legalForms = LegalFormTable(try read("legalforms.txt", PackageResources.legalforms_txt))
    }

    /// The program's own, or the folder's where it has a file of that name.
    ///
    /// Throws `invalid` for a file that is no table: without a name, a date or entries.
    init(replacedIn folder: URL) throws {
        try self.init { name, own in
            guard let bytes = try? Data(contentsOf: folder.appending(path: name)) else { return TableFile(own) }
            let file = TableFile(String(decoding: bytes, as: UTF8.self))
            guard !file.lines.isEmpty, file.head.dated.number > 0, !file.head.name.isEmpty else {
                let needs = "it needs lines “# name: …” and “# dated: YYYY-MM-DD”, and entries"
                throw Failure(.invalid, "The table \(name) in \(folder.path) cannot be used: \(needs). Mend it or remove it.")
            }
            return file
        }
    }

    /// Changes with every table that is replaced, the public suffix list among them.
    var mark: String {
        let suffixes = PublicSuffixes.dated.map { "\(Int64($0.timeIntervalSince1970))" } ?? "none"
        return (heads.map { "\($0.name) \($0.dated)" } + [suffixes]).joined(separator: ", ")
    }

    var heads: [TableHead] {
        [freeMail.head, disposable.head, tenantPlatforms.head, pathPlatforms.head, legalForms.head]
    }

    // MARK: In use

    private static let chosen = Mutex<MatchingTables?>(nil)
    /// Fixed by the first name or domain that is read, so that one process never matches by two tables.
    static let current = chosen.withLock { $0 } ?? MatchingTables { TableFile($1) }

    /// Takes the tables of a folder in place of the program's own, before anything is matched.
    ///
    /// Throws `invalid` for a file that is no table.
    package static func use(_ folder: URL) throws {
        let tables = try MatchingTables(replacedIn: folder)
        chosen.withLock { $0 = tables }
    }

    // MARK: Age

    /// A table's age.
    package struct Age: Sendable, Equatable {
        package var name: String
        package var dated: Day
        package var days: Int
    }

    /// Older than this, a table has missed new providers and platforms.
    package static let oldestDays = 400

    /// Every table in use on `day`, the public suffix list among them.
    package static func ages(on day: Day) -> [Age] {
        let suffixes = PublicSuffixes.dated.map { Age(name: "public suffixes", dated: Day(containing: $0), days: 0) }
        let tables = current.heads.map { Age(name: $0.name, dated: $0.dated, days: 0) }
        return (tables + [suffixes].compactMap(\.self)).map { Age(name: $0.name, dated: $0.dated, days: day.number - $0.dated.number) }
    }
}
