import Domain
import Testing

@testable import Web

@Suite struct CSVTableTests {
    static let cases: [(text: String, rows: [[String]])] = [
        ("name,domains\nAcme,acme.com\n", [["name", "domains"], ["Acme", "acme.com"]]),
        ("name,domains\r\nAcme,acme.com\r\n", [["name", "domains"], ["Acme", "acme.com"]]),
        ("name\rAcme\rGlobex", [["name"], ["Acme"], ["Globex"]]),
        ("\u{FEFF}name\nAcme", [["name"], ["Acme"]]),
        ("name,arr\n\"Acme, Inc.\",1", [["name", "arr"], ["Acme, Inc.", "1"]]),
        ("name\n\"Acme \"\"the\"\" firm\"", [["name"], ["Acme \"the\" firm"]]),
        ("name,arr\n\"Two\nlines\",2", [["name", "arr"], ["Two\nlines", "2"]]),
        ("name,arr\n\"\",", [["name", "arr"]]),
        ("name\n\n  \nAcme\n", [["name"], ["Acme"]]),
        ("a,b,c\n1,,3\n,,x", [["a", "b", "c"], ["1", "", "3"], ["", "", "x"]]),
        ("name\nBjörk 🌋", [["name"], ["Björk 🌋"]]),
        ("", [])
    ]

    @Test(arguments: cases)
    func reads(_ example: (text: String, rows: [[String]])) throws {
        #expect(try CSVTable(Array(example.text.utf8)).rows.map(\.fields) == example.rows)
    }

    @Test func countsLinesAlsoInsideQuotes() throws {
        let table = try CSVTable(Array("name\n\"one\ntwo\"\n\nthree\r\nfour".utf8))
        #expect(table.rows.map(\.line) == [1, 2, 5, 6])
    }

    @Test func aBrokenRowDoesNotSpoilTheNext() throws {
        let table = try CSVTable(Array("name,arr\n\"Acme\" Inc,1\nGlobex,2\n\"open,3\nlast,4".utf8))
        #expect(table.rows.map { $0.fault == nil } == [true, false, true, false])
        #expect(table.rows[2].fields == ["Globex", "2"])
        #expect(table.rows[3].line == 4)
    }

    @Test(arguments: [[0xFF, 0xFE, 0x61, 0x00], [0x6E, 0xE4, 0x6D, 0x65]] as [[UInt8]])
    func refusesWhatIsNotUTF8(_ bytes: [UInt8]) {
        #expect(throws: Failure.self) { try CSVTable(bytes) }
    }
}
