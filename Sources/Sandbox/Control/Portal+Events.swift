/// What can happen in a portal, by name. Each event is `{"do": NAME, …}` in a list, or the body of `POST /_sandbox/NAME`.
extension Portal {
    static let eventNames = [
        "block_contact", "bounce", "bump", "clock", "create_company", "create_contact", "create_status", "create_ticket",
        "deactivate_agent", "delete", "delete_agent", "delete_company", "delete_contact", "delete_group", "delete_note", "delete_status",
        "edit_note", "faults", "hard_delete_contact", "merge_contacts", "merge_tickets", "note", "policies", "purge", "random", "rate",
        "rename_status", "rename_tag", "reply", "restore", "restore_contact", "scope", "sla_batch", "spam", "status", "time_entry",
        "unspam", "update", "update_company", "update_contact"
    ]

    func apply(_ event: JSONValue) throws -> EventResult {
        guard let name = event["do"]?.text else { throw SandboxError(Portal.unnamedEvent) }
        return try apply(name, event)
    }

    func apply(_ name: String, _ event: JSONValue) throws -> EventResult {
        switch name {
        case "create_ticket": try createTickets(event)
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
        case "rename_tag": try renameTag(event)
        case "delete_group": try deleteGroup(event)
        case "create_status", "rename_status", "delete_status": try changeStatus(event, name)
        case "scope", "clock", "policies", "faults": try changeSetting(event, name)
        case "random": try apply(randomEvent(seed: event["seed"]?.int64 ?? 0))
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
}
