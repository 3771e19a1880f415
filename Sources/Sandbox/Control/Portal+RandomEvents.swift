/// Anything that can happen in a portal, drawn from a seed and the state the portal is in: what drives the property that a mirror
/// stays exact.
extension Portal {
    /// What may happen, with how often. Everything that people do many times a day is frequent, everything that breaks mirrors is not
    /// rare.
    private static let randomEvents: [(name: String, weight: Int)] = [
        ("reply", 10), ("note", 8), ("edit_note", 4), ("delete_note", 4), ("status", 8), ("update", 7), ("bump", 3), ("sla_batch", 4),
        ("create_ticket", 7), ("delete", 5), ("restore", 4), ("spam", 3), ("unspam", 3), ("purge", 3), ("rate", 5), ("late_rate", 4),
        ("merge_tickets", 3), ("merge_contacts", 3), ("delete_contact", 2), ("restore_contact", 2), ("block_contact", 1),
        ("hard_delete_contact", 2), ("create_company", 1), ("update_company", 2), ("delete_company", 2), ("create_contact", 1),
        ("update_contact", 2), ("delete_agent", 1), ("deactivate_agent", 1), ("time_entry", 1), ("bounce", 1), ("rename_tag", 2),
        ("delete_group", 1), ("create_status", 1), ("rename_status", 1), ("delete_status", 1)
    ]

    /// An event that can be applied now, whole with its ids. The same seed and the same state give the same event.
    func randomEvent(seed: Int64) -> JSONValue {
        var dice = Dice(UInt64(bitPattern: seed), "random event")
        let weights = Portal.randomEvents.map(\.weight)
        for _ in 0..<8 {
            let name = Portal.randomEvents[dice.weighted(weights)].name
            if let event = ticketEvent(name, &dice) ?? threadEvent(name, &dice) ?? peopleEvent(name, &dice) ?? settingEvent(name, &dice) {
                return event
            }
        }
        return event("create_ticket", [:])
    }

    private func event(_ name: String, _ members: [String: JSONValue]) -> JSONValue {
        .object(members.merging(["do": JSONValue(name)]) { $1 })
    }

    private func live(_ dice: inout Dice) -> Int64? { ticket(&dice) { $0.isLive } }

    private func ticket(_ dice: inout Dice, where holds: (Ticket) -> Bool) -> Int64? {
        let ids = world.tickets.filter(holds).map(\.id)
        return ids.isEmpty ? nil : ids[dice.roll(ids.count)]
    }

    private func words(_ dice: inout Dice) -> JSONValue { JSONValue("<div>Words \(dice.roll(1_000_000))</div>") }

    // MARK: Tickets

    private func ticketEvent(_ name: String, _ dice: inout Dice) -> JSONValue? {
        switch name {
        case "create_ticket":
            var members: [String: JSONValue] = ["subject": JSONValue("Request \(dice.roll(1_000_000))"), "description": words(&dice)]
            if let contact = contact(.active, &dice), dice.chance(80) {
                members["requester_id"] = JSONValue(contact)
            } else {
                members["email"] = JSONValue("new\(dice.roll(10_000))@example.com")
            }
            members["status"] = JSONValue(dice.pick([2, 2, 3, 5], or: 2))
            return event(name, members)
        case "status":
            guard let id = live(&dice) else { return nil }
            return event(name, ["ticket_id": JSONValue(id), "status": JSONValue(dice.pick(world.statuses.map(\.id), or: 2))])
        case "update": return live(&dice).map { event(name, ["ticket_id": JSONValue($0)].merging([update(&dice)]) { $1 }) }
        case "bump", "delete", "spam", "time_entry": return live(&dice).map { event(name, ["ticket_id": JSONValue($0)]) }
        case "sla_batch":
            let ids = (0..<dice.roll(2...9)).compactMap { _ in live(&dice) }
            return ids.isEmpty ? nil : event(name, ["ticket_ids": .array(Set(ids).sorted().map { JSONValue($0) })])
        case "restore": return ticket(&dice) { $0.isTrashed }.map { event(name, ["ticket_id": JSONValue($0)]) }
        case "unspam": return ticket(&dice) { $0.isSpam }.map { event(name, ["ticket_id": JSONValue($0)]) }
        case "purge":
            let fromTrash = ticket(&dice) { $0.isTrashed || $0.isSpam }
            return (fromTrash ?? live(&dice)).map { event(name, ["ticket_id": JSONValue($0)]) }
        case "rate": return rating(&dice)
        case "late_rate": return lateRating(&dice)
        case "merge_tickets":
            guard let primary = live(&dice), let other = live(&dice), primary != other else { return nil }
            return event(name, ["primary_id": JSONValue(primary), "ticket_ids": [JSONValue(other)]])
        default: return nil
        }
    }

    /// One property of a ticket with another value.
    private func update(_ dice: inout Dice) -> (String, JSONValue) {
        switch dice.roll(8) {
        case 0: ("priority", JSONValue(dice.roll(1...4)))
        case 1: ("tags", .array((0..<dice.roll(3)).map { _ in JSONValue(dice.pick(["urgent", "vip", "later", "beta"])) }))
        case 2: ("type", JSONValue(dice.pick(Vendor.types)))
        case 3: ("subject", JSONValue("Subject \(dice.roll(1_000_000))"))
        case 4: ("description", words(&dice))
        case 5: ("responder_id", world.agents.filter(\.isListed).map(\.id).randomElement(using: &dice).map { JSONValue($0) } ?? .null)
        case 6: ("group_id", world.groups.map(\.id).randomElement(using: &dice).map { JSONValue($0) } ?? .null)
        default: ("company_id", world.companies.keys.sorted().randomElement(using: &dice).map { JSONValue($0) } ?? .null)
        }
    }

    private func rating(_ dice: inout Dice) -> JSONValue? {
        guard let id = live(&dice) else { return nil }
        var members: [String: JSONValue] = ["ticket_id": JSONValue(id), "rating": JSONValue(dice.pick(RatingGenerator.scale, or: 103))]
        if dice.chance(30) { members["feedback"] = JSONValue("Opinion \(dice.roll(1_000_000))") }
        return event("rate", members)
    }

    /// A comment on an earlier rating, or another verdict without one.
    private func lateRating(_ dice: inout Dice) -> JSONValue? {
        let rated = Set(world.ratings.map(\.ticketID))
        guard let id = ticket(&dice, where: { $0.isLive && rated.contains($0.id) }) else { return nil }
        var members: [String: JSONValue] = ["ticket_id": JSONValue(id), "late": true]
        if dice.chance(70) {
            members["feedback"] = JSONValue("Second thought \(dice.roll(1_000_000))")
        } else {
            members["rating"] = JSONValue(dice.pick(RatingGenerator.scale, or: 103))
        }
        return event("rate", members)
    }

    // MARK: Threads

    private func threadEvent(_ name: String, _ dice: inout Dice) -> JSONValue? {
        switch name {
        case "reply":
            return live(&dice).map { id in
                event(name, ["ticket_id": JSONValue(id), "from": JSONValue(dice.pick(["agent", "customer"])), "body": words(&dice)])
            }
        case "note":
            return live(&dice).map { id in
                event(name, ["ticket_id": JSONValue(id), "private": .bool(dice.chance(70)), "body": words(&dice)])
            }
        case "edit_note": return message(name, &dice) { $0.kind == .privateNote || $0.kind == .publicNote }
        case "delete_note": return message(name, &dice) { _ in true }
        case "bounce": return message(name, &dice) { $0.kind == .agentReply }
        default: return nil
        }
    }

    private func message(_ name: String, _ dice: inout Dice, where holds: (Conversation) -> Bool) -> JSONValue? {
        let found = world.tickets.filter(\.isLive).flatMap { ticket in ticket.conversations.filter(holds).map { (ticket.id, $0.id) } }
        guard !found.isEmpty else { return nil }
        let (ticket, message) = found[dice.roll(found.count)]
        var members = ["ticket_id": JSONValue(ticket), "conversation_id": JSONValue(message)]
        if name == "edit_note" { members["body"] = words(&dice) }
        return event(name, members)
    }

    // MARK: Customers and agents

    private func contact(_ standing: Contact.Standing, _ dice: inout Dice) -> Int64? {
        let ids = world.contacts.values.filter { $0.standing == standing && !$0.wasAgent }.map(\.id).sorted()
        return ids.isEmpty ? nil : ids[dice.roll(ids.count)]
    }

    private func peopleEvent(_ name: String, _ dice: inout Dice) -> JSONValue? {
        let company = world.companies.keys.sorted().randomElement(using: &dice)
        switch name {
        case "create_company": return event(name, ["name": JSONValue("Company \(dice.roll(1_000_000))"), "domains": ["new.example"]])
        case "update_company":
            return company.map { event(name, ["company_id": JSONValue($0), "domains": [JSONValue("moved\(dice.roll(1_000)).example")]]) }
        case "delete_company": return company.map { event(name, ["company_id": JSONValue($0)]) }
        case "create_contact": return event(name, ["name": JSONValue("Person \(dice.roll(1_000_000))")])
        case "update_contact":
            return contact(.active, &dice).map { id in
                event(name, ["contact_id": JSONValue(id), "name": JSONValue("Renamed \(dice.roll(1_000_000))")])
            }
        case "delete_contact", "block_contact", "hard_delete_contact":
            return contact(.active, &dice).map { event(name, ["contact_id": JSONValue($0)]) }
        case "restore_contact":
            let id = contact(.deleted, &dice) ?? contact(.blocked, &dice)
            return id.map { event(name, ["contact_id": JSONValue($0)]) }
        case "merge_contacts":
            guard let primary = contact(.active, &dice), let other = contact(.active, &dice), primary != other else { return nil }
            return event(name, ["primary_id": JSONValue(primary), "contact_ids": [JSONValue(other)]])
        case "delete_agent", "deactivate_agent":
            let ids = world.agents.dropFirst().filter { $0.standing == .working }.map(\.id)
            return ids.randomElement(using: &dice).map { event(name, ["agent_id": JSONValue($0)]) }
        default: return nil
        }
    }

    // MARK: Settings

    private func settingEvent(_ name: String, _ dice: inout Dice) -> JSONValue? {
        switch name {
        case "rename_tag":
            let tags = Set(world.tickets.filter { !$0.isGone }.flatMap(\.tags)).sorted()
            return tags.randomElement(using: &dice).map { event(name, ["tag": JSONValue($0), "to": JSONValue("tag-\(dice.roll(1_000))")]) }
        case "delete_group":
            guard world.groups.count > 2 else { return nil }
            return event(name, ["group_id": JSONValue(world.groups[dice.roll(world.groups.count)].id)])
        case "create_status":
            let id = dice.roll(10...9_999)
            guard !world.statuses.contains(where: { $0.id == id }) else { return nil }
            return event(name, ["status": JSONValue(id), "label": JSONValue("Status \(id)"), "position": JSONValue(dice.roll(8))])
        case "rename_status", "delete_status":
            let ids = world.statuses.map(\.id).filter { $0 > 5 }
            return ids.randomElement(using: &dice).map { id in
                event(name, ["status": JSONValue(id), "label": JSONValue("Label \(dice.roll(1_000))")])
            }
        default: return nil
        }
    }
}
