extension Rows {
    enum TicketForm {
        case list, view, search
    }

    /// A ticket row in the key order of recorded lists (fact 112). Some keys stand on some rows only (facts 55, 113).
    func ticket(_ ticket: Ticket, form: TicketForm, includes: Set<String>, into writer: inout JSONWriter) {
        let text = ThreadText(world: world, ticket: ticket)
        let awaitsDueDates = now - ticket.createdAt < Int64(world.policies.dueFillDelay)
        writer.object { writer in
            addresses(ticket, form: form, into: &writer)
            writer.member("fr_escalated", ticket.firstResponseEscalated)
            writer.member("spam", ticket.isSpam)
            writer.member("email_config_id", ticket.source == 1 && !ticket.isSample ? EmailConfigs.supportID : nil)
            writer.member("group_id", ticket.groupID)
            writer.member("priority", ticket.priority)
            writer.member("requester_id", ticket.requesterID)
            writer.member("responder_id", ticket.responderID)
            writer.member("source", ticket.source)
            writer.member("company_id", ticket.companyID)
            writer.member("status", ticket.status)
            writer.member("subject", text.subject)
            writer.member("association_type", ticket.associationType)
            writer.member("support_email", ticket.source == 1 && !ticket.isSample ? Vendor.supportEmail : nil)
            writer.member("to_emails", ticket.source == 1 && !ticket.isSample ? [Vendor.supportEmail] : nil as [String]?)
            writer.member("product_id", ticket.productID)
            writer.member("id", ticket.id)
            writer.member("type", ticket.type)
            writer.member("due_by", awaitsDueDates ? nil : ticket.dueBy)
            writer.member("fr_due_by", awaitsDueDates ? nil : ticket.firstResponseDueBy)
            writer.member("is_escalated", ticket.isEscalated)
            customFields(ticket, into: &writer)
            writer.member("created_at", ticket.createdAt)
            writer.member("updated_at", ticket.updatedAt)
            if form != .view { writer.member("associated_tickets_count", ticket.associatedIDs.isEmpty ? nil : ticket.associatedIDs.count) }
            writer.member("tags", ticket.tags)
            occasionalKeys(ticket, into: &writer)
            writer.nullMember("nr_due_by")
            writer.member("nr_escalated", false)
            if ticket.isTrashed { writer.member("deleted", true) }
            if form != .list || includes.contains("description") {
                let description = text.description
                writer.member("description", description.html)
                writer.member("description_text", description.plain)
            }
            if form == .view { viewKeys(ticket, into: &writer) }
            embeds(ticket, includes: includes, isView: form == .view, into: &writer)
        }
    }

    private func addresses(_ ticket: Ticket, form: TicketForm, into writer: inout JSONWriter) {
        // Freshdesk's sample tickets carry null where arrays belong (fact 114).
        let colleague = world.contact(ticket.requesterID)?.email?.split(separator: "@").last.map { ["office@\($0.lowercased())"] } ?? []
        let copied: [String]? = ticket.isSample ? nil : ticket.id % 11 == 0 ? colleague : []
        writer.member("cc_emails", copied)
        writer.member("fwd_emails", ticket.isSample ? nil : [String]())
        writer.member("reply_cc_emails", copied)
        writer.member("ticket_cc_emails", copied)
        if form == .view { writer.member("ticket_bcc_emails", [String]()) }
    }

    private func customFields(_ ticket: Ticket, into writer: inout JSONWriter) {
        let fields = ticket.customFields
        writer.objectMember("custom_fields") { writer in
            writer.member("cf_product_area", fields.area)
            writer.member("cf_affected_users", fields.affectedUsers)
            writer.member("cf_credit_amount", fields.creditAmount)
            writer.member("cf_environment", fields.environment)
            writer.member("cf_reproduced", fields.isReproduced)
            writer.member("cf_follow_up_on", fields.followUpOn)
        }
    }

    private func occasionalKeys(_ ticket: Ticket, into writer: inout JSONWriter) {
        if ticket.id % 5 != 0 {
            writer.nullMember("internal_agent_id")
            writer.nullMember("internal_group_id")
        }
        if ticket.id % 4 == 1 { writer.member("form_id", 70_000_025_680) }
        if ticket.id % 2 == 0 {
            writer.member("sentiment_score", ticket.id % 6 == 0 ? Int(ticket.id % 50) + 40 : nil)
            writer.nullMember("initial_sentiment_score")
        }
    }

    private func viewKeys(_ ticket: Ticket, into writer: inout JSONWriter) {
        writer.arrayMember("attachments") { _ in }
        writer.nullMember("source_additional_info")
        if !ticket.associatedIDs.isEmpty { writer.member("associated_tickets_list", ticket.associatedIDs) }
    }

    private func embeds(_ ticket: Ticket, includes: Set<String>, isView: Bool, into writer: inout JSONWriter) {
        if includes.contains("requester") { requester(ticket.requesterID, into: &writer) }
        if includes.contains("company") {
            writer.key("company")
            if let company = world.company(ticket.companyID) {
                writer.object { writer in
                    writer.member("id", company.id)
                    writer.member("name", company.name)
                }
            } else {
                writer.null()
            }
        }
        if includes.contains("stats") { stats(ticket.stats, into: &writer) }
        if isView, includes.contains("conversations") {
            // The oldest ten only (fact 135).
            writer.arrayMember("conversations") { writer in
                for conversation in ticket.conversations.prefix(10) { self.conversation(conversation, of: ticket, into: &writer) }
            }
        }
    }

    private func requester(_ id: Int64, into writer: inout JSONWriter) {
        writer.key("requester")
        let contact = world.contact(id)
        let agent = world.agent(id)
        guard contact != nil || agent != nil else { return writer.null() }
        writer.object { writer in
            writer.member("id", id)
            writer.member("name", contact?.name ?? agent?.name)
            writer.member("email", contact.map(\.email) ?? agent?.email)
            writer.member("mobile", contact?.mobile)
            writer.member("phone", contact?.phone ?? agent?.phone)
        }
    }

    private func stats(_ stats: TicketStats, into writer: inout JSONWriter) {
        writer.objectMember("stats") { writer in
            writer.member("agent_responded_at", stats.agentRespondedAt)
            writer.member("requester_responded_at", stats.requesterRespondedAt)
            writer.member("first_responded_at", stats.firstRespondedAt)
            writer.member("status_updated_at", stats.statusUpdatedAt)
            writer.member("reopened_at", stats.reopenedAt)
            writer.member("resolved_at", stats.resolvedAt)
            writer.member("closed_at", stats.closedAt)
            writer.member("pending_since", stats.pendingSince)
        }
    }
}
