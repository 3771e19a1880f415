import Domain
import Foundation
import Markup
import Testing

@testable import Store
@testable import Web

@Suite("Hostile text stays text")
struct HostileTextTests {
    static let texts: [String] = {
        // A fixed seed: a failure comes back with the next run.
        var state: UInt64 = 2026
        func pick(_ pieces: [String]) -> String {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return pieces[Int(state >> 33) % pieces.count]
        }
        let pieces = [
            "<", ">", "\"", "'", "&", "<script>", "</td>", "-->", "javascript:", "]]>", "é", "\u{202E}", "=", " ", "onload=", "`", "{{",
            "\0"
        ]
        return ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "</textarea></title><b>"]
            + (0..<60).map { _ in (0..<12).map { _ in pick(pieces) }.joined() }
    }()

    @Test("No field of any page adds a tag", arguments: texts)
    func noTag(text: String) {
        for (plain, hostile) in zip(Self.pages("x"), Self.pages("x" + text)) {
            #expect(plain.tagCount == hostile.tagCount)
            #expect(!hostile.contains("<script>alert"))
        }
    }

    /// Every page of this folder with `text` in every field that somebody else may have written.
    private static func pages(_ text: String) -> [HTML] {
        let person = Person(id: 1, email: text, name: text)
        let run = Fixture.run(.failed, error: .init(code: .unexpected, message: text), actor: text, note: text)
        let warnings = [ConnectionWarning(code: text, message: text)]
        let faults = [Failure.Field("api_key", text), .init("subdomain", text), .init("name", text), .init("current", text)]
        let draft = ConnectDraft(subdomain: text, faults: faults)
        let now = Fixture.now
        let cards = [
            Fixture.card(nil, nil), Fixture.card(Fixture.connection(subdomain: text), run, warnings: warnings),
            Fixture.card(Fixture.connection(.disconnected, subdomain: text), run),
            Fixture.card(Fixture.connection(subdomain: text), Fixture.run(.running, note: text))
        ]
        let inner: [any ShellPage] =
            cards.map { card -> any ShellPage in
                var shown = Fixture.freshdesk(card, draft: draft)
                shown.portalPattern = "https://portal.example/"
                return IntegrationsPage(card: shown)
            } + [
                DisconnectPage(subdomain: text, csrf: text, isSyncing: true), DeleteDataPage(subdomain: text, csrf: text, fault: text),
                RunsPage(runs: Page(rows: [run], total: Total(count: 1, isExact: true)), now: now),
                RunPage(
                    run: run, failures: [RunFailure(phase: .tickets, record: text, reason: text, at: now)],
                    log: Fixture.log([RunEvent(id: 1, at: now, level: .error, phase: .tickets, message: text)], text: text),
                    diagnostics: Diagnostics(workspace: text, subdomain: text, lastSyncAt: now, run: run), mayManage: true, csrf: text,
                    now: now),
                WebhookSetupPage(
                    url: "https://cs.example.com/webhooks/freshdesk/key",
                    deliveries: DeliveryList(
                        rows: [WebhookDelivery(id: 1, receivedAt: now, ticket: 3, state: .refused, note: text, settledAt: now)], now: now),
                    csrf: text),
                NotificationsPage(
                    notices: [
                        SyncNotice(
                            id: 1, at: now, kind: .failed, message: text, run: 4, delivery: .failed, attempts: 2, reason: text)
                    ], channelHost: text, role: .owner, csrf: text, now: now, fault: text),
                RetentionPage(retention: Retention(historyDays: 90), role: .owner, csrf: text, fault: text),
                ProfilePage(name: text, email: text, role: .owner, theme: .dark, csrf: text, faults: faults),
                WorkspacePage(
                    workspace: Workspace(id: 1, name: text, createdAt: now), role: .owner, memberCount: 3,
                    zoneFault: text, draft: .init(name: text, fault: text), csrf: text),
                AssistantPage(settings: AssistantSettings(), model: text, role: .owner, csrf: text),
                MembersPage(
                    members: [Member(person: person, role: .admin, joinedAt: now, lastActiveAt: nil)], role: .owner, csrf: text, now: now,
                    draft: .init(email: text, name: text, faults: faults), newLink: (text, text), withoutPassword: [1]),
                TokensPage(
                    tokens: [APIToken(id: 1, name: text, role: .member, createdBy: text, createdAt: now, usedAt: nil)], role: .owner,
                    csrf: text,
                    now: now, newToken: (text, text), draftName: text, faults: faults),
                AuditPage(
                    entries: Page(
                        rows: [AuditEntry(id: 1, at: now, actor: text, action: text, subject: text, detail: text)],
                        total: Total(count: 1, isExact: true)), role: .owner, now: now),
                ErrorPage(status: 500, message: text, code: text, requestID: text)
            ]
        func document(_ page: some ShellPage) -> HTML { Fixture.shell(text, notices: [Notice(.info, text)]).document(page) }
        return inner.map { document($0) } + [
            LoginPage(csrf: text, email: text, next: text, fault: text).html,
            InvitationPage(token: text, csrf: text, email: text, workspaceName: text, fault: text).html,
            NoMembershipPage(email: text, csrf: text).html, ErrorPage(status: 404, message: text, code: text, requestID: text).bare
        ]
    }
}
