/// The filters of the ticket list.
struct TicketCondition: Sendable {
    private enum Named {
        case all, deleted, spam, newAndMine, watching
    }

    let since: Moment?
    private let sinceIsInclusive: Bool
    private let createdSince: Moment?
    private let named: Named
    private let requesterIDs: Set<Int64>?
    private let companyID: Int64?
    private let me: Int64?

    init(_ parameters: Parameters, portal: isolated Portal) throws(Refusal) {
        since = try parameters.moment("updated_since")
        sinceIsInclusive = portal.world.policies.updatedSinceIsInclusive
        // Without `updated_since` only tickets created in the last thirty days are listed (fact 102), in trash and spam too.
        createdSince = since == nil ? portal.now - 30 * Moment.day : nil
        switch try parameters.word("filter", known: ["new_and_my_open", "watching", "spam", "deleted", "all_tickets"]) {
        case "deleted": named = .deleted
        case "spam": named = .spam
        case "new_and_my_open": named = .newAndMine
        case "watching": named = .watching
        default: named = .all
        }
        companyID = try parameters.id("company_id")
        if let companyID, portal.world.company(companyID) == nil { throw Refusal.unknownCompany }
        me = portal.keyOwner?.id
        requesterIDs = try TicketCondition.requesters(parameters, portal: portal)
    }

    private static func requesters(_ parameters: Parameters, portal: isolated Portal) throws(Refusal) -> Set<Int64>? {
        if let id = try parameters.id("requester_id") {
            guard portal.world.contact(id) != nil || portal.world.agent(id) != nil else {
                throw Refusal.invalid("requester_id", "There is no contact matching the given requester_id")
            }
            return [id]
        }
        if let email = parameters["email"]?.lowercased() {
            return Set(portal.world.contacts.values.filter { $0.email?.lowercased() == email }.map(\.id))
        }
        if let external = parameters["unique_external_id"] {
            return Set(portal.world.contacts.values.filter { $0.externalID == external }.map(\.id))
        }
        return nil
    }

    func holds(_ ticket: Ticket) -> Bool {
        switch named {
        case .deleted: guard ticket.isTrashed else { return false }
        case .spam: guard ticket.isSpam else { return false }
        case .all: guard ticket.isLive else { return false }
        case .newAndMine:
            guard ticket.isLive, ticket.status == 2, ticket.responderID == nil || ticket.responderID == me else { return false }
        case .watching: guard ticket.isLive, ticket.id % 97 == 0 else { return false }
        }
        if let since, sinceIsInclusive ? ticket.updatedAt < since : ticket.updatedAt <= since { return false }
        if let createdSince, ticket.createdAt < createdSince { return false }
        if let companyID, ticket.companyID != companyID { return false }
        if let requesterIDs, !requesterIDs.contains(ticket.requesterID) { return false }
        return true
    }
}
