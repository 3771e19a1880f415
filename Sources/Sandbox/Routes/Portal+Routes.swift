/// Every path the portal answers, on one page. A path that is not here is 404 with an empty body.
extension Portal {
    func route(_ call: Call, _ path: [String]) throws -> Answer {
        let id = path.count > 1 ? Int64(path[1]) : nil
        switch (path.first ?? "", path.count) {
        case ("agents", 1): return try agentList(call)
        case ("agents", 2): return path[1] == "me" ? try me(call) : try agentView(call, id)
        case ("groups", 1): return try groupList(call)
        case ("groups", 2): return try groupView(call, id)
        case ("products", 1): return try productList(call)
        case ("products", 2): return try productView(call, id)
        case ("roles", 1): return try roleList(call)
        case ("roles", 2): return try roleView(call, id)
        case ("companies", 1): return try companyList(call)
        case ("companies", 2): return try companyView(call, id)
        case ("company_fields", 1), ("contact_fields", 1), ("skills", 1), ("ticket-forms", 1): return try emptyList(call)
        case ("contacts", 1): return try contactList(call)
        case ("contacts", 2): return try contactView(call, id)
        case ("tickets", 1): return try ticketList(call)
        case ("tickets", 2): return try ticketView(call, id)
        case ("tickets", 3): return try ticketPart(call, id, path[2])
        case ("time_entries", 1): return try timeEntryList(call)
        case ("search", 2): return try search(call, path[1])
        case ("ticket_fields", 1): return try ticketFields(call)
        case ("surveys", 1): return try surveyList(call)
        case ("surveys", 2) where path[1] == "satisfaction_ratings": return try ratingList(call)
        case ("customer-satisfaction", _): return try newSatisfaction(call, Array(path.dropFirst()))
        case ("settings", 2) where path[1] == "helpdesk": return try helpdeskSettings(call)
        case ("account", 1): return try account(call)
        case ("solutions", _): return try solutions(call, Array(path.dropFirst()))
        case ("business_hours", 1): return try businessHours(call)
        case ("sla_policies", 1): return try slaPolicies(call)
        case ("email_configs", 1): return try emailConfigs(call)
        default: throw Refusal.missing
        }
    }

    private func ticketPart(_ call: Call, _ id: Int64?, _ part: String) throws -> Answer {
        switch part {
        case "conversations": return try conversationList(call, id)
        case "satisfaction_ratings": return try ticketRatings(call, id)
        case "time_entries": return try ticketTimeEntries(call, id)
        case "associated_tickets": return try associatedTickets(call, id)
        default: throw Refusal.missing
        }
    }

    var now: Moment { clock.now }

    /// The rows of an answer, written against the portal as it is now.
    func rows(for call: Call) -> Rows {
        Rows(world: world, now: clock.now, base: "http://\(call.host ?? "127.0.0.1")")
    }

    /// A list with its `Link` header, which is there only when another page is (fact 31).
    func listing(_ call: Call, page: Page, more: Bool, _ writer: JSONWriter) -> Answer {
        var answer = Answer.json(writer)
        guard more else { return answer }
        let others = call.target.split(separator: "?", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
        let kept = others.split(separator: "&").filter { !$0.hasPrefix("page=") }.joined(separator: "&")
        let query = (kept.isEmpty ? "" : kept + "&") + "page=\(page.number + 1)"
        // The documentation prints a blank behind `<` (fact 31), and so do some answers.
        let blank = page.number % 4 == 2 ? " " : ""
        answer.headers.append(
            ("Link", "<\(blank)http://\(call.host ?? "127.0.0.1")\(call.path)?\(query)>;\(blank.isEmpty ? " " : "")rel=\"next\""))
        return answer
    }

    /// Refuses what only an administrator may read (fact 63).
    func requireAdministrator() throws(Refusal) {
        if faults.has(.agents403) { throw Refusal.forbidden }
    }

    /// The agent the key belongs to.
    var keyOwner: Agent? { world.agents.first }

    /// Whether the key's agent sees this ticket: always, only those of its groups and its own, or only its own (fact 13).
    func sees(_ ticket: Ticket) -> Bool {
        guard let scope = faults.amount(.scope) else { return true }
        if ticket.responderID == keyOwner?.id { return true }
        guard scope == 2 else { return false }
        return ticket.groupID.map { keyOwner?.groupIDs.contains($0) ?? false } ?? false
    }

    func emptyList(_ call: Call) throws -> Answer {
        _ = try Parameters(call, allowed: []).page()
        var writer = JSONWriter()
        writer.array { _ in }
        return Answer.json(writer)
    }
}
