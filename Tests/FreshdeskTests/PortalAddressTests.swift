import Testing

@testable import Freshdesk

@Suite struct PortalAddressTests {
    @Test(arguments: [
        "acme", " Acme ", "acme.freshdesk.com", "ACME.Freshdesk.com/", "https://acme.freshdesk.com/a/tickets?x=1#y",
        "http://acme.freshdesk.com:443/", "acme.freshdesk.com.", "acme/", "acme?x"
    ])
    func whatPeopleType(typed: String) throws {
        let portal = try PortalAddress(typed: typed)
        #expect(portal.subdomain == "acme")
        #expect(portal.baseURL == "https://acme.freshdesk.com")
        #expect(portal.host == "acme.freshdesk.com")
        #expect(portal.ticketURL(1234) == "https://acme.freshdesk.com/a/tickets/1234")
    }

    @Test(arguments: [
        "", "   ", "https://", "-acme", "ac me", "acme_1", "évil", "support.acme.com", "acme.evil.com", "a@b", "user@acme.freshdesk.com",
        "evil.com/acme.freshdesk.com", "acme%2eevil", "аcme", "../x", String(repeating: "a", count: 64), "acme.freshdesk.com.evil.com"
    ])
    func refused(typed: String) {
        #expect(throws: PortalAddress.Invalid.self) { try PortalAddress(typed: typed) }
    }

    @Test func everyRefusalIsASentence() {
        for typed in ["", "support.acme.com", "a b"] {
            let error = #expect(throws: PortalAddress.Invalid.self) { try PortalAddress(typed: typed) }
            #expect(error?.message.hasSuffix(".") == true)
        }
    }

    @Test(arguments: [
        ("https://{subdomain}.freshdesk.com/", "https://acme.freshdesk.com"),
        ("http://127.0.0.1:9000/{subdomain}", "http://127.0.0.1:9000/acme"),
        ("http://127.0.0.1:9000//", "http://127.0.0.1:9000"),
        (" https://proxy.example/fd/{subdomain}/x/ ", "https://proxy.example/fd/acme/x")
    ])
    func templates(template: String, expected: String) throws {
        #expect(try PortalAddress(typed: "acme", template: template).baseURL == expected)
    }

    @Test(arguments: [
        "", "acme.freshdesk.com", "ftp://x", "https://", "https://{subdomain}", "https://{subdomain}:80/x", "https://u:p@host",
        "https://host/?q={subdomain}", "https://host/{other}", "https://evil{subdomain}"
    ])
    func badTemplates(template: String) {
        #expect(throws: PortalAddress.Invalid.self) { try PortalAddress.validate(template: template) }
    }
}
