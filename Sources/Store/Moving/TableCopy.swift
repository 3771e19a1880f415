import Domain

/// Copies every row of one database into another of either engine, and proves that both hold the same.
///
/// The source is read in one snapshot, table by table in the order of keys, while it is in use. A page of rows and how far the copy is are
/// written in one transaction, so that a killed copy goes on where it stopped. At the end both sides are summed up: the source's rows as
/// they were read, the destination's as they lie there. A table that differs, because the source changed between two runs, is copied
/// again.
package struct TableCopy: Sendable {
    /// What one table holds on both sides.
    package struct Table: Sendable, Equatable {
        package var name: String
        package var source: TableSum
        package var destination: TableSum

        package var isSame: Bool { source == destination }
    }

    /// How far a table is, for whoever watches.
    package struct Progress: Sendable, Equatable {
        package var table: String
        /// Rows read so far.
        package var rows: Int
    }

    let source: any Database
    let destination: any Database
    let report: @Sendable (Progress) -> Void

    /// Rows and bytes of one transaction: enough to make commits rare, little enough to be held in memory three times.
    private static let mostRows = 2000
    private static let mostBytes = 4_000_000
    private static let mostRounds = 3

    package init(from source: any Database, to destination: any Database, report: @escaping @Sendable (Progress) -> Void = { _ in }) {
        self.source = source
        self.destination = destination
        self.report = report
    }

    /// Fills the destination, whose tables `EmptySchema.make` has made, and returns what was compared, table by table.
    ///
    /// Throws `conflict` when a table still differs after several rounds: somebody writes to one of the two.
    func run() async throws -> [Table] {
        let shapes = try await sharedShapes()
        var round = 1
        while true {
            let copied = try await copyOnce(shapes)
            let tables = try await compare(shapes, copied)
            let different = tables.filter { !$0.isSame }.map(\.name)
            if different.isEmpty { return tables }
            guard round < Self.mostRounds else {
                throw Failure(
                    .conflict, code: "copy_differs",
                    "After copying, these tables differ: \(different.joined(separator: ", ")). Stop whatever uses either database and run "
                        + "this again.")
            }
            round += 1
            try await destination.write { db in
                try db.allowLongStatements()
                for name in different.reversed() {
                    try db.run("DELETE FROM \(TableShape.quoted(name))")
                    try UnfinishedCopy.forget(name, db)
                }
            }
        }
    }

    private func sharedShapes() async throws -> [TableShape] {
        let here = try await source.read { try Catalogue.shapes($0) }
        let there = try await destination.read { try Catalogue.shapes($0) }
        for (one, other) in zip(here, there) where one != other {
            throw Failure(
                .unavailable, code: "different_tables", "The table \(one.name) is not the same in both databases, so nothing was copied.",
                cause: "\(one) \(other)")
        }
        guard here.count == there.count else {
            throw Failure(
                .unavailable, code: "different_tables", "The two databases do not have the same tables, so nothing was copied.",
                cause: "\(here.map(\.name)) \(there.map(\.name))")
        }
        return here
    }

    private func compare(_ shapes: [TableShape], _ copied: [TableSum]) async throws -> [Table] {
        let found = try await destination.read { db in
            try db.allowLongStatements()
            return try shapes.map { try TableReader($0).sum(in: db) }
        }
        return zip(shapes, zip(copied, found)).map { Table(name: $0.name, source: $1.0, destination: $1.1) }
    }

    // MARK: One round

    /// Rows of one table that are written in one transaction.
    private struct Batch: Sendable {
        var shape: TableShape
        var rows: [[SQLValue]]
        /// Rows of the table read so far.
        var read: Int
    }

    /// Copies what is not yet there, and returns the sums of everything the source holds.
    private func copyOnce(_ shapes: [TableShape]) async throws -> [TableSum] {
        let positions = try await UnfinishedCopy.find(in: destination)?.positions ?? [:]
        let handoff = Handoff<Batch>(capacity: 2)
        async let sums = read(shapes, beyond: positions, handoff)
        do {
            for await batch in handoff.values {
                try await write(batch)
                handoff.makeRoom()
            }
        } catch {
            handoff.stop()
            // Awaited, so that nothing of it outlives this call; its own error is only that it was stopped.
            _ = try? await sums
            throw error
        }
        return try await sums
    }

    private func read(
        _ shapes: [TableShape], beyond positions: [String: [SQLValue]], _ handoff: Handoff<Batch>
    ) async throws -> [TableSum] {
        defer { handoff.finish() }
        return try await source.read { db in
            try db.allowLongStatements()
            return try shapes.map { try Self.read($0, beyond: positions[$0.name], db, handoff) }
        }
    }

    private static func read(
        _ shape: TableShape, beyond position: [SQLValue]?, _ db: any Queries, _ handoff: Handoff<Batch>
    ) throws -> TableSum {
        let reader = TableReader(shape)
        var sum = TableSum()
        var text = RowText()
        if let position {
            // Written by an earlier run: read again for the sum only.
            try reader.forEach(in: db, through: position) { row in
                text.set(row)
                sum.add(text)
            }
        }
        var batch = Batch(shape: shape, rows: [], read: 0)
        var bytes = 0
        func give() throws {
            batch.read = sum.rows
            try handoff.give(batch)
            batch.rows = []
            bytes = 0
        }
        try reader.forEach(in: db, after: position) { row in
            text.set(row)
            sum.add(text)
            batch.rows.append(row)
            bytes += text.bytes.count
            if batch.rows.count >= mostRows || bytes >= mostBytes { try give() }
        }
        if !batch.rows.isEmpty { try give() }
        return sum
    }

    private func write(_ batch: Batch) async throws {
        guard let last = batch.rows.last else { return }
        let key = batch.shape.keyPositions.map { last[$0] }
        try await destination.write { db in
            try db.allowLongStatements()
            try TableWriter(shape: batch.shape).insert(batch.rows, in: db)
            try UnfinishedCopy.advance(batch.shape.name, to: key, db)
        }
        report(Progress(table: batch.shape.name, rows: batch.read))
    }
}
