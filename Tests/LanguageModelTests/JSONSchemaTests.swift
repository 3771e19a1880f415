import Testing

@testable import LanguageModel

@Suite("JSON and its schema")
struct JSONSchemaTests {
    @Test(arguments: ["{\"id\":9223372036854775807}", "[1,2.5,true,null,\"\\u00e9\"]", "{\"a\":{\"b\":[]}}"])
    func textReadsBackAsItself(text: String) throws {
        let value = try #require(JSONValue(parsing: text))
        #expect(JSONValue(parsing: value.text) == value)
    }

    @Test func idsStayExact() throws {
        let value = try #require(JSONValue(parsing: #"{"id":9007199254740993,"n":3.0}"#))
        #expect(value["id"]?.integer == 9_007_199_254_740_993)
        #expect(value["n"]?.integer == 3)
    }

    private static let schema = JSONSchema.object(
        [
            "kind": ["type": "string", "enum": ["a", "b"]], "count": ["type": "integer", "minimum": 1, "maximum": 5],
            "tags": ["type": "array", "items": ["type": "string", "minLength": 1], "maxItems": 2],
            "note": ["type": ["string", "null"], "maxLength": 3]
        ], optional: ["note"])

    @Test(arguments: [
        (#"{"kind":"a","count":1,"tags":[]}"#, []), (#"{"kind":"b","count":5.0,"tags":["x"],"note":null}"#, []),
        (#"{"kind":"c","count":1,"tags":[]}"#, [#"kind must be one of ["a","b"]"#]), (#"{"kind":"a","tags":[]}"#, ["count is missing"]),
        (#"{"kind":"a","count":9,"tags":[]}"#, ["count must be at most 5.0"]),
        (#"{"kind":"a","count":1.5,"tags":[]}"#, ["count must be of type integer"]),
        (#"{"kind":"a","count":1,"tags":["x","y","z"]}"#, ["tags has too many items"]),
        (#"{"kind":"a","count":1,"tags":[""]}"#, ["an item of tags is too short"]),
        (#"{"kind":"a","count":1,"tags":[],"note":"long"}"#, ["note is too long"]),
        (#"{"kind":"a","count":1,"tags":[],"sql":"x"}"#, ["sql is not known"]), (#"[]"#, ["the answer must be of type object"]),
        (#"{"kind":true,"count":true,"tags":[]}"#, ["count must be of type integer", "kind must be of type string"])
    ])
    func faults(text: String, expected: [String]) throws {
        #expect(Self.schema.faults(of: try #require(JSONValue(parsing: text))) == expected)
    }

    @Test func oneOfSeveralForms() {
        let schema = JSONSchema(["anyOf": [["type": "null"], ["type": "integer"]]])
        #expect(schema.faults(of: .null).isEmpty && schema.faults(of: 3).isEmpty)
        #expect(!schema.faults(of: "3").isEmpty)
        #expect(JSONSchema(["const": 1]).faults(of: 1.0).isEmpty)
    }
}
