import Domain

/// Reads a table in the order of its key, a page at a time, so that memory does not grow with the table.
struct TableReader {
    /// Most rows that are held at once.
    static let pageSize = 250

    let shape: TableShape
    private let list: String
    private let condition: Condition?

    /// A part of the table: SQL whose `$1` is the argument.
    struct Condition: Sendable {
        var sql: String
        var argument: SQLValue
    }

    init(_ shape: TableShape, where condition: Condition? = nil) {
        self.shape = shape
        self.condition = condition
        list = shape.columns.map { TableShape.quoted($0.name) }.joined(separator: ", ")
    }

    /// Calls `body` with every row whose key lies beyond `after` and not beyond `through`; nil is no bound. Values stand in the order of
    /// the shape's columns.
    func forEach(
        in db: any Queries, after: [SQLValue]? = nil, through: [SQLValue]? = nil, _ body: ([SQLValue]) throws -> Void
    ) throws {
        let positions = shape.keyPositions
        var last = after
        while true {
            let page = try db.rows(sql(after: last, through: through), arguments: arguments(after: last, through: through))
            var row: [SQLValue] = []
            for found in page {
                row = zip(shape.columns, found.values).map { $0.kind.normal($1) }
                try body(row)
            }
            guard page.count == Self.pageSize else { return }
            last = positions.map { row[$0] }
        }
    }

    /// Rows and checksum of all that the reader reads.
    func sum(in db: any Queries) throws -> TableSum {
        var sum = TableSum()
        var text = RowText()
        try forEach(in: db) { row in
            text.set(row)
            sum.add(text)
        }
        return sum
    }

    private func arguments(after: [SQLValue]?, through: [SQLValue]?) -> [SQLValue] {
        (condition.map { [$0.argument] } ?? []) + (after ?? []) + (through ?? [])
    }

    private func sql(after: [SQLValue]?, through: [SQLValue]?) -> String {
        let key = shape.key.map(TableShape.quoted).joined(separator: ", ")
        var conditions = condition.map { [$0.sql] } ?? []
        var next = conditions.count + 1
        for (bound, comparison) in [(after, ">"), (through, "<=")] {
            guard let bound else { continue }
            conditions.append("(\(key)) \(comparison) (\(placeholders(from: next, count: bound.count)))")
            next += bound.count
        }
        let filter = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
        return "SELECT \(list) FROM \(TableShape.quoted(shape.name)) \(filter) ORDER BY \(key) LIMIT \(Self.pageSize)"
    }
}
