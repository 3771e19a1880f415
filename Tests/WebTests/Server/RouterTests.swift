import Hummingbird
import Markup
import HummingbirdTesting
import Domain
import Foundation
import HTTPTypes
import Store
import Testing

@testable import Web

@Suite struct RouterTests {
    /// For benchmarks alone: nothing leads there unless the server was started with it, and then only for those signed in.
    @Test func theConstantPageIsThereOnlyWhenAskedFor() async throws {
        try await withSite { fixture in
            #expect(try await fixture.browser(.member).get(ConstantPage.path).status == 404)
            let router = makeRouter(site: fixture.site, constantPage: 70_001)
            try await Application(router: router, logger: fixture.site.logger).test(.router) { client in
                let fixture = SiteFixture(site: fixture.site, workspace: fixture.workspace, client: client, vault: fixture.vault)
                let page = try await fixture.browser(.member).get(ConstantPage.path)
                #expect(page.status == 200 && page.text.utf8.count == 70_001)
                #expect(page.headers[.contentSecurityPolicy] != nil && page.headers[.contentType]?.hasPrefix("text/html") == true)
                #expect(try await fixture.stranger.get(ConstantPage.path).location?.hasPrefix("/login") == true)
            }
        }
    }

    /// One address for every pattern of the pages.
    static let paths: [String] = Route.Pattern.allCases.map { pattern in
        pattern.rawValue.replacing("{id}", with: "1").replacing("{token}", with: "abc").replacing("{key}", with: "abc")
            .replacing("{file}", with: "app.css")
    }

    @Test(arguments: paths)
    func everyAnswerIsHardened(_ path: String) async throws {
        try await withSite { fixture in
            for browser in [fixture.stranger, try await fixture.browser(.owner)] {
                let answer = try await browser.get(path)
                let policy = try #require(answer.headers[.contentSecurityPolicy])
                #expect(
                    policy.contains("default-src 'none'") && policy.contains("script-src 'self'")
                        && policy.contains("frame-ancestors 'none'"))
                #expect(!policy.contains("unsafe"))
                #expect(answer.headers[.xContentTypeOptions] == "nosniff")
                #expect(answer.headers[.referrerPolicy] != nil && answer.headers[.permissionsPolicy] != nil)
                #expect(answer.headers[.frameOptions] == "DENY" && answer.headers[.openerPolicy] == "same-origin")
                #expect(answer.headers[.cacheControl] != nil)
                #expect(answer.headers[.requestID]?.isEmpty == false)
                #expect(answer.headers[.strictTransportSecurity] == nil)
                #expect(answer.status != 500, "\(path): \(answer.text.prefix(300))")
            }
        }
    }

    @Test func everyPatternOfThePagesIsRouted() async throws {
        try await withSite { fixture in
            let routed = Set(makeRouter(site: fixture.site).routes.map(\.path.description))
            // Not built yet: pages that the navigation does not show.
            let later: Set<Route.Pattern> = []
            for pattern in Route.Pattern.allCases where !later.contains(pattern) {
                #expect(routed.contains(pattern.rawValue), "\(pattern.rawValue)")
            }
        }
    }

    @Test func everyPageAsksStrangersToSignIn() async throws {
        try await withSite { fixture in
            for path in Self.paths {
                guard let route = Route(path: path), route.isPage else { continue }
                let answer = try await fixture.stranger.get(path)
                #expect(answer.status == 303, "\(path)")
                #expect(answer.location?.hasPrefix("/login") == true, "\(path)")
            }
        }
    }

    @Test func unknownAddressesAndMethods() async throws {
        try await withSite { fixture in
            let browser = try await fixture.browser(.member)
            let missing = try await browser.get("/no/such/page")
            #expect(missing.status == 404 && missing.text.contains("Not found"))
            // The shell stays around it.
            #expect(missing.text.contains("Northwind"))
            let wrong = try await browser.get("/logout")
            #expect(wrong.status == 405 && wrong.headers[.allow] == "POST")
            let put = try await browser.send(.put, "/tickets", body: nil)
            #expect(put.status == 405 && put.headers[.allow] == "GET, HEAD")
            let api = try await browser.get("/api/v1/nothing")
            #expect(api.status == 404 && api.headers[.contentType]?.hasPrefix("application/problem+json") == true)
            #expect(api.text.contains("\"request_id\":\"\(api.headers[.requestID] ?? "")\""))
        }
    }

    @Test func headAnswersWithoutABody() async throws {
        try await withSite { fixture in
            let answer = try await fixture.browser(.member).send(.head, "/tickets", body: nil)
            #expect(answer.status == 200 && answer.text.isEmpty)
        }
    }

    @Test(arguments: [
        ("trace-0123456789", true), ("short", false), ("with spaces in it", false), ("<script>alert(1)</script>", false),
        (String(repeating: "a", count: 65), false)
    ])
    func takesOnlySaneRequestIDs(_ name: String, _ isTaken: Bool) async throws {
        try await withSite { fixture in
            let answer = try await fixture.stranger.get("/healthz", headers: [.requestID: name])
            #expect((answer.headers[.requestID] == name) == isTaken)
        }
    }

    @Test func beforeTheFirstWorkspaceEveryPageSaysSo() async throws {
        try await withSite(hasWorkspace: false) { fixture in
            for path in ["/", "/login", "/tickets", "/nowhere"] {
                let answer = try await fixture.stranger.get(path)
                #expect(answer.status == 200 && answer.text.contains("clynto workspace create"), "\(path)")
            }
            #expect(try await fixture.stranger.get("/healthz").status == 200)
            #expect(try await fixture.stranger.get(Asset.stylesheet.link.destination).status == 200)
            #expect(try await fixture.stranger.get("/api/v1/tickets").status == 401)
            _ = try await fixture.site.workspaces.create(name: "First", now: SiteFixture.now)
            #expect(try await fixture.stranger.get("/login").status == 200)
        }
    }

    @Test func assetsAreKeptForEverUnderTheirVersion() async throws {
        try await withSite { fixture in
            let browser = fixture.stranger
            let versioned = try await browser.get(Asset.stylesheet.link.destination)
            #expect(versioned.status == 200 && versioned.headers[.contentType] == "text/css; charset=utf-8")
            #expect(versioned.headers[.cacheControl]?.contains("immutable") == true)
            #expect(try await browser.get("/assets/app.css").headers[.cacheControl]?.contains("immutable") == false)
            let tag = try #require(versioned.headers[.eTag])
            #expect(try await browser.get("/assets/app.css", headers: [.ifNoneMatch: tag]).status == 304)
            #expect(try await browser.get("/assets/nothing.css").status == 404)
            #expect(try await browser.get("/assets/..%2F..%2Fetc%2Fpasswd").status == 404)
        }
    }

    @Test func tooLargeFormsAreRefused() async throws {
        try await withSite { fixture in
            let browser = try await fixture.browser(.owner)
            let answer = try await browser.post("/accounts/new", ["name": String(repeating: "x", count: 70_000)])
            #expect(answer.status == 413 && answer.text.contains("64 KB"))
        }
    }

    @Test func internalErrorsTellTheRequestAndNotTheCause() async throws {
        let log = LogLines()
        try await withSite(logger: log.logger) { fixture in
            let browser = try await fixture.browser(.member)
            try await fixture.site.database.write { try $0.script("DROP TABLE agents") }
            let answer = try await browser.get(.agents)
            #expect(answer.status >= 500)
            let id = try #require(answer.headers[.requestID])
            #expect(answer.text.contains(id))
            #expect(
                !answer.text.contains("agents a") && !answer.text.lowercased().contains("sql") && !answer.text.contains("no such table"))
            #expect(log.lines.count { $0.message == "Request failed" && $0.metadata["request.id"] == id } == 1)
        }
    }

    @Test func theAccessLogTellsPatternsAndNothingPersonal() async throws {
        let log = LogLines()
        try await withSite(logger: log.logger) { fixture in
            let browser = try await fixture.browser(.member)
            _ = try await browser.get("/tickets/42?secret=hunter2")
            let line = try #require(log.lines.last { $0.message == "Request answered" })
            #expect(line.metadata["route"] == "/tickets/{id}" && line.metadata["method"] == "GET" && line.metadata["status"] == "404")
            #expect(line.metadata["duration_ms"] != nil && line.metadata["request.id"] != nil)
            let whole = log.lines.map { "\($0.message) \($0.metadata)" }.joined()
            let cookie = try #require(browser.cookies.get("clynto_session"))
            #expect(!whole.contains("hunter2") && !whole.contains(cookie))
        }
    }
}
