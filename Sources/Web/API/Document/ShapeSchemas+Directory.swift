import Domain
import Store

extension ShapeSchemas {
    static let company = Schema.object([
        "id": Schema.id, "name": Schema.string, "domains": Schema.texts, "account": Schema.nullable(Schema.ref("MatchedAccount")),
        "health_score": Schema.nullable(Schema.string), "account_tier": Schema.nullable(Schema.string),
        "renewal_date": Schema.nullable(Schema.time), "industry": Schema.nullable(Schema.string), "created_at": Schema.time,
        "updated_at": Schema.time
    ])

    static let contact = Schema.object([
        "id": Schema.id, "name": Schema.string, "email": Schema.nullable(Schema.string), "phone": Schema.nullable(Schema.string),
        "mobile": Schema.nullable(Schema.string), "job_title": Schema.nullable(Schema.string), "active": Schema.boolean,
        "company": Schema.nullable(Schema.named()), "account": Schema.nullable(Schema.ref("MatchedAccount")), "created_at": Schema.time,
        "updated_at": Schema.time
    ])

    static let agent = Schema.object([
        "id": Schema.id, "name": Schema.string, "email": Schema.nullable(Schema.string), "active": Schema.boolean,
        "occasional": Schema.boolean, "group_ids": Schema.list(of: Schema.id), "open_tickets": Schema.count
    ])

    static let rating = Schema.object([
        "id": Schema.id, "ticket_id": Schema.id, "rating": Schema.integer, "label": Schema.string, "score": Schema.number,
        "comment": Schema.nullable(Schema.string), "contact": Schema.nullable(Schema.named()), "agent": Schema.nullable(Schema.named()),
        "created_at": Schema.time
    ])

    static let account = Schema.object([
        "id": Schema.id, "name": Schema.string, "domains": Schema.texts, "aliases": Schema.texts,
        "external_id": Schema.nullable(Schema.string), "further_external_ids": Schema.texts, "owner_email": Schema.nullable(Schema.string),
        "arr": Schema.nullable(Schema.number), "renewal_date": Schema.nullable(Schema.day), "tags": Schema.texts,
        "open_tickets": Schema.count, "created_at": Schema.time, "updated_at": Schema.time
    ])

    static let support = Schema.object([
        "open": Schema.count, "unresolved": Schema.count, "open_by_priority": priorities,
        "by_status": Schema.object(["open": Schema.count, "pending": Schema.count, "resolved": Schema.count, "closed": Schema.count]),
        "by_priority": priorities, "oldest_open": Schema.nullable(Schema.ref("Ticket")),
        "agents": Schema.list(of: Schema.object(["agent": Schema.named(), "tickets": Schema.count])),
        "weekly": Schema.list(of: Schema.object(["week": Schema.day, "created": Schema.count, "resolved": Schema.count])),
        "first_response_median_seconds": Schema.nullable(Schema.count), "resolution_median_seconds": Schema.nullable(Schema.count),
        "satisfaction": Schema.object(["percent_positive": Schema.nullable(Schema.number), "count": Schema.count])
    ])

    private static let priorities = Schema.object([
        "low": Schema.count, "medium": Schema.count, "high": Schema.count, "urgent": Schema.count
    ])

    static let match = Schema.object([
        "company_id": Schema.id, "company": Schema.object(["id": Schema.id, "name": Schema.string, "domains": Schema.texts]),
        "state": Schema.oneOf(CompanyMatch.State.self), "account": Schema.nullable(Schema.named()),
        "layer": Schema.nullable(Schema.oneOf(Match.Layer.self)), "confidence": Schema.nullable(Schema.number),
        "evidence": Schema.texts,
        "candidates": Schema.list(
            of: Schema.object(["account": Schema.named(), "confidence": Schema.number, "evidence": Schema.texts])),
        "tickets": Schema.count, "decided_by": Schema.nullable(Schema.object(["name": Schema.string, "at": Schema.time]))
    ])

    static let auditEntry = Schema.object([
        "id": Schema.id, "at": Schema.time, "actor": Schema.string, "action": Schema.string, "subject": Schema.string,
        "detail": Schema.nullable(Schema.string)
    ])
}
