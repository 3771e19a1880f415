package import Foundation
import Synchronization

extension FreshdeskClient {
    /// Whose key this is; any role may ask, so it is the check of a key (fact 13). A wrong subdomain is `notFound` (fact 2).
    package func me(retry: RetryPolicy? = nil, timeout: Duration? = nil) async throws -> Reply<Record<WireAgent>> {
        try await one(PortalRequest(path: "agents/me"), timeout: timeout, retry: retry)
    }

    /// All ticket fields; not paged.
    package func ticketFields() async throws -> Reply<ListPage<WireTicketField>> {
        try await list(PortalRequest(path: "ticket_fields"), perPage: nil)
    }

    /// Needs an admin's key; others get `forbidden` (fact 63).
    package func agents(page: Int) async throws -> Reply<ListPage<WireAgent>> {
        try await list(PortalRequest(path: "agents"), page: page)
    }

    package func agent(id: Int64) async throws -> Reply<Record<WireAgent>> {
        try await one(PortalRequest(path: "agents/\(id)"))
    }

    /// Needs an admin's key (fact 190); rows lack agents.
    package func groups(page: Int) async throws -> Reply<ListPage<WireGroup>> {
        try await list(PortalRequest(path: "groups"), page: page)
    }

    package func group(id: Int64) async throws -> Reply<Record<WireGroup>> {
        try await one(PortalRequest(path: "groups/\(id)"))
    }

    /// Alphabetical. Only a full list shows deletions (fact 79).
    package func companies(page: Int, updatedSince: Date? = nil) async throws -> Reply<ListPage<WireCompany>> {
        try await list(PortalRequest(path: "companies"), page: page, updatedSince: updatedSince)
    }

    package func company(id: Int64) async throws -> Reply<Record<WireCompany>> {
        try await one(PortalRequest(path: "companies/\(id)"))
    }

    /// Alphabetical. Without a state: every contact neither blocked nor deleted (fact 82).
    package func contacts(
        page: Int, state: ContactState? = nil, updatedSince: Date? = nil
    ) async throws -> Reply<ListPage<WireContact>> {
        var request = PortalRequest(path: "contacts", cost: RequestCost(family: .contactList))
        if let state { request.query.append(("state", state.rawValue)) }
        return try await list(request, page: page, updatedSince: updatedSince)
    }

    package func contact(id: Int64) async throws -> Reply<Record<WireContact>> {
        try await one(PortalRequest(path: "contacts/\(id)"))
    }

    /// One page of tickets; walk them with `KeysetWalk`, never by page number alone (B4).
    package func tickets(_ request: TicketListRequest) async throws -> Reply<ListPage<WireTicket>> {
        var wire = PortalRequest(path: "tickets")
        wire.query = [
            ("updated_since", WireTime.format(request.updatedSince)), ("order_by", "updated_at"), ("order_type", "asc")
        ]
        if let filter = request.filter { wire.query.append(("filter", filter.rawValue)) }
        if !request.include.isEmpty {
            wire.query.append(("include", request.include.map(\.rawValue).sorted().joined(separator: ",")))
        }
        wire.cost = RequestCost(credits: 1 + 2 * Double(request.include.count), family: .ticketList)
        return try await list(wire, page: request.page, perPage: request.perPage)
    }

    /// One ticket; a trashed one may come back with `isDeleted`, so 403 and 404 are not the only signs (facts 140, 206).
    package func ticket(id: Int64, include: Set<TicketViewInclude> = []) async throws -> Reply<Record<WireTicket>> {
        var request = PortalRequest(path: "tickets/\(id)", cost: RequestCost(credits: 1 + Double(include.count)))
        if !include.isEmpty { request.query.append(("include", include.map(\.rawValue).sorted().joined(separator: ","))) }
        return try await one(request)
    }

    /// A ticket that was closed and idle for 120 days and has left the other paths (facts 141, 203).
    package func archivedTicket(id: Int64) async throws -> Reply<Record<WireTicket>> {
        try await one(PortalRequest(path: "tickets/archived/\(id)"))
    }

    /// A ticket's thread without its description; sort by time and id yourself (fact 145).
    package func conversations(ticketID: Int64, page: Int) async throws -> Reply<ListPage<WireConversation>> {
        try await list(PortalRequest(path: "tickets/\(ticketID)/conversations"), page: page)
    }

    /// - Parameters:
    ///   - query: the expression without the quotes around it, at most 510 characters.
    ///   - page: 1–10; thirty rows each (fact 161).
    package func searchTickets(query: String, page: Int) async throws -> Reply<SearchPage<WireTicket>> {
        let request = PortalRequest(path: "search/tickets", query: [("query", "\"\(query)\""), ("page", String(page))])
        return try await send(request) { answer throws(JSONFault) in
            let (elements, members) = try JSONSlices.elements(of: answer.body, under: "results")
            guard let range = members["total"], let total = try JSONObject.lenientInt(answer.body, range) else {
                throw JSONFault(reason: "no total")
            }
            let reader = RecordReader<WireTicket>(answer.body, elements: elements)
            return SearchPage(total: total, records: reader.records, unreadable: reader.unreadable)
        }
    }

    /// Ratings made since a moment; there is no "updated since" (fact 180). Plans without surveys answer `forbidden` with
    /// `require_feature` (fact 186).
    package func satisfactionRatings(createdSince: Date?, page: Int) async throws -> Reply<ListPage<WireSatisfactionRating>> {
        var request = PortalRequest(path: "surveys/satisfaction_ratings")
        if let createdSince { request.query.append(("created_since", WireTime.format(createdSince))) }
        return try await list(request, page: page)
    }

    /// The ratings of one ticket, for one that was commented on long after it was made; all others come with the list (fact 187).
    package func satisfactionRatings(ticketID: Int64) async throws -> Reply<ListPage<WireSatisfactionRating>> {
        try await list(PortalRequest(path: "tickets/\(ticketID)/satisfaction_ratings"), perPage: nil)
    }

    package func surveys() async throws -> Reply<ListPage<WireSurvey>> {
        try await list(PortalRequest(path: "surveys"), perPage: nil)
    }
}

// MARK: Shapes of answers

extension FreshdeskClient {
    private func one<Value: WireRecord>(
        _ request: PortalRequest, timeout: Duration? = nil, retry: RetryPolicy? = nil
    ) async throws -> Reply<Record<Value>> {
        try await send(request, timeout: timeout, retry: retry) { answer throws(JSONFault) in
            let json = try JSONObject(answer.body)
            return Record(value: try Value(json), raw: json.text)
        }
    }

    /// - Parameter perPage: nil for lists that are not paged.
    private func list<Value: WireRecord>(
        _ request: PortalRequest, page: Int = 1, perPage: Int? = 100
    ) async throws -> Reply<ListPage<Value>> {
        var request = request
        if let perPage { request.query += [("page", String(page)), ("per_page", String(perPage))] }
        return try await send(request) { answer throws(JSONFault) in
            let elements = try JSONSlices.elements(of: answer.body)
            let reader = RecordReader<Value>(answer.body, elements: elements)
            let isFull = perPage.map { elements.count >= $0 } ?? false
            return ListPage(records: reader.records, unreadable: reader.unreadable, hasMore: isFull || answer.linksToNext)
        }
    }

    /// A list filtered by time under whichever name the portal takes; the other is a 400 there (fact 88).
    private func list<Value: WireRecord>(
        _ request: PortalRequest, page: Int, updatedSince: Date?
    ) async throws -> Reply<ListPage<Value>> {
        guard let updatedSince else { return try await list(request, page: page) }
        let name = updatedSinceName.withLock { $0 }
        func named(_ name: String) -> PortalRequest {
            var named = request
            named.query.append((name, WireTime.format(updatedSince)))
            return named
        }
        do {
            return try await list(named(name), page: page)
        } catch FreshdeskError.rejected(400, _, let errors) where errors.contains(where: { $0.field == name }) {
            let other = name == "updated_since" ? "_updated_since" : "updated_since"
            let reply: Reply<ListPage<Value>> = try await list(named(other), page: page)
            updatedSinceName.withLock { $0 = other }
            return reply
        }
    }
}

extension JSONObject {
    /// A whole number that stands alone in a page, such as a search's total.
    fileprivate static func lenientInt(_ bytes: [UInt8], _ range: Range<Int>) throws(JSONFault) -> Int? {
        try JSONObject(Array("{\"n\":".utf8) + bytes[range] + [0x7D]).code("n")
    }
}
