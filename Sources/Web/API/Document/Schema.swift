import Domain

/// JSON Schema, as far as the API needs it.
enum Schema {
    static let string: JSON = ["type": "string"]
    static let boolean: JSON = ["type": "boolean"]
    static let number: JSON = ["type": "number"]
    static let count: JSON = ["type": "integer", "minimum": 0]
    static let integer: JSON = ["type": "integer"]
    /// 64 bits: more than a JavaScript number holds.
    static let id: JSON = ["type": "integer", "format": "int64"]
    static let time: JSON = ["type": "string", "format": "date-time"]
    static let day: JSON = ["type": "string", "format": "date"]
    static let texts = list(of: string)

    static func list(of element: JSON) -> JSON { ["type": "array", "items": element] }
    static func ref(_ name: String) -> JSON { ["$ref": .string("#/components/schemas/\(name)")] }

    static func words(_ words: [String]) -> JSON { ["type": "string", "enum": .texts(words)] }
    static func oneOf<Words: RawRepresentable & CaseIterable>(_ words: Words.Type) -> JSON where Words.RawValue == String {
        self.words(words.allCases.map(\.rawValue))
    }

    static func nullable(_ schema: JSON) -> JSON { ["anyOf": [schema, ["type": "null"]]] }

    /// All members are there, and no others, except those that are `optional`.
    static func object(_ members: KeyValuePairs<String, JSON>, optional: Set<String> = []) -> JSON {
        object(members.map { .init(name: $0.key, value: $0.value) }, optional: optional)
    }

    static func object(_ members: [JSON.Member], optional: Set<String> = []) -> JSON {
        [
            "type": "object", "properties": .object(members),
            "required": .texts(members.map(\.name).filter { !optional.contains($0) }), "additionalProperties": false
        ]
    }

    /// An object of which any part may be sent.
    static func partial(_ members: KeyValuePairs<String, JSON>) -> JSON { object(members, optional: Set(members.map(\.key))) }

    static func named() -> JSON { object(["id": id, "name": string]) }
}

// MARK: What is sent

extension Schema {
    static let paging: [APIDescription.Parameter] = [
        .init(
            name: "limit", text: "Rows on a page",
            schema: [
                "type": "integer", "minimum": .number(TicketQuery.limits.lowerBound), "maximum": .number(TicketQuery.limits.upperBound),
                "default": .number(TicketQuery.defaultLimit)
            ]),
        .init(name: "cursor", text: "The page before this one's `next`", schema: string)
    ]

    static let ticketFilters: [APIDescription.Parameter] =
        TicketQuery.Parameter.allCases
        .filter { $0 != .limit && $0 != .cursor }
        .map { .init(name: $0.rawValue, text: text(of: $0), schema: string) } + paging

    private static func text(of parameter: TicketQuery.Parameter) -> String {
        switch parameter {
        case .status: list(TicketStatus.allCases.map(\.rawValue))
        case .priority: list(TicketPriority.allCases.map(\.rawValue))
        case .source: list(TicketSource.allCases.map(\.rawValue))
        case .match: list(TicketQuery.MatchState.allCases.map(\.rawValue))
        case .csat: list(TicketQuery.RatingState.allCases.map(\.rawValue))
        case .agent, .account, .company, .group, .requester: "Ids or `none`, separated by commas; a leading `!` negates the list"
        case .type, .tag: "Texts separated by commas, `\\,` for a comma; a leading `!` negates the list"
        case .created, .updated, .resolved: "`2026-01-01..2026-02-01` in UTC, without its end, either side may be empty; or `30d`"
        case .q: "Words to find in subject, description, conversations and requester"
        case .sort: "One of \(TicketQuery.Sort.Key.allCases.map(\.rawValue).joined(separator: ", ")); `-` before it for descending"
        case .cursor, .limit: ""
        }
    }

    private static func list(_ words: [String]) -> String {
        "Any of \(words.joined(separator: ", ")), separated by commas; a leading `!` negates the list"
    }

    static let idText: JSON = ["anyOf": [id, string]]
    static let backfillDays: JSON = nullable(["type": "integer", "minimum": 1, "maximum": 36_500])

    static let connect = object(["subdomain": string, "api_key": string, "backfill_days": backfillDays], optional: ["backfill_days"])
    static let preflight = object(["subdomain": string, "api_key": string])
    static let connectionPatch = partial([
        "backfill_days": backfillDays, "reserve_percent": ["type": "integer", "minimum": 0, "maximum": 90],
        "thread_sweep_days": ["type": "integer", "minimum": 0, "maximum": 365]
    ])
    static let matchVerdict = partial(["account_id": nullable(idText), "ignore": boolean])

    private static let accountFields: KeyValuePairs<String, JSON> = [
        "name": string, "domains": nullable(texts), "aliases": nullable(texts), "external_id": nullable(string),
        "owner_email": nullable(string), "arr": nullable(["anyOf": [["type": "number", "minimum": 0], string]]),
        "renewal_date": nullable(day), "tags": nullable(texts)
    ]
    static let accountDraft = object(accountFields, optional: Set(accountFields.map(\.key)).subtracting(["name"]))
    static let accountPatch = partial(accountFields)
}

extension APIDescription.Answer {
    static func one(_ name: String, status: Int = 200) -> Self { .init(status: status, text: name, schema: Schema.ref(name)) }
    static func list(of name: String) -> Self { .init(status: 200, text: "One page", schema: Schema.ref("\(name)List")) }
    static func nothing(_ text: String) -> Self { .init(status: 204, text: text) }
}
