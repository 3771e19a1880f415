/// The truth in one answer: what a perfect mirror would hold. Nothing of it counts against limits or in the statistics.
extension Portal {
    /// Keys: `now`, `subdomain`, `tickets` (live ones, with description, stats and all `conversations`; left out with
    /// `?conversations=false`), `companies`, `contacts` (default state), `blocked_contact_ids`, `deleted_contact_ids`, `agents`,
    /// `groups` (with `agent_ids`), `products`, `satisfaction_ratings`, `statuses`, `trashed_ticket_ids`, `spam_ticket_ids`.
    func dump(_ call: Call) -> Answer {
        let withConversations = call.query.last { $0.name == "conversations" }?.value != "false"
        let companies = world.companyIDsByName()
        let contacts = world.contactIDsByName()
        let rows = rows(for: call)
        let world = world
        var writer = JSONWriter(capacity: 1 << 20)
        writer.object { writer in
            writer.member("now", rows.now)
            writer.member("subdomain", options.subdomain)
            writer.arrayMember("tickets") { writer in
                for ticket in world.tickets where ticket.isLive { self.dump(ticket, rows, withConversations, into: &writer) }
            }
            writer.arrayMember("companies") { writer in
                for company in companies.compactMap({ world.companies[$0] }) { rows.company(company, into: &writer) }
            }
            let people = contacts.compactMap { world.contacts[$0] }
            writer.arrayMember("contacts") { writer in
                for contact in people where contact.standing == .active { rows.contact(contact, isView: false, into: &writer) }
            }
            writer.member("blocked_contact_ids", people.filter { $0.standing == .blocked }.map(\.id))
            writer.member("deleted_contact_ids", people.filter { $0.standing == .deleted }.map(\.id))
            writer.arrayMember("agents") { writer in
                for agent in world.agents where agent.isListed { rows.agent(agent, scope: 1, isView: true, into: &writer) }
            }
            writer.arrayMember("groups") { writer in
                for group in world.groups {
                    let members = world.agents.filter { $0.isListed && $0.groupIDs.contains(group.id) }.map(\.id)
                    rows.group(group, agentIDs: members, into: &writer)
                }
            }
            writer.arrayMember("products") { writer in
                for product in world.products { rows.product(product, into: &writer) }
            }
            writer.arrayMember("satisfaction_ratings") { writer in
                for rating in world.ratings { rows.rating(rating, into: &writer) }
            }
            writer.arrayMember("statuses") { writer in
                for status in world.statuses {
                    writer.object { writer in
                        writer.member("id", status.id)
                        writer.member("label", status.label)
                    }
                }
            }
            writer.member("trashed_ticket_ids", world.tickets.filter(\.isTrashed).map(\.id))
            writer.member("spam_ticket_ids", world.tickets.filter(\.isSpam).map(\.id))
        }
        return Answer.json(writer)
    }

    private func dump(_ ticket: Ticket, _ rows: Rows, _ withConversations: Bool, into writer: inout JSONWriter) {
        var row = JSONWriter(capacity: 8_192)
        rows.ticket(ticket, form: .list, includes: ["description", "stats", "requester"], into: &row)
        guard withConversations else { return writer.raw(row.bytes) }
        var bytes = row.bytes
        bytes.removeLast()
        var conversations = JSONWriter(capacity: 8_192)
        conversations.array { conversations in
            for conversation in ticket.conversations { rows.conversation(conversation, of: ticket, into: &conversations) }
        }
        bytes += Array(",\"conversations\":".utf8) + conversations.bytes + [UInt8(ascii: "}")]
        writer.raw(bytes)
    }
}
