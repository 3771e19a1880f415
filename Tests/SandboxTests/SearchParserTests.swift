import Testing

@testable import Sandbox

@Suite struct SearchParserTests {
    private let schema = SearchSchema(fields: [("a", .number), ("s", .text), ("d", .day), ("f", .flag), ("c", .choice([2, 3, 9]))])

    private func holds(_ query: String, a: Int64 = 1, s: String = "x", d: String = "2026-03-09T12:00:00Z") throws -> Bool {
        let expression = try SearchParser.parse("\"\(query)\"", schema: schema)
        return expression.holds { field in
            switch field {
            case 0: .number(a)
            case 1: s.isEmpty ? .null : .text(s)
            case 2: Moment(d).map(SearchValue.moment) ?? .null
            case 3: .flag(true)
            default: .number(3)
            }
        }
    }

    @Test(arguments: [
        ("a:1", true), ("a:2", false), ("a:>1", true), ("a:<1", true), ("a:>2", false), ("a:<0", false), ("s:'x'", true), ("s:'X'", true),
        ("s:'y'", false), ("s:null", false), ("f:true", true), ("f:false", false), ("c:3", true), ("c:>3", true), ("c:>4", false),
        ("a:2 OR s:'x'", true), ("a:2 AND s:'x'", false), ("a:1 OR a:2 AND a:3", true), ("(a:1 OR a:2) AND a:3", false),
        ("((a:1))", true), ("d:'2026-03-09'", true), ("d:>'2026-03-09'", true), ("d:<'2026-03-09'", true), ("d:>'2026-03-10'", false),
        ("d:<'2026-03-08'", false), ("d:>'2026-03-01' AND d:<'2026-03-31'", true), ("a :  1", true)
    ])
    func evaluates(query: String, expected: Bool) throws {
        #expect(try holds(query) == expected)
    }

    @Test func nullIsEmpty() throws {
        #expect(try holds("s:null", s: ""))
        #expect(try !holds("s:'x'", s: ""))
    }

    @Test(arguments: [
        "", "a", "a:", "a:1 AND", "AND a:1", "(a:1", "a:1)", "a:1 a:2", "a:'1'", "s:x", "s:'x", "d:'2026-02-30'",
        "d:'2026-03-09T00:00:00Z'",
        "s:>'x'", "a:x", "a:1 NOT a:2", "a=1", "null:1"
    ])
    func refuses(query: String) {
        #expect(throws: Refusal.self) { try SearchParser.parse("\"\(query)\"", schema: schema) }
    }

    @Test func quotesAreNeeded() {
        #expect(throws: Refusal.self) { try SearchParser.parse("a:1", schema: schema) }
    }

    @Test func depthIsBounded() {
        let deep = String(repeating: "(", count: 100) + "a:1" + String(repeating: ")", count: 100)
        #expect(throws: Refusal.self) { try SearchParser.parse("\"\(deep)\"", schema: schema) }
    }
}
