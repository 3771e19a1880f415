import Domain
import Markup

/// `/integrations`: cards by category. What is planned says so and offers nothing to press.
struct IntegrationsPage: ShellPage {
    var card: FreshdeskCard

    var pageTitle: String { "Integrations" }
    var section: Section? { .integrations }

    var html: HTML {
        PageHeader("Integrations", lede: "Where the workspace reads from. Nothing is ever written back.").html
        category("Support") {
            card.html
            div(.class("catalogue")) {
                planned("Zendesk", .tickets)
                planned("Intercom", .chat)
                planned("Help Scout", .mail)
            }
        }
        category("CRM") {
            div(.class("catalogue")) {
                planned("HubSpot", .people)
                planned("Salesforce", .people)
            }
        }
        category("Notifications") {
            div(.class("catalogue")) { planned("Slack", .chat) }
        }
    }

    private func category(_ name: String, @HTMLBuilder content: () -> HTML) -> HTML {
        Markup.section(.class("stack")) {
            h2(name)
            content()
        }
    }

    private func planned(_ name: String, _ icon: Icon) -> HTML {
        div(.class("card", "planned")) {
            div(.class("line")) {
                span(.class("logo"), .ariaHidden) { icon.large }
                strong(name)
                span(.class("push")) { Tag("Planned").html }
            }
        }
    }
}
