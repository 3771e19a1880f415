import Markup
import HummingbirdTesting
import HTTPTypes
import Domain
import Foundation
import Store
import Testing

@testable import Web

/// What each role may do on the pages.
@Suite struct SettingsRequestTests {
    /// Acts for admins, with a form that would do if the role were right.
    static let adminActs: [Route] = [
        .freshdesk(.connect), .freshdesk(.sync), .freshdesk(.cancel), .freshdesk(.disconnect), .freshdesk(.settings), .freshdesk(.delete),
        .accountNew, .accountImport, .accountsFromCompanies, .accountEdit(1), .accountDelete(1), .members, .memberRole(1), .memberRemove(1),
        .memberInvite(1), .tokens, .tokenRevoke(1)
    ]
    static let adminPages: [Route] = [
        .accountNew, .accountImport, .accountsFromCompanies, .accountEdit(1), .accountDelete(1), .tokens, .audit, .freshdesk(.disconnect),
        .freshdesk(.delete)
    ]

    @Test func membersOnlyLook() async throws {
        try await withSite { fixture in
            _ = try await fixture.connect()
            let account = try await fixture.site.accounts.create(fixture.workspace.id, AccountDraft(name: "Acme"), now: SiteFixture.now) {
                _, _ in
            }
            #expect(account.id == 1)
            let browser = try await fixture.browser(.member)
            for route in Self.adminActs {
                let answer = try await browser.post(route, ["name": "X", "role": "member", "email": "x@example.com", "confirm": "acme"])
                #expect(answer.status == 403, "POST \(route.path) answered \(answer.status)")
            }
            for route in Self.adminPages {
                #expect(try await browser.get(route).status == 403, "GET \(route.path)")
            }
            #expect(try await fixture.site.accounts.list(fixture.workspace.id, after: nil, limit: 10).total.count == 1)
            #expect(try await fixture.site.connections.get(fixture.workspace.id).state == .connected)
            #expect(try await fixture.site.tokens.list(fixture.workspace.id).isEmpty)
            #expect(try await fixture.site.audit.list(fixture.workspace.id, limit: 10).rows.isEmpty)
            for route in [Route.allTickets, .accounts, .account(1), .agents, .integrations, .runs, .profile, .workspace, .members] {
                #expect(try await browser.get(route).status == 200, "GET \(route.path)")
            }
        }
    }

    @Test func onlyOwnersTouchOwnersAndSyncedData() async throws {
        try await withSite { fixture in
            _ = try await fixture.connect()
            let owner = try await fixture.browser(.owner)
            let admin = try await fixture.browser(.admin)
            let ownerID = try #require(owner.person?.id)
            #expect(try await admin.post(.freshdesk(.delete), ["confirm": "acme"]).status == 403)
            #expect(try await admin.post(.memberRole(ownerID), ["role": "member"]).status == 403)
            #expect(try await admin.post(.memberRemove(ownerID)).status == 403)
            #expect(try await admin.post(.members, ["email": "boss@example.com", "role": "owner"]).status == 403)
            #expect(try await fixture.site.people.find(email: "boss@example.com") == nil)
            #expect(try await admin.post(.tokens, ["name": "t", "role": "owner"]).status == 403)
            // The last owner stays.
            let last = try await owner.post(.memberRemove(ownerID))
            #expect(last.status == 409 && last.text.contains("last owner"))
        }
    }

    @Test func anOwnerRenamesTheWorkspace() async throws {
        try await withSite { fixture in
            let owner = try await fixture.browser(.owner)
            _ = try await fixture.site.workspaces.create(name: "Contoso", now: SiteFixture.now)
            for role in [Role.admin, .member] {
                let browser = try await fixture.browser(role)
                #expect(try await browser.post(.workspace, ["name": "Mine"]).status == 403)
                #expect(try await !browser.get(.workspace).text.contains("Rename workspace"))
            }
            #expect(try await owner.get(.workspace).text.contains("value=\"Northwind\""))
            for (name, sentence) in [("CONTOSO", "this name already"), ("  ", "Give the workspace a name"), ("<b>\u{7}", "Use at most")] {
                let refused = try await owner.post(.workspace, ["name": name])
                #expect(refused.status == 422 && refused.text.contains(sentence) && !refused.text.contains("<b>"))
            }
            #expect(try await owner.post(.workspace, ["name": "Northwind"]).status == 303)
            #expect(try await fixture.site.audit.list(fixture.workspace.id, limit: 10).rows.isEmpty)
            let renamed = try await owner.post(.workspace, ["name": " Südwind  & Söhne "])
            #expect(renamed.status == 303 && renamed.location == Route.workspace.path)
            #expect(try await owner.get(.workspace).text.contains("Südwind &amp; Söhne"))
            #expect(try await fixture.site.workspaces.find(name: "südwind & söhne")?.id == fixture.workspace.id)
            #expect(try await fixture.site.workspaces.find(name: "Northwind") == nil)
            #expect(try await owner.get(.audit).text.contains("Renamed the workspace Northwind"))
        }
    }

    @Test func anAdminManagesMembersAndTheLogTells() async throws {
        try await withSite { fixture in
            let admin = try await fixture.browser(.admin)
            #expect(try await admin.post(.members, ["email": "bad address", "role": "member"]).status == 422)
            #expect(try await admin.post(.members, ["email": "new@example.com", "name": "New", "role": "member"]).status == 200)
            let person = try #require(try await fixture.site.people.find(email: "new@example.com"))
            let again = try await admin.post(.members, ["email": "NEW@example.com", "role": "member"])
            #expect(again.status == 422 && again.text.contains("already a member"))
            #expect(try await admin.post(.memberRole(person.id), ["role": "admin"]).status == 303)
            #expect(try await admin.post(.memberRole(person.id), ["role": "king"]).status == 422)
            let invited = try await admin.post(.memberInvite(person.id))
            #expect(invited.text.contains("/invite/"))
            #expect(try await admin.post(.memberRemove(person.id)).status == 303)
            #expect(try await admin.post(.memberRemove(person.id)).status == 404)
            let log = try await admin.get(.audit)
            for action in ["member.add", "member.role", "member.invite", "member.remove"] { #expect(log.text.contains(action)) }
        }
    }

    @Test func tokensAreShownOnceAndWork() async throws {
        try await withSite { fixture in
            let admin = try await fixture.browser(.admin)
            let made = try await admin.post(.tokens, ["name": "Monthly report", "role": "member"])
            let start = try #require(made.text.range(of: TokenStore.prefix))
            let secret = TokenStore.prefix + made.text[start.upperBound...].prefix { $0 != "\"" && $0 != "<" }
            #expect(try await !admin.get(.tokens).text.contains(secret))
            let program = fixture.stranger
            #expect(try await program.get("/api/v1/tickets", headers: [.authorization: "Bearer \(secret)"]).status == 200)
            #expect(try await program.get("/tickets", headers: [.authorization: "Bearer \(secret)"]).status == 303)
            let token = try #require(try await fixture.site.tokens.list(fixture.workspace.id).first)
            #expect(try await admin.post(.tokenRevoke(token.id)).status == 303)
            let refused = try await program.get("/api/v1/tickets", headers: [.authorization: "Bearer \(secret)"])
            #expect(refused.status == 401 && refused.headers[.wwwAuthenticate] == "Bearer")
            #expect(try await admin.post(.tokens, ["name": " ", "role": "member"]).status == 422)
        }
    }

    @Test func aPasswordChangeEndsOtherSessions() async throws {
        try await withSite { fixture in
            let person = try await fixture.site.people.create(
                email: "ana@example.com", name: "Ana", password: Secret("the old password"), now: SiteFixture.now)
            try await fixture.site.members.add(fixture.workspace.id, person: person.id, role: .member, acting: .owner, now: SiteFixture.now)
            let (here, elsewhere) = (try await fixture.browser(of: person), try await fixture.browser(of: person))
            let wrong = try await here.post(
                .password, ["current": "nope nope nope", "password": "the new password", "repeat": "the new password"])
            #expect(wrong.status == 422 && wrong.text.contains("not your current password"))
            let changed = try await here.post(
                .password, ["current": "the old password", "password": "the new password", "repeat": "the new password"])
            #expect(changed.status == 303)
            #expect(try await here.get(.profile).text.contains("Your password is changed. 1 other session ended."))
            #expect(try await elsewhere.get(.profile).status == 303)
            #expect(try await here.post(.signOutEverywhere).location == "/login")
            #expect(try await here.get(.profile).status == 303)
        }
    }

    @Test func theThemeIsKept() async throws {
        try await withSite { fixture in
            let browser = try await fixture.browser(.member)
            #expect(try await browser.post(.theme, ["theme": "dark"]).location == "/settings/profile")
            #expect(try await browser.get(.allTickets).text.contains("data-theme=\"dark\""))
            #expect(try await browser.post(.theme, ["theme": "pink"]).status == 422)
        }
    }

    @Test func formsWithoutTokenOrFromElsewhereAreRefused() async throws {
        try await withSite { fixture in
            let browser = try await fixture.browser(.owner)
            let body = "name=Acme"
            let type: String = "application/x-www-form-urlencoded"
            let bare = try await browser.send(.post, "/accounts/new", headers: [.contentType: type], body: body)
            #expect(bare.status == 403 && bare.text.contains("stale_form"))
            #expect(try await browser.post("/accounts/new", ["name": "Acme"], token: "forged").status == 403)
            #expect(try await browser.post("/accounts/new", ["name": "Acme"], origin: "https://evil.example").status == 403)
            #expect(try await browser.post("/accounts/new", ["name": "Acme"], origin: "null").status == 403)
            let crossSite = try await browser.send(
                .post, "/accounts/new", headers: [.contentType: type, .fetchSite: "cross-site"],
                body: body + "&csrf_token=\(browser.csrf.get("") ?? "")")
            #expect(crossSite.status == 403)
            #expect(try await fixture.site.accounts.list(fixture.workspace.id, after: nil, limit: 10).rows.isEmpty)
            // The API takes the header instead, from a session.
            let json = try await browser.send(
                .post, "/api/v1/accounts", headers: [.contentType: "application/json"], body: #"{"name":"Acme"}"#)
            #expect(json.status == 403)
            let allowed = try await browser.send(
                .post, "/api/v1/accounts",
                headers: [
                    .contentType: "application/json", .csrfToken: try #require(browser.csrf.get("")), .origin: fixture.site.publicURL
                ],
                body: #"{"name":"Acme"}"#)
            #expect(allowed.status == 201)
        }
    }
}
