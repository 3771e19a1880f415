import Domain
import Markup

/// `/settings/assistant`: whether a language model is set up, and what of a ticket it may read.
struct AssistantPage: ShellPage {
    var settings: AssistantSettings
    /// The model's name; nil for rules alone.
    var model: String?
    var role: Role
    var csrf: String

    var pageTitle: String { "Assistant" }
    var section: Section? { .settings }

    var html: HTML {
        PageHeader("Settings").html
        SettingsTab.bar(.assistant, role: role)
        Card("Larry") {
            div(.class("stack")) {
                FactList([
                    ("Language model", HTML.text(model ?? "None. Larry answers by rules alone.")),
                    (
                        "What it sees",
                        HTML.text("Questions the rules do not understand, and one ticket at a time when a summary is asked for.")
                    ),
                    ("Set up by", HTML.text("whoever runs this installation, with the CLYNTO_LLM settings"))
                ]).html
                if role.can(.manageConnection) {
                    notes
                } else {
                    FactList([("Internal notes in summaries", HTML.text(settings.notes.text))]).html
                }
            }
        }.html
    }

    private var notes: HTML {
        PostForm(.assistant, csrf: csrf, .class("stack", "form")) {
            SelectMenu(
                "Internal notes in summaries", name: "notes",
                choices: AssistantSettings.Notes.allCases.map { Choice($0.rawValue, $0.text) }, chosen: settings.notes.rawValue,
                hint: "Whose summaries the model may write with a ticket's private notes. They are then sent to it with the ticket."
            ).html
            div { Button("Save").html }
        }.html
    }
}

extension AssistantSettings.Notes {
    var text: String {
        switch self {
        case .nobody: "Nobody's"
        case .admins: "Owners' and admins'"
        case .everybody: "Everybody's"
        }
    }
}
