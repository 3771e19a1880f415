import Markup
import Testing

@Suite struct AttributeTests {
    private func written(_ attributes: Attribute...) -> String { br(.group(attributes)).rendered }

    @Test func valuesAreEscaped() {
        #expect(written(.title("\" onclick='x' <&>")) == "<br title=\"&quot; onclick=&#39;x&#39; &lt;&amp;&gt;\">")
    }

    @Test func conditionsLeaveAttributesOut() {
        #expect(written(.when(false, .id("a")), .none, .selected(false), .required()) == "<br required>")
        #expect(written(.class("a", "", "b")) == "<br class=\"a b\">")
        #expect(written(.class("", "")) == "<br>")
        #expect(written(.class("")) == "<br>")
    }

    @Test(arguments: [
        "onclick", "ONLOAD", "style", "href", "src", "srcdoc", "formaction", "a b", "a\"", "a>", "", "1a", "-a", "a=", "xlink:href", "é"
    ])
    func refusedNamesAreLeftOut(_ name: String) {
        #expect(written(.custom(name, "x")) == "<br>")
    }

    @Test func plainNamesAreWritten() {
        #expect(
            written(.custom("fill-rule", "evenodd"), .data("ticket-id", "7"), .aria("label", "A"))
                == "<br fill-rule=\"evenodd\" data-ticket-id=\"7\" aria-label=\"A\">")
        #expect(written(.data("x y", "1"), .aria("\">", "1")) == "<br>")
    }

    @Test func languageWordsWorkAsNames() {
        #expect(written(.for("a"), .as("font"), .defer(), .async(false)) == "<br for=\"a\" as=\"font\" defer>")
    }
}
