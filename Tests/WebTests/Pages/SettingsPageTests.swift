import Domain
import Foundation
import Markup
import Testing

@testable import Store
@testable import Web

@Suite("Settings, history and session pages")
struct SettingsPageTests {
    private let people = [
        Member(person: Person(id: 1, email: "ana@example.com", name: "Ana"), role: .owner, joinedAt: Fixture.now, lastActiveAt: nil),
        Member(person: Person(id: 2, email: "bo@example.com", name: "Bo"), role: .member, joinedAt: Fixture.now, lastActiveAt: nil)
    ]

    private func members(_ role: Role, _ members: [Member]) -> HTML {
        MembersPage(members: members, viewerID: 1, role: role, csrf: "t", now: Fixture.now).html
    }

    @Test func `members change nobody, admins no owner, nobody the last owner`() {
        #expect(!members(.member, people).contains("<form"))
        #expect(members(.admin, people).contains(Route.memberRole(2).path))
        #expect(!members(.admin, people).contains(Route.memberRole(1).path))
        #expect(!members(.owner, people).contains(Route.memberRole(1).path))
        let twoOwners = people.map { member in
            var member = member
            member.role = .owner
            return member
        }
        #expect(members(.owner, twoOwners).contains(Route.memberRole(1).path))
        #expect(!members(.admin, people).contains("value=\"owner\""))
    }

    @Test func `the matrix says what the rules say`() {
        let html = PermissionMatrix().html.rendered
        let allowed = Permission.allCases.reduce(0) { sum, permission in sum + Role.allCases.count { $0.can(permission) } }
        #expect(html.ranges(of: "class=\"yes\"").count == allowed)
    }

    @Test func `tabs show only what the role may open`() {
        #expect(!SettingsTab.bar(.profile, role: .member).contains(Route.audit.path))
        #expect(!SettingsTab.bar(.profile, role: .member).contains(Route.tokens.path))
        #expect(SettingsTab.bar(.profile, role: .admin).contains(Route.audit.path))
    }

    @Test func `a token's secret stands on the page only when it was just made`() {
        let token = APIToken(id: 1, name: "Report", role: .member, createdBy: "Ana", createdAt: Fixture.now, usedAt: nil)
        var page = TokensPage(tokens: [token], role: .admin, csrf: "t", now: Fixture.now)
        #expect(!page.html.contains("clynto_secret"))
        page.newToken = ("Report", "clynto_secret")
        #expect(page.html.contains("clynto_secret"))
    }

    @Test func `a run's page gives the exact error, all phases and the failures`() throws {
        let run = Fixture.run(.failed, error: .init(code: .forbidden, message: "You are not authorized."))
        let failure = RunFailure(phase: .tickets, record: "ticket 9", reason: "Broken JSON", at: Fixture.now)
        let html = RunPage(
            run: run, failures: [failure], log: Fixture.log(), diagnostics: Fixture.diagnostics(run), now: Fixture.now
        ).html.rendered
        #expect(html.contains("You are not authorized."))
        #expect(html.contains("ticket 9") && html.contains("Broken JSON"))
        let places = try PhaseName.allCases.map { try #require(html.range(of: ">\($0.label)</span>")?.lowerBound) }
        #expect(places == places.sorted())
    }

    @Test func `the history without runs says what to do`() {
        let page = RunsPage(runs: Page(rows: [], total: Total(count: 0, isExact: true)), now: Fixture.now)
        #expect(page.html.contains("No sync yet"))
    }

    @Test func `passwords are never sent back, and the sign-in carries where to go`() {
        let html = LoginPage(csrf: "t", email: "ana@example.com", next: "/tickets?q=a", fault: "No.").html
        #expect(html.contains("name=\"next\" value=\"/tickets?q=a\""))
        #expect(html.contains("autocomplete=\"current-password\""))
        #expect(html.contains("value=\"ana@example.com\""))
    }

    @Test func `an error page gives sentence, code and request`() {
        let html = ErrorPage(status: 500, message: "Something failed on our side.", code: "internal", requestID: "01J9").bare
        #expect(html.contains("Something failed on our side.") && html.contains("internal") && html.contains("01J9"))
    }

    @Test("The audit log speaks in sentences, and names an act it does not know")
    func audit() {
        func text(_ action: String, _ subject: String) -> String {
            let entry = AuditEntry(id: 1, at: Fixture.now, actor: "Olivia", action: action, subject: subject, detail: nil)
            let page = AuditPage(
                entries: Page(rows: [entry], total: Total(count: 1, isExact: true)), role: .owner, now: Fixture.now)
            return page.html.rendered
        }
        #expect(text("freshdesk.connect", "acme").contains(">Connected Freshdesk (acme)<"))
        #expect(text("member.role", "ann@example.com").contains(">Changed the role of ann@example.com<"))
        #expect(text("rocket.launch", "moon").contains(">rocket.launch: moon<"))
    }
}
