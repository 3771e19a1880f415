import Markup
import TestTools
import Testing

@Suite struct HTMLTests {
    @Test func anElementIsWrittenWithItsAttributesAndContent() {
        let card = div(.class("card"), .id("a1")) {
            h2("Tickets & more")
            p(.class("empty")) { "None \"match\"." }
        }
        #expect(
            card.rendered
                == #"<div class="card" id="a1"><h2>Tickets &amp; more</h2><p class="empty">None &quot;match&quot;.</p></div>"#)
    }

    @Test func contentFollowsControlFlow() {
        func page(_ names: [String], note: String?, kind: Int) -> String {
            ul {
                for name in names { li(name) }
                if let note { li { note } }
                if names.isEmpty { li("none") } else { li("some") }
                switch kind {
                case 0: li("zero")
                case 1: li("one")
                default: HTML.empty
                }
            }.rendered
        }
        #expect(page(["a", "<b>"], note: nil, kind: 0) == "<ul><li>a</li><li>&lt;b&gt;</li><li>some</li><li>zero</li></ul>")
        #expect(page([], note: "x", kind: 2) == "<ul><li>x</li><li>none</li></ul>")
    }

    @Test func voidElementsHaveNoEndTag() {
        let form = div {
            input(.type("checkbox"), .name("a"), .checked(true), .disabled(false))
            br()
            img(.src(.path("/logo.svg")), .alt(""))
        }
        #expect(
            form.rendered == #"<div><input type="checkbox" name="a" checked><br><img src="/logo.svg" alt=""></div>"#)
    }

    @Test func aDocumentHasADoctypeHeadAndBody() {
        let page = HTML.document(.lang("en"), bodyAttributes: [.class("wide")]) {
            title("A < B")
            script(src: .path("/app.js"), .type("module"))
        } body: {
            main { "Hello" }
        }
        #expect(
            page.rendered
                == "<!DOCTYPE html>\n<html lang=\"en\"><head><title>A &lt; B</title>"
                + "<script src=\"/app.js\" type=\"module\"></script></head>"
                + "<body class=\"wide\"><main>Hello</main></body></html>")
    }

    @Test func partsAreJoined() {
        #expect(HTML.joined([.text("a"), .text("<")], separator: br()).rendered == "a<br>&lt;")
        #expect((HTML.text("a") + .text("&")).rendered == "a&amp;")
        #expect(HTML.joined([]).isEmpty)
        #expect(HTML.unescaped("<b>").rendered == "<b>")
    }

    @Test func whatIsFrozenIsWrittenTheSame() {
        let markup = div(.group([.class("a"), .title("\"<")])) {
            "a & b"
            br()
        }
        #expect(markup.frozen == markup && markup.frozen.rendered == markup.rendered)
        #expect(td(Attribute.group([.class("a"), .title("\"<"), .none]).frozen) == td(.class("a"), .title("\"<")))
        #expect(td(Attribute.none.frozen).rendered == "<td></td>")
        #expect(HTML.empty.frozen.isEmpty && div { HTML.text("") }.rendered == "<div></div>")
    }

    /// Longer than any piece of memory it is written to.
    @Test func longTextIsWrittenWhole() {
        for length in [4095, 4096, 4097, 70_000] {
            let text = String(repeating: "é&<\0", count: length)
            #expect(HTML.text(text).rendered == String(repeating: "é&amp;&lt;\u{FFFD}", count: length))
            #expect(p(.title(text)) { HTML.unescaped(text) }.rendered.utf8.count == 16 + length * (2 + 5 + 4 + 3 + 2 + 1 + 1 + 1))
        }
    }

    @Test func preformattedContentKeepsItsFirstLineFeed() {
        #expect(HTMLNode.parse(fragment: pre("\n\na").rendered) == [.element(name: "pre", attributes: [:], children: [.text("\n\na")])])
        #expect(
            HTMLNode.parse(fragment: textarea("\na").rendered) == [.element(name: "textarea", attributes: [:], children: [.text("\na")])])
    }

    @Test func drawingsAreWritten() {
        let chart = svg(.viewBox(width: 100, height: 20.5), .ariaHidden) {
            polyline(.points([(x: 0, y: 1.005), (x: 33.333, y: -2)]), .strokeWidth(1.5))
        }
        #expect(
            chart.rendered
                == #"<svg viewBox="0 0 100 20.5" aria-hidden="true"><polyline points="0,1 33.33,-2" stroke-width="1.5"></polyline></svg>"#)
        #expect(rect(.width(.nan), .height(0.05)).rendered == #"<rect width="0" height="0.05"></rect>"#)
    }

    /// Random text in content and attributes never becomes markup and reads back as it was.
    @Test func randomTextStaysText() {
        var random = SeededGenerator(seed: 7)
        let pieces = [
            "<", ">", "&", "\"", "'", "</p>", "<script>", "-->", "<!--", "&lt;", "&#60;", "&amp", "]]>", "\n", "\r", "\t", "\u{0}", "é",
            "日", "👩‍👩‍👧",
            "a", " ", "=", "`", "/", "onx=", "\u{FEFF}"
        ]
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let read = String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\u{0}" ? "\u{FFFD}" : $0 }))
            let markup = p(.title(text), .data("x", text)) {
                text
                b(text)
            }
            let inner: [HTMLNode] = read.isEmpty ? [] : [.text(read)]
            let expected = HTMLNode.element(
                name: "p", attributes: ["title": read, "data-x": read],
                children: inner + [.element(name: "strong", attributes: [:], children: inner)])
            #expect(HTMLNode.parse(fragment: markup.rendered) == [expected], "\(text.debugDescription)")
        }
    }

    private func b(_ text: String) -> HTML { strong(text) }
}
