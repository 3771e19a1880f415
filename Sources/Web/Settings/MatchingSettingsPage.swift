import Domain
import Markup
import Matching
import Store

/// `/settings/matching`: where companies carry an external id, and which domains decide nothing.
struct MatchingSettingsPage: ShellPage {
    /// As typed.
    struct Fields: Sendable, Equatable {
        var externalIDField: String
        /// One a line.
        var excludedDomains: String

        init(_ settings: MatchSettings) {
            externalIDField = settings.externalIDField ?? ""
            excludedDomains = settings.excludedDomains.joined(separator: "\n")
        }

        init(_ form: Form) {
            externalIDField = form.text("external_id_field")
            excludedDomains = form.text("excluded_domains")
        }

        var settings: MatchSettings {
            MatchSettings(
                externalIDField: externalIDField.trimmed.nilIfEmpty,
                excludedDomains: excludedDomains.split { $0 == "," || $0 == ";" || $0.isNewline }.map(String.init).trimmedAndUnique)
        }

        /// A domain that is none would exclude nothing, silently.
        var faults: [Failure.Field] {
            settings.excludedDomains.filter { DomainName(cleaning: $0) == nil }.prefix(3).map {
                Failure.Field("excluded_domains", "“\($0.prefix(40))” is no domain.")
            }
        }
    }

    var fields: Fields
    /// Custom fields that companies carry.
    var knownFields: [String]
    var role: Role
    var csrf: String
    var faults: [Failure.Field] = []

    var pageTitle: String { "Matching" }
    var section: Section? { .settings }

    var html: HTML {
        PageHeader("Settings").html
        SettingsTab.bar(.matching, role: role)
        Card("Matching") {
            PostForm(.matchingSettings, csrf: csrf, .class("stack", "form")) {
                Field(
                    "Custom field with your external id", name: "external_id_field", value: fields.externalIDField, hint: fieldHint,
                    fault: fault("external_id_field"),
                    attributes: [.maxlength(MatchSettings.longestField), .autocomplete("off"), .spellcheck(false)]
                ).html
                TextArea(
                    "Domains that decide nothing", name: "excluded_domains", value: fields.excludedDomains,
                    hint:
                        "One a line, sub-domains included: a partner's, an agency's. Free mail and other shared domains are known already.",
                    fault: fault("excluded_domains"), lines: 6
                ).html
                div(.class("button-row")) {
                    Button("Save", .primary, busyText: "Saving").html
                    LinkButton("Language model", to: Route.matchingModel.link).html
                }
            }.html
        }.html
    }

    private var fieldHint: String {
        let what = "Of Freshdesk's companies. One that holds an account's external id belongs to it, unless domain or name say otherwise."
        if knownFields.isEmpty { return what }
        return what + " Your companies have: \(knownFields.prefix(12).joined(separator: ", "))."
    }

    private func fault(_ name: String) -> String? {
        let messages = faults.filter { $0.name == name }.map(\.message)
        return messages.isEmpty ? nil : messages.joined(separator: " ")
    }
}
