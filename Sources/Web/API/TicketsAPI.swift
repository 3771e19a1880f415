import Domain
import Foundation
import HTTPTypes
import Store

/// Tickets as synced: the same filters as the Tickets page.
struct TicketsAPI: Sendable {
    var endpoints: [APIEndpoint] {
        [
            APIEndpoint(
                .get, .tickets, .look,
                APIDescription("Tickets by filters", query: Schema.ticketFilters, answers: [.list(of: "Ticket")]), handle: Self.list),
            APIEndpoint(
                .get, .ticket, .look, APIDescription("One ticket whole", answers: [.one("TicketDetail")], problems: [404])
            ) { call in
                let ticket = try await call.site.tickets.get(call.workspace, call.id())
                return APIAnswer.json(ticket.json(url: try await call.ticketLinks().url(of: ticket.summary.id)))
            },
            APIEndpoint(
                .get, .conversations, .look,
                APIDescription(
                    "A ticket's conversations in order of time; its first message is the ticket's description", query: Schema.paging,
                    answers: [.list(of: "Conversation")], problems: [404]), handle: Self.conversations)
        ]
    }

    private static let list: APIEndpoint.Handler = { call in
        let (query, faults) = TicketQuery.parse(call.query)
        guard faults.isEmpty else { throw APIList.failure(faults) }
        let page = try await call.site.tickets.list(call.workspace, query, now: call.site.now)
        let links = try await call.ticketLinks()
        return call.answer(page) { $0.json(url: links.url(of: $0.id)) }
    }

    private static let conversations: APIEndpoint.Handler = { call in
        let list = try call.list()
        let after = try list.cursor.map { text in
            guard let cursor = ThreadCursor(text) else { throw APIList.badCursor }
            return cursor
        }
        let ticket: ID<Ticket> = try call.id()
        // Throws for a ticket that is not the workspace's: an empty thread would say that there is one.
        _ = try await call.site.tickets.get(call.workspace, ticket)
        let thread = try await call.site.tickets.thread(call.workspace, ticket)
        let rest = after.map { after in thread.filter { after < ThreadCursor($0) } } ?? thread
        let rows = Array(rest.prefix(list.limit))
        let page = Page(
            rows: rows, next: rest.count > list.limit ? rows.last.map { ThreadCursor($0).description } : nil,
            total: Total(count: thread.count, isExact: true))
        return call.answer(page) { $0.json }
    }
}

/// Where a page of a thread begins: after this entry.
struct ThreadCursor: Comparable, LosslessStringConvertible {
    /// Milliseconds since 1970.
    var at: Int64
    var id: Int64

    init(_ entry: Domain.ThreadEntry) {
        at = entry.conversation.createdAt.milliseconds
        id = entry.conversation.id.rawValue
    }

    init?(_ description: String) {
        let parts = description.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let at = Int64(parts[0]), let id = Int64(parts[1]) else { return nil }
        self.at = at
        self.id = id
    }

    var description: String { "\(at).\(id)" }

    static func < (lhs: ThreadCursor, rhs: ThreadCursor) -> Bool { (lhs.at, lhs.id) < (rhs.at, rhs.id) }
}

/// Where the workspace's tickets are in Freshdesk.
struct TicketLinks: Sendable {
    /// Nil before the first connection.
    var portal: String?

    func url(of ticket: ID<Ticket>) -> String? { portal.map { $0 + ticket.description } }
}

extension APICall {
    func ticketLinks() async throws -> TicketLinks {
        TicketLinks(portal: site.portal(try await site.connections.find(workspace)))
    }
}
