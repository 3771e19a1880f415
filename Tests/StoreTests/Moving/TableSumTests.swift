import Testing

@testable import Store

@Suite struct TableSumTests {
    private func sum(_ rows: [[SQLValue]]) -> TableSum {
        var sum = TableSum()
        var text = RowText()
        for row in rows {
            text.set(row)
            sum.add(text)
        }
        return sum
    }

    @Test func theOrderOfRowsDoesNotMatter() {
        let rows: [[SQLValue]] = (0..<100).map { [.integer($0), .text("row \($0)")] }
        #expect(sum(rows) == sum(rows.reversed()))
        #expect(sum(rows).rows == 100)
    }

    @Test(
        "Rows that look alike when they are strung together",
        arguments: [
            ([[SQLValue.text("ab"), .text("c")]], [[SQLValue.text("a"), .text("bc")]]),
            ([[.text("1")]], [[.integer(1)]]),
            ([[.null]], [[.text("")]]),
            ([[.bool(true)]], [[.integer(1)]]),
            ([[.double(1)]], [[.integer(1)]]),
            ([[.text("n")], [.null]], [[.text("n")], [.text("n")]]),
            ([[.text("e\u{301}")]], [[.text("\u{E9}")]]),
            ([[.text("x")], [.text("x")]], [[.text("x")]])
        ])
    func differentRowsDiffer(one: [[SQLValue]], other: [[SQLValue]]) {
        #expect(sum(one) != sum(other))
    }

    /// Exclusive or would make a row that stands there twice vanish.
    @Test func doubledRowsDoNotCancelOut() {
        let pair = sum([[.integer(1)], [.integer(1)]])
        #expect(pair.checksum != TableSum().checksum)
        #expect(pair.checksum != sum([[.integer(2)], [.integer(2)]]).checksum)
    }

    @Test func aPrintedChecksumIsReadBack() {
        let found = sum((0..<50).map { [.integer($0)] })
        #expect(found.checksum.count == 64)
        #expect(TableSum(rows: 50, text: found.checksum) == found)
        #expect(TableSum(rows: 51, text: found.checksum) != found)
        #expect(TableSum(rows: 50, text: "not hexadecimal") == nil)
        #expect(TableSum(rows: 50, text: String(repeating: "g", count: 64)) == nil)
    }
}
