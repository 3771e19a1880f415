import Domain
import Foundation
import Larry
import Markup
import Store

/// `/larry`: a question box, the thread so far, and one's own history.
struct LarryPage: ShellPage {
    var conversation: LarryConversation
    var history: [LarryThreadStore.Thread]
    var csrf: String
    var standing: MirrorStanding
    var mayConnect: Bool

    var pageTitle: String { "Larry" }
    var section: Section? { .larry }

    @HTMLBuilder var html: HTML {
        PageHeader("Larry", lede: "Asks the synced tickets for you. Every figure is counted, and shows how.") {
            if conversation.thread != nil { LinkButton("New question", to: Route.larry.link, icon: .plus).html }
        }.html
        switch standing {
        case .notConnected, .syncing, .notSynced: NoTickets(standing: standing, mayConnect: mayConnect).html
        case .noTickets, .filled: HTML.empty
        }
        div(.class("sides")) {
            conversation.html
            aside(.class("stack"), .aria("label", "Your questions")) { past }
        }
    }

    private var past: HTML {
        Card("Your questions", isPadded: true) {
            if history.isEmpty {
                p("What you ask is kept here, for you alone.", .class("muted"))
            } else {
                ul(.class("stack", "tight", "past-questions")) {
                    for entry in history {
                        li(.class("line", "one")) {
                            a(
                                entry.title, .class("clip", "grow"), .dir("auto"), .href(Route.larry.link(["thread": entry.id])),
                                .currentPage(entry.id == conversation.thread))
                            PostButton(
                                .larryForget, csrf: csrf, items: [("thread", entry.id)],
                                Button("Delete", .quiet, attributes: [.aria("label", "Delete “\(entry.title)”")])
                            ).html
                        }
                    }
                }
                PostButton(
                    .larryForget, csrf: csrf,
                    Button("Delete all", .quiet, question: "Delete every question you asked here? They cannot be brought back.")
                ).html
            }
        }.html
    }
}
