/// Events that write, change or move messages.
extension Portal {
    /// Adds a message and moves the ticket, one second later than the message as recorded portals do (fact 122) when the clock
    /// allows it.
    @discardableResult
    func add(_ kind: Conversation.Kind, to id: Int64, author: Int64?, body: String) -> Int64 {
        let conversation = Conversation(
            id: world.freshID(.conversation), kind: kind, stage: .given, authorID: author, createdAt: now, body: body)
        alter(id) { $0.conversations.append(conversation) }
        return conversation.id
    }

    /// `{"ticket_id": 7, "from": "customer"|"agent", "body": "<p>…</p>"}`. A customer's reply opens a solved ticket again.
    func reply(_ event: JSONValue) throws -> EventResult {
        let id = try ticketID(event)
        guard let ticket = world.ticket(id) else { throw SandboxError("There is no ticket \(id).") }
        let from = event["from"]?.text ?? "agent"
        guard from == "agent" || from == "customer" else { throw SandboxError("“from” is “agent” or “customer”.") }
        let isAgent = from == "agent"
        let author = event["author_id"]?.int64 ?? (isAgent ? ticket.responderID ?? keyOwner?.id : ticket.requesterID)
        let body = event["body"]?.text ?? "<div>\(isAgent ? "We are on it." : "Any news?")</div>"
        let conversation = add(isAgent ? .agentReply : .customerReply, to: id, author: author, body: body)
        let now = now
        world.change(id) { ticket in
            if isAgent {
                ticket.stats.agentRespondedAt = now
                ticket.stats.firstRespondedAt = ticket.stats.firstRespondedAt ?? now
            } else {
                ticket.stats.requesterRespondedAt = now
                if ticket.isResolved { ticket.setStatus(2, at: now) }
            }
        }
        return EventResult(event: "reply", id: conversation, updatedAt: world.ticket(id)?.updatedAt)
    }

    /// `{"ticket_id": 7, "private": true, "body": "…"}`
    func note(_ event: JSONValue) throws -> EventResult {
        let id = try ticketID(event)
        let isPrivate = event["private"]?.bool ?? true
        let author = event["author_id"]?.int64 ?? world.ticket(id)?.responderID ?? keyOwner?.id
        let conversation = add(
            isPrivate ? .privateNote : .publicNote, to: id, author: author, body: event["body"]?.text ?? "<div>Noted.</div>")
        return EventResult(event: "note", id: conversation, updatedAt: world.ticket(id)?.updatedAt)
    }

    /// Only notes can be edited (fact 156); the note's own `updated_at` stays, the ticket's moves by policy (fact 127).
    func editNote(_ event: JSONValue) throws -> EventResult {
        let (ticketID, position) = try conversation(event)
        guard let kind = world.ticket(ticketID)?.conversations[position].kind, kind == .privateNote || kind == .publicNote else {
            throw SandboxError("Only notes can be edited.")
        }
        let now = now
        let editor = keyOwner?.id
        let body = event["body"]?.text ?? "<div>Edited.</div>"
        alter(ticketID, moves: world.policies.noteEditMovesTicket) { ticket in
            ticket.conversations[position].body = body
            ticket.conversations[position].lastEditedAt = now
            ticket.conversations[position].lastEditedBy = editor
        }
        return EventResult(event: "edit_note", id: ticketID, updatedAt: world.ticket(ticketID)?.updatedAt)
    }

    /// Any message can be deleted (fact 156).
    func deleteNote(_ event: JSONValue) throws -> EventResult {
        let (ticketID, position) = try conversation(event)
        alter(ticketID, moves: world.policies.noteDeleteMovesTicket) { $0.conversations.remove(at: position) }
        return EventResult(event: "delete_note", id: ticketID, updatedAt: world.ticket(ticketID)?.updatedAt)
    }

    /// The mail of a reply came back: learnt later, nothing moves (fact 128).
    func bounce(_ event: JSONValue) throws -> EventResult {
        let (ticketID, position) = try conversation(event)
        let address = event["email"]?.text ?? "bounced@example.com"
        alter(ticketID, moves: false) { $0.conversations[position].failedEmails = [address] }
        return EventResult(event: "bounce", id: ticketID, updatedAt: world.ticket(ticketID)?.updatedAt)
    }

    /// Which message an event speaks of: `conversation_id` alone, or with `ticket_id` to save the search; without either the
    /// last note of the ticket.
    private func conversation(_ event: JSONValue) throws -> (ticketID: Int64, position: Int) {
        let candidates: [Ticket] = event["ticket_id"] == nil ? world.tickets : try [ticketID(event)].compactMap { world.ticket($0) }
        if let id = event["conversation_id"]?.int64 {
            for ticket in candidates {
                if let position = ticket.conversations.firstIndex(where: { $0.id == id }) { return (ticket.id, position) }
            }
            throw SandboxError("There is no conversation \(id).")
        }
        guard candidates.count == 1, let ticket = candidates.first,
            let position = ticket.conversations.lastIndex(where: { $0.kind == .privateNote || $0.kind == .publicNote })
        else { throw SandboxError("The event needs “conversation_id”, or “ticket_id” of a ticket with a note.") }
        return (ticket.id, position)
    }

    /// `{"primary_id": 7, "ticket_ids": [8, 9]}`: the others' messages are sorted in among the primary's, the others are closed,
    /// and every ticket gets a note (facts 157, 205).
    func mergeTickets(_ event: JSONValue) throws -> EventResult {
        let primaryID = try ticketID(event, "primary_id")
        let others = event["ticket_ids"]?.elements?.compactMap(\.int64) ?? []
        guard !others.isEmpty, !others.contains(primaryID) else {
            throw SandboxError("“ticket_ids” names the tickets to merge into the primary.")
        }
        for id in others where world.ticket(id) == nil { throw SandboxError("There is no ticket \(id).") }
        let now = now
        for id in others {
            guard let other = world.ticket(id) else { continue }
            let moved = movedMessages(of: other)
            alter(primaryID) { ticket in
                ticket.conversations = (ticket.conversations + moved).sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
            }
            alter(id) { ticket in
                ticket.conversations = []
                ticket.setStatus(5, at: now)
            }
            add(.privateNote, to: id, author: keyOwner?.id, body: "<div>This ticket is closed and merged into ticket \(primaryID)</div>")
            add(.privateNote, to: primaryID, author: keyOwner?.id, body: "<div>Merged from ticket \(id)</div>")
        }
        return EventResult(event: "merge_tickets", id: primaryID, updatedAt: world.ticket(primaryID)?.updatedAt)
    }

    /// The description and the messages of a ticket as they arrive in another one: their words written down, since they can no
    /// longer be derived there.
    private func movedMessages(of ticket: Ticket) -> [Conversation] {
        let text = ThreadText(world: world, ticket: ticket)
        let opening = Conversation(
            id: world.freshID(.conversation), kind: .customerReply, stage: .given, authorID: ticket.requesterID,
            createdAt: ticket.createdAt,
            body: text.description.html)
        return [opening]
            + ticket.conversations.map { conversation in
                var moved = Conversation(
                    id: world.policies.mergeRenumbersConversations ? world.freshID(.conversation) : conversation.id,
                    kind: conversation.kind,
                    stage: conversation.stage, authorID: conversation.authorID, createdAt: conversation.createdAt)
                moved.body = text.body(of: conversation).html
                moved.lastEditedAt = conversation.lastEditedAt
                moved.lastEditedBy = conversation.lastEditedBy
                moved.hasAttachment = conversation.hasAttachment
                return moved
            }
    }
}
