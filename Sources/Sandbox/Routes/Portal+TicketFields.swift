/// The ticket fields with their choices: statuses in display order, sources, and the maps from names to ids that even a key
/// without rights may read (facts 72, 171–176).
extension Portal {
    func ticketFields(_ call: Call) throws -> Answer {
        let parameters = try Parameters(call, allowed: ["type"])
        let type = parameters["type"]
        let created = world.start - 1_100 * Moment.day
        var writer = JSONWriter(capacity: 16_384)
        writer.array { writer in
            for (position, field) in TicketField.all.enumerated() where type == nil || field.type == type {
                write(field, position: position + 1, created: created, into: &writer)
            }
        }
        return Answer.json(writer)
    }

    private func write(_ field: TicketField, position: Int, created: Moment, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", 70_000_278_650 + Int64(position))
            writer.member("name", field.name)
            writer.member("label", field.label)
            writer.member("description", "Ticket \(field.label.lowercased())")
            writer.member("position", position)
            writer.member("required_for_closure", false)
            writer.member("required_for_agents", field.isRequired)
            writer.member("type", field.type)
            writer.member("default", field.type.hasPrefix("default_"))
            writer.member("customers_can_edit", field.isRequired)
            writer.member("customers_can_filter", false)
            writer.member("label_for_customers", field.label)
            writer.member("required_for_customers", field.isRequired)
            writer.member("displayed_to_customers", field.isRequired || field.type == "default_status")
            writer.member("created_at", created)
            writer.member("updated_at", created + 9 * Moment.day)
            if field.name == "requester" {
                writer.member("portal_cc", false)
                writer.member("portal_cc_to", "company")
            }
            choices(of: field, into: &writer)
        }
    }

    private func choices(of field: TicketField, into writer: inout JSONWriter) {
        switch field.type {
        case "default_ticket_type": writer.member("choices", Vendor.types)
        case "default_status":
            writer.objectMember("choices") { writer in
                for status in world.statuses { writer.member(String(status.id), [status.label, status.customerLabel]) }
            }
        case "default_source": numbers(Vendor.sources.map { ($0.label, Int64($0.id)) }, into: &writer)
        case "default_priority": numbers([("Low", 1), ("Medium", 2), ("High", 3), ("Urgent", 4)], into: &writer)
        case "default_group": numbers(world.groups.sorted { $0.name < $1.name }.map { ($0.name, $0.id) }, into: &writer)
        // Only people who can be assigned stand here (fact 72).
        case "default_agent":
            numbers(world.agents.filter { $0.standing == .working }.sorted { $0.name < $1.name }.map { ($0.name, $0.id) }, into: &writer)
        case "default_product": numbers(world.products.map { ($0.name, $0.id) }, into: &writer)
        case "custom_dropdown": writer.member("choices", Vendor.areas)
        default: break
        }
    }

    private func numbers(_ pairs: [(String, Int64)], into writer: inout JSONWriter) {
        var seen: Set<String> = []
        writer.objectMember("choices") { writer in
            for (label, id) in pairs where seen.insert(label).inserted { writer.member(label, id) }
        }
    }
}

struct TicketField: Sendable {
    let name: String
    let label: String
    let type: String
    var isRequired = false

    static let all: [TicketField] = [
        TicketField(name: "requester", label: "Requester", type: "default_requester", isRequired: true),
        TicketField(name: "subject", label: "Subject", type: "default_subject", isRequired: true),
        TicketField(name: "ticket_type", label: "Type", type: "default_ticket_type"),
        TicketField(name: "source", label: "Source", type: "default_source"),
        TicketField(name: "status", label: "Status", type: "default_status"),
        TicketField(name: "priority", label: "Priority", type: "default_priority"),
        TicketField(name: "group", label: "Group", type: "default_group"),
        TicketField(name: "agent", label: "Agent", type: "default_agent"),
        TicketField(name: "product", label: "Product", type: "default_product"),
        TicketField(name: "description", label: "Description", type: "default_description", isRequired: true),
        TicketField(name: "company", label: "Company", type: "default_company"),
        TicketField(name: "cf_product_area", label: "Product area", type: "custom_dropdown"),
        TicketField(name: "cf_affected_users", label: "Affected users", type: "custom_number"),
        TicketField(name: "cf_credit_amount", label: "Credit amount", type: "custom_decimal"),
        TicketField(name: "cf_environment", label: "Environment", type: "custom_text"),
        TicketField(name: "cf_reproduced", label: "Reproduced", type: "custom_checkbox"),
        TicketField(name: "cf_follow_up_on", label: "Follow up on", type: "custom_date")
    ]
}
