import Domain
import Foundation
import Markup

/// Accounts from a CSV file: given first, looked over second, saved third.
///
/// The form is `multipart/form-data` with the fields `file` and `csv`; the second step posts the text back as `csv` with `confirm=yes`.
struct AccountImportPage: ShellPage {
    /// What importing the file would do; nil before one was given.
    var preview: AccountImport?
    /// The text of the file, posted back by the confirmation.
    var csv = ""
    /// Why the file as a whole could not be read.
    var fault: String?
    var csrf: String

    var pageTitle: String { "Import" }
    var section: Section? { .accounts }

    @HTMLBuilder var html: HTML {
        PageHeader(
            "Import accounts",
            lede: preview == nil ? "A CSV file with a header line. You see what would change before anything is saved." : nil
        ).html
        if let preview { look(preview) } else { upload }
    }

    private var upload: HTML {
        Card {
            PostForm(.accountImport, csrf: csrf, .class("stack", "form"), .enctype("multipart/form-data")) {
                if let fault { Banner(.danger, fault).html }
                Field("File", name: "file", type: "file", attributes: [.accept(".csv,text/csv,text/plain")]).html
                TextArea(
                    "Or paste it here", name: "csv", value: csv,
                    hint:
                        "Columns: \(AccountCSV.header.replacing(",", with: ", ")). Only name is required; "
                        + "several domains are separated by “;”.",
                    lines: 8
                ).html
                div(.class("button-row")) {
                    Button("Look it over", .primary, busyText: "Reading").html
                    LinkButton("Cancel", to: Route.accounts.link, .quiet).html
                }
            }.html
        }.html
    }

    // MARK: Preview

    private static let mostShown = 500

    @HTMLBuilder private func look(_ plan: AccountImport) -> HTML {
        let saved = plan.created + plan.updated
        p(Self.summary(plan))
        if !plan.unknownColumns.isEmpty {
            Banner(
                .warning,
                "\(plan.unknownColumns.count == 1 ? "This column is" : "These columns are") not known and ignored: "
                    + plan.unknownColumns.joined(separator: ", ") + "."
            ).html
        }
        DataTable(
            "Rows of the file",
            columns: [
                .init("Line", .number, isNamedOnCards: true), .init("Account", .lead), .init("Domains", isNarrowHidden: true),
                .init("What happens", .fit), .init("Why")
            ],
            rows: plan.rows.prefix(Self.mostShown).map(row),
            footer: plan.rows.count > Self.mostShown
                ? div(.class("table-footer")) {
                    "The first \(Self.mostShown.grouped) of \(plan.rows.count.grouped) rows are shown; the import takes all."
                } : .empty
        ).html
        PostForm(.accountImport, csrf: csrf, .enctype("multipart/form-data")) {
            HiddenField("csv", csv).html
            HiddenField("confirm", "yes").html
            div(.class("button-row")) {
                if saved > 0 { Button("Import \(saved.counted("account"))", .primary, busyText: "Importing").html }
                LinkButton(saved > 0 ? "Choose another file" : "Back", to: Route.accountImport.link, saved > 0 ? .quiet : .plain).html
            }
        }.html
    }

    /// `12 to create, 3 to update, 1 unchanged, 2 left out because of errors.`
    static func summary(_ plan: AccountImport) -> String {
        if plan.rows.isEmpty { return "The file has a header line and no rows." }
        let parts = [
            (plan.created, "to create"), (plan.updated, "to update"), (plan.unchanged, "unchanged"),
            (plan.failed, "left out because of errors")
        ]
        return parts.filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ") + "."
    }

    private func row(_ row: AccountImport.Row) -> DataTable.Row {
        let why = row.verdict.reasons + row.notes
        return .init(
            isDimmed: row.verdict.isUnchanged,
            [
                .text(row.line.grouped), span(row.name.nilIfEmpty ?? "No name", .class("clip"), .dir("auto")),
                span(row.verdict.domains.joined(separator: ", "), .class("cell-wide")), row.verdict.html,
                why.isEmpty ? .empty : span(why.joined(separator: " "), .class("cell-reason"), .dir("auto"))
            ])
    }
}

extension AccountImport.Verdict {
    var isUnchanged: Bool { if case .unchanged = self { true } else { false } }

    var reasons: [String] { if case .error(let reasons) = self { reasons } else { [] } }

    /// Of the account as it would be saved.
    var domains: [String] {
        switch self {
        case .create(let draft), .update(_, let draft): draft.domains
        case .unchanged, .error: []
        }
    }

    var html: HTML {
        switch self {
        case .create: StateWord(.good, .plus, "Create").html
        case .update(let id, _): span(.class("line", "nowrap")) { StateWord(.busy, .sync, "Update").html + Self.link(id) }
        case .unchanged(let id): span(.class("line", "nowrap")) { StateWord(.idle, .dash, "Unchanged").html + Self.link(id) }
        case .error: StateWord(.bad, .danger, "Left out").html
        }
    }

    private static func link(_ account: ID<Account>) -> HTML {
        a("#\(account)", .href(Route.account(account).link), .aria("label", "Account \(account)"))
    }
}
