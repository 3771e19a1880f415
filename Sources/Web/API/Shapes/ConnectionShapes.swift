import Domain
import Sync

extension IntegrationCard {
    var json: JSON {
        [
            "state": .string(state.rawValue), "subdomain": .text(connection?.subdomain), "error": .optional(error) { $0.json },
            "run": .optional(run) { $0.json }, "last_sync_at": .time(connection?.lastSyncAt), "next_sync_at": .time(nextSyncAt),
            "records": records.json, "webhook_url": .text(webhookURL),
            "warnings": .list(warnings) { ["code": .string($0.code), "message": .string($0.message)] }
        ]
    }
}

extension RecordCounts {
    var json: JSON {
        [
            "companies": .number(companies), "contacts": .number(contacts), "agents": .number(agents), "tickets": .number(tickets),
            "conversations": .number(conversations), "satisfaction_ratings": .number(satisfactionRatings)
        ]
    }
}

extension SyncRun {
    var json: JSON {
        [
            "id": .id(id), "trigger": .string(trigger.rawValue), "state": .string(state.rawValue),
            // A run that nobody has taken yet counts from when it was asked for: the contract knows no run without a beginning.
            "started_at": .time(startedAt ?? queuedAt), "ended_at": .time(endedAt), "resumed_from": .id(resumedFrom),
            "requests": .number(requests),
            "rate_limit": [
                "total": .number(rateLimit.total), "remaining": .number(rateLimit.remaining), "resumes_at": .time(rateLimit.resumesAt)
            ],
            "error": .optional(error) { $0.json }, "phases": .list(phases) { $0.json }
        ]
    }
}

extension SyncRun.Problem {
    var json: JSON { ["code": .string(code.rawValue), "message": .string(message)] }
}

extension SyncPhase {
    var json: JSON {
        [
            "name": .string(name.rawValue), "state": .string(state.rawValue), "done": .number(counts.done), "expected": .number(expected),
            "added": .number(counts.added), "updated": .number(counts.updated), "unchanged": .number(counts.unchanged),
            "deleted": .number(counts.deleted), "failed": .number(counts.failed), "note": .text(note)
        ]
    }
}

extension Preflight {
    var json: JSON {
        [
            "subdomain": .string(subdomain), "agent": .string(agent), "ready": .bool(isReady),
            "endpoints": .list(probes) { $0.json }, "allowance_per_minute": .number(allowance), "plan_hint": .text(plan),
            "estimates": .list(estimates) { $0.json },
            "warnings": .list(warnings) { ["code": .string($0.code), "message": .string($0.message)] }
        ]
    }
}

extension Preflight.Probe {
    var json: JSON {
        let (word, message): (String, String?) =
            switch outcome {
            case .readable: ("readable", nil)
            case .refused(let message): ("refused", message)
            case .unclear(let message): ("unclear", message)
            }
        return ["name": .string(subject.rawValue), "state": .string(word), "message": .text(message)]
    }
}

extension Preflight.Estimate {
    var json: JSON {
        [
            "backfill_days": .number(backfillDays), "tickets": .number(tickets), "requests": .number(requests),
            "minutes": .number(minutes)
        ]
    }
}
