import Markup

/// How to make Freshdesk tell us about changes: two automation rules, with everything to paste.
struct WebhookRecipe {
    /// With the key as its last part.
    var url: String

    var html: HTML {
        div(.class("stack")) {
            p(.class("reading")) {
                "Without this, changes arrive with the daily sync. With it, a changed ticket is read again within seconds. "
                "Freshdesk must be able to reach the address; plans from Growth up have the webhook action."
            }
            div(.class("stack", "tight")) {
                CopyField("Callback URL", id: "webhook-url", value: address).html
                CopyField("Custom header", id: "webhook-header", value: "X-Clynto-Key: \(key)").html
                CopyField("Content", id: "webhook-body", value: Self.content).html
            }
            ol(.class("steps-list", "reading")) {
                li {
                    "In Freshdesk open Admin, Workflows, Automations. Make one rule under "
                    strong("Ticket creation")
                    " and one under "
                    strong("Ticket updates")
                    "."
                }
                li("Ticket creation: match ANY of “source is email” and “source is not email”, which is every ticket.")
                li {
                    "Ticket updates: performed by agent or requester; events: reply is sent, note is added, "
                    "status, priority, type, group and agent are changed, ticket is deleted, ticket is marked as spam, "
                    "customer feedback is received."
                }
                li {
                    "Action in both: Trigger webhook. Request type POST, the callback URL above, the custom header above, encoding JSON, "
                    "content Advanced with the content above and nothing else."
                }
                li("Save both rules and change a ticket: it is fresh here a few seconds later.")
            }
            Disclosure("No field for headers on your portal", id: "webhook-without-header") {
                div(.class("stack", "tight")) {
                    p {
                        "Then use this address, which holds the key itself, "
                        "or Basic authentication with any user name and the key as password."
                    }
                    CopyField("Callback URL with the key", id: "webhook-url-key", value: url).html
                }
            }.html
            p("Keep the key to yourself: whoever has it can make us read tickets again, nothing more.", .class("hint"))
        }
    }

    /// Only the number: Freshdesk puts values in as text, and a quotation mark in a subject would break the JSON (fact 214).
    static let content = #"{"ticket_id": "{{ticket.id}}"}"#

    private var cut: String.Index? { url.lastIndex(of: "/") }
    private var address: String { cut.map { String(url[..<$0]) } ?? url }
    private var key: String { cut.map { String(url[url.index(after: $0)...]) } ?? "" }
}
