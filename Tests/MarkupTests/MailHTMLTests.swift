import Markup
import Testing

@Suite struct MailHTMLTests {
    @Test func formattingOfAMailIsKept() {
        let mail = "<h2>Hi</h2><p>a <b>b</b> <font color=red>c</font><br>d</p><ul><li>1<li>2</ul><center>x</center>"
        #expect(
            MailHTML.sanitise(mail).html.rendered
                == "<h2>Hi</h2><p>a <b>b</b> c<br>d</p><ul><li>1</li><li>2</li></ul><div align=\"center\">x</div>")
    }

    @Test func stylesBecomeElements() {
        let mail = "<span style=\"font-weight: 700; font-style:italic\">a</span><p style='text-decoration:underline line-through'>b</p>"
        #expect(MailHTML.sanitise(mail).html.rendered == "<b><i>a</i></b><p><u><s>b</s></u></p>")
    }

    @Test func tablesKeepTheirShape() {
        let mail = "<table width=600 style='width:80%' cellpadding=4 border=9><tr><td colspan=2 valign=TOP>a<td>b<tr><th>c</table>"
        #expect(
            MailHTML.sanitise(mail).html.rendered
                == "<table width=\"80%\" cellpadding=\"4\"><tbody><tr><td valign=\"top\" colspan=\"2\">a</td><td>b</td></tr>"
                + "<tr><th>c</th></tr></tbody></table>")
    }

    @Test func picturesAreOffUntilAskedFor() {
        let mail = "<img src=\"https://x.example/a.png?b&amp;c\" alt=\" Logo \" width=120px height=x style='width:9999px'>"
        let blocked = MailHTML.sanitise(mail)
        #expect(blocked.html.rendered == "<span class=\"mail-image\">Logo</span>")
        #expect(blocked.hasBlockedImages)
        let allowed = MailHTML.sanitise(mail, images: .allowed)
        #expect(
            allowed.html.rendered
                == "<img src=\"https://x.example/a.png?b&amp;c\" alt=\"Logo\" width=\"120\""
                + " loading=\"lazy\" referrerpolicy=\"no-referrer\">"
        )
        #expect(!allowed.hasBlockedImages)
        #expect(!MailHTML.sanitise("<p>a</p>").hasBlockedImages)
    }

    @Test(arguments: [
        "<p>a</p><blockquote>b</blockquote>",
        "<p>a</p><div class=\"gmail_quote other\">b</div>",
        "<p>a</p><div id=\"x_x_divRplyFwdMsg\"><b>From:</b> c</div><p>b</p>",
        "<p>a</p><div id=\"appendonsend\"></div><hr><div>b</div>",
        "<p>a</p><p>-----Original Message-----<br>From: c</p><p>b</p>",
        "<p>a</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> c</p></div></div><p>b</p>"
    ])
    func whatIsQuotedIsFolded(_ mail: String) throws {
        let nodes = MailSafety.tree(MailHTML.sanitise(mail).html)
        try #require(nodes.count == 2)
        #expect(nodes[0] == .element(name: "p", attributes: [:], children: [.text("a")]))
        guard case .element("details", ["class": "mail-quote"], let quoted) = nodes[1] else {
            Issue.record("not folded: \(nodes[1])")
            return
        }
        #expect(quoted.first == .element(name: "summary", attributes: [:], children: [.text("Quoted text")]))
        #expect(MailHTML.plainText(mail).hasPrefix("a\n"))
    }

    @Test func aMessageThatOnlyQuotesIsOpen() {
        let mail = MailHTML.sanitise("<div> <blockquote>a<blockquote>b</blockquote></blockquote></div>").html.rendered
        #expect(
            mail == "<div> <details class=\"mail-quote\" open><summary>Quoted text</summary>"
                + "<blockquote>a<blockquote>b</blockquote></blockquote></details></div>")
    }

    @Test func misnestedMarkupIsPutInOrder() {
        #expect(MailHTML.sanitise("<b><p>a</b>b</p>").html.rendered == "<b><p>a</p></b>b")
        #expect(
            MailHTML.sanitise("<div><table><tr><td></div>a</td></table>b").html.rendered
                == "<div><table><tbody><tr><td>a</td></tr></tbody></table>b</div>")
        #expect(MailHTML.sanitise("<p>a<p>b<div>c").html.rendered == "<p>a</p><p>b</p><div>c</div>")
    }

    @Test func preformattedTextKeepsItsLines() {
        let once = MailHTML.sanitise("<pre>\n\n a\r\n&#13;b</pre>").html
        #expect(MailHTML.sanitise(once.rendered).html == once)
        #expect(once.rendered.hasPrefix("<pre>\n\n a"))
    }

    @Test func aLongMessageIsCutAndSaysSo() {
        let long = MailHTML.sanitise("<p>" + String(repeating: "é", count: 400_000))
        #expect(long.wasCut)
        #expect(long.html.rendered.utf8.count < MailHTML.longestInput)
        #expect(long.html.rendered.hasSuffix("é</p>"))
        #expect(!MailHTML.sanitise("<p>" + String(repeating: "é", count: 1000)).wasCut)
        #expect(MailHTML.sanitise("a<style>b").wasCut)
    }

    /// Quotes grow sixfold when escaped: the result must still fit what is read.
    @Test func whatGrowsIsCutToo() {
        let once = MailHTML.sanitise(String(repeating: "<b>\"</b>\"", count: 50_000))
        #expect(once.wasCut)
        #expect(once.html.rendered.utf8.count <= MailHTML.longestInput)
        #expect(MailHTML.sanitise(once.html.rendered).html == once.html)
    }
}
