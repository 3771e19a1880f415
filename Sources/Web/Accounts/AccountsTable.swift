import Domain
import Foundation
import Markup

/// Accounts as rows; every figure leads to its tickets.
struct AccountsTable {
    var rows: [AccountSummary]
    var footer: HTML = .empty
    var now: Date

    var html: HTML {
        DataTable(
            "Accounts",
            columns: [
                .init("Account", .lead), .init("Owner", isWideOnly: true), .init("Open", .number, isNamedOnCards: true),
                .init("Urgent", .number, isNamedOnCards: true), .init("Unresolved", .number, isNamedOnCards: true),
                .init("Last ticket", .fit, isNarrowHidden: true), .init("ARR", .number, isWideOnly: true, isNarrowHidden: true),
                .init("Renewal", .fit, isNarrowHidden: true)
            ],
            rows: rows.map(row), footer: footer
        ).html
    }

    private func row(_ summary: AccountSummary) -> DataTable.Row {
        let account = summary.account
        let tickets = TicketQuery.of(account.id)
        return .init(
            isLinked: true,
            [
                RowLink(
                    account.name, to: Route.account(account.id).link,
                    second: .text(account.domains.isEmpty ? "No domain" : account.domains.joined(separator: ", "))
                ).html,
                account.ownerEmail.map { span($0, .class("cell-wide"), .title($0)) } ?? .empty,
                Figure(summary.openTickets, to: tickets.with { $0.status = .init([.open]) }).html,
                Figure(
                    summary.urgentTickets,
                    to: tickets.with {
                        $0.status = TicketQuery.unresolved
                        $0.priority = .init([.urgent])
                    }, isAlarming: true
                ).html,
                Figure(summary.unresolvedTickets, to: tickets.with { $0.status = TicketQuery.unresolved }).html,
                summary.lastTicketAt.map { RelativeTime($0, now: now).html } ?? span("None", .class("muted")),
                account.arr.map { .text(Money.text($0)) } ?? .empty,
                account.renewalDate.map { Renewal(day: $0, now: now).html } ?? .empty
            ])
    }
}
