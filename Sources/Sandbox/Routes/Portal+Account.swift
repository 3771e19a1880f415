/// Settings of the portal: helpdesk, account, business hours, SLA policies, mailboxes.
extension Portal {
    func helpdeskSettings(_ call: Call) throws -> Answer {
        _ = try Parameters(call, allowed: [], paged: false)
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("primary_language", "en")
            writer.member("supported_languages", ["de"])
            writer.member("portal_languages", ["de"])
            writer.member("help_widget_languages", [String]())
        }
        return Answer.json(writer)
    }

    func account(_ call: Call) throws -> Answer {
        _ = try Parameters(call, allowed: [], paged: false)
        try requireAdministrator()
        let listed = world.agents.filter(\.isListed)
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("organisation_id", 284_960_733_419_037_821)
            writer.member("organisation_name", "\(options.subdomain).myfreshworks.com")
            writer.member("account_id", 1_840_511)
            writer.member("account_name", Vendor.name)
            writer.member("account_domain", "\(options.subdomain).freshdesk.com")
            writer.nullMember("bundle_id")
            writer.member("hipaa_compliant", false)
            writer.objectMember("total_agents") { writer in
                writer.member("full_time", listed.filter { !$0.isOccasional }.count)
                writer.member("occasional", listed.filter(\.isOccasional).count)
                writer.member("field_service", 0)
                writer.member("collaborators", 0)
            }
            writer.member("timezone", "London")
            writer.member("data_center", "EUC")
            writer.member("tier_type", tier)
            writer.objectMember("address") { writer in
                for key in ["country", "state", "city", "street"] { writer.nullMember(key) }
                writer.nullMember("postalcode")
            }
            writer.objectMember("contact_person") { writer in
                writer.member("firstname", "Maren")
                writer.member("lastname", "Lindqvist")
                writer.member("email", keyOwner?.email)
            }
        }
        return Answer.json(writer)
    }

    private var tier: String {
        switch options.plan.name {
        case "free": "Sprout"
        case "growth", "growth2026": "Blossom"
        case "pro": "Estate"
        case "trial": "Trial"
        default: "Forest"
        }
    }

    func businessHours(_ call: Call) throws -> Answer {
        let page = try Parameters(call, allowed: []).page()
        try requireAdministrator()
        let created = world.start - 1_100 * Moment.day
        var writer = JSONWriter()
        writer.array { writer in
            guard page.number == 1 else { return }
            writer.object { writer in
                writer.member("id", 70_000_039_280)
                writer.member("name", "Default")
                writer.member("is_default", true)
                writer.member("description", "Weekdays from eight to six")
                writer.member("time_zone", "London")
                writer.member("created_at", created)
                writer.member("updated_at", created)
                writer.objectMember("business_hours") { writer in
                    for day in ["monday", "tuesday", "wednesday", "thursday", "friday"] {
                        writer.objectMember(day) { writer in
                            writer.member("start_time", "8:00 am")
                            writer.member("end_time", "6:00 pm")
                        }
                    }
                }
            }
        }
        return Answer.json(writer)
    }

    func slaPolicies(_ call: Call) throws -> Answer {
        let page = try Parameters(call, allowed: []).page()
        try requireAdministrator()
        let created = world.start - 1_100 * Moment.day
        var writer = JSONWriter()
        writer.array { writer in
            guard page.number == 1 else { return }
            writer.object { writer in
                writer.member("id", 70_000_011_200)
                writer.member("name", "Default SLA policy")
                writer.member("description", "Response and resolution by priority")
                writer.member("active", true)
                writer.member("is_default", true)
                writer.member("position", 1)
                writer.objectMember("sla_target") { writer in
                    for (priority, target) in TicketGenerator.targets.enumerated().reversed() {
                        writer.objectMember("priority_\(priority + 1)") { writer in
                            writer.member("respond_within", target.response)
                            writer.member("resolve_within", target.resolution)
                            writer.member("business_hours", false)
                            writer.member("escalation_enabled", true)
                        }
                    }
                }
                writer.objectMember("applicable_to") { _ in }
                writer.objectMember("escalation") { _ in }
                writer.member("created_at", created)
                writer.member("updated_at", created)
            }
        }
        return Answer.json(writer)
    }

    func emailConfigs(_ call: Call) throws -> Answer {
        let page = try Parameters(call, allowed: []).page()
        try requireAdministrator()
        let created = world.start - 1_100 * Moment.day
        var writer = JSONWriter()
        writer.array { writer in
            guard page.number == 1 else { return }
            for (offset, address) in [Vendor.supportEmail, Vendor.billingEmail].enumerated() {
                writer.object { writer in
                    writer.member("id", EmailConfigs.supportID + Int64(offset))
                    writer.member("name", Vendor.name)
                    writer.nullMember("product_id")
                    writer.member("to_email", "\(address.split(separator: "@").first ?? "")@\(options.subdomain).freshdesk.com")
                    writer.member("reply_email", address)
                    writer.member("group_id", offset == 0 ? nil : world.groups.dropFirst().first?.id)
                    writer.member("primary_role", offset == 0)
                    writer.member("active", true)
                    writer.member("created_at", created)
                    writer.member("updated_at", created)
                }
            }
        }
        return Answer.json(writer)
    }
}

/// The portal's mailboxes.
enum EmailConfigs {
    static let supportID: Int64 = 70_000_041_660
}
