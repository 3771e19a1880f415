import Domain
import Foundation
import Markup
import Store

/// `/settings/notifications`: notices of failing and recovered syncs, and the webhook they also go to.
struct NotificationsPage: ShellPage {
    var notices: [SyncNotice]
    /// Where notices go; the rest of the address is a secret. Nil when they go nowhere.
    var channelHost: String?
    var role: Role
    var csrf: String
    var now: Date
    var fault: String?

    var pageTitle: String { "Notifications" }
    var section: Section? { .settings }

    var html: HTML {
        PageHeader("Settings").html
        SettingsTab.bar(.notifications, role: role)
        if role.can(.manageConnection) { channel }
        if notices.isEmpty {
            Card {
                EmptyState(
                    .note, "No notices", "You are told here when a sync begins to fail, and when it works again. Once for each change."
                )
                .html
            }.html
        } else {
            DataTable(
                "Notices, newest first",
                columns: [.init("Notice", .lead), .init("When", isNamedOnCards: true), .init("Webhook", isNamedOnCards: true)],
                rows: notices.map(row)
            ).html
        }
    }

    private var channel: HTML {
        Card("Send notices to a webhook") {
            div(.class("stack")) {
                if let channelHost {
                    p {
                        "Notices are sent to "
                        strong(channelHost)
                        ". The rest of the address is kept encrypted and not shown."
                    }
                    div(.class("button-row")) {
                        PostButton(.notificationsTest, csrf: csrf, Button("Send a test")).html
                        PostButton(
                            .notificationsRemove, csrf: csrf,
                            Button("Remove", .danger, question: "Stop sending notices to \(channelHost)?")
                        ).html
                    }
                }
                PostForm(.notifications, csrf: csrf, .class("connect-form"), .autocomplete("off")) {
                    Field(
                        channelHost == nil ? "Webhook address" : "Another address", name: "url", type: "password",
                        hint: "Slack's incoming webhooks and everything that takes the same JSON.", fault: fault, isRequired: true,
                        attributes: [.autocomplete("off"), .spellcheck(false), .maxlength(2000)]
                    ).html
                    div { Button(channelHost == nil ? "Save" : "Replace").html }
                }.html
            }
        }.html
    }

    private func row(_ notice: SyncNotice) -> DataTable.Row {
        DataTable.Row([
            div(.class("stack", "tight")) {
                kind(notice).html
                span(notice.message, .dir("auto"))
                if let run = notice.run { a("Run \(run)", .href(Route.run(run).link)) }
            },
            RelativeTime(notice.at, now: now).html, delivery(notice)
        ])
    }

    private func kind(_ notice: SyncNotice) -> StateWord {
        switch notice.kind {
        case .failed: StateWord(.bad, .danger, "Sync failed")
        case .recovered: StateWord(.good, .check, "Works again")
        case .test: StateWord(.idle, .note, "Test")
        }
    }

    private func delivery(_ notice: SyncNotice) -> HTML {
        switch notice.delivery {
        case .none: span("–", .class("muted"))
        case .sent: StateWord(.good, .check, "Sent").html
        case .pending:
            StateWord(.busy, .clock, notice.attempts == 0 ? "On its way" : "Tried \(notice.attempts.counted("time"))").html
                + (notice.reason.map { span($0, .class("second")) } ?? HTML.empty)
        case .failed:
            StateWord(.bad, .danger, "Not delivered").html + (notice.reason.map { span($0, .class("second")) } ?? HTML.empty)
        }
    }
}
