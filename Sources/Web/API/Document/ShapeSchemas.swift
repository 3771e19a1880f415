import Domain
import Store
import Sync

/// Schemas of everything the API answers, by name.
enum ShapeSchemas {
    static var all: KeyValuePairs<String, JSON> {
        [
            "Card": card, "Run": run, "Phase": phase, "RunError": runError, "Preflight": preflight,
            "Ticket": Schema.object(ticket),
            "TicketDetail": ticketDetail, "Conversation": conversation, "Attachment": attachment,
            "MatchedAccount": matchedAccount, "Company": company, "Contact": contact, "Agent": agent, "Group": Schema.named(),
            "SatisfactionRating": rating, "Account": account, "Support": support, "Match": match, "AuditEntry": auditEntry,
            "LarryAnswer": larryAnswer, "Problem": problem
        ]
    }

    /// Those that lists are made of; each has a schema `…List` as well.
    static let listed = [
        "Run", "Ticket", "Conversation", "Company", "Contact", "Agent", "Group", "SatisfactionRating", "Account", "Match", "AuditEntry"
    ]

    static func list(of name: String) -> JSON {
        Schema.object([
            "data": Schema.list(of: Schema.ref(name)), "next": Schema.nullable(Schema.string),
            "total": Schema.object(["count": Schema.count, "exact": Schema.boolean])
        ])
    }

    // MARK: Connection

    private static let runError = Schema.object([
        "code": Schema.words(["invalid_credentials", "rate_limited", "forbidden", "network", "unexpected"]), "message": Schema.string
    ])

    private static let card = Schema.object([
        "state": Schema.words(["not_connected", "syncing", "waiting", "connected", "error", "disconnected"]),
        "subdomain": Schema.nullable(Schema.string), "error": Schema.nullable(Schema.ref("RunError")),
        "run": Schema.nullable(Schema.ref("Run")), "last_sync_at": Schema.nullable(Schema.time),
        "next_sync_at": Schema.nullable(Schema.time),
        "records": Schema.object([
            "companies": Schema.count, "contacts": Schema.count, "agents": Schema.count, "tickets": Schema.count,
            "conversations": Schema.count, "satisfaction_ratings": Schema.count
        ]),
        "webhook_url": Schema.nullable(Schema.string),
        "warnings": Schema.list(of: Schema.object(["code": Schema.string, "message": Schema.string]))
    ])

    private static let preflight = Schema.object([
        "subdomain": Schema.string, "agent": Schema.string, "ready": Schema.boolean,
        "endpoints": Schema.list(
            of: Schema.object([
                "name": Schema.oneOf(Preflight.Subject.self), "state": Schema.words(["readable", "refused", "unclear"]),
                "message": Schema.nullable(Schema.string)
            ])),
        "allowance_per_minute": Schema.nullable(Schema.count), "plan_hint": Schema.nullable(Schema.string),
        "estimates": Schema.list(
            of: Schema.object([
                "backfill_days": Schema.nullable(Schema.count), "tickets": Schema.count, "requests": Schema.count,
                "minutes": Schema.nullable(Schema.count)
            ])), "warnings": Schema.list(of: Schema.object(["code": Schema.string, "message": Schema.string]))
    ])

    private static let run = Schema.object([
        "id": Schema.id, "trigger": Schema.words(["first", "daily", "manual", "cli"]), "state": Schema.oneOf(SyncRun.State.self),
        "started_at": Schema.time, "ended_at": Schema.nullable(Schema.time), "resumed_from": Schema.nullable(Schema.id),
        "requests": Schema.count,
        "rate_limit": Schema.object([
            "total": Schema.nullable(Schema.integer), "remaining": Schema.nullable(Schema.integer),
            "resumes_at": Schema.nullable(Schema.time)
        ]),
        "error": Schema.nullable(Schema.ref("RunError")), "phases": Schema.list(of: Schema.ref("Phase"))
    ])

    private static let phase = Schema.object([
        "name": Schema.oneOf(PhaseName.self), "state": Schema.words(["pending", "running", "done", "skipped", "failed"]),
        "done": Schema.count, "expected": Schema.nullable(Schema.count), "added": Schema.count, "updated": Schema.count,
        "unchanged": Schema.count, "deleted": Schema.count, "failed": Schema.count, "note": Schema.nullable(Schema.string)
    ])

    // MARK: Tickets

    private static let ticket: KeyValuePairs<String, JSON> = [
        "id": Schema.id, "url": Schema.nullable(Schema.string), "subject": Schema.string, "status": Schema.oneOf(TicketStatus.self),
        "status_label": Schema.string, "priority": Schema.oneOf(TicketPriority.self), "source": Schema.oneOf(TicketSource.self),
        "type": Schema.nullable(Schema.string), "tags": Schema.texts,
        "requester": Schema.nullable(Schema.object(["id": Schema.id, "name": Schema.string, "email": Schema.nullable(Schema.string)])),
        "agent": Schema.nullable(Schema.named()), "group": Schema.nullable(Schema.named()), "company": Schema.nullable(Schema.named()),
        "account": Schema.nullable(Schema.ref("MatchedAccount")), "created_at": Schema.time, "updated_at": Schema.time,
        "due_by": Schema.nullable(Schema.time), "first_responded_at": Schema.nullable(Schema.time),
        "resolved_at": Schema.nullable(Schema.time), "closed_at": Schema.nullable(Schema.time), "is_escalated": Schema.boolean,
        "conversation_count": Schema.count,
        "satisfaction": Schema.nullable(
            Schema.object([
                "rating": Schema.integer, "label": Schema.string, "score": Schema.number, "comment": Schema.nullable(Schema.string),
                "created_at": Schema.time
            ]))
    ]

    private static var ticketDetail: JSON {
        let more: KeyValuePairs<String, JSON> = [
            "description_html": Schema.string, "description_text": Schema.string, "custom_fields": ["type": "object"],
            "attachments": Schema.nullable(Schema.list(of: Schema.ref("Attachment")))
        ]
        let members = ticket.map { JSON.Member(name: $0.key, value: $0.value) } + more.map { JSON.Member(name: $0.key, value: $0.value) }
        return Schema.object(members)
    }

    private static let matchedAccount = Schema.object([
        "id": Schema.id, "name": Schema.string,
        "match": Schema.object(["layer": Schema.oneOf(Match.Layer.self), "confidence": Schema.number])
    ])

    private static let attachment = Schema.object([
        "id": Schema.id, "name": Schema.string, "content_type": Schema.string, "size": Schema.count
    ])

    private static let conversation = Schema.object([
        "id": Schema.id, "kind": Schema.oneOf(ConversationKind.self), "incoming": Schema.boolean, "private": Schema.boolean,
        "author": Schema.object([
            "type": Schema.words(["contact", "agent", "unknown"]), "id": Schema.nullable(Schema.id), "name": Schema.string,
            "email": Schema.nullable(Schema.string)
        ]),
        "body_html": Schema.string, "body_text": Schema.string, "created_at": Schema.time, "updated_at": Schema.time,
        "attachments": Schema.list(of: Schema.ref("Attachment"))
    ])

    private static let problem = Schema.object(
        [
            "type": Schema.string, "title": Schema.string, "status": Schema.integer, "detail": Schema.string, "code": Schema.string,
            "request_id": Schema.string,
            "errors": Schema.list(of: Schema.object(["field": Schema.string, "message": Schema.string, "code": Schema.string]))
        ], optional: ["errors"])
}
