import Domain
import Markup

/// A file of decisions for the review desk.
struct MatchingImportPage: ShellPage {
    var fault: String?
    var csrf: String

    var pageTitle: String { "Import decisions" }
    var section: Section? { .accounts }
    var crumbs: [Crumb] { [Crumb("Matching", Route.matching.link)] }

    @HTMLBuilder var html: HTML {
        PageHeader(
            "Import decisions",
            lede: "Export the mapping, change account_id, and bring it back. Each changed row is your decision about that company."
        ).html
        Card {
            PostForm(.matchingImport, csrf: csrf, .class("stack", "form"), .enctype("multipart/form-data")) {
                if let fault { Banner(.danger, fault).html }
                Field("File", name: "file", type: "file", attributes: [.accept(".csv,text/csv,text/plain")]).html
                p(
                    "The column company_id is required. account_id is an account's number, or none; without it, account is an account's name "
                        + "or external id; state may be ignored. Rows that say nothing new change nothing.", .class("muted", "reading"))
                div(.class("button-row")) {
                    Button("Import", .primary, busyText: "Importing").html
                    LinkButton("Cancel", to: Route.matching.link, .quiet).html
                }
            }.html
        }.html
    }
}
