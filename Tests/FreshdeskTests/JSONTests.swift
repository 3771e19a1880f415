import Foundation
import TestTools
import Testing

@testable import Freshdesk

@Suite struct JSONTests {
    private func texts(_ page: String) throws -> [String] {
        let bytes = Array(page.utf8)
        return try JSONSlices.elements(of: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    @Test(arguments: [
        ("[]", []),
        (" [ ] \n", []),
        ("null", []),
        ("[1]", ["1"]),
        (#"[{"a":"],[{\"x"},{"b":[1,{"c":2}]}]"#, [#"{"a":"],[{\"x"}"#, #"{"b":[1,{"c":2}]}"#]),
        ("[ 1 , \"two\" , null ]", ["1", "\"two\"", "null"]),
        (#"["\\","\""]"#, [#""\\""#, #""\"""#]),
        ("\u{FEFF}[true]", ["true"])
    ])
    func slices(page: String, expected: [String]) throws {
        #expect(try texts(page) == expected)
    }

    @Test(arguments: [
        "", " ", "[", "[1", "[1,", "[1,]", "[,1]", "[1}", "[{\"a\":1]", "[{\"a\":\"x", "[{\"a\":\"x\\", "{}", "<html></html>", "[1] x",
        "[1][2]",
        "nul", "[\"a\" \"b\"]"
    ])
    func brokenPages(page: String) {
        #expect(throws: JSONFault.self) { try texts(page) }
    }

    @Test func everyPrefixOfAPageIsBroken() throws {
        let page = Array(#"[{"id":1,"subject":"a]}\"\\ [","tags":["x"],"n":{"k":[1,2.5e3,true,null]}},{"id":2}]"#.utf8)
        for length in 0..<page.count {
            #expect(throws: JSONFault.self) { try JSONSlices.elements(of: Array(page.prefix(length))) }
        }
        #expect(try JSONSlices.elements(of: page).count == 2)
    }

    @Test func elementsUnderAKey() throws {
        let bytes = Array(#" {"total":31,"results":[{"id":1},{"id":2}],"more":{"results":[9]}} "#.utf8)
        let (elements, members) = try JSONSlices.elements(of: bytes, under: "results")
        #expect(elements.map { String(decoding: bytes[$0], as: UTF8.self) } == [#"{"id":1}"#, #"{"id":2}"#])
        #expect(members.mapValues { String(decoding: bytes[$0], as: UTF8.self) } == ["total": "31", "more": #"{"results":[9]}"#])
        #expect(throws: JSONFault.self) { try JSONSlices.elements(of: Array("[]".utf8), under: "results") }
    }

    @Test func oneBadRecordLosesNothingElse() {
        let page = Array(#"[{"id":1},{"id":2,"x":nope},{"name":"no id"},7,{"id":"12x"},{"a":{"id":5},"id":3}]"#.utf8)
        let elements = (try? JSONSlices.elements(of: page)) ?? []
        let reader = RecordReader<WireGroup>(page, elements: elements)
        #expect(reader.records.map(\.id) == [1, 3])
        #expect(reader.unreadable.map(\.id) == [2, nil, nil, nil])
        #expect(reader.unreadable.map(\.raw).first == #"{"id":2,"x":nope}"#)
        #expect(reader.unreadable.allSatisfy { !$0.reason.isEmpty })
    }

    @Test(arguments: [
        (#""plain""#, "plain"),
        (#""a\nb\t\"\\\/\b\f\r""#, "a\nb\t\"\\/\u{8}\u{c}\r"),
        (#""\u00e9\u4E2D""#, "é中"),
        (#""\ud83d\ude00""#, "😀"),
        (#""\ud83d x \ude00""#, "\u{FFFD} x \u{FFFD}"),
        (#""\ud83d""#, "\u{FFFD}"),
        (#""\u12""#, "\u{FFFD}12"),
        (#""\u0000a""#, "\u{FFFD}a"),
        ("\"a\u{0}b\u{1}\"", "a\u{FFFD}b\u{1}"),
        (#""\x""#, "x")
    ])
    func strings(json: String, expected: String) {
        let bytes = Array(json.utf8)
        #expect(JSONText.string(in: bytes, 0..<bytes.count) == expected)
    }

    @Test func stringsAgreeWithFoundation() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<500 {
            let length = Int.random(in: 0..<20, using: &random)
            let scalars = (0..<length).compactMap { _ in UnicodeScalar(UInt32.random(in: 1..<0x1_1000, using: &random)) }
            let text = String(String.UnicodeScalarView(scalars))
            let json = try JSONEncoder().encode(["k": text])
            #expect(try JSONObject(Array(json)).string("k") == text)
        }
    }

    @Test func lenientFields() throws {
        let json = try JSONObject(
            #"""
            {"big":9223372036854775807,"text":"1824150771514184704","decimal":"49.0","half":1.5,"none":null,"yes":"true","one":1,
             "list":null,"tags":["a",1,null,{"x":1}],"lone":"solo","ids":[1,"2","x",3.0],"name":42,"flag":true,"o":{"a":1},"dup":1,"dup":2,
             "é":"\u00e9"}
            """#)
        #expect(json.int("big") == .max)
        #expect(json.int("text") == 1_824_150_771_514_184_704)
        #expect(json.int("decimal") == 49)
        #expect(json.int("half") == nil)
        #expect(json.string("half") == "1.5")
        #expect(!json.has("none") && !json.has("absent"))
        #expect(json.bool("yes") == true && json.bool("one") == true && json.bool("name") == nil)
        #expect(json.strings("list").isEmpty && json.strings("absent").isEmpty)
        #expect(json.strings("tags") == ["a", "1"])
        #expect(json.strings("lone") == ["solo"])
        #expect(json.ints("ids") == [1, 2, 3])
        #expect(json.string("name") == "42" && json.string("flag") == "true" && json.string("o") == nil)
        #expect(json.int("dup") == 2)
        #expect(json.string("é") == "é")
        #expect(json.raw("o") == #"{"a":1}"#)
    }

    @Test(arguments: [
        "{", "{}x", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":01x}", "{\"a\":tru}", "{\"a\":[1,]}", "{\"a\":-}", "[]", ""
    ])
    func brokenObjects(text: String) {
        #expect(throws: JSONFault.self) { try JSONObject(text) }
    }

    @Test func deepNestingIsRefusedNotRunInto() {
        let deep = "{\"id\":1,\"a\":" + String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000) + "}"
        #expect(throws: JSONFault.self) { try JSONObject(deep) }
        let page = Array("[\(deep),{\"id\":2}]".utf8)
        let reader = RecordReader<WireGroup>(page, elements: (try? JSONSlices.elements(of: page)) ?? [])
        #expect(reader.records.map(\.id) == [2])
    }

    @Test func droppingKeys() {
        let raw = #"{ "id": 1, "body":"<b>,}\"</b>", "n": {"body": 2}, "body_text":"x" }"#
        #expect(JSONText.dropping(["body", "body_text"], from: raw) == #"{"id": 1,"n": {"body": 2}}"#)
        #expect(JSONText.dropping(["absent"], from: raw) == raw)
        #expect(JSONText.dropping(["a"], from: #"{"a":1}"#) == "{}")
        #expect(JSONText.dropping(["a"], from: "not json") == "not json")
    }

    @Test func rawTextIsStrictJSONEvenWhenTheWireIsNot() throws {
        let json = try JSONObject("{\"id\":1,\n\"subject\":\"a\u{1}\tb\\\"\"}")
        #expect(json.string("subject") == "a\u{1}\tb\"")
        let decoded = try JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any]
        #expect(decoded?["subject"] as? String == "a\u{1}\tb\"")
    }
}
