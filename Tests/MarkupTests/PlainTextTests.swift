import Markup
import Testing

@Suite struct PlainTextTests {
    @Test(arguments: [
        ("<p>a  b\n c</p><p>d<br>e</p>", "a b c\n\nd\ne"),
        ("<style>x</style><div>a</div><div><b>b</b>c</div>", "a\nbc"),
        ("<ul><li>a</li><li>b</li></ul>c", "- a\n- b\n\nc"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ("a &amp; b &lt;script&gt; &euro;", "a & b <script> €"),
        ("<a href=https://x.example>x</a> <img src=https://x.example/i alt='A logo'>", "x A logo"),
        ("<script>x</script>", ""), ("", ""), ("<p> &nbsp; </p>", ""),
        ("<p>a</p>\n\n\n<p></p><p></p><p>b</p>", "a\n\nb")
    ])
    func htmlBecomesWords(_ html: String, _ expected: String) {
        #expect(MailHTML.plainText(html) == expected)
    }

    @Test(arguments: [
        ("a\nb\r\n\r\nc <b>", "<p>a<br>b</p><p>c &lt;b&gt;</p>"),
        ("", ""), ("\n \n", ""),
        ("javascript:alert(1)", "<p>javascript:alert(1)</p>"),
        ("xhttps://a.example", "<p>xhttps://a.example</p>"),
        ("https://", "<p>https://</p>")
    ])
    func plainTextBecomesParagraphs(_ text: String, _ expected: String) {
        #expect(PlainText.paragraphs(text).rendered == expected)
    }

    @Test(arguments: [
        ("see https://x.example/a?b=1&c.", "see ", "https://x.example/a?b=1&c", "."),
        ("(HTTPS://x.example/a)", "(", "HTTPS://x.example/a", ")"),
        ("https://x.example/a_(b)", "", "https://x.example/a_(b)", ""),
        ("<https://x.example/\"onx>", "<", "https://x.example/", "\"onx>"),
        ("é https://x.example, y", "é ", "https://x.example", ", y")
    ])
    func addressesBecomeLinks(_ text: String, _ before: String, _ address: String, _ after: String) {
        let nodes = HTMLNode.parse(fragment: PlainText.paragraphs(text).rendered)
        let href = address.replacing("HTTPS", with: "https")
        let link = HTMLNode.element(
            name: "a", attributes: ["href": href, "target": "_blank", "rel": "noopener noreferrer nofollow"], children: [.text(address)])
        let children = [HTMLNode.text(before), link, .text(after)].filter { $0 != .text("") }
        #expect(nodes == [.element(name: "p", attributes: [:], children: children)])
    }

    @Test(.timeLimit(.minutes(1)))
    func longTextIsLinear() {
        for piece in ["https://x.example/))))", "http", ")", "h", "https://x.example ", "https://", "\n"] {
            #expect(!PlainText.paragraphs("a" + String(repeating: piece, count: 500_000 / piece.count)).isEmpty)
        }
    }
}
