/// What can happen in a portal, by name. Each event is `{"do": NAME, …}` in a list, or the body of `POST /_sandbox/NAME`.
extension Portal {
    static let eventNames = [
        "block_contact", "bounce", "bump", "create_company", "create_contact", "create_ticket", "deactivate_agent", "delete",
        "delete_agent",
        "delete_company", "delete_contact", "delete_note", "edit_note", "hard_delete_contact", "merge_contacts", "merge_tickets", "note",
        "purge", "rate", "reply", "restore", "restore_contact", "sla_batch", "spam", "status", "time_entry", "unspam", "update",
        "update_company", "update_contact"
    ]

    func apply(_ event: JSONValue) throws -> EventResult {
        guard let name = event["do"]?.text else {
            throw SandboxError("An event needs “do”, one of \(Portal.eventNames.joined(separator: ", ")).")
        }
        return try apply(name, event)
    }

    func apply(_ name: String, _ event: JSONValue) throws -> EventResult {
        switch name {
        case "create_ticket": try createTicket(event)
        case "reply": try reply(event)
        case "note": try note(event)
        case "edit_note": try editNote(event)
        case "delete_note": try deleteNote(event)
        case "bounce": try bounce(event)
        case "status": try setStatus(event)
        case "update": try update(event)
        case "bump": try alter(event, name) { _ in }
        case "sla_batch": try slaBatch(event)
        case "delete": try alter(event, name, moves: world.policies.trashMovesTicket) { $0.place = .trash(since: self.now) }
        case "restore", "unspam": try alter(event, name, moves: world.policies.trashMovesTicket) { $0.place = .live }
        case "spam": try alter(event, name, moves: world.policies.trashMovesTicket) { $0.place = .spam }
        case "purge": try alter(event, name, moves: false) { $0.place = .gone }
        case "rate": try rate(event)
        case "time_entry": try addTimeEntry(event)
        case "merge_tickets": try mergeTickets(event)
        case "create_company", "update_company": try saveCompany(event, name)
        case "delete_company": try deleteCompany(event)
        case "create_contact", "update_contact": try saveContact(event, name)
        case "delete_contact": try setStanding(event, name, .deleted)
        case "block_contact": try setStanding(event, name, .blocked)
        case "restore_contact": try setStanding(event, name, .active)
        case "hard_delete_contact": try hardDeleteContact(event)
        case "merge_contacts": try mergeContacts(event)
        case "delete_agent": try deleteAgent(event)
        case "deactivate_agent": try deactivateAgent(event)
        default: throw SandboxError("There is no event “\(name)”. Known: \(Portal.eventNames.joined(separator: ", ")).")
        }
    }

    // MARK: Finding what an event speaks of

    func ticketID(_ event: JSONValue, _ key: String = "ticket_id") throws -> Int64 {
        guard let id = event[key]?.int64 else { throw SandboxError("The event needs “\(key)”, a number.") }
        guard world.ticket(id) != nil else { throw SandboxError("There is no ticket \(id).") }
        return id
    }

    func id(_ event: JSONValue, _ key: String) throws -> Int64 {
        guard let id = event[key]?.int64 else { throw SandboxError("The event needs “\(key)”, a number.") }
        return id
    }

    /// Changes the event's ticket; `updated_at` moves with it unless a policy says otherwise (section 2.6).
    @discardableResult
    func alter(_ event: JSONValue, _ name: String, moves: Bool = true, _ change: (inout Ticket) -> Void) throws -> EventResult {
        let id = try ticketID(event)
        alter(id, moves: moves, change)
        return EventResult(event: name, id: id, updatedAt: world.ticket(id)?.updatedAt)
    }

    func alter(_ id: Int64, moves: Bool = true, _ change: (inout Ticket) -> Void) {
        guard let before = world.ticket(id) else { return }
        let now = now
        world.searchMemory.remember(id, before: before, until: now + Int64(world.policies.searchLag))
        world.change(id) { ticket in
            change(&ticket)
            if moves { ticket.updatedAt = max(ticket.updatedAt, now) }
        }
    }

    // MARK: Tickets

    private func createTicket(_ event: JSONValue) throws -> EventResult {
        let requester = try requester(of: event)
        let id = Int64(world.tickets.count) + 1
        let now = now
        var dice = Dice(options.seed, "created", id)
        let priority = event["priority"]?.int ?? 2
        guard (1...4).contains(priority) else { throw SandboxError("“priority” is a number from 1 to 4.") }
        var ticket = Ticket(
            id: id, createdAt: now, updatedAt: now, status: event["status"]?.int ?? 2, priority: priority,
            source: event["source"]?.int ?? 1,
            requesterID: requester.id, responderID: event["responder_id"]?.int64, groupID: event["group_id"]?.int64,
            companyID: event["company_id"]?.int64 ?? requester.companyID, productID: nil, type: event["type"]?.text,
            tags: event["tags"]?.elements?.compactMap(\.text) ?? [], scenario: dice.weighted(Scenario.weights))
        if let subject = event["subject"]?.text { ticket.subject = .given(subject) }
        if let description = event["description"]?.text { ticket.description = .given(description) }
        let targets = TicketGenerator.targets[priority - 1]
        ticket.dueBy = now + targets.resolution
        ticket.firstResponseDueBy = now + targets.response
        ticket.stats.statusUpdatedAt = now
        if ticket.isResolved { ticket.stats.resolvedAt = now }
        if ticket.status == 5 { ticket.stats.closedAt = now }
        world.searchMemory.remember(id, before: nil, until: now + Int64(world.policies.searchLag))
        world.append(ticket)
        if world.policies.dueFillMovesTicket { dueFills.append((id, now + Int64(world.policies.dueFillDelay))) }
        return EventResult(event: "create_ticket", id: id, updatedAt: now)
    }

    /// Moves the tickets whose due dates have been filled in since.
    func fillDueDates() {
        guard !dueFills.isEmpty else { return }
        let now = now
        for fill in dueFills where fill.at <= now { world.change(fill.ticketID) { $0.updatedAt = max($0.updatedAt, fill.at) } }
        dueFills.removeAll { $0.at <= now }
    }

    private func requester(of event: JSONValue) throws -> Contact {
        if let id = event["requester_id"]?.int64 {
            guard let contact = world.contact(id) else { throw SandboxError("There is no contact \(id).") }
            return contact
        }
        if let email = event["email"]?.text {
            if let known = world.contacts.values.first(where: { $0.email?.lowercased() == email.lowercased() }) { return known }
            return newContact(name: event["name"]?.text ?? email, email: email, companyID: event["company_id"]?.int64)
        }
        guard let id = world.contactIDsByName().first(where: { world.contacts[$0]?.standing == .active }), let contact = world.contact(id)
        else {
            return newContact(name: "Robin Example", email: "robin@example.com", companyID: nil)
        }
        return contact
    }

    private func setStatus(_ event: JSONValue) throws -> EventResult {
        guard let status = event["status"]?.int else { throw SandboxError("“status” is a number.") }
        let now = now
        return try alter(event, "status") { $0.setStatus(status, at: now) }
    }

    private func update(_ event: JSONValue) throws -> EventResult {
        try alter(event, "update") { ticket in
            if let priority = event["priority"]?.int { ticket.priority = priority }
            if let status = event["status"]?.int { ticket.setStatus(status, at: self.now) }
            if let source = event["source"]?.int { ticket.source = source }
            if let type = event["type"] { ticket.type = type.text }
            if let tags = event["tags"]?.elements { ticket.tags = tags.compactMap(\.text) }
            if let group = event["group_id"] { ticket.groupID = group.int64 }
            if let responder = event["responder_id"] { ticket.responderID = responder.int64 }
            if let company = event["company_id"] { ticket.companyID = company.int64 }
            if let subject = event["subject"]?.text { ticket.subject = .given(subject) }
            if let description = event["description"]?.text { ticket.description = .given(description) }
        }
    }

    /// The background job that escalates overdue tickets: many in one second, without a conversation (fact 124). With
    /// `ticket_ids` those, else the first `count` live unresolved ones.
    private func slaBatch(_ event: JSONValue) throws -> EventResult {
        let named = event["ticket_ids"]?.elements?.compactMap(\.int64)
        let count = event["count"]?.int ?? 50
        let everything = event["all"]?.bool == true
        let ids = named ?? Array(world.tickets.filter { $0.isLive && (everything || !$0.isResolved) }.prefix(count).map(\.id))
        for id in ids { alter(id) { $0.isEscalated = true } }
        return EventResult(event: "sla_batch", id: Int64(ids.count), updatedAt: now)
    }

    private func addTimeEntry(_ event: JSONValue) throws -> EventResult {
        let id = try ticketID(event)
        let entry = TimeEntry(
            id: world.freshID(.timeEntry), agentID: event["agent_id"]?.int64 ?? keyOwner?.id ?? 0, seconds: event["seconds"]?.int ?? 600,
            note: event["note"]?.text ?? "", isBillable: true, createdAt: now, updatedAt: now)
        // Booked time never moves the ticket (fact 126).
        world.change(id) { $0.timeEntries.append(entry) }
        return EventResult(event: "time_entry", id: entry.id, updatedAt: world.ticket(id)?.updatedAt)
    }

    // MARK: Verdicts

    /// Rates a ticket; with `late: true` the comment is added to the last rating of the ticket instead (fact 184). A comment
    /// also makes a conversation and moves the ticket (fact 123); a click alone does so by policy (fact 131).
    private func rate(_ event: JSONValue) throws -> EventResult {
        let id = try ticketID(event)
        guard let ticket = world.ticket(id) else { throw SandboxError("There is no ticket \(id).") }
        let feedback = event["feedback"]?.text
        let ratingID: Int64
        if event["late"]?.bool == true {
            guard let last = world.ratings.lastIndex(where: { $0.ticketID == id }) else {
                throw SandboxError("Ticket \(id) has no rating yet.")
            }
            world.ratings[last].feedback = feedback
            world.ratings[last].updatedAt = now
            if let rating = event["rating"]?.int { world.ratings[last].rating = rating }
            ratingID = world.ratings[last].id
        } else {
            let rating = event["rating"]?.int ?? 103
            guard RatingGenerator.scale.contains(rating) else { throw SandboxError("“rating” is one of \(RatingGenerator.scale).") }
            ratingID = world.freshID(.rating)
            world.ratings.append(
                SatisfactionRating(
                    id: ratingID, ticketID: id, userID: ticket.requesterID, agentID: ticket.responderID, groupID: ticket.groupID,
                    rating: rating,
                    speed: nil, feedback: feedback, createdAt: now, updatedAt: now))
            if var contact = world.contact(ticket.requesterID) {
                contact.csatRating = rating
                world.put(contact)
            }
        }
        if let feedback {
            add(.surveyFeedback, to: id, author: ticket.requesterID, body: "<div>\(MessageText.escaped(feedback))</div>")
        } else if world.policies.ratingMovesTicket {
            alter(id) { _ in }
        }
        return EventResult(event: "rate", id: ratingID, updatedAt: world.ticket(id)?.updatedAt)
    }
}

extension Ticket {
    /// A new status with the moments that go with it.
    mutating func setStatus(_ status: Int, at now: Moment) {
        guard status != self.status else { return }
        if isResolved, status != 4, status != 5 { stats.reopenedAt = now }
        self.status = status
        stats.statusUpdatedAt = now
        stats.pendingSince = status == 3 ? now : nil
        if status == 4 { stats.resolvedAt = now }
        if status == 5 {
            stats.closedAt = now
            stats.resolvedAt = stats.resolvedAt ?? now
        }
    }
}
