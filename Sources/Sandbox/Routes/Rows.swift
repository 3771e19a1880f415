/// Writes the portal's records as rows of JSON, key for key as recorded answers have them.
struct Rows: Sendable {
    let world: World
    let now: Moment
    /// `http://host`, for the addresses of attachments.
    let base: String
}

extension Rows {
    func agent(_ agent: Agent, scope: Int, isView: Bool, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("available", agent.isAvailable)
            writer.member("occasional", agent.isOccasional)
            writer.member("id", agent.id)
            writer.member("ticket_scope", scope)
            writer.member("created_at", agent.createdAt)
            writer.member("updated_at", agent.updatedAt)
            writer.member("last_active_at", agent.lastActiveAt)
            writer.member("available_since", agent.isAvailable ? agent.lastActiveAt : nil)
            writer.member("type", "support_agent")
            writer.objectMember("contact") { writer in
                writer.member("active", agent.standing == .working)
                writer.member("email", agent.email)
                writer.member("job_title", agent.jobTitle)
                writer.member("language", "en")
                writer.member("last_login_at", agent.lastActiveAt)
                writer.nullMember("mobile")
                writer.member("name", agent.name)
                writer.member("phone", agent.phone)
                writer.member("time_zone", agent.timeZone)
                writer.member("created_at", agent.createdAt)
                writer.member("updated_at", agent.createdAt + 3_600)
            }
            writer.member("signature", agent.signature)
            writer.member("deactivated", agent.standing == .deactivated)
            writer.member("focus_mode", !agent.isOccasional)
            guard isView else { return }
            // The lists lack these three (fact 65).
            writer.member("group_ids", agent.groupIDs)
            writer.member("role_ids", [agent.isAdmin ? Roles.administrator : Roles.agent])
            writer.member("skill_ids", [Int64]())
        }
    }

    /// Groups and products carry their times in another zone (fact 52).
    func group(_ group: Group, agentIDs: [Int64]?, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", group.id)
            writer.member("name", group.name)
            writer.member("description", group.description)
            writer.member("escalate_to", group.escalateTo)
            writer.member("unassigned_for", group.unassignedFor)
            writer.member("business_hour_id", group.businessHourID)
            writer.member("group_type", "support_agent_group")
            writer.member("created_at", group.createdAt.text(offsetMinutes: 330))
            writer.member("updated_at", group.updatedAt.text(offsetMinutes: 330))
            writer.member("auto_ticket_assign", group.autoTicketAssign)
            if let agentIDs { writer.member("agent_ids", agentIDs) }
        }
    }

    func product(_ product: Product, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", product.id)
            writer.member("name", product.name)
            writer.member("description", product.description)
            writer.member("created_at", product.createdAt.text(offsetMinutes: 330))
            writer.member("updated_at", product.updatedAt.text(offsetMinutes: 330))
        }
    }

    func company(_ company: Company, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", company.id)
            writer.member("name", company.name)
            writer.member("description", company.description)
            writer.member("note", company.note)
            writer.member("domains", company.domains)
            writer.member("created_at", company.createdAt)
            writer.member("updated_at", company.updatedAt)
            writer.objectMember("custom_fields") { writer in
                writer.member("account_key", company.accountKey)
                writer.member("seats", company.seats)
            }
            writer.member("health_score", company.healthScore)
            writer.member("account_tier", company.accountTier)
            writer.member("renewal_date", company.renewalDate)
            writer.member("industry", company.industry)
            if let organisation = company.organisationID { writer.member("org_company_id", String(organisation)) }
        }
    }

    func contact(_ contact: Contact, isView: Bool, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("active", contact.isVerified)
            writer.member("address", contact.address)
            writer.nullMember("description")
            writer.member("email", contact.email)
            writer.member("id", contact.id)
            writer.member("job_title", contact.jobTitle)
            writer.member("language", contact.language)
            writer.member("mobile", contact.mobile)
            writer.member("name", contact.name)
            writer.member("phone", contact.phone)
            writer.member("time_zone", contact.timeZone)
            writer.member("twitter_id", contact.twitterID)
            writer.objectMember("custom_fields") { _ in }
            writer.nullMember("facebook_id")
            writer.member("created_at", contact.createdAt)
            writer.member("updated_at", contact.updatedAt)
            writer.member("csat_rating", contact.csatRating)
            writer.member("preferred_source", contact.preferredSource)
            writer.member("company_id", contact.companyID)
            // Left out without a company (fact 55); whole numbers in lists, objects in the view (fact 91).
            if contact.companyID != nil { otherCompanies(contact, isView: isView, into: &writer) }
            writer.member("unique_external_id", contact.externalID)
            writer.member("twitter_profile_status", false)
            writer.nullMember("twitter_followers_count")
            if let organisation = contact.organisationContactID {
                writer.member("first_name", contact.firstName)
                writer.member("last_name", contact.lastName)
                writer.member("org_contact_id", organisation)
                writer.member("other_phone_numbers", [String]())
            }
            if contact.standing == .deleted { writer.member("deleted", true) }
            guard isView else { return }
            writer.member("view_all_tickets", false)
            writer.member("other_emails", contact.otherEmails)
            writer.member("tags", contact.tags)
            writer.nullMember("avatar")
        }
    }

    private func otherCompanies(_ contact: Contact, isView: Bool, into writer: inout JSONWriter) {
        writer.arrayMember("other_companies") { writer in
            for id in contact.otherCompanyIDs {
                guard isView else {
                    writer.value(id)
                    continue
                }
                writer.object { writer in
                    writer.member("company_id", id)
                    writer.member("view_all_tickets", false)
                }
            }
        }
    }

    func rating(_ rating: SatisfactionRating, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", rating.id)
            writer.member("survey_id", Surveys.activeID)
            writer.member("user_id", rating.userID)
            writer.member("agent_id", rating.agentID)
            writer.member("feedback", rating.feedback)
            writer.member("group_id", rating.groupID)
            writer.member("ticket_id", rating.ticketID)
            writer.member("created_at", rating.createdAt)
            writer.member("updated_at", rating.updatedAt)
            writer.objectMember("ratings") { writer in
                writer.member("default_question", rating.rating)
                if let speed = rating.speed { writer.member("question_\(Surveys.speedQuestionID)", speed) }
            }
        }
    }

    func timeEntry(_ entry: TimeEntry, of ticket: Ticket, into writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("billable", entry.isBillable)
            writer.member("note", entry.note)
            writer.member("id", entry.id)
            writer.member("timer_running", false)
            writer.member("agent_id", entry.agentID)
            writer.member("ticket_id", ticket.id)
            writer.member("company_id", ticket.companyID)
            let minutes = entry.seconds / 60
            writer.member("time_spent", "\(minutes / 600)\(minutes / 60 % 10):\(minutes % 60 / 10)\(minutes % 10)")
            writer.member("executed_at", entry.createdAt.startOfDay)
            writer.member("start_time", entry.createdAt)
            writer.member("created_at", entry.createdAt)
            writer.member("updated_at", entry.updatedAt)
            writer.member("time_spent_in_seconds", entry.seconds)
        }
    }
}
