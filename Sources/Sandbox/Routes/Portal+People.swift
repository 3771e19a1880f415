/// Agents, groups, products, roles, companies and contacts.
extension Portal {
    // MARK: Agents

    func me(_ call: Call) throws -> Answer {
        _ = try Parameters(call, allowed: [], paged: false)
        guard let agent = keyOwner else { throw Refusal.missing }
        var writer = JSONWriter()
        rows(for: call).agent(agent, scope: faults.has(.scope) ? 2 : 1, isView: true, into: &writer)
        return Answer.json(writer)
    }

    func agentList(_ call: Call) throws -> Answer {
        let parameters = try Parameters(call, allowed: ["email", "mobile", "phone", "state", "only"])
        let page = try parameters.page()
        let state = try parameters.word("state", known: ["fulltime", "occasional"])
        try requireAdministrator()
        let email = parameters["email"]?.lowercased()
        let agents = world.agents.filter { agent in
            agent.isListed && (email == nil || agent.email.lowercased() == email)
                && (state == nil || agent.isOccasional == (state == "occasional"))
                && (parameters["phone"] == nil || agent.phone == parameters["phone"]) && parameters["mobile"] == nil
        }
        let byID = Dictionary(uniqueKeysWithValues: agents.map { ($0.id, $0) })
        let ordered = Collation.sorted(agents.map { ($0.name, $0.id) }).compactMap { byID[$0] }
        let (part, more) = page.cut(ordered)
        let rows = rows(for: call)
        var writer = JSONWriter(capacity: 32_768)
        writer.array { writer in
            for agent in part { rows.agent(agent, scope: scope(of: agent), isView: false, into: &writer) }
        }
        return listing(call, page: page, more: more, writer)
    }

    func agentView(_ call: Call, _ id: Int64?) throws -> Answer {
        _ = try Parameters(call, allowed: [], paged: false)
        try requireAdministrator()
        guard let agent = world.agent(id), agent.isListed else { throw Refusal.missing }
        var writer = JSONWriter()
        rows(for: call).agent(agent, scope: scope(of: agent), isView: true, into: &writer)
        return Answer.json(writer)
    }

    private func scope(of agent: Agent) -> Int {
        if agent.id == keyOwner?.id { return faults.has(.scope) ? 2 : 1 }
        return agent.isOccasional ? 2 : 1
    }

    // MARK: Groups, products, roles

    func groupList(_ call: Call) throws -> Answer {
        let page = try Parameters(call, allowed: []).page()
        try requireAdministrator()
        let (part, more) = page.cut(world.groups.sorted { $0.name < $1.name })
        let rows = rows(for: call)
        var writer = JSONWriter()
        writer.array { writer in
            for group in part { rows.group(group, agentIDs: nil, into: &writer) }
        }
        return listing(call, page: page, more: more, writer)
    }

    func groupView(_ call: Call, _ id: Int64?) throws -> Answer {
        _ = try Parameters(call, allowed: [], paged: false)
        try requireAdministrator()
        guard let group = world.groups.first(where: { $0.id == id }) else { throw Refusal.missing }
        let members = world.agents.filter { $0.isListed && $0.groupIDs.contains(group.id) }.map(\.id)
        var writer = JSONWriter()
        rows(for: call).group(group, agentIDs: members, into: &writer)
        return Answer.json(writer)
    }

    func productList(_ call: Call) throws -> Answer {
        let page = try Parameters(call, allowed: []).page()
        try requireAdministrator()
        let (part, more) = page.cut(world.products)
        let rows = rows(for: call)
        var writer = JSONWriter()
        writer.array { writer in
            for product in part { rows.product(product, into: &writer) }
        }
        return listing(call, page: page, more: more, writer)
    }

    func productView(_ call: Call, _ id: Int64?) throws -> Answer {
        _ = try Parameters(call, allowed: [], paged: false)
        try requireAdministrator()
        guard let product = world.products.first(where: { $0.id == id }) else { throw Refusal.missing }
        var writer = JSONWriter()
        rows(for: call).product(product, into: &writer)
        return Answer.json(writer)
    }

    func roleList(_ call: Call) throws -> Answer {
        let page = try Parameters(call, allowed: []).page()
        try requireAdministrator()
        let (part, more) = page.cut(Roles.all)
        var writer = JSONWriter()
        writer.array { writer in
            for role in part { role.write(created: world.start - 1_100 * Moment.day, into: &writer) }
        }
        return listing(call, page: page, more: more, writer)
    }

    func roleView(_ call: Call, _ id: Int64?) throws -> Answer {
        _ = try Parameters(call, allowed: [], paged: false)
        try requireAdministrator()
        guard let role = Roles.all.first(where: { $0.id == id }) else { throw Refusal.missing }
        var writer = JSONWriter()
        role.write(created: world.start - 1_100 * Moment.day, into: &writer)
        return Answer.json(writer)
    }

    // MARK: Companies and contacts

    func companyList(_ call: Call) throws -> Answer {
        let parameters = try Parameters(call, allowed: sinceNames)
        let page = try parameters.page()
        let since = try since(parameters)
        let companies = world.companyIDsByName().compactMap { world.companies[$0] }.filter { since == nil || reached($0.updatedAt, since) }
        let (part, more) = page.cut(companies)
        let rows = rows(for: call)
        var writer = JSONWriter(capacity: 32_768)
        writer.array { writer in
            for company in part { rows.company(company, into: &writer) }
        }
        return listing(call, page: page, more: more, writer)
    }

    func companyView(_ call: Call, _ id: Int64?) throws -> Answer {
        _ = try Parameters(call, allowed: [], paged: false)
        guard let company = world.company(id) else { throw Refusal.missing }
        var writer = JSONWriter()
        rows(for: call).company(company, into: &writer)
        return Answer.json(writer)
    }

    func contactList(_ call: Call) throws -> Answer {
        let allowed = sinceNames.union(["email", "mobile", "phone", "company_id", "state", "contact_type", "unique_external_id"])
        let parameters = try Parameters(call, allowed: allowed)
        let page = try parameters.page()
        let since = try since(parameters)
        let state = try parameters.word("state", known: ["blocked", "deleted", "unverified", "verified"])
        let companyID = try parameters.id("company_id")
        if let companyID, world.company(companyID) == nil { throw Refusal.unknownCompany }
        let type = try parameters.word("contact_type", known: ["contact", "visitor"])
        let contacts = world.contactIDsByName().compactMap { world.contacts[$0] }.filter { contact in
            isIn(state, contact) && type != "visitor" && (since == nil || reached(contact.updatedAt, since))
                && (companyID == nil || contact.companyID == companyID)
                && (parameters["email"] == nil || contact.email?.lowercased() == parameters["email"]?.lowercased())
                && (parameters["mobile"] == nil || contact.mobile == parameters["mobile"])
                && (parameters["phone"] == nil || contact.phone == parameters["phone"])
                && (parameters["unique_external_id"] == nil || contact.externalID == parameters["unique_external_id"])
        }
        let (part, more) = page.cut(contacts)
        let rows = rows(for: call)
        var writer = JSONWriter(capacity: 65_536)
        writer.array { writer in
            for contact in part { rows.contact(contact, isView: false, into: &writer) }
        }
        return listing(call, page: page, more: more, writer)
    }

    func contactView(_ call: Call, _ id: Int64?) throws -> Answer {
        _ = try Parameters(call, allowed: [], paged: false)
        guard let contact = world.contact(id) else { throw Refusal.missing }
        var writer = JSONWriter()
        rows(for: call).contact(contact, isView: true, into: &writer)
        return Answer.json(writer)
    }

    /// The default list holds everybody who is neither blocked nor deleted, verified or not (facts 82, 84).
    private func isIn(_ state: String?, _ contact: Contact) -> Bool {
        switch state {
        case "blocked": contact.standing == .blocked
        case "deleted": contact.standing == .deleted
        case "verified": contact.standing == .active && contact.isVerified
        case "unverified": contact.standing == .active && !contact.isVerified
        default: contact.standing == .active
        }
    }

    private var sinceNames: Set<String> {
        switch world.policies.sinceParameter {
        case .both: ["updated_since", "_updated_since"]
        case .plain: ["updated_since"]
        case .underscored: ["_updated_since"]
        }
    }

    private func since(_ parameters: Parameters) throws -> Moment? {
        try parameters.moment("updated_since") ?? parameters.moment("_updated_since")
    }

    func reached(_ moment: Moment, _ since: Moment?) -> Bool {
        guard let since else { return true }
        return world.policies.updatedSinceIsInclusive ? moment >= since : moment > since
    }
}

extension Refusal {
    static let unknownCompany = invalid("company_id", "There is no company matching the given company_id")
}

/// The roles Freshdesk comes with.
struct Roles: Sendable {
    let id: Int64
    let name: String
    let description: String
    let agentType: Int

    static let administrator: Int64 = 70_000_159_704
    static let agent: Int64 = 70_000_159_706

    static let all: [Roles] = [
        Roles(id: 70_000_159_703, name: "Account Administrator", description: "May do everything, payment included", agentType: 1),
        Roles(id: administrator, name: "Administrator", description: "May change every setting but payment", agentType: 1),
        Roles(id: 70_000_159_705, name: "Supervisor", description: "Answers tickets, sees reports and the team's dashboards", agentType: 1),
        Roles(id: agent, name: "Agent", description: "Answers tickets and keeps contacts", agentType: 1),
        Roles(id: 70_000_379_708, name: "Ticket Collaborator", description: "Is asked for advice in private notes", agentType: 3)
    ]

    func write(created: Moment, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("name", name)
            writer.member("description", description)
            writer.member("default", true)
            writer.member("created_at", created)
            writer.member("updated_at", created + 300 * Moment.day)
            writer.member("agent_type", agentType)
        }
    }
}
