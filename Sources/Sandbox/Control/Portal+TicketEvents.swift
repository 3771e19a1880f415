/// Events of tickets themselves.
extension Portal {
    /// One ticket, or with `count` many; with `days_ago` as if made so long ago, which the search then finds on one day.
    func createTickets(_ event: JSONValue) throws -> EventResult {
        let count = event["count"]?.int ?? 1
        guard (1...50_000).contains(count) else { throw SandboxError("“count” is a number from 1 to 50,000.") }
        let requester = try requester(of: event)
        var last = try createTicket(event, requester)
        for _ in 1..<max(1, count) { last = try createTicket(event, requester) }
        return last
    }

    private func createTicket(_ event: JSONValue, _ requester: Contact) throws -> EventResult {
        let id = Int64(world.tickets.count) + 1
        let now = now - Int64(max(0, event["days_ago"]?.int ?? 0)) * Moment.day
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
        if world.policies.dueFillMovesTicket, event["days_ago"] == nil { dueFills.append((id, now + Int64(world.policies.dueFillDelay))) }
        return EventResult(event: "create_ticket", id: id, updatedAt: now)
    }

    /// Moves the tickets whose due dates have been filled in since.
    func fillDueDates() {
        guard !dueFills.isEmpty else { return }
        let now = now
        let due = dueFills.filter { $0.at <= now }
        guard !due.isEmpty else { return }
        _ = world.takeTouched()
        for fill in due { world.change(fill.ticketID) { $0.updatedAt = max($0.updatedAt, fill.at) } }
        dueFills.removeAll { $0.at <= now }
        note(["do": "due_fill"], failure: nil)
    }

    func requester(of event: JSONValue) throws -> Contact {
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

    func setStatus(_ event: JSONValue) throws -> EventResult {
        guard let status = event["status"]?.int else { throw SandboxError("“status” is a number.") }
        let now = now
        return try alter(event, "status") { $0.setStatus(status, at: now) }
    }

    func update(_ event: JSONValue) throws -> EventResult {
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
    func slaBatch(_ event: JSONValue) throws -> EventResult {
        let named = event["ticket_ids"]?.elements?.compactMap(\.int64)
        let count = event["count"]?.int ?? 50
        let everything = event["all"]?.bool == true
        let ids = named ?? Array(world.tickets.filter { $0.isLive && (everything || !$0.isResolved) }.prefix(count).map(\.id))
        for id in ids { alter(id) { $0.isEscalated = true } }
        return EventResult(event: "sla_batch", id: Int64(ids.count), updatedAt: now)
    }

    func addTimeEntry(_ event: JSONValue) throws -> EventResult {
        let id = try ticketID(event)
        let entry = TimeEntry(
            id: world.freshID(.timeEntry), agentID: event["agent_id"]?.int64 ?? keyOwner?.id ?? 0, seconds: event["seconds"]?.int ?? 600,
            note: event["note"]?.text ?? "", isBillable: true, createdAt: now, updatedAt: now)
        // Booked time never moves the ticket (fact 126).
        world.change(id) { $0.timeEntries.append(entry) }
        return EventResult(event: "time_entry", id: entry.id, updatedAt: world.ticket(id)?.updatedAt)
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
