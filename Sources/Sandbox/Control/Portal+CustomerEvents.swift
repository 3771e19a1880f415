/// Events about companies, contacts and agents.
extension Portal {
    // MARK: Companies

    func saveCompany(_ event: JSONValue, _ name: String) throws -> EventResult {
        var company: Company
        if name == "create_company" {
            guard let title = event["name"]?.text else { throw SandboxError("A company needs “name”.") }
            guard !world.companies.values.contains(where: { $0.name == title }) else {
                throw SandboxError("There is already a company “\(title)”; names are unique.")
            }
            company = Company(
                id: event["id"]?.int64 ?? world.freshID(.company), name: title, domains: [], createdAt: now, updatedAt: now)
        } else {
            let id = try id(event, "company_id")
            guard let known = world.company(id) else { throw SandboxError("There is no company \(id).") }
            company = known
        }
        if let title = event["name"]?.text { company.name = title }
        if let domains = event["domains"]?.elements { company.domains = domains.compactMap(\.text) }
        if let note = event["note"] { company.note = note.text }
        if let tier = event["account_tier"] { company.accountTier = tier.text }
        company.updatedAt = max(company.updatedAt, now)
        world.put(company)
        return EventResult(event: name, id: company.id, updatedAt: company.updatedAt)
    }

    /// Permanent; contacts and tickets lose the company, and by policy do or do not move (facts 78, 129).
    func deleteCompany(_ event: JSONValue) throws -> EventResult {
        let id = try id(event, "company_id")
        guard world.company(id) != nil else { throw SandboxError("There is no company \(id).") }
        world.removeCompany(id)
        for var contact in world.contacts.values where contact.companyID == id || contact.otherCompanyIDs.contains(id) {
            if contact.companyID == id { contact.companyID = nil }
            contact.otherCompanyIDs.removeAll { $0 == id }
            if world.policies.companyDeleteMovesContact { contact.updatedAt = max(contact.updatedAt, now) }
            world.put(contact)
        }
        for ticket in world.tickets where ticket.companyID == id && !ticket.isGone {
            alter(ticket.id, moves: world.policies.companyDeleteMovesTicket) { $0.companyID = nil }
        }
        return EventResult(event: "delete_company", id: id, updatedAt: nil)
    }

    // MARK: Contacts

    func newContact(name: String, email: String?, companyID: Int64?) -> Contact {
        let contact = Contact(
            id: world.freshID(.contact), name: name, email: email, companyID: companyID, language: "en", timeZone: "London",
            isVerified: false,
            standing: .active, createdAt: now, updatedAt: now)
        world.put(contact)
        return contact
    }

    func saveContact(_ event: JSONValue, _ name: String) throws -> EventResult {
        if let company = event["company_id"]?.int64, world.company(company) == nil { throw SandboxError("There is no company \(company).") }
        var contact: Contact
        if name == "create_contact" {
            guard let title = event["name"]?.text ?? event["email"]?.text else { throw SandboxError("A contact needs “name” or “email”.") }
            contact = newContact(name: title, email: event["email"]?.text, companyID: event["company_id"]?.int64)
        } else {
            contact = try knownContact(event, "contact_id")
        }
        if let title = event["name"]?.text { contact.name = title }
        if let email = event["email"] { contact.email = email.text }
        if let company = event["company_id"] { contact.companyID = company.int64 }
        if let phone = event["phone"] { contact.phone = phone.text }
        contact.updatedAt = max(contact.updatedAt, now)
        world.put(contact)
        return EventResult(event: name, id: contact.id, updatedAt: contact.updatedAt)
    }

    func setStanding(_ event: JSONValue, _ name: String, _ standing: Contact.Standing) throws -> EventResult {
        var contact = try knownContact(event, "contact_id")
        contact.standing = standing
        contact.updatedAt = max(contact.updatedAt, now)
        world.put(contact)
        return EventResult(event: name, id: contact.id, updatedAt: contact.updatedAt)
    }

    /// The contact and all its tickets are gone without a trace (fact 97).
    func hardDeleteContact(_ event: JSONValue) throws -> EventResult {
        let contact = try knownContact(event, "contact_id")
        world.removeContact(contact.id)
        for ticket in world.tickets where ticket.requesterID == contact.id && !ticket.isGone {
            alter(ticket.id, moves: false) { $0.place = .gone }
        }
        return EventResult(event: "hard_delete_contact", id: contact.id, updatedAt: nil)
    }

    /// `{"primary_id": 1, "contact_ids": [2]}`: the others become deleted, their tickets silently belong to the primary (fact 98).
    func mergeContacts(_ event: JSONValue) throws -> EventResult {
        var primary = try knownContact(event, "primary_id")
        for id in event["contact_ids"]?.elements?.compactMap(\.int64) ?? [] where id != primary.id {
            guard var other = world.contact(id) else { throw SandboxError("There is no contact \(id).") }
            if let email = other.email { primary.otherEmails.append(email) }
            other.standing = .deleted
            other.email = nil
            other.updatedAt = max(other.updatedAt, now)
            world.put(other)
            for ticket in world.tickets where ticket.requesterID == id && !ticket.isGone {
                let companyID = ticket.companyID ?? primary.companyID
                alter(ticket.id, moves: world.policies.contactMergeMovesTicket) { ticket in
                    ticket.requesterID = primary.id
                    ticket.companyID = companyID
                }
            }
        }
        primary.updatedAt = max(primary.updatedAt, now)
        world.put(primary)
        return EventResult(event: "merge_contacts", id: primary.id, updatedAt: primary.updatedAt)
    }

    private func knownContact(_ event: JSONValue, _ key: String) throws -> Contact {
        let id = try id(event, key)
        guard let contact = world.contact(id) else { throw SandboxError("There is no contact \(id).") }
        return contact
    }

    // MARK: Agents

    /// The agent becomes a contact of the same id (fact 69).
    func deleteAgent(_ event: JSONValue) throws -> EventResult {
        let position = try agentPosition(event)
        world.agents[position].standing = .becameContact
        world.agents[position].updatedAt = now
        world.touch(.agent, world.agents[position].id)
        world.put(ContactGenerator(seed: options.seed, now: now).formerAgent(world.agents[position]))
        return EventResult(event: "delete_agent", id: world.agents[position].id, updatedAt: now)
    }

    func deactivateAgent(_ event: JSONValue) throws -> EventResult {
        let position = try agentPosition(event)
        world.agents[position].standing = .deactivated
        world.agents[position].updatedAt = now
        world.touch(.agent, world.agents[position].id)
        return EventResult(event: "deactivate_agent", id: world.agents[position].id, updatedAt: now)
    }

    private func agentPosition(_ event: JSONValue) throws -> Int {
        let id = try id(event, "agent_id")
        guard let position = world.agents.firstIndex(where: { $0.id == id && $0.isListed }) else {
            throw SandboxError("There is no agent \(id).")
        }
        guard position != 0 else { throw SandboxError("The agent the key belongs to stays.") }
        return position
    }
}
