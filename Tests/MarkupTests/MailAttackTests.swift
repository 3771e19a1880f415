import Markup
import Testing

/// Attacks known from the field. Whatever comes out is judged by reading it back, and some by the exact markup.
@Suite struct MailAttackTests {
    @Test(arguments: [
        ("<script>alert(1)</script>a", "a"),
        ("<SCRIPT SRC=https://evil.example/x.js></SCRIPT>a", "a"),
        ("<script>x</script foo=bar>a", "a"),
        ("<scr<script>ipt>alert(1)</script>a", "ipt&gt;alert(1)a"),
        ("<style>p{background:url(javascript:x)}</style>a", "a"),
        ("<title>x</title>a", "a"),
        ("<textarea><img src=x onerror=alert(1)></textarea>a", "a"),
        ("<iframe src=javascript:alert(1)></iframe>a", "a"),
        ("<iframe srcdoc='<script>x</script>'></iframe>a", "a"),
        ("<object data=javascript:x><p>b</p></object>a", "a"),
        ("<embed src=javascript:x>a", "a"),
        ("<applet code=x>b</applet>a", "a"),
        ("<template><script>x</script></template>a", "a"),
        ("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>a", "&quot;&gt;a"),
        ("<svg><script>alert(1)</script></svg>a", "a"),
        ("<svg/onload=alert(1)>a", ""),
        ("<svg><style><img src=x onerror=alert(1)></style></svg>a", "a"),
        ("<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>a", "a"),
        ("<svg><animate attributeName=href values=javascript:x /></svg>a", "a"),
        ("<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", ""),
        ("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>a", "a"),
        ("<math><annotation-xml encoding=\"text/html\"><p><script>x</script></p></annotation-xml></math>a", "a"),
        ("<form action=javascript:x><input name=q><button formaction=javascript:x>b</button>a</form>", "<div>a</div>"),
        ("<select><option>b</option></select>a", "a"),
        ("<a href=\"javascript:alert(1)\">x</a>", "x"),
        ("<a href=\"jav&#x09;ascript:alert(1)\">x</a>", "x"),
        ("<a href=\"jav&Tab;ascript:alert(1)\">x</a>", "x"),
        ("<a href=\"java&NewLine;script:alert(1)\">x</a>", "x"),
        ("<a href=\"&#106;avascript:alert(1)\">x</a>", "x"),
        ("<a href=\"javascript&colon;alert(1)\">x</a>", "x"),
        ("<a href=\" &#14; javascript:alert(1)\">x</a>", "x"),
        ("<a href=\"&#1;javascript:alert(1)\">x</a>", "x"),
        ("<a href=data:text/html;base64,PHNjcmlwdD4=>x</a>", "x"),
        ("<a href=vbscript:x>x</a>", "x"),
        ("<a href=\"https://good.example@evil.example\">x</a>", "x"),
        ("<a href=\"/relative\">x</a>", "x"),
        ("<a name=top id=top onclick=x>x</a>", "x"),
        ("<p onclick=alert(1) onmouseover='x'>x</p>", "<p>x</p>"),
        ("<p style=\"background:url(https://evil.example/x)\">x</p>", "<p>x</p>"),
        ("<p style=\"width:expression(alert(1))\">x</p>", "<p>x</p>"),
        ("<div style=\"position:fixed;top:0;left:0;width:100%;height:100%;z-index:9\">x</div>", "<div>x</div>"),
        ("<p style=\"text-align:center;color:red\">x</p>", "<p align=\"center\">x</p>"),
        ("<p style=\"text-align:center/*x*/\">x</p>", "<p>x</p>"),
        ("<p id=login class=\"admin modal\" data-x=1 aria-hidden=true>x</p>", "<p>x</p>"),
        ("<img src=javascript:alert(1)>a", "a"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ("<img src=\"data:image/svg+xml,<svg onload=x>\">a", "a"),
        ("<img src=cid:part1>a", "a"),
        ("<img src=\"https://evil.example/p.gif\" width=1 height=1>a", "a"),
        (
            "<img src=\"https://evil.example/p.gif\" alt='\"><script>x</script>'>",
            "<span class=\"mail-image\">&quot;&gt;&lt;script&gt;x&lt;/script&gt;</span>"
        ),
        ("<img/src=\"https://evil.example/a\"/onerror=alert(1)>", "<span class=\"mail-image\">Image</span>"),
        ("<image src=x onerror=alert(1)>a", "a"),
        ("<video src=https://x.example/v><source onerror=alert(1)></video>a", "a"),
        ("<audio src=x onerror=x></audio>a", "a"),
        ("<body onload=alert(1)>a</body>", "a"),
        ("<html manifest=x><head><base href=https://evil.example/></head>a", "a"),
        ("<meta http-equiv=refresh content='0;url=javascript:x'>a", "a"),
        ("<link rel=stylesheet href=https://evil.example/x.css>a", "a"),
        (
            "<table background=javascript:x><tr><td background=https://evil.example/x>a</table>",
            "<table><tbody><tr><td>a</td></tr></tbody></table>"
        ),
        ("<!--[if mso]><script>x</script><![endif]-->a", "a"),
        ("<![if !mso]>a<![endif]>", "a"),
        ("<!-->a<img src=x onerror=x>-->", "a--&gt;"),
        ("<!--->a", "a"),
        ("<!-- x --!>a", "a"),
        ("<![CDATA[<script>x</script>]]>a", "x]]&gt;a"),
        ("<?xml version=1?>a", "a"),
        ("<!DOCTYPE html>a", "a"),
        ("</ script>a", "a"),
        ("<>a< b", "&lt;&gt;a&lt; b"),
        ("&lt;script&gt;x&lt;/script&gt;", "&lt;script&gt;x&lt;/script&gt;"),
        ("<<script>x</script>a", "&lt;a"),
        ("<a\u{0} href=https://x.example>x</a>", "x"),
        ("<p\u{0}>a\u{0}b&#0;</p>", "ab\u{FFFD}"),
        ("a&#1;b&#x7F;c", "abc"),
        ("<xmp><script>x</script></xmp>a", "a"),
        ("<plaintext>a<script>x</script>b", "ab"),
        ("<frameset onload=x><frame src=javascript:x></frameset>a", "a"),
        ("<marquee onstart=x>a</marquee>", "a"),
        ("<details open ontoggle=alert(1)>a</details>", "<div>a</div>"),
        ("<dialog open>x</dialog>a", "a"),
        ("<custom-element onfocus=x>a</custom-element>", "a"),
        (
            "<a href=https://x.example/?a=1&amp;b=2 target=_top rel=opener>x</a>",
            "<a href=\"https://x.example/?a=1&amp;b=2\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">x</a>"
        ),
        ("<a href=mailto:a@x.example>x", "<a href=\"mailto:a@x.example\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">x</a>"),
        (
            "<a href='//x.example/\"><script>'>x</a>",
            "<a href=\"https://x.example/%22%3E%3Cscript%3E\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">x</a>"
        ),
        ("a<p title=\"x", "a"),
        ("a<script>x", "a"),
        ("a<!-- x", "a")
    ])
    func attackIsDefused(_ attack: String, _ expected: String) {
        let mail = MailHTML.sanitise(attack)
        #expect(mail.html.rendered == expected)
        for images in [ImagePolicy.blocked, .allowed] {
            let html = MailHTML.sanitise(attack, images: images).html
            #expect(MailSafety.faults(in: MailSafety.tree(html)) == [])
            #expect(MailHTML.sanitise(html.rendered, images: images).html == html)
        }
    }
}
