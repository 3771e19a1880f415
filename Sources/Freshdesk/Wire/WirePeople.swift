package import Foundation

/// A contact (facts 90–96). `csat_rating` changes without `updated_at`, so compare without it (fact 94).
package struct WireContact: WireRecord, Equatable {
    /// A further company of a contact; lists send bare ids, views send objects (fact 91).
    package struct OtherCompany: Equatable, Sendable {
        package var companyID: Int64
        package var viewsAllTickets: Bool?
    }

    package var id: Int64
    package var name: String?
    package var email: String?
    package var otherEmails: [String]
    package var phone: String?
    package var mobile: String?
    package var jobTitle: String?
    package var address: String?
    package var language: String?
    package var timeZone: String?
    package var companyID: Int64?
    package var otherCompanies: [OtherCompany]
    /// Verified e-mail, not "enabled".
    package var isActive: Bool?
    package var isDeleted: Bool
    package var isBlocked: Bool
    package var csatRating: Int?
    package var uniqueExternalID: String?
    package var tags: [String]
    package var customFields: String?
    package var createdAt: Date?
    package var updatedAt: Date?

    package init(_ json: JSONObject) throws(JSONFault) {
        id = try json.requiredID()
        name = json.string("name")
        email = json.string("email")
        otherEmails = json.strings("other_emails")
        phone = json.string("phone")
        mobile = json.string("mobile")
        jobTitle = json.string("job_title")
        address = json.string("address")
        language = json.string("language")
        timeZone = json.string("time_zone")
        companyID = json.int("company_id")
        let withRights = json.objects("other_companies").compactMap { entry in
            entry.int("company_id").map { OtherCompany(companyID: $0, viewsAllTickets: entry.bool("view_all_tickets")) }
        }
        otherCompanies = withRights + json.ints("other_companies").map { OtherCompany(companyID: $0, viewsAllTickets: nil) }
        isActive = json.bool("active")
        isDeleted = json.bool("deleted") ?? false
        isBlocked = json.bool("blocked") ?? false
        csatRating = json.code("csat_rating")
        uniqueExternalID = json.string("unique_external_id")
        tags = json.strings("tags")
        customFields = json.raw("custom_fields")
        createdAt = json.time("created_at")
        updatedAt = json.time("updated_at")
    }
}

/// An agent; the id is also the user id of tickets and conversations (fact 61).
package struct WireAgent: WireRecord, Equatable {
    package var id: Int64
    package var name: String?
    package var email: String?
    package var phone: String?
    package var mobile: String?
    package var jobTitle: String?
    /// `support_agent`, `field_agent`, `collaborator`.
    package var type: String?
    package var isOccasional: Bool
    /// Nil where the portal does not send the key (fact 70). Not the contact's `active`, which means verified e-mail (fact 62).
    package var isDeactivated: Bool?
    /// 1 global, 2 group, 3 restricted: with 2 or 3 every list is silently a part (fact 13).
    package var ticketScope: Int?
    /// Only views carry groups (fact 65).
    package var groupIDs: [Int64]
    package var roleIDs: [Int64]
    package var lastActiveAt: Date?
    package var createdAt: Date?
    package var updatedAt: Date?

    package init(_ json: JSONObject) throws(JSONFault) {
        id = try json.requiredID()
        let contact = json.object("contact") ?? json
        name = contact.string("name")
        email = contact.string("email")
        phone = contact.string("phone")
        mobile = contact.string("mobile")
        jobTitle = contact.string("job_title")
        type = json.string("type")
        isOccasional = json.bool("occasional") ?? false
        isDeactivated = json.bool("deactivated")
        ticketScope = json.code("ticket_scope")
        groupIDs = json.ints("group_ids")
        roleIDs = json.ints("role_ids")
        lastActiveAt = json.time("last_active_at")
        createdAt = json.time("created_at")
        updatedAt = json.time("updated_at")
    }
}

/// A group; only the view carries its agents (fact 190).
package struct WireGroup: WireRecord, Equatable {
    package var id: Int64
    package var name: String?
    package var description: String?
    package var agentIDs: [Int64]
    package var createdAt: Date?
    package var updatedAt: Date?

    package init(_ json: JSONObject) throws(JSONFault) {
        id = try json.requiredID()
        name = json.string("name")
        description = json.string("description")
        agentIDs = json.ints("agent_ids")
        createdAt = json.time("created_at")
        updatedAt = json.time("updated_at")
    }
}

/// A company (facts 75–77).
package struct WireCompany: WireRecord, Equatable {
    package var id: Int64
    package var name: String?
    package var description: String?
    package var note: String?
    package var domains: [String]
    package var healthScore: String?
    package var accountTier: String?
    package var renewalDate: Date?
    package var industry: String?
    package var customFields: String?
    package var createdAt: Date?
    package var updatedAt: Date?

    package init(_ json: JSONObject) throws(JSONFault) {
        id = try json.requiredID()
        name = json.string("name")
        description = json.string("description")
        note = json.string("note")
        domains = json.strings("domains")
        healthScore = json.string("health_score")
        accountTier = json.string("account_tier")
        renewalDate = json.time("renewal_date")
        industry = json.string("industry")
        customFields = json.raw("custom_fields")
        createdAt = json.time("created_at")
        updatedAt = json.time("updated_at")
    }
}
