/// The ticket list with its window, filters and order, and what hangs on one ticket.
extension Portal {
    private static let listParameters: Set<String> = [
        "filter", "requester_id", "email", "unique_external_id", "company_id", "updated_since", "include", "order_by", "order_type"
    ]

    func ticketList(_ call: Call) throws -> Answer {
        let parameters = try Parameters(call, allowed: Portal.listParameters)
        let page = try parameters.page()
        // 300 pages, whatever their size (fact 106).
        guard page.number <= 300 else {
            throw Refusal.invalid("page", "You cannot access tickets beyond the 300th page. Please provide a smaller page number.")
        }
        let includes = try parameters.words("include", known: ["requester", "stats", "company", "description"])
        let order = try parameters.word("order_by", known: ["created_at", "due_by", "updated_at", "status"]) ?? "created_at"
        let ascending = try parameters.word("order_type", known: ["asc", "desc"]) == "asc"
        let condition = try TicketCondition(parameters, portal: self)
        let positions = orderedPositions(by: order, ascending: ascending, since: condition.since)
        let (part, more) = pick(page, from: positions, condition)
        let rows = rows(for: call)
        var writer = JSONWriter(capacity: 131_072)
        writer.array { writer in
            for position in part { rows.ticket(world.tickets[position], form: .list, includes: includes, into: &writer) }
        }
        return listing(call, page: page, more: more, writer)
    }

    /// Positions of candidate tickets in the asked order; by update they are cut at `since` without a look at the rest.
    private func orderedPositions(by order: String, ascending: Bool, since: Moment?) -> [Int32] {
        switch order {
        case "updated_at":
            let byUpdate = world.positionsByUpdate()
            let start = since.map { world.firstPlace(in: byUpdate, notBefore: $0) } ?? 0
            let part = start == 0 ? byUpdate : Array(byUpdate[start...])
            return ascending ? part : part.reversed()
        case "due_by":
            let far = Int64.max
            let sorted = sortedPositions { $0.dueBy?.seconds ?? far }
            return ascending ? sorted : sorted.reversed()
        case "status":
            let sorted = sortedPositions { Int64($0.status) }
            return ascending ? sorted : sorted.reversed()
        default:
            let sorted = sortedPositions { $0.createdAt.seconds }
            return ascending ? sorted : sorted.reversed()
        }
    }

    private func sortedPositions(by value: (Ticket) -> Int64) -> [Int32] {
        let values = world.tickets.map(value)
        return (0..<Int32(values.count)).sorted { left, right in
            let (one, other) = (values[Int(left)], values[Int(right)])
            return one == other ? left < right : one < other
        }
    }

    private func pick(_ page: Page, from positions: [Int32], _ condition: TicketCondition) -> (rows: [Int], more: Bool) {
        var skip = page.skipped
        var rows: [Int] = []
        for position in positions {
            let position = Int(position)
            guard condition.holds(world.tickets[position]), sees(world.tickets[position]) else { continue }
            if skip > 0 {
                skip -= 1
            } else if rows.count < page.size {
                rows.append(position)
            } else {
                return (rows, true)
            }
        }
        return (rows, false)
    }

    func ticketView(_ call: Call, _ id: Int64?) throws -> Answer {
        let parameters = try Parameters(call, allowed: ["include"], paged: false)
        let includes = try parameters.words("include", known: ["conversations", "requester", "company", "stats"])
        let ticket = try existing(id)
        var writer = JSONWriter(capacity: 8_192)
        rows(for: call).ticket(ticket, form: .view, includes: includes, into: &writer)
        return Answer.json(writer)
    }

    /// A ticket that is not purged; trashed ones as the policy has it (fact 140), those of other groups refused.
    private func existing(_ id: Int64?) throws(Refusal) -> Ticket {
        guard let id, let ticket = world.ticket(id) else { throw Refusal.missing }
        if ticket.isTrashed, world.policies.trashedTicketIsMissing { throw Refusal.missing }
        guard sees(ticket) else { throw Refusal.forbidden }
        return ticket
    }

    func conversationList(_ call: Call, _ id: Int64?) throws -> Answer {
        let page = try Parameters(call, allowed: []).page()
        let ticket = try existing(id)
        let (part, more) = page.cut(ticket.conversations)
        let rows = rows(for: call)
        var writer = JSONWriter(capacity: 16_384)
        writer.array { writer in
            for conversation in part { rows.conversation(conversation, of: ticket, into: &writer) }
        }
        return listing(call, page: page, more: more, writer)
    }

    func ticketTimeEntries(_ call: Call, _ id: Int64?) throws -> Answer {
        let page = try Parameters(call, allowed: []).page()
        let ticket = try existing(id)
        let (part, more) = page.cut(ticket.timeEntries)
        let rows = rows(for: call)
        var writer = JSONWriter()
        writer.array { writer in
            for entry in part { rows.timeEntry(entry, of: ticket, into: &writer) }
        }
        return listing(call, page: page, more: more, writer)
    }

    func timeEntryList(_ call: Call) throws -> Answer {
        let parameters = try Parameters(call, allowed: ["company_id", "agent_id", "executed_after", "executed_before", "billable"])
        let page = try parameters.page()
        let agentID = try parameters.id("agent_id")
        let companyID = try parameters.id("company_id")
        let entries = world.tickets.filter { $0.isLive && (companyID == nil || $0.companyID == companyID) }
            .flatMap { ticket in ticket.timeEntries.map { (ticket, $0) } }
            .filter { agentID == nil || $0.1.agentID == agentID }
        let (part, more) = page.cut(entries)
        let rows = rows(for: call)
        var writer = JSONWriter()
        writer.array { writer in
            for (ticket, entry) in part { rows.timeEntry(entry, of: ticket, into: &writer) }
        }
        return listing(call, page: page, more: more, writer)
    }

    func associatedTickets(_ call: Call, _ id: Int64?) throws -> Answer {
        _ = try Parameters(call, allowed: []).page()
        let ticket = try existing(id)
        let rows = rows(for: call)
        var writer = JSONWriter()
        writer.object { writer in
            writer.arrayMember("tickets") { writer in
                for other in ticket.associatedIDs.compactMap({ world.ticket($0) }) {
                    rows.ticket(other, form: .list, includes: [], into: &writer)
                }
            }
        }
        return Answer.json(writer)
    }
}
