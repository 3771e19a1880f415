import Domain
import Markup

/// Deletion of everything that was synced, for owners, after a disconnect.
struct DeleteDataPage: ShellPage {
    var subdomain: String
    var csrf: String
    var fault: String?

    var pageTitle: String { "Delete synced data" }
    var section: Section? { .integrations }

    var html: HTML {
        PageHeader("Delete synced data").html
        Card { DeleteDataForm(subdomain: subdomain, csrf: csrf, fault: fault).html }.html
    }
}
