/// The last search and what it found, so that ten pages cost one pass; good for one state of the portal and one second.
struct SearchCache: Sendable {
    let kind: String
    let query: String
    let revision: Int
    let moment: Moment
    let isScoped: Bool
    let found: [Int64]
}

/// Search over tickets, contacts and companies: 30 a page, ten pages, `total` of everything that matches (fact 161).
extension Portal {
    func search(_ call: Call, _ kind: String) throws -> Answer {
        guard ["tickets", "contacts", "companies"].contains(kind) else { throw Refusal.missing }
        let parameters = try Parameters(call, allowed: ["query", "page"], paged: false)
        guard let query = parameters["query"] else { throw Refusal.invalid("query", "Mandatory attribute missing", "missing_field") }
        let number = try searchPage(parameters)
        let found = try matches(kind, query)
        let (part, _) = Page(number: number, size: 30).cut(found)
        let rows = rows(for: call)
        var writer = JSONWriter(capacity: 65_536)
        writer.object { writer in
            writer.arrayMember("results") { writer in
                for id in part { write(id, of: kind, rows, into: &writer) }
            }
            writer.member("total", found.count)
        }
        return Answer.json(writer)
    }

    private func searchPage(_ parameters: Parameters) throws(Refusal) -> Int {
        guard let text = parameters["page"] else { return 1 }
        guard let page = Int(text), (1...10).contains(page) else {
            throw Refusal.invalid("page", "It should be a Positive Integer less than or equal to 10")
        }
        return page
    }

    private func matches(_ kind: String, _ query: String) throws -> [Int64] {
        let now = now
        if let cache = searchCache, cache.kind == kind, cache.query == query, cache.revision == world.revision,
            cache.moment == now, cache.isScoped == faults.has(.scope)
        {
            return cache.found
        }
        let found: [Int64] =
            switch kind {
            case "tickets":
                try ticketMatches(try SearchParser.parse(query, schema: TicketSearch.schema(statuses: world.statuses.map(\.id))), at: now)
            case "contacts": try contactMatches(try SearchParser.parse(query, schema: ContactSearch.schema))
            default: try companyMatches(try SearchParser.parse(query, schema: CompanySearch.schema))
            }
        searchCache = SearchCache(
            kind: kind, query: query, revision: world.revision, moment: now, isScoped: faults.has(.scope), found: found)
        return found
    }

    /// Newest first (fact 168), as the index knows the tickets: a change is noticed after the lag (fact 166).
    private func ticketMatches(_ expression: SearchExpression, at now: Moment) throws -> [Int64] {
        let outdated = world.searchMemory.outdated(at: now)
        var found: [Int64] = []
        for position in world.tickets.indices.reversed() {
            let current = world.tickets[position]
            var known = current
            if let before = outdated[current.id] {
                guard let before else { continue }
                known = before
            }
            guard !current.isGone, known.isLive || (world.policies.searchShowsTrash && !known.isGone), sees(known),
                expression.holds({ TicketSearch.value(known, $0) })
            else { continue }
            found.append(current.id)
        }
        return found
    }

    private func contactMatches(_ expression: SearchExpression) throws -> [Int64] {
        world.contactIDsByName().filter { id in
            guard let contact = world.contacts[id], contact.standing != .deleted else { return false }
            return expression.holds { ContactSearch.value(contact, $0) }
        }
    }

    private func companyMatches(_ expression: SearchExpression) throws -> [Int64] {
        world.companyIDsByName().filter { id in
            guard let company = world.companies[id] else { return false }
            return expression.holds { CompanySearch.value(company, $0) }
        }
    }

    private func write(_ id: Int64, of kind: String, _ rows: Rows, into writer: inout JSONWriter) {
        switch kind {
        case "tickets": if let ticket = world.ticket(id) { rows.ticket(ticket, form: .search, includes: [], into: &writer) }
        case "contacts": if let contact = world.contact(id) { rows.contact(contact, isView: false, into: &writer) }
        default: if let company = world.company(id) { rows.company(company, into: &writer) }
        }
    }
}
