/// Companies and contacts.
extension Portal {
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
