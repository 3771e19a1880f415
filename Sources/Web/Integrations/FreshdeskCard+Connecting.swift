import Domain
import Markup

/// Before the first connect: what it does, and the form.
struct NotConnectedPart {
    var card: FreshdeskCard

    @HTMLBuilder var html: HTML {
        div(.class("sides")) {
            div(.class("stack")) {
                p(.class("reading")) {
                    "Connect your portal to see every open ticket and the last months of conversations beside each customer account."
                }
                if card.mayManage { ConnectForm(card: card, fixedSubdomain: nil, verb: "Connect Freshdesk").html }
            }
            whatHappens
        }
    }

    private var whatHappens: HTML {
        aside(.class("next-steps"), .aria("label", "What happens next")) {
            h4("What happens next")
            ul {
                step(.key, "The key is checked and stored encrypted.")
                step(.tickets, "Companies, contacts, agents, tickets, conversations and ratings are read. You can watch, or leave.")
                step(.accounts, "Each ticket is put beside its customer account.")
                step(.clock, "From then on everything is refreshed once a day, and whenever you ask.")
                step(.lock, "Clynto only reads; it never changes anything in Freshdesk.")
            }
        }
    }

    private func step(_ icon: Icon, _ text: String) -> HTML {
        li {
            icon.html
            span(text)
        }
    }
}

/// Subdomain, key, backfill. On reconnecting the subdomain is fixed.
struct ConnectForm {
    var card: FreshdeskCard
    var fixedSubdomain: String?
    var verb: String

    var html: HTML {
        PostForm(.freshdesk(.connect), csrf: card.csrf, .class("connect-form"), .id("connect-form"), .autocomplete("off")) {
            if let fixedSubdomain {
                Field(
                    "Subdomain", name: "subdomain", value: fixedSubdomain, hint: "The synced data belongs to this portal.",
                    fault: card.draft.fault(of: "subdomain"), attributes: [.readonly()]
                ).html
            } else {
                Field(
                    "Subdomain", name: "subdomain", value: card.draft.subdomain,
                    hint: "The first part of your portal's address. The whole address works too.",
                    fault: card.draft.fault(of: "subdomain"), isRequired: true, suffix: suffix,
                    attributes: [
                        .autocapitalize("none"), .spellcheck(false), .maxlength(200), .data("previews", "portal-preview"),
                        .placeholder("acme")
                    ], extra: preview
                ).html
            }
            Field(
                "API key", name: "api_key", type: "password", fault: card.draft.otherFault, isRequired: true,
                attributes: [.autocomplete("off"), .spellcheck(false), .maxlength(500), card.draft.suggestedKey.map { .value($0) } ?? .none]
            ).html
            whereToFind
            if fixedSubdomain == nil || card.card.state == .disconnected {
                SelectMenu(
                    "How far back", name: "backfill_days", choices: card.draft.backfill.choices, chosen: card.draft.backfill.formValue,
                    hint: "Unresolved tickets are read whatever their age. You can change this later."
                ).html
            }
            div(.class("line", "loose")) {
                Button(verb, .primary, busyText: "Checking the key…").html
                Button(
                    "Check first", value: (ConnectForm.act, ConnectForm.check), busyText: "Checking…",
                    attributes: [.data("checks", PreflightPart.id)]
                ).html
                span(.class("line", "muted")) {
                    Icon.lock.small
                    span("Read-only. The key is stored encrypted.")
                }
            }
            PreflightPart(preflight: card.draft.preflight, reservePercent: reservePercent).html
        }.html
    }

    /// What the second button sends instead of connecting.
    static let act = "act"
    static let check = "check"

    private var reservePercent: Int { card.card.connection?.reservePercent ?? Connection.defaultReservePercent }

    /// Shown only where portals are where they usually are; elsewhere the preview tells.
    private var suffix: String? { card.portalPattern == FreshdeskCard.usualPortal ? ".freshdesk.com" : nil }

    private var preview: HTML {
        p(
            .class("hint"), .id("portal-preview"), .data("pattern", card.portalPattern), .data("empty", ""),
            .data("odd", "A subdomain has letters, digits and hyphens only.")
        ) {
            if !card.draft.subdomain.isEmpty { PortalLink(card.draft.subdomain, pattern: card.portalPattern).address }
        }
    }

    private var whereToFind: HTML {
        Disclosure("Where to find the key", id: "key-help") {
            ol(.class("steps-list")) {
                li("Sign in to Freshdesk as the person whose key is to be used.")
                li("Open your picture in the top right corner, then Profile settings.")
                li("Press View API key on the right; solve the puzzle if one is shown.")
                li("Copy the key and paste it here.")
            }
            p(.class("hint")) {
                "Use a full-time agent who sees all tickets, best an account made for this. "
                "An agent with restricted scope sees only part of the portal; an occasional agent's key may stop working."
            }
        }.html
    }
}

/// After a disconnect: frozen data, the way back, and the way to be rid of it.
struct DisconnectedPart {
    var card: FreshdeskCard

    @HTMLBuilder var html: HTML {
        p(.class("reading")) {
            if let at = card.card.connection?.disconnectedAt {
                "Data frozen at "
                ExactTime(at).html
                ". Everything synced until then stays visible; nothing new is read."
            } else {
                "Everything synced so far stays visible; nothing new is read."
            }
        }
        RecordNumbers(card: card).html
        div {
            if card.mayManage {
                Disclosure("Connect again", id: "reconnect", isOpen: !card.draft.faults.isEmpty) {
                    ConnectForm(card: card, fixedSubdomain: card.card.connection?.subdomain ?? "", verb: "Connect again").html
                }.html
            }
            if card.role.can(.deleteSyncedData) { deletion }
        }
    }

    private var deletion: HTML {
        Disclosure("Delete synced data", id: "delete-data", isOpen: card.deletionFault != nil) {
            DeleteDataForm(subdomain: card.card.connection?.subdomain ?? "", csrf: card.csrf, fault: card.deletionFault).html
        }.html
    }
}

/// Deletion, confirmed by typing the subdomain.
struct DeleteDataForm {
    var subdomain: String
    var csrf: String
    var fault: String?

    var html: HTML {
        PostForm(.freshdesk(.delete), csrf: csrf, .class("connect-form"), .autocomplete("off")) {
            p {
                "Deletes every company, contact, agent, ticket, conversation and rating read from this portal. "
                "Accounts stay. This cannot be undone."
            }
            Field(
                "Type \(subdomain) to confirm", name: "confirm", fault: fault, isRequired: true,
                attributes: [.autocapitalize("none"), .spellcheck(false)]
            ).html
            div { Button("Delete synced data", .dangerSolid, icon: .trash).html }
        }.html
    }
}
