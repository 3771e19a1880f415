import Domain
import Store

/// The mapping of companies to accounts as a file: written for people, read back as decisions.
enum MatchingCSV {
    static let columns = [
        "company_id", "company", "domains", "state", "account_id", "account", "layer", "confidence", "evidence", "tickets"
    ]

    static func text(_ matches: [CompanyMatch]) -> String {
        let rows = matches.map { match -> [String] in
            let decided = match.layer == .manual && match.account == nil && match.state != .ignored
            return [
                match.company.id.description, match.company.name, match.company.domains.joined(separator: ";"), match.state.rawValue,
                match.account?.id.description ?? (decided ? none : ""), match.account?.name ?? "", match.layer?.rawValue ?? "",
                match.confidence.map { "\($0)" } ?? "", match.evidence.joined(separator: ". "), match.tickets.description
            ]
        }
        return ([columns] + rows).map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// What stands for "no account" in the column `account_id`.
    static let none = "none"

    /// Quoted where needed; what a spreadsheet would take for a formula begins with an apostrophe.
    static func field(_ text: String) -> String {
        var text = text.replacing("\0", with: "")
        if let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) { text = "'" + text }
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) || text.first == " " || text.last == " " else {
            return text
        }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    /// A file read as decisions.
    struct Reading: Sendable, Equatable {
        var verdicts: [Verdict] = []
        /// Rows that decide nothing new.
        var unchanged = 0
        /// Rows that cannot be read, as sentences with their line.
        var faults: [String] = []
    }

    struct Verdict: Sendable, Equatable {
        var company: ID<Company>
        var verdict: MatchVerdict
    }

    /// A row decides when its `account_id` names an account or says `none`, else when `account` is the name or external id of exactly
    /// one account, else when `state` is `ignored`. A row that says what is so already changes nothing.
    /// - Parameter standing: every company of the workspace.
    static func read(_ bytes: [UInt8], accounts: [Account], standing: [ID<Company>: CompanyMatch]) throws -> Reading {
        let rows = try CSVTable(bytes).rows
        guard let header = rows.first, header.fault == nil else { throw Failure(.invalid, "The file is empty.") }
        let names = header.fields.map { $0.trimmed.lowercased() }
        guard let companyColumn = names.firstIndex(of: "company_id") else {
            throw Failure(.invalid, "The file has no header with a column “company_id”.")
        }
        let ids = Set(accounts.map(\.id))
        let byName = Dictionary(
            grouping: accounts.flatMap { account in
                Set([account.name.trimmed, account.externalID ?? ""].filter { !$0.isEmpty }).map { ($0, account.id) }
            }, by: \.0)
        var reading = Reading()
        var seen: Set<ID<Company>> = []
        for row in rows.dropFirst() {
            func value(_ name: String) -> String {
                names.firstIndex(of: name).flatMap { row.fields.indices.contains($0) ? row.fields[$0].trimmed : nil } ?? ""
            }
            func refuse(_ reason: String) { reading.faults.append("Line \(row.line): \(reason)") }
            if let fault = row.fault { refuse(fault); continue }
            guard row.fields.indices.contains(companyColumn), let company = ID<Company>(row.fields[companyColumn].trimmed),
                let match = standing[company]
            else { refuse("There is no company “\(value("company_id").prefix(40))”."); continue }
            guard seen.insert(company).inserted else { refuse("Company \(company) is there twice; the first row counts."); continue }
            let verdict: MatchVerdict?
            switch value("account_id") {
            case none: verdict = .belongsToNone
            case let text where !text.isEmpty:
                guard let id = ID<Account>(text), ids.contains(id) else { refuse("There is no account “\(text.prefix(40))”."); continue }
                verdict = .belongs(to: id)
            default:
                let text = value("account")
                if text.isEmpty {
                    verdict = value("state") == CompanyMatch.State.ignored.rawValue ? .ignore : nil
                } else if let fitting = byName[text], fitting.count == 1 {
                    verdict = .belongs(to: fitting[0].1)
                } else {
                    refuse(
                        byName[text] == nil
                            ? "There is no account “\(text.prefix(40))”." : "Several accounts are called “\(text.prefix(40))”.")
                    continue
                }
            }
            if let verdict, !isSo(verdict, match) {
                reading.verdicts.append(Verdict(company: company, verdict: verdict))
            } else {
                reading.unchanged += 1
            }
        }
        return reading
    }

    private static func isSo(_ verdict: MatchVerdict, _ match: CompanyMatch) -> Bool {
        switch verdict {
        case .belongs(let id): match.account?.id == id
        case .belongsToNone: match.layer == .manual && match.account == nil && match.state != .ignored
        case .ignore: match.state == .ignored
        case .leaveToMatching: false
        }
    }
}
