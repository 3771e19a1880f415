import Domain
import Foundation
import Markup
import Store

@testable import Web

/// Values for pages, as they might be on one afternoon.
enum Fixture {
    static func log(_ events: [RunEvent] = [], text: String = "") -> RunLog {
        var log = RunLog(run: 7, now: now)
        log.events = events
        log.text = text
        return log
    }

    static func diagnostics(_ run: SyncRun) -> Diagnostics {
        Diagnostics(workspace: "Northwind", subdomain: "acme", lastSyncAt: now, run: run)
    }

    static let now = Date(timeIntervalSince1970: 1_795_356_120)
    static let exactError = "Invalid Freshdesk credentials. Check your domain and API key."
    static let webhookURL = "https://clynto.example.com/webhooks/freshdesk/q3Wn5yTfXo1v-2kd9Zs8hR7uYpLmJ0aBcDeFgHiJkLm"

    static func connection(_ state: Connection.State = .connected, subdomain: String = "acme", synced: Bool = true) -> Connection {
        Connection(
            id: 1, workspaceID: 1, subdomain: subdomain, state: state, backfillDays: 90, reservePercent: 20, connectedAt: now - 86_400,
            disconnectedAt: state == .disconnected ? now - 7200 : nil, lastSyncAt: synced ? now - 660 : nil)
    }

    static func phases(note: String? = nil) -> [SyncPhase] {
        PhaseName.allCases.enumerated().map { index, name in
            SyncPhase(
                name: name, state: index < 3 ? .done : index == 3 ? .running : .pending,
                counts: PhaseCounts(done: index == 3 ? 1204 : 120, added: 3, failed: index == 3 ? 1 : 0), expected: index == 3 ? 1900 : nil,
                note: note, startedAt: index < 4 ? now - 100 : nil, endedAt: index < 3 ? now - 50 : nil)
        }
    }

    static func run(
        _ state: SyncRun.State, error: SyncRun.Problem? = nil, actor: String? = "Ana", note: String? = nil, age: TimeInterval = 133,
        resumesAt: Date? = nil
    ) -> SyncRun {
        SyncRun(
            id: 7, workspaceID: 1, trigger: .manual, state: state, actor: actor, queuedAt: now - age, startedAt: now - age,
            endedAt: state.isActive ? nil : now - 10, resumedFrom: nil, requests: 812,
            rateLimit: .init(total: 700, remaining: 12, resumesAt: resumesAt), error: error, phases: phases(note: note))
    }

    static let records = RecordCounts(
        companies: 120, contacts: 3412, agents: 24, tickets: 12_431, conversations: 91_204, satisfactionRatings: 8)

    static func card(
        _ connection: Connection?, _ run: SyncRun?, warnings: [ConnectionWarning] = [], records: RecordCounts = records
    ) -> IntegrationCard {
        IntegrationCard(
            connection: connection, run: run, nextSyncAt: now + 3600, records: records, webhookURL: webhookURL, warnings: warnings)
    }

    static func freshdesk(_ card: IntegrationCard, role: Role = .owner, draft: ConnectDraft = ConnectDraft()) -> FreshdeskCard {
        FreshdeskCard(card: card, role: role, csrf: "token", now: now, draft: draft)
    }

    static var everyState: [IntegrationCard] {
        [
            card(nil, nil), card(connection(), run(.running)), card(connection(), run(.waiting, resumesAt: now + 95)),
            card(connection(), run(.succeeded)), card(connection(), run(.failed, error: .init(code: .unexpected, message: "No."))),
            card(connection(.disconnected), run(.succeeded))
        ]
    }

    static func shell(_ text: String = "Ana", notices: [Notice] = []) -> Shell {
        Shell(
            viewer: ViewerBadge(
                name: text, email: text, role: .owner, workspaceName: text, otherWorkspaces: [Named(id: 2, name: text)]), csrf: text,
            theme: .dark, freshness: Freshness(text: text, state: .fresh), notices: notices, search: text)
    }
}

extension HTML {
    func contains(_ text: String) -> Bool { rendered.contains(text) }

    /// How many tags there are: an escaped text has none.
    var tagCount: Int { rendered.count { $0 == "<" } }
}
