package import Domain
import Foundation
import Matching

/// What importing a file would do, row by row. Pure: the same accounts and the same file give the same plan.
///
/// A row's key is its external id, else its name and domains. Equal names or domains under different keys stay separate accounts. Empty
/// fields and missing columns leave what an account has.
package struct AccountImport: Sendable, Equatable {
    package enum Verdict: Sendable, Equatable {
        case create(AccountDraft)
        case update(ID<Account>, AccountDraft)
        case unchanged(ID<Account>)
        /// Nothing is done; the sentences say why.
        case error([String])
    }

    package struct Row: Sendable, Equatable {
        /// Where it stands in the file, counted from 1.
        package var line: Int
        /// As read; empty when it could not be.
        package var name: String
        package var verdict: Verdict
        /// What is odd but does not keep the row from being imported.
        package var notes: [String]
    }

    package var rows: [Row]
    /// Columns that were ignored.
    package var unknownColumns: [String]

    package var created: Int { rows.count { if case .create = $0.verdict { true } else { false } } }
    package var updated: Int { rows.count { if case .update = $0.verdict { true } else { false } } }
    package var unchanged: Int { rows.count { if case .unchanged = $0.verdict { true } else { false } } }
    package var failed: Int { rows.count { if case .error = $0.verdict { true } else { false } } }

    /// - Throws: `invalid` for a file that is too large, not UTF-8, or without a header.
    package static func plan(existing accounts: [Account], file bytes: [UInt8]) throws -> AccountImport {
        guard bytes.count <= AccountCSV.longest else {
            throw Failure(
                .invalid, code: "too_large", "The file is larger than \(AccountCSV.longest / 1_048_576) MB. Split it and import the parts.")
        }
        let table = try CSVTable(bytes)
        let header = try AccountCSV.Header(table.rows.first)
        var planner = Planner(accounts)
        return AccountImport(rows: table.rows.dropFirst().map { planner.row($0, header) }, unknownColumns: header.unknown)
    }

    /// What makes two rows, or a row and an account, the same account.
    private enum Key: Hashable {
        case externalID(String)
        case nameAndDomains(name: String, domains: Set<String>)

        init(name: String, domains: [String], externalID: String?) {
            if let externalID {
                self = .externalID(externalID)
            } else {
                self = .nameAndDomains(name: Self.folded(name), domains: Set(domains.map(Self.host)))
            }
        }

        /// Case, composition and spacing do not make another name.
        static func folded(_ name: String) -> String {
            name.precomposedStringWithCompatibilityMapping.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }

        /// However it is typed: `https://www.acme.com/` and `acme.com` are the same.
        static func host(_ domain: String) -> String { DomainName(cleaning: domain)?.site ?? domain.lowercased() }
    }

    private struct Planner {
        private var known: [Key: Account]
        private var names: [String: Int]
        /// The line on which each key was first seen in the file.
        private var seen: [Key: Int] = [:]

        init(_ accounts: [Account]) {
            // Two accounts made by hand may have one name and the same domains; the older is the one a file means.
            let own = accounts.map { (Key(name: $0.name, domains: $0.domains, externalID: $0.externalID), $0) }
            // The keys of accounts that were merged into another mean that one.
            let further = accounts.flatMap { account in account.furtherExternalIDs.map { (Key.externalID($0), account) } }
            known = Dictionary(own + further, uniquingKeysWith: { first, _ in first })
            names = Dictionary(accounts.map { (Key.folded($0.name), 1) }, uniquingKeysWith: +)
        }

        mutating func row(_ row: CSVTable.Row, _ header: AccountCSV.Header) -> Row {
            let (values, faults) = AccountCSV.read(row, header)
            func refused(_ reasons: [String]) -> Row {
                Row(line: row.line, name: values.name, verdict: .error(reasons), notes: [])
            }
            guard faults.isEmpty else { return refused(faults) }
            let key = Key(name: values.name, domains: values.domains ?? [], externalID: values.externalID)
            let account = known[key]
            let draft: AccountDraft
            do {
                draft = try Self.draft(values, over: account).validated()
            } catch let failure as Failure {
                return refused(failure.fields.isEmpty ? [failure.message] : failure.fields.map { "\($0.name): \($0.message)" })
            } catch {
                return refused(["This row cannot be read."])
            }
            if let first = seen[key] { return refused(["This is the same account as on line \(first); that line counts."]) }
            seen[key] = row.line
            var notes = AccountCSV.oddDomains(values.domains ?? [])
            if let account {
                let isSame = draft == AccountDraft(account)
                return Row(
                    line: row.line, name: draft.name, verdict: isSame ? .unchanged(account.id) : .update(account.id, draft), notes: notes)
            }
            if names[Key.folded(draft.name), default: 0] > 0 {
                notes.append("There is another account called “\(draft.name.shown)”; this one stays separate, because its key differs.")
            }
            names[Key.folded(draft.name), default: 0] += 1
            return Row(line: row.line, name: draft.name, verdict: .create(draft), notes: notes)
        }

        /// The row's values over what the account has.
        private static func draft(_ values: AccountCSV.Values, over account: Account?) -> AccountDraft {
            var draft = account.map(AccountDraft.init) ?? AccountDraft(name: values.name)
            draft.name = values.name
            if let domains = values.domains { draft.domains = domains }
            if let externalID = values.externalID, account?.furtherExternalIDs.contains(externalID) != true {
                draft.externalID = externalID
            }
            if let ownerEmail = values.ownerEmail { draft.ownerEmail = ownerEmail }
            if let arr = values.arr { draft.arr = arr }
            if let renewalDate = values.renewalDate { draft.renewalDate = renewalDate }
            return draft
        }
    }
}
