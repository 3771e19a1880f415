import Domain
import Markup

/// A file of decisions for the review desk: given first, looked over second, applied third.
struct MatchingImportPage: ShellPage {
    /// What the file would decide; nil before one was given.
    var preview: MatchingCSV.Reading?
    /// The file's text, posted back by the confirmation.
    var csv = ""
    var fault: String?
    var csrf: String

    var pageTitle: String { "Import decisions" }
    var section: Section? { .accounts }
    var crumbs: [Crumb] { [Crumb("Matching", Route.matching.link)] }

    @HTMLBuilder var html: HTML {
        PageHeader(
            "Import decisions",
            lede: preview == nil
                ? "Export the mapping, change account_id, and bring it back. You see what it would decide before anything is saved." : nil
        ).html
        if let preview { look(preview) } else { upload }
    }

    private var upload: HTML {
        Card {
            PostForm(.matchingImport, csrf: csrf, .class("stack", "form"), .enctype("multipart/form-data")) {
                if let fault { Banner(.danger, fault).html }
                Field("File", name: "file", type: "file", attributes: [.accept(".csv,text/csv,text/plain")]).html
                p(
                    "The column company_id is required. account_id is an account's number, or none. Without it, external_id is an "
                        + "account's external id, or account its name; state may be ignored. Rows that say nothing new change nothing.",
                    .class("muted", "reading"))
                div(.class("button-row")) {
                    Button("Look it over", .primary, busyText: "Reading").html
                    LinkButton("Cancel", to: Route.matching.link, .quiet).html
                }
            }.html
        }.html
    }

    // MARK: Preview

    private static let mostShown = 500

    @HTMLBuilder private func look(_ reading: MatchingCSV.Reading) -> HTML {
        let rows = reading.rows.filter { $0.outcome != .unchanged }
        p(Self.summary(reading))
        if !rows.isEmpty {
            DataTable(
                "Rows of the file that say something new",
                columns: [
                    .init("Line", .number, isNamedOnCards: true), .init("Company", .lead), .init("Now", isNamedOnCards: true),
                    .init("Then", isNamedOnCards: true), .init("Why")
                ],
                rows: rows.prefix(Self.mostShown).map(row),
                footer: rows.count > Self.mostShown
                    ? div(.class("table-footer")) {
                        "The first \(Self.mostShown.grouped) of \(rows.count.grouped) rows are shown; the import takes all."
                    } : .empty
            ).html
        }
        PostForm(.matchingImport, csrf: csrf, .enctype("multipart/form-data")) {
            HiddenField("csv", csv).html
            HiddenField("confirm", "yes").html
            div(.class("button-row")) {
                if reading.decided > 0 {
                    Button("Decide \(reading.decided.counted("company", "companies"))", .primary, busyText: "Deciding").html
                }
                LinkButton(
                    reading.decided > 0 ? "Choose another file" : "Back", to: Route.matchingImport.link,
                    reading.decided > 0 ? .quiet : .plain
                ).html
            }
        }.html
    }

    /// `4 to decide, 12 as they are, 2 left out because of errors.`
    static func summary(_ reading: MatchingCSV.Reading) -> String {
        if reading.rows.isEmpty { return "The file has a header line and no rows." }
        let parts = [
            (reading.decided, "to decide"), (reading.unchanged, reading.unchanged == 1 ? "as it is" : "as they are"),
            (reading.faults.count, "left out because of errors")
        ]
        return parts.filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }.joined(separator: ", ") + "."
    }

    private func row(_ row: MatchingCSV.Row) -> DataTable.Row {
        let (then, why): (HTML, HTML) =
            switch row.outcome {
            case .decides(_, let words): (strong(words, .class("cell-wide"), .dir("auto")), .empty)
            case .unchanged: (.empty, .empty)
            case .refused(let reason): (StateWord(.bad, .danger, "Left out").html, span(reason, .class("cell-reason"), .dir("auto")))
            }
        return .init([
            .text(row.line.grouped), span(row.name.nilIfEmpty ?? "No company", .class("clip"), .dir("auto")),
            span(row.now, .class("cell-wide"), .dir("auto")), then, why
        ])
    }
}
