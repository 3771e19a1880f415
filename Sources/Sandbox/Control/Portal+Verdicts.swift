/// The event of a customer rating a ticket.
extension Portal {
    /// Rates a ticket; with `late: true` the comment is added to the last rating of the ticket instead (fact 184). A comment
    /// also makes a conversation and moves the ticket (fact 123); a click alone does so by policy (fact 131).
    func rate(_ event: JSONValue) throws -> EventResult {
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
        world.touch(.rating, ratingID)
        if let feedback {
            add(.surveyFeedback, to: id, author: ticket.requesterID, body: "<div>\(MessageText.escaped(feedback))</div>")
        } else if world.policies.ratingMovesTicket {
            alter(id) { _ in }
        }
        return EventResult(event: "rate", id: ratingID, updatedAt: world.ticket(id)?.updatedAt)
    }
}
