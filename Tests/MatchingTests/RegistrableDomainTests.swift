import Foundation
import Matching
import Testing

@Suite("Registrable domains")
struct RegistrableDomainTests {
    @Test(
        arguments: [
            ("acme.com", "acme.com"), ("www.acme.com", "acme.com"), ("a.b.c.acme.com", "acme.com"),
            ("acme.co.uk", "acme.co.uk"), ("www.acme.co.uk", "acme.co.uk"), ("shop.acme.com.au", "acme.com.au"),
            // Private part: registries and platforms that put themselves there.
            ("acme.uk.com", "acme.uk.com"), ("www.acme.uk.com", "acme.uk.com"), ("acme.com.de", "acme.com.de"),
            ("acme.jpn.com", "acme.jpn.com"),
            ("acme.github.io", "acme.github.io"), ("docs.acme.github.io", "acme.github.io"), ("acme.myshopify.com", "acme.myshopify.com"),
            ("acme.blogspot.com", "acme.blogspot.com"),
            // Wildcards and their exceptions.
            ("acme.foo.ck", "acme.foo.ck"), ("www.ck", "www.ck"), ("city.kobe.jp", "city.kobe.jp"), ("a.b.kobe.jp", "a.b.kobe.jp"),
            // International suffixes.
            ("a.公司.cn", "a.xn--55qx5d.cn"), ("www.пример.рф", "xn--e1afmkfd.xn--p1ai"),
            // Unknown top-level domains count as one.
            ("mail.acme.notatld", "acme.notatld"),
            // Not on the list although every customer has a host there.
            ("acme.zendesk.com", "zendesk.com"),
            // Hosts that are suffixes themselves.
            ("co.uk", nil), ("uk.com", nil), ("github.io", nil), ("foo.ck", nil), ("kobe.jp", nil), ("公司.cn", nil)
        ] as [(String, String?)])
    func registrable(_ row: (host: String, registrable: String?)) throws {
        let domain = try #require(DomainName(cleaning: row.host))
        #expect(domain.registrable == row.registrable)
        #expect(domain.isPublicSuffix == (row.registrable == nil))
    }

    @Test(arguments: [
        ("www.acme.co.uk", "acme"), ("acme.uk.com", "acme"), ("docs.acme.github.io", "acme"), ("xn--mnchen-3ya.de", "münchen"),
        ("co.uk", "co")
    ])
    func brandLabel(_ row: (host: String, label: String)) {
        #expect(DomainName(cleaning: row.host)?.brandLabel == row.label)
    }

    @Test(arguments: [
        ("www.acme.com", "acme.com"), ("acme.com", "acme.com"), ("www.eu.acme.com", "eu.acme.com"), ("www2.acme.com", "www2.acme.com"),
        ("www.com", "www.com"), ("www.ck", "www.ck"), ("wwwacme.com", "wwwacme.com")
    ])
    func site(_ row: (host: String, site: String)) {
        #expect(DomainName(cleaning: row.host)?.site == row.site)
    }

    @Test func theListTellsItsAge() throws {
        let dated = try #require(PublicSuffixes.dated)
        #expect(dated > Date(timeIntervalSince1970: 1_600_000_000))
    }
}
