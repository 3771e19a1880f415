package import Domain
package import Foundation

/// How well a workspace's companies and tickets are matched, in figures.
package struct MatchQuality: Sendable {
    /// What one rule attached.
    package struct LayerShare: Sendable, Equatable {
        package var layer: Match.Layer
        package var companies: Int
        package var tickets: Int
    }

    /// A kind of doubt that companies are in review for.
    package struct Doubt: Sendable, Equatable {
        /// As matching names it; empty for a company that was last matched by an older version.
        package var kind: String
        package var companies: Int
    }

    /// What happened in a week, which begins on a Monday (UTC).
    package struct Week: Sendable, Equatable {
        package var begins: Date
        /// Companies that rules attached to an account.
        package var automatic: Int
        /// Companies that a person took from where rules had put them.
        package var overridden: Int
    }

    /// Strongest rule first.
    package var layers: [LayerShare]
    package var states: [CompanyMatch.State: Int]
    package var tickets: Int
    package var ticketsWithoutAccount: Int
    /// Most companies first.
    package var doubts: [Doubt]
    package var accounts: Int
    package var accountsWithoutCompany: Int
    /// The first of them by name.
    package var someWithoutCompany: [Named<Account>]
    /// Newest first.
    package var weeks: [Week]
    /// Of all time.
    package var overridden: Int

    package var companies: Int { states.values.reduce(0, +) }
    /// Companies that rules hold attached now.
    package var automatic: Int { layers.filter { $0.layer != .manual }.reduce(0) { $0 + $1.companies } }
    /// Of the attachments by rules that are known, those that a person undid; nil without any.
    package var overrideShare: Double? {
        automatic + overridden == 0 ? nil : Double(overridden) / Double(automatic + overridden)
    }
}

extension MatchStore {
    private static let mostWeeks = 12
    private static let mostNamed = 25

    package func quality() throws -> MatchQuality {
        let companies = try counts("companies", "match_layer", "account_id IS NOT NULL")
        let tickets = try counts("tickets", "match_layer", "is_live AND account_id IS NOT NULL")
        let layers = Match.Layer.allCases.compactMap { layer -> MatchQuality.LayerShare? in
            let share = MatchQuality.LayerShare(
                layer: layer, companies: companies[layer.rawValue] ?? 0, tickets: tickets[layer.rawValue] ?? 0)
            return share.companies + share.tickets == 0 ? nil : share
        }
        let states = try counts("companies", "match_state", "TRUE")
        let doubts = try counts("companies", "COALESCE(match_kind, '')", "match_state = 'review'")
        let without = "NOT EXISTS (SELECT 1 FROM companies c WHERE c.workspace_id = a.workspace_id AND c.account_id = a.id)"
        let named = try db.rows(
            "SELECT a.id, a.name FROM accounts a WHERE a.workspace_id = $1 AND \(without) ORDER BY a.name_folded, a.id LIMIT $2", workspace,
            Self.mostNamed)
        let weeks = try weeks()
        return try MatchQuality(
            layers: layers,
            states: Dictionary(uniqueKeysWithValues: CompanyMatch.State.allCases.map { ($0, states[$0.rawValue] ?? 0) }),
            tickets: count("tickets t", "t.workspace_id = $1 AND t.is_live"),
            ticketsWithoutAccount: count("tickets t", "t.workspace_id = $1 AND t.is_live AND t.account_id IS NULL"),
            doubts: doubts.map { MatchQuality.Doubt(kind: $0.key, companies: $0.value) }.sorted {
                ($1.companies, $0.kind) < ($0.companies, $1.kind)
            },
            accounts: count("accounts a", "a.workspace_id = $1"),
            accountsWithoutCompany: count("accounts a", "a.workspace_id = $1 AND \(without)"),
            someWithoutCompany: named.map { try Named(id: $0.get("id"), name: $0.get("name")) }, weeks: Array(weeks.prefix(Self.mostWeeks)),
            overridden: weeks.reduce(0) { $0 + $1.overridden })
    }

    private func counts(_ table: String, _ column: String, _ condition: String) throws -> [String: Int] {
        let rows = try db.rows(
            "SELECT \(column) AS name, COUNT(*) AS count FROM \(table) WHERE workspace_id = $1 AND \(condition) GROUP BY \(column)",
            workspace)
        return try Dictionary(rows.map { (try $0.find("name") ?? "", try $0.get("count")) }, uniquingKeysWith: +)
    }

    private func count(_ table: String, _ condition: String) throws -> Int {
        try db.first("SELECT COUNT(*) AS count FROM \(table) WHERE \(condition)", workspace)?.get("count") ?? 0
    }

    /// The day of 1970 was a Thursday, so that weeks from Monday begin three days before it.
    private static let toMonday: Int64 = 3 * 86_400_000
    private static let week: Int64 = 7 * 86_400_000

    private func weeks() throws -> [MatchQuality.Week] {
        try db.rows(
            """
            SELECT (at + \(Self.toMonday)) / \(Self.week) AS week,
                COUNT(*) FILTER (WHERE account_id IS NOT NULL AND layer <> 'manual') AS automatic,
                COUNT(*) FILTER (WHERE layer = 'manual' AND earlier_layer <> 'manual' AND account_id IS DISTINCT FROM earlier_account_id)
                    AS overridden
            FROM match_history WHERE workspace_id = $1 AND merge_id IS NULL GROUP BY (at + \(Self.toMonday)) / \(Self.week) ORDER BY week DESC
            """, workspace
        ).map { row in
            let number: Int64 = try row.get("week")
            return try MatchQuality.Week(
                begins: Date(milliseconds: number * Self.week - Self.toMonday), automatic: row.get("automatic"),
                overridden: row.get("overridden"))
        }
    }
}
