/// Agents, groups, products and roles.
extension Portal {
    // MARK: Agents

    func me(_ call: Call) throws -> Answer {
        _ = try Parameters(call, allowed: [], paged: false)
        guard var agent = keyOwner else { throw Refusal.missing }
        if faults.has(.occasionalKey) { agent.isOccasional = true }
        var writer = JSONWriter()
        rows(for: call).agent(agent, scope: scope(of: agent), isView: true, into: &writer)
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
        if agent.id == keyOwner?.id { return Int(faults.amount(.scope) ?? 1) }
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
}
