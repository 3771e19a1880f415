import Markup
import HummingbirdTesting
import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

/// Signing in, with real passwords and so few of them: each takes a while to hash.
@Suite struct LoginRequestTests {
    private static let password = "a few quiet words"

    private func person(_ fixture: SiteFixture, email: String = "ana@example.com") async throws -> Person {
        let person = try await fixture.site.people.create(
            email: email, name: "Ana", password: Secret(Self.password), now: SiteFixture.now)
        try await fixture.site.members.add(fixture.workspace.id, person: person.id, role: .member, acting: .owner, now: SiteFixture.now)
        return person
    }

    /// The login page's token, as the form carries it.
    private func token(_ browser: Browser, _ path: String = "/login") async throws -> String {
        try #require(try await browser.get(path).hidden("csrf_token"))
    }

    @Test func signsInAndOut() async throws {
        try await withSite { fixture in
            _ = try await person(fixture)
            let browser = fixture.stranger
            let wanted = try await browser.get("/tickets?status=open")
            #expect(wanted.status == 303)
            let login = try #require(wanted.location)
            #expect(login == "/login?next=%2Ftickets%3Fstatus=open" || login == "/login?next=%2Ftickets%3Fstatus%3Dopen")
            let form = try await browser.get(login)
            let token = try #require(form.hidden("csrf_token"))
            #expect(form.hidden("next") == "/tickets?status=open")
            let answer = try await browser.post(
                "/login", ["email": " ANA@example.com ", "password": Self.password, "next": "/tickets?status=open"], token: token)
            #expect(answer.status == 303 && answer.location == "/tickets?status=open")
            let cookie = try #require(answer.headers[values: .setCookie].first { $0.hasPrefix("clynto_session=") })
            #expect(
                cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/") && !cookie.contains("Secure"))
            let page = try await browser.get("/tickets")
            #expect(page.status == 200)
            let held = try #require(browser.cookies.get("clynto_session"))
            let out = try await browser.post("/logout", token: page.hidden("csrf_token"))
            #expect(out.location == "/login")
            #expect(browser.cookies.get("clynto_session") == nil)
            #expect(try await fixture.site.sessions.find(Secret(held), now: SiteFixture.now) == nil)
            #expect(try await browser.get("/login").text.contains("You are signed out."))
        }
    }

    @Test func wrongPasswordsAreAnsweredAlikeAndThenDelayed() async throws {
        try await withSite { fixture in
            _ = try await person(fixture)
            let browser = fixture.stranger
            let token = try await token(browser)
            let wrong = try await browser.post("/login", ["email": "ana@example.com", "password": "not this one"], token: token)
            let unknown = try await browser.post("/login", ["email": "bob@example.com", "password": "not this one"], token: token)
            #expect(wrong.status == 422 && unknown.status == 422)
            #expect(wrong.text.replacing("ana@", with: "bob@") == unknown.text)
            #expect(!wrong.text.contains("not this one"))
            // The counts of further failures, without their hashing.
            for _ in 0..<4 {
                _ = try await fixture.site.signIns.begin(email: "ana@example.com", address: "elsewhere", now: SiteFixture.now)
            }
            let right = try await browser.post("/login", ["email": "ana@example.com", "password": Self.password], token: token)
            #expect(right.status == 429)
            #expect(right.headers[.retryAfter].flatMap { Int($0) } ?? 0 > 0)
            #expect(right.text.contains("Too many attempts"))
        }
    }

    @Test func refusesFormsOfOthers() async throws {
        try await withSite { fixture in
            let browser = fixture.stranger
            let token = try await token(browser)
            let noToken = try await browser.post("/login", ["email": "ana@example.com", "password": "x"])
            #expect(noToken.status == 403 && noToken.text.contains("stale_form"))
            let foreign = try await browser.post(
                "/login", ["email": "a@b.c", "password": "x"], token: token, origin: "https://evil.example")
            #expect(foreign.status == 403 && foreign.text.contains("foreign_origin"))
            let other = fixture.stranger
            #expect(try await other.post("/login", ["email": "a@b.c", "password": "x"], token: token).status == 403)
        }
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "/login", "/logout", "javascript:alert(1)", "/assets/app.css",
        "/nowhere", "tickets"
    ])
    func goesOnlyToOurOwnPages(_ next: String) {
        #expect(NextPage.accepted(next) == nil)
    }

    @Test(arguments: ["/tickets?status=open&q=a%20b", "/accounts/12", "/integrations", "/settings/members"])
    func goesBackToWhereTheVisitorWanted(_ next: String) {
        #expect(NextPage.accepted(next)?.destination == next)
    }

    @Test func whoIsSignedInSkipsTheForm() async throws {
        try await withSite { fixture in
            let browser = try await fixture.browser(.member)
            #expect(try await browser.get("/login").location == "/")
            #expect(try await browser.get("/login?next=/accounts").location == "/accounts")
        }
    }

    @Test func httpsHardensTheCookie() async throws {
        try await withSite(publicURL: "https://cs.example.com") { fixture in
            _ = try await person(fixture)
            let browser = fixture.stranger
            let token = try await token(browser)
            let answer = try await browser.post("/login", ["email": "ana@example.com", "password": Self.password], token: token)
            let cookie = try #require(answer.headers[values: .setCookie].first { $0.contains("clynto_session=") })
            #expect(cookie.hasPrefix("__Host-clynto_session=") && cookie.contains("Secure") && !cookie.contains("Domain"))
            #expect(answer.headers[.strictTransportSecurity] != nil)
            #expect(try await browser.get("/tickets").status == 200)
        }
    }

    /// Behind a proxy on this machine visitors are told apart; without one nobody can pretend to be another.
    @Test(
        arguments: [
            ("https://clynto.example.com", "127.0.0.1", ["198.51.100.7"], "198.51.100.7"),
            ("https://clynto.example.com", "::1", ["10.0.0.1, 198.51.100.7"], "198.51.100.7"),
            ("https://clynto.example.com", "::ffff:127.0.0.1", ["198.51.100.7", "203.0.113.9"], "203.0.113.9"),
            ("https://clynto.example.com", "127.0.0.1", ["[2001:db8::1]"], "2001:db8::1"),
            ("https://clynto.example.com", "127.0.0.1", ["198.51.100.7, unknown"], "127.0.0.1"),
            ("https://clynto.example.com", "127.0.0.1", [""], "127.0.0.1"),
            ("https://clynto.example.com", "127.0.0.1", [], "127.0.0.1"),
            ("https://clynto.example.com", "203.0.113.9", ["198.51.100.7"], "203.0.113.9"),
            ("http://127.0.0.1:8080", "127.0.0.1", ["198.51.100.7"], "127.0.0.1")
        ] as [(String, String, [String], String)])
    func visitorsAddress(publicURL: String, peer: String, forwarded: [String], address: String) {
        #expect(ClientAddress(publicURL: publicURL).visitor(from: peer, forwarded: forwarded) == address)
    }

    @Test func anInvitationSetsThePasswordOnce() async throws {
        try await withSite { fixture in
            let owner = try await fixture.browser(.owner)
            let added = try await owner.post(.members, ["email": "new@example.com", "name": "", "role": "admin"])
            #expect(added.status == 200)
            let start = try #require(added.text.range(of: fixture.site.publicURL + "/invite/"))
            let path = "/invite/" + added.text[start.upperBound...].prefix { $0 != "\"" }
            #expect(try await !owner.get(.members).text.contains("/invite/"))

            let guest = fixture.stranger
            let form = try await guest.get(path)
            #expect(form.status == 200 && form.text.contains("new@example.com") && form.text.contains("Northwind"))
            #expect(form.headers[.referrerPolicy] == "no-referrer")
            let token = try #require(form.hidden("csrf_token"))
            let short = try await guest.post(path, ["password": "short", "repeat": "short"], token: token)
            #expect(short.status == 422 && short.text.contains("at least") || short.text.contains("At least"))
            let different = try await guest.post(path, ["password": Self.password, "repeat": "another one"], token: token)
            #expect(different.status == 422 && different.text.contains("differ"))
            let accepted = try await guest.post(path, ["password": Self.password, "repeat": Self.password], token: token)
            #expect(accepted.status == 303)
            #expect(try await guest.get("/tickets").text.contains("new@example.com"))

            let late = fixture.stranger
            let again = try await late.get(path)
            #expect(again.status == 404 && again.text.contains("used already"))
        }
    }

    @Test func switchesOnlyToOwnWorkspaces() async throws {
        try await withSite { fixture in
            let browser = try await fixture.browser(.member)
            let person = try #require(browser.person)
            let second = try await fixture.site.workspaces.create(name: "Contoso", now: SiteFixture.now)
            let foreign = try await fixture.site.workspaces.create(name: "Fabrikam", now: SiteFixture.now)
            try await fixture.site.members.add(second.id, person: person.id, role: .admin, acting: .owner, now: SiteFixture.now)
            #expect(try await browser.post(.switchWorkspace(second.id)).status == 303)
            #expect(try await browser.get(.workspace).text.contains("Contoso"))
            #expect(try await browser.post(.switchWorkspace(foreign.id)).status == 404)
            #expect(try await browser.get(.workspace).text.contains("Contoso"))
        }
    }

    @Test func whoIsNobodysMemberIsToldSo() async throws {
        try await withSite { fixture in
            let person = try await fixture.site.people.create(email: "lost@example.com", name: "Lost", now: SiteFixture.now)
            let browser = try await fixture.browser(of: person)
            let page = try await browser.get("/tickets")
            #expect(page.status == 403 && page.text.contains("lost@example.com"))
            #expect(try await browser.post(.logout).location == "/login")
        }
    }
}
