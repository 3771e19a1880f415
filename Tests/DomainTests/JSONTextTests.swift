import Domain
import Foundation
import Testing

@Suite("Text as JSON")
struct JSONTextTests {
    @Test(
        arguments: [
            ("", #""""#), ("plain", #""plain""#), (#"a"b\c"#, #""a\"b\\c""#), ("a\nb\r\tc", #""a\nb\r\tc""#),
            ("\u{0}\u{1F}", #""\u0000\u001f""#),
            ("\u{7F}\u{9F}", #""\u007f\u009f""#), ("\u{2028}\u{2029}", #""\u2028\u2029""#), ("é 🙂 公司", "\"é 🙂 公司\"")
        ])
    func quoted(text: String, json: String) {
        #expect(text.jsonQuoted == json)
        var bytes = Array("x:".utf8)
        text.writeJSON(to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "x:" + json)
    }

    @Test func everyScalarIsReadBack() throws {
        let scalars = (UInt32(0)...0x30FF).compactMap(Unicode.Scalar.init) + ["\u{FFFD}", "\u{1F642}", "\u{10FFFF}"]
        for start in stride(from: 0, to: scalars.count, by: 256) {
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars[start..<min(start + 256, scalars.count)])
            let quoted = text.jsonQuoted
            #expect(!quoted.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x2028 || $0.value == 0x2029 })
            let read = try JSONSerialization.jsonObject(with: Data(quoted.utf8), options: .fragmentsAllowed) as? String
            #expect(read.map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
        }
    }
}
