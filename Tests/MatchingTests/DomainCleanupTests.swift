import Matching
import Testing

@Suite("Domain clean-up")
struct DomainCleanupTests {
    @Test(arguments: [
        // Plain.
        ("acme.com", "acme.com"),
        ("ACME.COM", "acme.com"),
        ("Www.Acme.Co.Uk", "www.acme.co.uk"),
        ("  acme.com\t", "acme.com"),
        ("\r\nacme.com\r\n", "acme.com"),
        ("\u{00A0}acme.com\u{3000}", "acme.com"),
        ("a-b.acme.com", "a-b.acme.com"),
        ("3m.com", "3m.com"),
        ("r3---sn.acme.com", "r3---sn.acme.com"),
        // Scheme, path, query, fragment, port, user.
        ("http://acme.com", "acme.com"),
        ("https://www.acme.com/", "www.acme.com"),
        ("HTTPS://ACME.COM/About", "acme.com"),
        ("//acme.com/x", "acme.com"),
        ("http:/acme.com", "acme.com"),
        ("https:acme.com", "acme.com"),
        ("http://https://acme.com", "acme.com"),
        ("https:\\\\acme.com\\x", "acme.com"),
        ("ftp://files.acme.com/pub", "files.acme.com"),
        ("acme.com/about/team", "acme.com"),
        ("acme.com?utm=1", "acme.com"),
        ("acme.com#top", "acme.com"),
        ("acme.com:8443", "acme.com"),
        ("https://acme.com:8443/x", "acme.com"),
        ("https://user:pass@acme.com/x", "acme.com"),
        ("https://acme.com/a@b.org", "acme.com"),
        // Mail.
        ("mailto:jane@acme.com", "acme.com"),
        ("mailto:jane@acme.com?subject=x", "acme.com"),
        ("jane@acme.com", "acme.com"),
        ("a@b@acme.com", "acme.com"),
        ("@acme.com", "acme.com"),
        ("Jane Doe <jane@acme.com>", "acme.com"),
        ("\"Doe, Jane\" <jane@acme.com>", "acme.com"),
        // Quotes and brackets.
        ("\"acme.com\"", "acme.com"),
        ("'acme.com'", "acme.com"),
        ("“acme.com”", "acme.com"),
        ("„acme.com“", "acme.com"),
        ("«acme.com»", "acme.com"),
        ("(acme.com)", "acme.com"),
        ("[acme.com]", "acme.com"),
        ("<https://acme.com/>", "acme.com"),
        ("[\"acme.com\"]", "acme.com"),
        ("(see https://acme.com).", "acme.com"),
        // Dots.
        ("acme.com.", "acme.com"),
        (".acme.com", "acme.com"),
        ("..acme.com..", "acme.com"),
        ("*.acme.com", "acme.com"),
        ("acme。com", "acme.com"),
        ("acme｡com", "acme.com"),
        ("acme．com", "acme.com"),
        ("acme.com。", "acme.com"),
        // Invisible characters and compatibility forms.
        ("\u{200B}acme\u{200B}.com\u{FEFF}", "acme.com"),
        ("ac\u{00AD}me.com", "acme.com"),
        ("\u{202A}acme.com\u{202C}", "acme.com"),
        ("ａｃｍｅ.com", "acme.com"),
        ("ⓐcme.com", "acme.com"),
        // International names.
        ("münchen.de", "xn--mnchen-3ya.de"),
        ("MÜNCHEN.DE", "xn--mnchen-3ya.de"),
        ("mu\u{0308}nchen.de", "xn--mnchen-3ya.de"),
        ("xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        ("XN--MNCHEN-3YA.DE", "xn--mnchen-3ya.de"),
        ("straße.de", "xn--strae-oqa.de"),
        ("strasse.de", "strasse.de"),
        ("пример.рф", "xn--e1afmkfd.xn--p1ai"),
        ("例え.jp", "xn--r8jz45g.jp"),
        ("例え。jp", "xn--r8jz45g.jp"),
        // Several.
        ("acme.com, acme.de", "acme.com"),
        ("acme.com;acme.de", "acme.com"),
        ("localhost | acme.com", "acme.com"),
        ("-, acme.com", "acme.com")
    ])
    func cleans(_ row: (typed: String, host: String)) {
        #expect(DomainName(cleaning: row.typed)?.host == row.host)
    }

    @Test(arguments: [
        ("", "The domain is empty"),
        ("   ", "The domain is empty"),
        ("\"\"", "The domain is empty"),
        ("https://", "The domain is empty"),
        ("...", "The domain is empty"),
        ("localhost", "“localhost” has no dot"),
        ("Acme", "“acme” has no dot"),
        ("com.", "“com.” has no dot"),
        ("n/a", "“n/a” has no dot"),
        ("10.0.0.1", "“10.0.0.1” is an IP address"),
        ("http://192.168.1.20:8080/x", "“http://192.168.1.20:8080/x” is an IP address"),
        ("[2001:db8::1]", "“[2001:db8::1]” is an IP address"),
        ("https://[::1]:8080/", "“https://[::1]:8080/” is an IP address"),
        ("2001:db8::1", "“2001:db8::1” is an IP address"),
        ("1.2", "“1.2” ends in a number, so it is no domain"),
        ("v1.2.3", "“v1.2.3” ends in a number, so it is no domain"),
        ("acme..com", "“acme..com” has two dots in a row"),
        ("my_shop.com", "“my_shop.com” has the character “_”, which no domain has"),
        ("acme!.com", "“acme!.com” has the character “!”, which no domain has"),
        ("100%.com", "“100%.com” has the character “%”, which no domain has"),
        ("-acme.com", "“-acme.com” has a part that begins or ends with a hyphen"),
        ("acme-.com", "“acme-.com” has a part that begins or ends with a hyphen"),
        ("xn--a.com", "“xn--a.com” is not a valid international domain"),
        ("😀\u{0301}☃\u{0301}٣a.com", "“😀\u{0301}☃\u{0301}٣a.com” is not a valid international domain")
    ])
    func refuses(_ row: (typed: String, sentence: String)) {
        #expect(DomainName(cleaning: row.typed) == nil)
        #expect(DomainName.fault(of: row.typed) == row.sentence)
    }

    @Test func refusesWhatIsTooLong() {
        let label = String(repeating: "a", count: 64)
        #expect(DomainName(cleaning: "\(label).com") == nil)
        #expect(DomainName.fault(of: "\(label).com")?.hasSuffix("has a part of more than 63 letters") == true)
        #expect(DomainName(cleaning: "\(label.dropLast()).com") != nil)
        let long = Array(repeating: "abcdefghi", count: 26).joined(separator: ".")
        #expect(DomainName.fault(of: long)?.hasSuffix("is longer than a domain can be") == true)
        #expect((DomainName.fault(of: long)?.count ?? 0) < 120)
    }

    @Test func tellsTheFirstFaultAmongSeveralPieces() {
        #expect(DomainName.fault(of: "acme.com, beta") == "“beta” has no dot")
        #expect(DomainName.fault(of: "acme.com") == nil)
        #expect(DomainName.fault(of: "https://acme.com/about") == nil)
        #expect(DomainName.fault(of: "co.uk") == "“co.uk” is not one firm's domain: anyone can register names under it")
    }

    @Test func readsSeveralDomains() {
        let typed = "acme.com, ACME.com; https://acme.de/x | localhost\nacme.fr、acme.jp"
        #expect(DomainName.all(in: typed).map(\.host) == ["acme.com", "acme.de", "acme.fr", "acme.jp"])
    }

    @Test func aZeroByteNeverCutsADomainShort() {
        #expect(DomainName.all(in: "acme.com\u{0}.evil.com").map(\.host) == ["acme.com", "evil.com"])
    }

    @Test(arguments: [
        ("acme.com", false), ("acme.com/", false), ("https://acme.com//", false), ("acme.com/about", true), ("acme.com?x", true),
        ("acme.com/#a", true), ("facebook.com/joespizza", true)
    ])
    func remembersAPath(_ row: (typed: String, hadPath: Bool)) {
        #expect(DomainName(cleaning: row.typed)?.hadPath == row.hadPath)
    }

    @Test func aLookAlikeInAnotherScriptIsAnotherDomain() {
        // The first letter is the Cyrillic а.
        let lookAlike = DomainName(cleaning: "аcme.com")
        #expect(lookAlike?.host == "xn--cme-5cd.com")
        #expect(lookAlike?.shown == "аcme.com (xn--cme-5cd.com)")
        #expect(DomainName(cleaning: "münchen.de")?.shown == "münchen.de")
    }

    @Test(
        arguments: [
            ("jane@acme.com", "acme.com"), ("Jane <Jane@ACME.com>", "acme.com"), ("jane+tag@mail.acme.com", "mail.acme.com"),
            ("a@b@acme.com", "acme.com"), ("jane@münchen.de", "xn--mnchen-3ya.de"), ("jane@acme.com, john@acme.com", "acme.com"),
            ("jane@acme.com, john@beta.com", nil), ("acme.com", nil), ("@acme.com", nil), ("jane@", nil), ("jane@localhost", nil),
            ("jane@10.0.0.1", nil), ("jane@[10.0.0.1]", nil), ("", nil)
        ] as [(String, String?)])
    func readsTheDomainOfAnAddress(_ row: (email: String, host: String?)) {
        #expect(DomainName(ofEmail: row.email)?.host == row.host)
    }
}
