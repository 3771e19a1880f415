import Domain
import Store

/// The mapping of companies to accounts as a file: written for people, read back as decisions.
enum MatchingCSV {
    static let columns = [
        "company_id", "company", "domains", "state", "account_id", "account", "layer", "confidence", "evidence", "tickets", "external_id"
    ]

    /// - Parameter keys: the accounts' external ids.
    static func text(_ matches: [CompanyMatch], keys: [ID<Account>: String]) -> String {
        let rows = matches.map { match -> [String] in
            let decided = match.layer == .manual && match.account == nil && match.state != .ignored
            return [
                match.company.id.description, match.company.name, match.company.domains.joined(separator: ";"), match.state.rawValue,
                match.account?.id.description ?? (decided ? none : ""), match.account?.name ?? "", match.layer?.rawValue ?? "",
                match.confidence.map { "\($0)" } ?? "", match.evidence.joined(separator: ". "), match.tickets.description,
                match.account.flatMap { keys[$0.id] } ?? ""
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
        /// In the order of the file.
        var rows: [Row] = []

        var verdicts: [(company: ID<Company>, verdict: MatchVerdict)] {
            rows.compactMap { row in
                guard case .decides(let verdict, _) = row.outcome, let company = row.company else { return nil }
                return (company, verdict)
            }
        }

        var decided: Int { rows.count { if case .decides = $0.outcome { true } else { false } } }
        /// Rows that decide nothing new.
        var unchanged: Int { rows.count { $0.outcome == .unchanged } }
        /// Rows that cannot be read, as sentences with their line.
        var faults: [String] {
            rows.compactMap { row in if case .refused(let reason) = row.outcome { "Line \(row.line): \(reason)" } else { nil } }
        }
    }

    struct Row: Sendable, Equatable {
        enum Outcome: Sendable, Equatable {
            /// With the words for what the company will belong to.
            case decides(MatchVerdict, String)
            case unchanged
            case refused(String)
        }

        /// Where it stands in the file, counted from 1.
        var line: Int
        var company: ID<Company>?
        /// The company's name as it is held; empty for an unknown one.
        var name: String
        /// What it belongs to now, in words.
        var now: String
        var outcome: Outcome
    }

    /// A row decides when its `account_id` names an account or says `none`, else when `external_id` is one account's, else when `account`
    /// is the name or external id of exactly one account, else when `state` is `ignored`. A row that says what is so changes nothing.
    /// - Parameter standing: every company of the workspace.
    static func read(_ bytes: [UInt8], accounts: [Account], standing: [ID<Company>: CompanyMatch]) throws -> Reading {
        let rows = try CSVTable(bytes).rows
        guard let header = rows.first, header.fault == nil else { throw Failure(.invalid, "The file is empty.") }
        let names = header.fields.map { $0.trimmed.lowercased() }
        guard names.contains("company_id") else {
            throw Failure(.invalid, "The file has no header with a column “company_id”.")
        }
        guard ["account_id", "account", "external_id", "state"].contains(where: names.contains) else {
            throw Failure(.invalid, "The file says nothing about accounts: it has neither account_id nor account, external_id or state.")
        }
        let reader = Reader(names: names, accounts: accounts, standing: standing)
        var reading = Reading()
        var seen: [ID<Company>: Int] = [:]
        for row in rows.dropFirst() {
            var read = reader.row(row)
            if let company = read.company {
                if let first = seen[company] {
                    read.outcome = .refused("Company \(company) is on line \(first) already; that line counts.")
                } else {
                    seen[company] = row.line
                }
            }
            reading.rows.append(read)
        }
        return reading
    }

    /// The words for what a company belongs to.
    static func words(_ match: CompanyMatch) -> String {
        if let account = match.account { return account.name }
        switch match.state {
        case .ignored: return "Ignored"
        case .review: return "In review"
        case .matched, .unmatched: return match.layer == .manual ? "No account, decided" : "No account"
        }
    }

    /// Reads single rows against what is held.
    private struct Reader {
        let names: [String]
        let accounts: [ID<Account>: Account]
        let byName: [String: Set<ID<Account>>]
        let byKey: [String: ID<Account>]
        let standing: [ID<Company>: CompanyMatch]

        init(names: [String], accounts: [Account], standing: [ID<Company>: CompanyMatch]) {
            self.names = names
            self.standing = standing
            self.accounts = Dictionary(accounts.map { ($0.id, $0) }) { first, _ in first }
            byKey = Dictionary(
                accounts.flatMap { account in ([account.externalID].compactMap { $0 } + account.furtherExternalIDs).map { ($0, account.id) }
                }
            ) { first, _ in first }
            var byName: [String: Set<ID<Account>>] = [:]
            for account in accounts {
                for text in [account.name.trimmed, account.externalID ?? ""] where !text.isEmpty {
                    byName[text, default: []].insert(account.id)
                }
            }
            self.byName = byName
        }

        func row(_ row: CSVTable.Row) -> Row {
            func value(_ name: String) -> String {
                names.firstIndex(of: name).flatMap { row.fields.indices.contains($0) ? row.fields[$0].trimmed : nil } ?? ""
            }
            var read = Row(line: row.line, company: nil, name: "", now: "", outcome: .unchanged)
            func refused(_ reason: String) -> Row {
                read.outcome = .refused(reason)
                return read
            }
            if let fault = row.fault { return refused(fault) }
            guard let company = ID<Company>(value("company_id")), let match = standing[company] else {
                return refused("There is no company “\(value("company_id").prefix(40))”.")
            }
            read.company = company
            read.name = match.company.name
            read.now = MatchingCSV.words(match)
            let verdict: MatchVerdict?
            if value("account_id").lowercased() == MatchingCSV.none {
                verdict = .belongsToNone
            } else if !value("account_id").isEmpty {
                let text = value("account_id")
                guard let id = ID<Account>(text), accounts[id] != nil else { return refused("There is no account “\(text.prefix(40))”.") }
                verdict = .belongs(to: id)
            } else if !value("external_id").isEmpty {
                let text = value("external_id")
                guard let id = byKey[text] else { return refused("No account has the external id “\(text.prefix(40))”.") }
                verdict = .belongs(to: id)
            } else if !value("account").isEmpty {
                let text = value("account")
                guard let fitting = byName[text] else { return refused("There is no account “\(text.prefix(40))”.") }
                guard fitting.count == 1, let id = fitting.first else {
                    return refused("Several accounts are called “\(text.prefix(40))”.")
                }
                verdict = .belongs(to: id)
            } else {
                verdict = value("state") == CompanyMatch.State.ignored.rawValue ? .ignore : nil
            }
            if let verdict, !Self.isSo(verdict, match) { read.outcome = .decides(verdict, words(verdict)) }
            return read
        }

        private func words(_ verdict: MatchVerdict) -> String {
            switch verdict {
            case .belongs(let id): accounts[id]?.name ?? "Account \(id)"
            case .belongsToNone: "No account"
            case .ignore: "Ignored"
            case .leaveToMatching: "As the rules decide"
            }
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
}
