import Domain
import Foundation
import Markup
import Store

/// A page inside the shell: plain values, and the markup of its middle. It knows no store and no request.
protocol ShellPage: Sendable {
    /// For the browser's tab and the end of the breadcrumb.
    var pageTitle: String { get }
    var section: Section? { get }
    /// The way here, from the section down; the page itself is added.
    var crumbs: [Crumb] { get }
    /// What the page is about, where Larry can know whose tickets are meant.
    var topic: LarryTopic? { get }
    @HTMLBuilder var html: HTML { get }
}

extension ShellPage {
    var crumbs: [Crumb] { [] }
    var topic: LarryTopic? { nil }
}

/// A part of the site that stands in the navigation.
enum Section: String, CaseIterable, Sendable {
    case tickets, accounts, agents, larry, integrations, settings

    var text: String {
        switch self {
        case .tickets: "Tickets"
        case .accounts: "Accounts"
        case .agents: "Agents"
        case .larry: "Larry"
        case .integrations: "Integrations"
        case .settings: "Settings"
        }
    }

    var icon: Icon {
        switch self {
        case .tickets: .tickets
        case .accounts: .accounts
        case .agents: .agents
        case .larry: .chat
        case .integrations: .integrations
        case .settings: .settings
        }
    }

    var route: Route {
        switch self {
        case .tickets: .allTickets
        case .accounts: .accounts
        case .agents: .agents
        case .larry: .larry
        case .integrations: .integrations
        case .settings: .settings
        }
    }
}

/// One step of the breadcrumb.
struct Crumb: Sendable, Equatable {
    var text: String
    var link: Link

    init(_ text: String, _ link: Link) {
        self.text = text
        self.link = link
    }
}

/// Who is signed in, as the corner of every page shows it.
struct ViewerBadge: Sendable, Equatable {
    var name: String
    var email: String
    var role: Role
    var workspaceName: String
    /// The person's other workspaces.
    var otherWorkspaces: [Named<Workspace>]

    init(name: String, email: String, role: Role, workspaceName: String, otherWorkspaces: [Named<Workspace>]) {
        self.name = name.isEmpty ? email : name
        self.email = email
        self.role = role
        self.workspaceName = workspaceName
        self.otherWorkspaces = otherWorkspaces
    }
}

/// How fresh the synced data is, in the top bar.
struct Freshness: Sendable, Equatable {
    enum State: String, Sendable {
        case fresh, stale, syncing, failing
        case none = "idle"
    }

    var text: String
    var state: State

    init(text: String, state: State) {
        self.text = text
        self.state = state
    }

    /// Data older than this is shown as stale.
    static let limit: TimeInterval = 26 * 3600

    /// What the pill says about a card.
    init(card: IntegrationCard, now: Date) {
        let last = card.connection?.lastSyncAt
        let age = last.map { RelativeTime($0, now: now).text }
        switch card.state {
        case .notConnected: self.init(text: "Not connected", state: .none)
        case .disconnected: self.init(text: age.map { "Frozen · synced \($0)" } ?? "Disconnected", state: .none)
        case .syncing: self.init(text: "Syncing", state: .syncing)
        case .waiting: self.init(text: "Waiting for Freshdesk", state: .syncing)
        case .error: self.init(text: "Sync failed", state: .failing)
        case .connected:
            guard let last, let age else {
                self.init(text: "Not synced yet", state: .none)
                return
            }
            self.init(text: "Synced \(age)", state: now.timeIntervalSince(last) > Freshness.limit ? .stale : .fresh)
        }
    }
}

/// A sentence at the top of a page: what was just done, or what was ignored.
struct Notice: Sendable, Equatable {
    var tone: Banner.Tone
    var text: String
    /// The entries of the audit log that the act wrote, where it can be taken back on the review desk.
    var undo: ClosedRange<Int64>?

    init(_ tone: Banner.Tone, _ text: String, undo: ClosedRange<Int64>? = nil) {
        self.tone = tone
        self.text = text
        self.undo = undo
    }
}

/// Everything around a page that is the same for one request.
struct Shell: Sendable {
    var viewer: ViewerBadge
    var csrf: String
    var theme: Theme
    var freshness: Freshness
    /// `CLYNTO_NOW`: the moment the product believes it to be, when that is not the real one.
    var pretendedNow: Date?
    var notices: [Notice]
    /// Notices of the workspace that this person has not read.
    var unseenNotices: Int
    /// What was searched for, to stand in the search box.
    var search: String

    init(
        viewer: ViewerBadge, csrf: String, theme: Theme, freshness: Freshness, pretendedNow: Date? = nil, notices: [Notice] = [],
        unseenNotices: Int = 0, search: String = ""
    ) {
        self.viewer = viewer
        self.csrf = csrf
        self.theme = theme
        self.freshness = freshness
        self.pretendedNow = pretendedNow
        self.notices = notices
        self.unseenNotices = unseenNotices
        self.search = search
    }

    /// The whole document.
    func document(_ page: some ShellPage) -> HTML {
        HTML.document(.lang("en"), PageHead.attributes(theme), bodyAttributes: []) {
            PageHead(pageTitle: page.pageTitle, csrf: csrf).html
        } body: {
            a("Skip to the content", .class("skip"), .href(.fragment("content")))
            div(.class("shell")) {
                Rail(viewer: viewer, csrf: csrf, section: page.section).html
                div {
                    if let pretendedNow { ClockStrip(now: pretendedNow).html }
                    TopBar(shell: self, crumbs: crumbs(of: page), pageTitle: page.pageTitle, larry: larry(page)).html
                    main(.class("page"), .id("content"), .tabindex(-1)) {
                        for notice in notices { banner(notice) }
                        page.html
                    }
                }
            }
            if let larry = larry(page) { larry.place }
            p(.id("live-status"), .class("said"), .role("status"), .aria("live", "polite"))
            ConfirmDialog().html
            ShortcutsDialog().html
        }
    }

    private func banner(_ notice: Notice) -> HTML {
        Banner(notice.tone, notice.text, isDismissible: true) {
            if let undo = notice.undo {
                " "
                PostButton(
                    .matchingUndo, csrf: csrf, items: [("first", "\(undo.lowerBound)"), ("last", "\(undo.upperBound)")],
                    Button("Undo", .quiet, attributes: [.data("key", "u"), .title("Take it back (u)")])
                ).html
            }
        }.html
    }
    /// Larry is not offered beside himself.
    private func larry(_ page: some ShellPage) -> LarryPanelLink? { page.section == .larry ? nil : LarryPanelLink(topic: page.topic) }

    private func crumbs(of page: some ShellPage) -> [Crumb] {
        guard let section = page.section, page.pageTitle != section.text else { return page.crumbs }
        return [Crumb(section.text, section.route.link)] + page.crumbs
    }
}
