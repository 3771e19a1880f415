import Testing

/// Markup that makes a naive parser slow, huge or crash.
struct HostileShape: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let mail: String

    private init(_ name: String, _ mail: String) {
        testDescription = name
        self.mail = mail
    }

    private static let formatting = (0..<90).map { "<b id=\($0)>" }.joined()

    static let all: [HostileShape] = [
        HostileShape("open divisions", String(repeating: "<div>", count: 100_000) + "x"),
        HostileShape("nested divisions", String(repeating: "<div>", count: 50_000) + "x" + String(repeating: "</div>", count: 50_000)),
        HostileShape("nested tables", String(repeating: "<table><tr><td>", count: 30_000) + "x"),
        HostileShape("crossed table and b", String(repeating: "<b><table></b></table>", count: 20_000)),
        HostileShape("unclosed formatting", String(repeating: "<p><b id=1><i><u><font size=2>x", count: 15_000)),
        HostileShape("formatting to copy into each paragraph", formatting + String(repeating: "<p>x</p>", count: 50_000)),
        HostileShape(
            "formatting to copy out of a table", "<table>" + formatting + "<table>" + String(repeating: "<p>x</p>", count: 50_000)),
        HostileShape("nested links", String(repeating: "<a href=https://x.example><div>", count: 15_000)),
        HostileShape("items and stray ends", String(repeating: "<li><span>", count: 40_000) + String(repeating: "</ul>", count: 20_000)),
        HostileShape(
            "ends out of reach",
            "<span><table><td>" + String(repeating: "<div>", count: 40_000) + String(repeating: "</span>", count: 30_000)),
        HostileShape("one attribute many times", "<p " + String(repeating: "a=b ", count: 120_000) + ">x"),
        HostileShape("many attributes", "<p " + (0..<60_000).map { "a\($0)" }.joined(separator: " ") + ">x</p>"),
        HostileShape("long address", "<a href=\"https://x.example/" + String(repeating: "a", count: 500_000) + "\">x</a>"),
        HostileShape("less-than signs", String(repeating: "<", count: 500_000)),
        HostileShape("open comments", String(repeating: "<!--", count: 100_000)),
        HostileShape("open tags", String(repeating: "<a", count: 200_000)),
        HostileShape("stray ends", String(repeating: "</p>", count: 100_000)),
        HostileShape("references", String(repeating: "&lt", count: 150_000)),
        HostileShape("open drawings", String(repeating: "<svg>", count: 100_000)),
        HostileShape("nulls", String(repeating: "\u{0}", count: 500_000)),
        HostileShape("quotes", String(repeating: "<blockquote>x", count: 30_000)),
        HostileShape("scripts", String(repeating: "<script>", count: 60_000)),
        HostileShape("selects", String(repeating: "<select><option><table>", count: 20_000)),
        HostileShape("definitions", String(repeating: "<dd><div><p>", count: 30_000)),
        HostileShape("headings", String(repeating: "<h1><h2>", count: 50_000)),
        HostileShape("empty divisions", String(repeating: "<div></div>", count: 45_000)),
        HostileShape("preformatted", String(repeating: "<pre>\n\nx</pre>", count: 30_000)),
        HostileShape("words in tables", String(repeating: "<table>x<tr>y<td>z", count: 25_000)),
        HostileShape("deep lists", String(repeating: "<div>", count: 150) + String(repeating: "<ul><li>x<dl><dd>y", count: 30)),
        HostileShape("deep tables", String(repeating: "<div>", count: 157) + String(repeating: "<p>a<table><tr><td><b>x<hr>", count: 9)),
        HostileShape("deep quotes", String(repeating: "<ul><li>", count: 78) + String(repeating: "<blockquote><li>x<li>y", count: 9))
    ]
}
