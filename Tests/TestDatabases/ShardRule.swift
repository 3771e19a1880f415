import Store
import Synchronization

/// Reads statements: each that touches a tenant table must say which workspace's rows it means, by an equality with `workspace_id` in the
/// same SELECT, UPDATE or DELETE, so that a distributed engine sends it to one machine. Global tables (`Schema.globalTables`) may do without.
///
/// It reads text and knows no meaning: an equality inside an OR would pass. Our statements are plain enough for that.
package enum ShardRule {
    /// What is wrong with a statement; nil when it keeps the rule.
    package static func violation(_ sql: String) -> String? {
        // Copying a database and exporting read and write whole tables, with an operator waiting. They alone put names in quotes.
        if sql.contains("\"") { return nil }
        var reader = StatementReader(words(of: sql))
        reader.readScope()
        return reader.violation.map { "\($0) without its workspace: \(sql)" }
    }

    /// Names, numbers and signs; texts in quotes are left out.
    static func words(of sql: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in sql {
            if character == "'" { isQuoted.toggle() }
            if !isQuoted, character.isLetter || character.isNumber || "_$.#".contains(character) {
                word.append(character)
                continue
            }
            if !word.isEmpty { words.append(word) }
            word = ""
            if !isQuoted, "(),=".contains(character) { words.append(String(character)) }
        }
        return word.isEmpty ? words : words + [word]
    }
}

/// One table that a SELECT, UPDATE, DELETE or INSERT names.
private struct TableUse {
    var table: String
    var alias: String?
    var isInsert: Bool
}

private struct StatementReader {
    private let words: [String]
    private var index = 0
    private(set) var violation: String?

    /// Words that may follow a table's name and are no alias.
    private static let afterTable: Set<String> = [
        "WHERE", "SET", "JOIN", "LEFT", "INNER", "CROSS", "ON", "GROUP", "ORDER", "LIMIT", "UNION", "VALUES", "RETURNING", "FOR", "SELECT",
        "DEFAULT", "USING", "EXCEPT", "INTERSECT", "HAVING"
    ]

    init(_ words: [String]) { self.words = words }

    /// Reads up to the end of the parenthesis that was opened last, or of the statement. Equalities in parentheses without a table of
    /// their own count for what is around them.
    @discardableResult
    mutating func readScope() -> [Equality] {
        var uses: [TableUse] = []
        var equalities: [Equality] = []
        while index < words.count {
            let word = words[index]
            index += 1
            switch word.uppercased() {
            case "(":
                equalities += readScope()
            case ")":
                return finish(uses, equalities)
            case "UNION":
                _ = finish(uses, equalities)
                (uses, equalities) = ([], [])
            case "FROM", "JOIN", "INTO", "UPDATE":
                // DO UPDATE of an upsert and FOR UPDATE of a lock name no table.
                let before = index >= 2 ? words[index - 2].uppercased() : ""
                if word.uppercased() == "UPDATE", ["DO", "FOR"].contains(before) { continue }
                // IS DISTINCT FROM compares.
                if before == "DISTINCT" { continue }
                if let use = readTable(isInsert: word.uppercased() == "INTO") { uses.append(use) }
            case "=":
                guard index >= 2, index < words.count else { continue }
                equalities.append(Equality(left: words[index - 2], right: words[index]))
            default:
                continue
            }
        }
        return finish(uses, equalities)
    }

    private mutating func readTable(isInsert: Bool) -> TableUse? {
        guard index < words.count, words[index] != "(" else { return nil }
        let table = words[index]
        index += 1
        if isInsert {
            // The row's own workspace is among its columns.
            var columns: Set<String> = []
            while index < words.count, words[index] != ")" {
                columns.insert(words[index])
                index += 1
            }
            if !columns.contains("workspace_id") { return TableUse(table: table, isInsert: true) }
            return nil
        }
        if index < words.count, words[index].uppercased() == "AS" { index += 1 }
        guard index < words.count, let first = words[index].first, first.isLetter, !Self.afterTable.contains(words[index].uppercased())
        else {
            return TableUse(table: table, isInsert: false)
        }
        index += 1
        return TableUse(table: table, alias: words[index - 1], isInsert: false)
    }

    /// Judges a scope and returns what counts for the one around it: nothing once the scope had tables of its own.
    private mutating func finish(_ uses: [TableUse], _ equalities: [Equality]) -> [Equality] {
        if uses.isEmpty { return equalities }
        let columns = Set(uses.map { "\($0.alias ?? $0.table).workspace_id" })
        var named: Set<String> = []
        // From what is given, a parameter or a column of the statement around, to what is equal to it.
        for _ in 0...uses.count {
            for equality in equalities {
                for (column, other) in [(equality.left, equality.right), (equality.right, equality.left)] {
                    let column = column == "workspace_id" && columns.count == 1 ? columns.first ?? column : column
                    if columns.contains(column), named.contains(other) || !columns.contains(other) { named.insert(column) }
                }
            }
        }
        for use in uses where TenantTables.names.contains(use.table) && violation == nil {
            if use.isInsert || !named.contains("\(use.alias ?? use.table).workspace_id") { violation = use.table }
        }
        return []
    }
}

private struct Equality {
    var left: String, right: String
}

/// Names of the tenant tables, told once by the first database that was migrated.
enum TenantTables {
    private static let known = Mutex<Set<String>>([])

    static var names: Set<String> { known.withLock { $0 } }
    static func note(_ names: [String]) { known.withLock { $0.formUnion(names) } }
}
