/// Writes rows into a table, many with one statement. A row that is there already is replaced, so that a repeated page does no harm.
struct TableWriter {
    /// Most values that one statement carries; each engine takes many more, but longer statements are no faster.
    private static let mostValues = 1000

    let shape: TableShape

    func insert(_ rows: [[SQLValue]], in db: any Queries) throws {
        let atOnce = max(1, Self.mostValues / shape.columns.count)
        let many = sql(rows: atOnce)
        let one = sql(rows: 1)
        var rest = rows[...]
        while rest.count >= atOnce {
            try db.run(many, arguments: Array(rest.prefix(atOnce).joined()))
            rest = rest.dropFirst(atOnce)
        }
        // The rest one by one: an engine prepares two statements for each table, not one for each length.
        for row in rest { try db.run(one, arguments: row) }
    }

    private func sql(rows: Int) -> String {
        let width = shape.columns.count
        let values = (0..<rows).map { "(\(placeholders(from: $0 * width + 1, count: width)))" }.joined(separator: ", ")
        let key = shape.key.map(TableShape.quoted).joined(separator: ", ")
        let others = shape.columns.map(\.name).filter { !shape.key.contains($0) }.map(TableShape.quoted)
        let change =
            others.isEmpty ? "NOTHING" : "UPDATE SET " + others.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
        return """
            INSERT INTO \(TableShape.quoted(shape.name)) (\(shape.columns.map { TableShape.quoted($0.name) }.joined(separator: ", ")))
            VALUES \(values) ON CONFLICT (\(key)) DO \(change)
            """
    }
}
