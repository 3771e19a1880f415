package import Domain
import Foundation

/// What a workspace says about matching.
package struct MatchSettings: Sendable, Equatable {
    /// The custom field of Freshdesk's companies that holds an account's external id; nil for none.
    package var externalIDField: String?
    /// Domains that decide nothing here, as typed; with one go its sub-domains.
    package var excludedDomains: [String]

    package init(externalIDField: String? = nil, excludedDomains: [String] = []) {
        self.externalIDField = externalIDField
        self.excludedDomains = excludedDomains
    }

    /// Most excluded domains.
    package static let mostExcluded = 1_000
    /// Longest name of a field, in characters.
    package static let longestField = 100

    /// Nothing is set in an unknown workspace.
    package static func get(_ workspace: ID<Workspace>, _ db: any Queries) throws -> MatchSettings {
        guard let row = try db.first("SELECT external_id_field, excluded_domains FROM workspaces WHERE id = $1", workspace) else {
            return MatchSettings()
        }
        return try MatchSettings(externalIDField: row.find("external_id_field"), excludedDomains: row.list("excluded_domains"))
    }

    /// Keeps the settings; when the field is another one, every company's key is read anew from what Freshdesk sent.
    ///
    /// Matching is applied by the caller, in the same transaction. Throws `invalid`.
    package static func set(_ settings: MatchSettings, of workspace: ID<Workspace>, _ db: any Queries) throws {
        var settings = settings
        settings.externalIDField = settings.externalIDField?.trimmed.nilIfEmpty
        settings.excludedDomains = settings.excludedDomains.trimmedAndUnique
        if let field = settings.externalIDField, field.count > longestField {
            throw invalid("external_id_field", "Use at most \(longestField) characters.")
        }
        if settings.excludedDomains.count > mostExcluded {
            throw invalid("excluded_domains", "Use at most \(mostExcluded) domains.")
        }
        let old = try get(workspace, db)
        try db.run(
            "UPDATE workspaces SET external_id_field = $2, excluded_domains = $3 WHERE id = $1", workspace, settings.externalIDField,
            JSONColumn.text(settings.excludedDomains))
        if old.externalIDField != settings.externalIDField { try readKeys(settings.externalIDField, workspace, db) }
    }

    private static func invalid(_ field: String, _ message: String) -> Failure {
        Failure(.invalid, message, fields: [.init(field, message)])
    }

    /// Companies read at a time.
    private static let batch = 500

    private static func readKeys(_ field: String?, _ workspace: ID<Workspace>, _ db: any Queries) throws {
        guard let field else {
            try db.run("UPDATE companies SET external_id = NULL WHERE workspace_id = $1 AND external_id IS NOT NULL", workspace)
            return
        }
        var last: Int64 = 0
        while true {
            let rows = try db.rows(
                "SELECT id, raw FROM companies WHERE workspace_id = $1 AND id > $2 ORDER BY id LIMIT $3", workspace, last, batch)
            for row in rows {
                last = try row.get("id")
                try db.run(
                    "UPDATE companies SET external_id = $3 WHERE workspace_id = $1 AND id = $2", workspace, last,
                    CompanyFields.text(of: field, in: try row.get("raw")))
            }
            if rows.count < batch { return }
        }
    }

    /// The names of custom fields that companies of the workspace carry, by name; read from the latest ones.
    package static func fields(_ workspace: ID<Workspace>, _ db: any Queries) throws -> [String] {
        let rows = try db.rows("SELECT raw FROM companies WHERE workspace_id = $1 ORDER BY id DESC LIMIT 50", workspace)
        return Set(try rows.flatMap { CompanyFields.names(in: try $0.get("raw")) }).sorted()
    }
}

/// The custom fields of a company's record, as Freshdesk sent it (fact 75: an object under `custom_fields`).
enum CompanyFields {
    private struct Record: Decodable {
        var fields: [String: Value]?

        enum CodingKeys: String, CodingKey { case fields = "custom_fields" }
    }

    /// A text or a number as text; nothing for what is no key, such as true, a list or null.
    private struct Value: Decodable {
        var text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self.text = text
            } else if let number = try? container.decode(Int64.self) {
                text = String(number)
            } else if let number = try? container.decode(Decimal.self) {
                text = "\(number)"
            }
        }
    }

    private static func fields(_ raw: String) -> [String: Value] {
        (try? JSONDecoder().decode(Record.self, from: Data(raw.utf8)))?.fields ?? [:]
    }

    static func names(in raw: String) -> [String] { Array(fields(raw).keys) }

    /// A field's value as text; nil where it is missing, empty, or no text or number. Freshdesk writes some names with `cf_` before
    /// them and some without; either finds the other.
    static func text(of field: String, in raw: String) -> String? {
        let fields = fields(raw)
        let bare = field.hasPrefix("cf_") ? String(field.dropFirst(3)) : field
        return (fields[field] ?? fields[bare] ?? fields["cf_" + bare])?.text?.trimmed.nilIfEmpty
    }
}
