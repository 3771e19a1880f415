/// Events of the portal's own settings: tags, groups, statuses, the key's rights, and what the control routes change.
extension Portal {
    /// `{"tag": "urgent", "to": "hot"}`: every ticket with the tag carries the other one; by policy they move (fact 129).
    func renameTag(_ event: JSONValue) throws -> EventResult {
        guard let tag = event["tag"]?.text, let other = event["to"]?.text else { throw SandboxError("The event needs “tag” and “to”.") }
        let tagged = world.tickets.filter { !$0.isGone && $0.tags.contains(tag) }
        guard !tagged.isEmpty else { throw SandboxError("No ticket has the tag “\(tag)”.") }
        for ticket in tagged {
            alter(ticket.id, moves: world.policies.tagRenameMovesTicket) { ticket in
                let others = ticket.tags.filter { $0 != tag && $0 != other }
                ticket.tags = others + [other]
            }
        }
        return EventResult(event: "rename_tag", id: Int64(tagged.count), updatedAt: nil)
    }

    /// The group is gone; its tickets have none, and by policy move (fact 129).
    func deleteGroup(_ event: JSONValue) throws -> EventResult {
        let id = try id(event, "group_id")
        guard let position = world.groups.firstIndex(where: { $0.id == id }) else { throw SandboxError("There is no group \(id).") }
        world.groups.remove(at: position)
        world.touch(.group, id)
        for index in world.agents.indices { world.agents[index].groupIDs.removeAll { $0 == id } }
        for ticket in world.tickets where ticket.groupID == id && !ticket.isGone {
            alter(ticket.id, moves: world.policies.groupDeleteMovesTicket) { $0.groupID = nil }
        }
        return EventResult(event: "delete_group", id: id, updatedAt: nil)
    }

    /// Custom statuses come, are renamed and go; tickets keep a number that is no longer named (facts 174, 177).
    func changeStatus(_ event: JSONValue, _ name: String) throws -> EventResult {
        guard let id = event["status"]?.int, id > 1 else { throw SandboxError("“status” is a number from 2.") }
        let position = world.statuses.firstIndex { $0.id == id }
        let label = event["label"]?.text ?? "Status \(id)"
        switch (name, position) {
        case ("create_status", nil):
            let place = min(event["position"]?.int ?? world.statuses.count, world.statuses.count)
            world.statuses.insert(PortalStatus(id: id, label: label, customerLabel: label), at: max(0, place))
        case ("create_status", _?): throw SandboxError("There is a status \(id) already.")
        case (_, nil): throw SandboxError("There is no status \(id).")
        case ("rename_status", let position?): world.statuses[position].label = label
        case (_, let position?):
            guard ![2, 3, 4, 5].contains(id) else { throw SandboxError("The statuses 2 to 5 belong to every portal.") }
            world.statuses.remove(at: position)
        }
        world.touch(.status, Int64(id))
        return EventResult(event: name, id: Int64(id), updatedAt: nil)
    }

    /// `{"do": "scope", "scope": 2}`, and the control routes' changes as events: `{"do": "clock", "advance": 60}`,
    /// `{"do": "policies", "tie_order": "shuffled"}`, `{"do": "faults", "set": ["bad_key"]}`.
    func changeSetting(_ event: JSONValue, _ name: String) throws -> EventResult {
        switch name {
        case "scope":
            guard let scope = event["scope"]?.int64, (1...3).contains(scope) else { throw SandboxError("“scope” is 1, 2 or 3.") }
            faults.clear(.scope)
            if scope > 1 { faults.set(try Fault(parsing: "scope=\(scope)"), at: clock.precise) }
        case "clock":
            guard let seconds = event["advance"]?.int64, seconds >= 0 else { throw SandboxError("“advance” is a number of seconds.") }
            advance(by: seconds)
        case "policies": try changePolicies(event)
        default: try changeFaults(event)
        }
        return EventResult(event: name, id: 0, updatedAt: nil)
    }
}
