import Domain
import Larry
import Markup

/// Larry beside any page: a link to his page, which the script opens as a panel instead.
struct LarryPanelLink {
    var topic: LarryTopic?

    private var about: KeyValuePairs<String, String?> { ["about": topic?.topic.text] }

    var html: HTML {
        a(
            .class("button", "quiet", "ask-larry"), .href(Route.larry.link(about)), .data("opens-panel", "larry-panel"),
            .title("Ask Larry (Ctrl J)")
        ) {
            Icon.chat.html
            span("Ask Larry", .class("ask-text"))
        }
    }

    /// Where the panel's content goes.
    var place: HTML {
        aside(
            .class("side-panel"), .id("larry-panel"), .hidden(), .aria("label", "Larry"), .tabindex(-1),
            .data("src", Route.larryPanel.link(about).destination))
    }
}

/// The panel's content, as a fragment.
struct LarryPanel {
    var conversation: LarryConversation

    var html: HTML {
        var conversation = conversation
        conversation.place = .panel
        return div(.class("panel-content", "stack")) {
            header(.class("line")) {
                h2("Larry", .class("grow"))
                a("New question", .class("button", "quiet"), .href(Route.larry.link), .data("renews-panel", ""))
                a("Whole page", .class("button", "quiet"), .href(Route.larry.link(["thread": conversation.thread])))
                button(.type("button"), .class("button", "quiet"), .data("closes-panel", ""), .aria("label", "Close Larry")) {
                    Icon.cross.html
                }
            }
            conversation.html
        }
    }
}
