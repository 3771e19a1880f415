import Domain
import Foundation
import Markup
import Store

/// The head of every document.
struct PageHead {
    var pageTitle: String
    var csrf: String?

    static func attributes(_ theme: Theme) -> Attribute {
        theme == .system ? .none : .data("theme", theme.rawValue)
    }

    var html: HTML {
        meta(.charset("utf-8"))
            + title(pageTitle.isEmpty ? "Clynto" : "\(pageTitle) · Clynto")
            + meta(.name("viewport"), .content("width=device-width, initial-scale=1"))
            + meta(.name("color-scheme"), .content("light dark"))
            + meta(.name("referrer"), .content("same-origin"))
            + (csrf.map { meta(.name("csrf-token"), .content($0)) } ?? HTML.empty)
            + Self.files
    }

    private static let files =
        (link(.rel("icon"), .href(Asset.icon.link), .type("image/svg+xml"))
        + link(.rel("stylesheet"), .href(Asset.stylesheet.link))
        + script(src: Asset.script.link, .type("module"))).frozen
}

/// The navigation: on the left, or at the bottom of a narrow screen.
struct Rail {
    var viewer: ViewerBadge
    var csrf: String
    var section: Section?

    var html: HTML {
        aside(.class("rail")) {
            if viewer.otherWorkspaces.isEmpty {
                a(.class("brand"), .href(Route.home.link)) { brand }
            } else {
                switcher
            }
            nav(.aria("label", "Main")) {
                ul {
                    for entry in Section.allCases {
                        li {
                            a(.href(entry.route.link), .currentPage(entry == section), .data("place", entry.rawValue), .title(entry.text)) {
                                entry.icon.html
                                span(entry.text, .class("nav-text"))
                            }
                        }
                    }
                }
            }
        }
    }

    private var brand: HTML {
        img(.src(Asset.icon.link), .alt(""), .width(22), .height(22))
            + span(viewer.workspaceName, .class("brand-text", "clip"), .dir("auto"))
    }

    private var switcher: HTML {
        details(.class("menu")) {
            Markup.summary(.class("brand"), .aria("label", "Workspace \(viewer.workspaceName), switch")) {
                brand
                Icon.chevronDown.small
            }
            div(.class("panel")) {
                p("Switch workspace", .class("heading"))
                for workspace in viewer.otherWorkspaces {
                    PostForm(.switchWorkspace(workspace.id), csrf: csrf) {
                        button(.type("submit"), .class("item")) { span(workspace.name, .class("clip"), .dir("auto")) }
                    }.html
                }
            }
        }
    }
}

/// The bar over every page: where we are, search, freshness, who is signed in.
struct TopBar {
    var shell: Shell
    var crumbs: [Crumb]
    var pageTitle: String
    var larry: LarryPanelLink?

    var html: HTML {
        header(.class("topbar")) {
            nav(.class("crumbs"), .aria("label", "Breadcrumb")) {
                ol {
                    for crumb in crumbs { li { a(crumb.text, .href(crumb.link)) } }
                    li { span(pageTitle, .currentPage(true), .dir("auto")) }
                }
            }
            form(.class("search"), .role("search"), .method("get"), .action(Route.allTickets.link)) {
                Icon.search.html
                input(
                    .class("input"), .type("search"), .id("search"), .name("q"), .value(shell.search), .placeholder("Search tickets"),
                    .aria("label", "Search tickets"), .autocomplete("off"), .maxlength(TicketQuery.longestSearch))
                kbd("/", .ariaHidden)
            }
            if let larry { larry.html }
            a(
                .class("freshness", shell.freshness.state.rawValue), .href(Route.runs.link),
                .title("\(shell.freshness.text). Open the sync history")
            ) {
                span(shell.freshness.text, .class("freshness-text", "clip"))
            }
            if shell.unseenNotices > 0 {
                a(.class("button", "unseen"), .href(Route.notifications.link)) {
                    Icon.note.html
                    span(shell.unseenNotices.counted("new notice"))
                }
            }
            PersonMenu(viewer: shell.viewer, csrf: shell.csrf, theme: shell.theme).html
        }
    }
}

/// What hangs on the person's initials.
struct PersonMenu {
    var viewer: ViewerBadge
    var csrf: String
    var theme: Theme

    var html: HTML {
        details(.class("menu", "end", "account-menu")) {
            Markup.summary(.aria("label", "\(viewer.name), your menu")) { Avatar(viewer.name, size: .large, isAccented: true).html }
            div(.class("panel")) {
                div(.class("heading")) {
                    strong(viewer.name, .class("clip"), .dir("auto"))
                    span(viewer.email, .class("clip"))
                    span("\(viewer.workspaceName) · \(viewer.role.label)", .class("clip"))
                }
                hr()
                for workspace in viewer.otherWorkspaces {
                    PostForm(.switchWorkspace(workspace.id), csrf: csrf) {
                        button(.type("submit"), .class("item")) {
                            Icon.accounts.html
                            span("Switch to \(workspace.name)", .class("clip"))
                        }
                    }.html
                }
                a(.class("item"), .href(Route.profile.link)) {
                    Icon.user.html
                    span("Your profile")
                }
                button(.type("button"), .class("item"), .data("opens", "shortcuts"), .hidden(), .data("needs-js", "")) {
                    Icon.list.html
                    span("Keyboard shortcuts")
                    span(.class("count")) { kbd("?") }
                }
                div(.class("heading")) { ThemeChoice(theme: theme, csrf: csrf).html }
                hr()
                PostForm(.logout, csrf: csrf) {
                    button(.type("submit"), .class("item")) {
                        Icon.forward.html
                        span("Sign out")
                    }
                }.html
            }
        }
    }
}

/// System, light or dark, kept with the person.
struct ThemeChoice {
    var theme: Theme
    var csrf: String

    var html: HTML {
        PostForm(.theme, csrf: csrf) {
            div(.class("segments"), .role("group"), .aria("label", "Theme")) {
                for (choice, text) in [(Theme.system, "System"), (.light, "Light"), (.dark, "Dark")] {
                    button(
                        text, .type("submit"), .class("button"), .name("theme"), .value(choice.rawValue),
                        .aria("pressed", choice == theme ? "true" : "false"))
                }
            }
        }.html
    }
}

/// Said on every page while the product's clock is not the real one.
struct ClockStrip {
    var now: Date

    var html: HTML {
        p(.class("clock-strip")) { "The clock is set by CLYNTO_NOW: it is \(DateText.exact(now)) here." }
    }
}

extension Role {
    /// The role as people read it.
    var label: String {
        switch self {
        case .owner: "Owner"
        case .admin: "Admin"
        case .member: "Member"
        }
    }
}
