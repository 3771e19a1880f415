import Domain
import Store

extension CompanySummary {
    var json: JSON {
        [
            "id": .id(company.id), "name": .string(company.name), "domains": .texts(company.domains),
            "account": .optional(account) { $0.json }, "health_score": .text(company.healthScore),
            "account_tier": .text(company.accountTier), "renewal_date": .time(company.renewalDate), "industry": .text(company.industry),
            "created_at": .time(company.createdAt), "updated_at": .time(company.updatedAt)
        ]
    }
}

extension ContactSummary {
    var json: JSON {
        [
            "id": .id(contact.id), "name": .string(contact.name), "email": .text(contact.email), "phone": .text(contact.phone),
            "mobile": .text(contact.mobile), "job_title": .text(contact.jobTitle), "active": .bool(contact.isActive),
            "company": .named(company), "account": .optional(account) { $0.json }, "created_at": .time(contact.createdAt),
            "updated_at": .time(contact.updatedAt)
        ]
    }
}

extension AgentSummary {
    var json: JSON {
        [
            "id": .id(agent.id), "name": .string(agent.name), "email": .text(agent.email), "active": .bool(agent.isActive),
            "occasional": .bool(agent.isOccasional), "group_ids": .list(agent.groupIDs) { .id($0) },
            "open_tickets": .number(openTickets)
        ]
    }
}

extension Group {
    var json: JSON { ["id": .id(id), "name": .string(name)] }
}

extension DirectoryStore.RatingSummary {
    var json: JSON {
        [
            "id": .id(rating.id), "ticket_id": .id(rating.ticketID), "rating": .number(rating.rating), "label": .string(rating.label),
            "score": .double(rating.score), "comment": .text(rating.comment), "contact": .named(contact), "agent": .named(agent),
            "created_at": .time(rating.createdAt)
        ]
    }
}

extension AuditEntry {
    var json: JSON {
        [
            "id": .integer(id), "at": .time(at), "actor": .string(actor), "action": .string(action), "subject": .string(subject),
            "detail": .text(detail)
        ]
    }
}
