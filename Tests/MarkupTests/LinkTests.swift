import Markup
import Testing

@Suite struct LinkTests {
    @Test(arguments: [
        ("/tickets?status=open&q=a%20b#x", "/tickets?status=open&q=a%20b#x"),
        ("/", "/"), ("", "/"), ("tickets", "/tickets"),
        ("//evil.example", "/evil.example"), ("/\\evil.example", "/evil.example"), ("\\\\evil.example", "/evil.example"),
        ("/\t/evil.example", "/evil.example"), ("/a\\b", "/a%5Cb"), ("/a b\n", "/a%20b%0A"),
        ("javascript:alert(1)", "/javascript:alert(1)"),
        ("/ \u{0}/evil.example", "/evil.example")
    ])
    func aPathStaysOnOurSite(_ path: String, _ expected: String) {
        #expect(Link.path(path).destination == expected)
    }

    @Test(arguments: [
        ("https://example.com/a?b=c&d#e", "https://example.com/a?b=c&d#e"),
        ("  HTTP://Example.com ", "http://Example.com"),
        ("mailto:a@example.com?subject=x", "mailto:a@example.com?subject=x"),
        ("https://example.com/a b\"<>", "https://example.com/a%20b%22%3C%3E"),
        ("ht\ntps://example.com", "https://example.com"),
        ("https://bücher.example/ü", "https://bücher.example/ü"),
        ("https://example.com/@user", "https://example.com/@user"),
        ("https://[::1]:8080/", "https://[::1]:8080/")
    ])
    func knownSchemesLeadOut(_ address: String, _ expected: String) {
        #expect(Link.external(address)?.destination == expected)
        #expect(Link.external(expected)?.destination == expected)
    }

    @Test(arguments: [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\u{1}javascript:alert(1)", "data:text/html,x", "vbscript:x",
        "file:///etc/passwd", "ftp://example.com", "https:", "https:/example.com", "https:example.com", "https://", "https:///x",
        "https://:80/", "https://good.example@evil.example/", "https://good.example\\@evil.example", "//example.com", "/a", "example.com",
        "", ":", "mailto:", "about:blank", "blob:https://x", "tel:+1", "https://exa mple.com"
    ])
    func anythingElseIsRefused(_ address: String) {
        #expect(Link.external(address) == nil)
    }
}
