import Markup
import TestTools
import Testing

@Suite struct MailFuzzTests {
    /// Shapes that make naive parsers slow, huge or crash. Each is read within the time limit and reads back the same.
    @Test(.timeLimit(.minutes(1)), arguments: HostileShape.all)
    func hostileShapesAreHarmless(_ shape: HostileShape) {
        check(shape.mail, policies: [.blocked])
        _ = MailHTML.plainText(shape.mail)
    }

    /// Random soups of tags: safe, a fixed point, the same tree.
    @Test(.timeLimit(.minutes(1)), arguments: 0..<8)
    func tagSoupIsSanitised(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed &* 1000 + 17)
        for _ in 0..<800 {
            var soup = ""
            for _ in 0..<Int.random(in: 1...40, using: &random) { soup += MailSoup.piece(using: &random) }
            if !check(soup) { return }
        }
    }

    @discardableResult
    private func check(_ mail: String, policies: [ImagePolicy] = [.blocked, .allowed]) -> Bool {
        for images in policies {
            let once = MailHTML.sanitise(mail, images: images)
            let again = MailHTML.sanitise(once.html.rendered, images: images)
            let faults = MailSafety.faults(in: MailSafety.tree(once.html))
            let isSound =
                faults.isEmpty && again.html == once.html && MailSafety.tree(again.html) == MailSafety.tree(once.html)
                && MailSafety.rewritten(MailSafety.tree(once.html)) == once.html.rendered
            let report = [mail, once.html.rendered, again.html.rendered].map { $0.prefix(2000).debugDescription }
            #expect(isSound, "\(faults) \(report[0]) gave \(report[1]) then \(report[2])")
            guard isSound else { return false }
        }
        return true
    }
}

/// Pieces of markup that meet in mails, well or badly.
enum MailSoup {
    static func piece(using random: inout SeededGenerator) -> String {
        let tag = tags.randomElement(using: &random) ?? "p"
        switch Int.random(in: 0..<10, using: &random) {
        case 0...3: return "<" + tag + ">"
        case 4: return "<" + tag + " " + (attributes.randomElement(using: &random) ?? "") + ">"
        case 5...7: return "</" + tag + ">"
        default: return texts.randomElement(using: &random) ?? ""
        }
    }

    private static let tags = [
        "p", "div", "span", "a", "b", "i", "em", "font", "table", "tr", "td", "th", "tbody", "thead", "caption", "col", "colgroup", "ul",
        "ol", "li",
        "dl", "dt", "dd", "pre", "blockquote", "h1", "h3", "br", "hr", "img", "script", "style", "svg", "math", "mtext", "select", "option",
        "button", "form", "input", "template", "noscript", "iframe", "object", "title", "textarea", "details", "summary", "center", "nobr",
        "body",
        "html", "head", "o:p", "plaintext", "foreignObject", "desc", "marquee", "image", "strike", "section", "frameset",
        "a href=https://x.example",
        "img src=https://x.example/a.png", "div class=gmail_quote", "span class=mail-image", "details class=mail-quote",
        "div id=divRplyFwdMsg",
        "q", "small", "s", "u"
    ]
    private static let attributes = [
        "href=javascript:alert(1)", "href='https://x.example/\"<'", "src=//x.example/a", "style='font-weight:bold;text-align:right'",
        "onclick=x",
        "class=mail-quote", "class='gmail_quote'", "title='</noscript><img src=x>'", "=", "\"", "'", "/", "width=1",
        "width=50% align=center",
        "colspan=3 rowspan=2", "style=\"width:10px;font-style:italic;text-decoration:underline\"", "alt=\"<b>\"", "id=appendonsend"
    ]
    private static let texts = [
        "x", " ", "\n", "a & b", "&lt;script&gt;", "&#60;img&#62;", "&nbsp;", "<", "<!--", "-->", "<!", "]]>", "&", "&#0;", "\u{0}", "é👩‍👧",
        "-----Original Message-----", "\r\n", "\u{C}", "&#13;", "&#12;", "\"", "'", "=", "</", "<![CDATA[", "From: a"
    ]
}
