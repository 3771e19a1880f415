/// What tickets can be searched by (fact 162).
enum TicketSearch {
    /// - Parameter statuses: the numbers that the portal names; another one is refused.
    static func schema(statuses: [Int]) -> SearchSchema {
        SearchSchema(fields: [
            ("agent_id", .number), ("group_id", .number), ("priority", .choice([1, 2, 3, 4])),
            ("status", .choice(statuses.map { Int64($0) }.sorted())), ("tag", .text), ("type", .text), ("due_by", .day),
            ("fr_due_by", .day), ("created_at", .day), ("updated_at", .day), ("closed_at", .day), ("cf_product_area", .text),
            ("cf_affected_users", .number), ("cf_environment", .text), ("cf_reproduced", .flag), ("cf_follow_up_on", .day),
            ("custom_string", .text)
        ])
    }

    static func value(_ ticket: Ticket, _ field: Int) -> SearchValue {
        switch field {
        case 0: number(ticket.responderID)
        case 1: number(ticket.groupID)
        case 2: .number(Int64(ticket.priority))
        case 3: .number(Int64(ticket.status))
        case 4: .texts(ticket.tags)
        case 5: text(ticket.type)
        case 6: moment(ticket.dueBy)
        case 7: moment(ticket.firstResponseDueBy)
        case 8: .moment(ticket.createdAt)
        case 9: .moment(ticket.updatedAt)
        case 10: moment(ticket.stats.closedAt)
        case 11: text(ticket.customFields.area)
        case 12: number(ticket.customFields.affectedUsers.map(Int64.init))
        case 13, 16: text(ticket.customFields.environment)
        case 14: .flag(ticket.customFields.isReproduced)
        case 15: moment(ticket.customFields.followUpOn.flatMap { Moment($0) })
        default: .null
        }
    }

    static func number(_ number: Int64?) -> SearchValue { number.map(SearchValue.number) ?? .null }
    static func text(_ text: String?) -> SearchValue { text.map(SearchValue.text) ?? .null }
    static func moment(_ moment: Moment?) -> SearchValue { moment.map(SearchValue.moment) ?? .null }
}

enum ContactSearch {
    static let schema = SearchSchema(fields: [
        ("email", .text), ("mobile", .text), ("phone", .text), ("company_id", .number), ("tag", .text), ("language", .text),
        ("active", .flag),
        ("created_at", .day), ("updated_at", .day), ("twitter_id", .text), ("time_zone", .text)
    ])

    static func value(_ contact: Contact, _ field: Int) -> SearchValue {
        switch field {
        case 0: TicketSearch.text(contact.email)
        case 1: TicketSearch.text(contact.mobile)
        case 2: TicketSearch.text(contact.phone)
        case 3: TicketSearch.number(contact.companyID)
        case 4: .texts(contact.tags)
        case 5: .text(contact.language)
        case 6: .flag(contact.isVerified)
        case 7: .moment(contact.createdAt)
        case 8: .moment(contact.updatedAt)
        case 9: TicketSearch.text(contact.twitterID)
        case 10: .text(contact.timeZone)
        default: .null
        }
    }
}

enum CompanySearch {
    static let schema = SearchSchema(fields: [
        ("domain", .text), ("created_at", .day), ("updated_at", .day), ("account_key", .text), ("seats", .number)
    ])

    static func value(_ company: Company, _ field: Int) -> SearchValue {
        switch field {
        case 0: .texts(company.domains)
        case 1: .moment(company.createdAt)
        case 2: .moment(company.updatedAt)
        case 3: TicketSearch.text(company.accountKey)
        case 4: TicketSearch.number(company.seats.map(Int64.init))
        default: .null
        }
    }
}
