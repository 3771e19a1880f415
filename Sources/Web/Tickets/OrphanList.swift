import Domain
import Markup
import Store
import Sync

/// Orphans by e-mail domain.
struct OrphanGroups: Sendable {
    var domains: [OrphanDomain]
    /// Tickets of companies that belong to no account; they wait on the review desk.
    var ofCompanies: Int

    static func read(_ workspace: ID<Workspace>, _ query: TicketQuery, _ site: Site) async throws -> OrphanGroups {
        let orphans = try await OrphanStore(database: site.database).orphans(workspace, query, now: site.now)
        let setup = try await site.database.read { try MatchSetup(workspace, $0) }
        return OrphanGroups(domains: OrphanDomain.groups(of: orphans.senders, setup), ofCompanies: orphans.ofCompanies)
    }
}

/// Orphans by e-mail domain, each with one press to an account. Free mail is told and never offered.
struct OrphanList {
    static let mostOnTickets = 5

    var groups: OrphanGroups
    /// Domains shown.
    var most: Int
    var mayCreate: Bool
    /// The list of tickets that an act leads back to; nil for the page of domains.
    var back: TicketQuery?
    var csrf: String

    @HTMLBuilder var html: HTML {
        if !groups.domains.isEmpty {
            DataTable(
                "Tickets without an account, by e-mail domain",
                columns: [
                    .init("E-mail domain", .lead), .init("People", .number, isNamedOnCards: true),
                    .init("Tickets", .number, isNamedOnCards: true), .init("Unresolved", .number, isNamedOnCards: true),
                    .init("Do", .actions)
                ],
                rows: groups.domains.prefix(most).map(row), footer: footer
            ).html
        } else if groups.ofCompanies > 0 {
            div(.class("table-wrap")) { footer }
        }
    }

    private var footer: HTML {
        var parts: [HTML] = []
        if groups.domains.count > most {
            parts.append(a("All \(groups.domains.count.grouped) domains", .href(Route.orphans.link)))
        }
        if groups.ofCompanies > 0 {
            parts.append(
                a(
                    "\(groups.ofCompanies.counted("ticket")) of companies without an account",
                    .href(Route.matching.link(["state": CompanyMatch.State.unmatched.rawValue]))))
        }
        return parts.isEmpty ? .empty : div(.class("table-footer")) { for part in parts { part } }
    }

    private func row(_ group: OrphanDomain) -> DataTable.Row {
        DataTable.Row([
            span(group.domain.nilIfEmpty ?? "No e-mail address", .class("clip"), .dir("auto")) + second(group),
            .text(group.requesters.count.grouped), figure(group.tickets, group, unresolved: false),
            figure(group.unresolved, group, unresolved: true), mayCreate ? acts(group) : HTML.empty
        ])
    }

    /// A link names each requester, which an address has room for only while they are few.
    private static let mostNamed = 60

    private func figure(_ count: Int, _ group: OrphanDomain, unresolved: Bool) -> HTML {
        guard !group.requesters.isEmpty, group.requesters.count <= Self.mostNamed else { return .text(count.grouped) }
        var query = (back ?? TicketQuery()).fromFirstPage
        query.account = .init([.none])
        query.requester = .init(group.requesters.map(TicketQuery.Reference.id))
        if unresolved { query.status = TicketQuery.unresolved }
        return Figure(count, to: query).html
    }

    private func second(_ group: OrphanDomain) -> HTML {
        switch group.standing {
        case .free(_, let near):
            guard let first = near.first else { return .empty }
            return span("\(first.account.name) comes near: \(first.evidence.first?.lowercasedFirst ?? "")", .class("second"), .dir("auto"))
        case .shared(let reason): return span(reason, .class("second"), .dir("auto"))
        case .contested(let reason, _): return span(reason, .class("second"), .dir("auto"))
        case .missing: return span("Nothing says whose these are", .class("second"))
        }
    }

    @HTMLBuilder private func acts(_ group: OrphanDomain) -> HTML {
        switch group.standing {
        case .free(let name, let near):
            div(.class("button-row")) {
                if let first = near.first {
                    act(
                        "add", group, "Add to \(first.account.name)",
                        "Add the domain \(group.domain) to the account \(first.account.name)",
                        items: [("account", first.account.id.description)])
                }
                act("create", group, "Create account", "Create the account \(name) from \(group.domain)", near.isEmpty ? .primary : .plain)
                act("ignore", group, "Ignore domain", "Ignore \(group.domain) from now on", .quiet)
            }
        case .contested(_, let candidates):
            div(.class("button-row")) {
                for candidate in candidates.prefix(2) {
                    LinkButton("Edit \(candidate.account.name)", to: Route.accountEdit(candidate.account.id).link, .quiet).html
                }
            }
        case .shared, .missing: HTML.empty
        }
    }

    private func act(
        _ act: String, _ group: OrphanDomain, _ text: String, _ said: String, _ kind: Button.Kind = .plain,
        items: [(name: String, value: String)] = []
    ) -> HTML {
        let way: [(name: String, value: String)] = back.map { [("back", $0.fromFirstPage.queryString)] } ?? []
        return PostButton(
            .orphans, csrf: csrf, items: [("do", act), ("domain", group.domain)] + items + way,
            Button(text, kind, attributes: [.title(said), .aria("label", said)])
        ).html
    }
}
