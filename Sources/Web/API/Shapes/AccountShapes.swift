import Domain
import Store

extension AccountSummary {
    var json: JSON {
        [
            "id": .id(account.id), "name": .string(account.name), "domains": .texts(account.domains), "aliases": .texts(account.aliases),
            "external_id": .text(account.externalID), "further_external_ids": .texts(account.furtherExternalIDs),
            "owner_email": .text(account.ownerEmail), "arr": .number(account.arr),
            "renewal_date": .day(account.renewalDate), "tags": .texts(account.tags), "open_tickets": .number(openTickets),
            "created_at": .time(account.createdAt), "updated_at": .time(account.updatedAt)
        ]
    }
}

extension CompanyMatch {
    var json: JSON {
        [
            "company_id": .id(company.id),
            "company": ["id": .id(company.id), "name": .string(company.name), "domains": .texts(company.domains)],
            "state": .string(state.rawValue), "account": .named(account), "layer": .text(layer?.rawValue),
            "confidence": .number(confidence), "evidence": .texts(evidence), "candidates": .list(candidates) { $0.json },
            "tickets": .number(tickets),
            "decided_by": .optional(decidedBy) { ["name": .string($0.name), "at": .time($0.at)] }
        ]
    }
}

extension MatchCandidate {
    var json: JSON {
        ["account": .named(account), "confidence": .double(confidence), "evidence": .texts(evidence)]
    }
}

extension SupportSummary {
    /// - Parameter url: where a ticket is in Freshdesk.
    func json(url: (ID<Ticket>) -> String?) -> JSON {
        [
            "open": .number(open), "unresolved": .number(unresolved), "open_by_priority": Self.byPriority(openByPriority),
            "by_status": .object(TicketStatus.allCases.map { .init(name: $0.rawValue, value: .number(byStatus[$0, default: 0])) }),
            "by_priority": Self.byPriority(byPriority), "oldest_open": .optional(oldestOpen) { $0.json(url: url($0.id)) },
            "agents": .list(agents) { ["agent": .named($0.agent), "tickets": .number($0.tickets)] },
            "weekly": .list(weekly) { ["week": .day($0.week), "created": .number($0.created), "resolved": .number($0.resolved)] },
            "first_response_median_seconds": Self.seconds(firstResponseMedian),
            "resolution_median_seconds": Self.seconds(resolutionMedian),
            "satisfaction": ["percent_positive": .number(satisfaction.percentPositive), "count": .number(satisfaction.count)]
        ]
    }

    private static func byPriority(_ counts: [TicketPriority: Int]) -> JSON {
        .object(TicketPriority.allCases.map { .init(name: $0.rawValue, value: .number(counts[$0, default: 0])) })
    }

    /// Whole seconds: a half of one is an artefact of the median of an even number.
    private static func seconds(_ value: Double?) -> JSON { value.map { .number(Int($0.rounded())) } ?? .null }
}
