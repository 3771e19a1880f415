/// A ticket field with its choices; the one source of status names and ids that needs no admin key (facts 171–178).
package struct WireTicketField: WireRecord, Equatable {
    /// A status as the portal defines it, in display order.
    package struct Status: Equatable, Sendable {
        package var id: Int
        package var label: String
        package var customerLabel: String?
    }

    /// A name that stands for an id, such as an agent, a group, a product or a source.
    package struct Named: Equatable, Sendable {
        package var id: Int64
        package var name: String
    }

    /// The shapes of `choices` (fact 173).
    package enum Choices: Equatable, Sendable {
        case none
        case statuses([Status])
        case named([Named])
        case labels([String])
        /// Nested fields: the value's own JSON text.
        case nested(String)
    }

    package var id: Int64?
    package var name: String?
    package var label: String?
    /// What a field is known by: `default_status`, `default_agent`, `custom_dropdown`, `nested_field`, …
    package var type: String?
    package var isDefault: Bool
    package var choices: Choices

    package init(_ json: JSONObject) throws(JSONFault) {
        id = json.int("id")
        name = json.string("name")
        label = json.string("label")
        type = json.string("type")
        // Statuses hang on this record; a missing id is no reason to lose them.
        if type == nil { id = try json.requiredID() }
        isDefault = json.bool("default") ?? false
        choices = WireTicketField.choices(of: json, type: type)
    }

    private static func choices(of json: JSONObject, type: String?) -> Choices {
        guard let raw = json.raw("choices") else { return .none }
        if json.isArray("choices") {
            let objects = json.objects("choices")
            if objects.isEmpty { return .labels(json.strings("choices")) }
            let statuses = type == "default_status" ? objects.compactMap(status) : []
            return statuses.isEmpty ? .nested(raw) : .statuses(statuses)
        }
        guard let map = json.object("choices") else { return .none }
        let keys = map.orderedKeys
        if type == "default_status" {
            let statuses = keys.compactMap { key -> Status? in
                // {"2": ["Open", "Being processed"]}, and {"Open": 2} as every other map has it.
                if let id = Int(key), !map.isObject(key) {
                    let labels = map.strings(key)
                    return Status(id: id, label: labels.first ?? key, customerLabel: labels.dropFirst().first)
                }
                return map.code(key).map { Status(id: $0, label: key, customerLabel: nil) }
            }
            return .statuses(statuses)
        }
        let named = keys.compactMap { key in map.int(key).map { Named(id: $0, name: key) } }
        return named.isEmpty && !keys.isEmpty ? .nested(raw) : .named(named)
    }

    /// The richer shape of the admin interface: `{"id": 2, "label": "Open"}` (fact 178).
    private static func status(_ json: JSONObject) -> Status? {
        guard let id = json.code("id") ?? json.code("value") else { return nil }
        return Status(
            id: id, label: json.string("label") ?? json.string("value") ?? "status \(id)",
            customerLabel: json.string("label_for_customers"))
    }
}

extension Sequence<WireTicketField> {
    /// The portal's statuses in display order, which is not id order (fact 174); empty when the field is missing.
    package var statuses: [WireTicketField.Status] {
        for case let field in self where field.type == "default_status" {
            if case .statuses(let statuses) = field.choices { return statuses }
        }
        return []
    }

    /// Every status except resolved (4) and closed (5), whatever its name (facts 174–176).
    package var unresolvedStatusIDs: [Int] {
        statuses.map(\.id).filter { $0 != 4 && $0 != 5 }
    }

    /// Names and ids of a default field's choices, such as `default_agent` or `default_group`: what a key without admin
    /// rights may still know (fact 72).
    package func named(_ type: String) -> [WireTicketField.Named] {
        for case let field in self where field.type == type {
            if case .named(let named) = field.choices { return named }
        }
        return []
    }
}
