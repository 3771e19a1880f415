import Markup

/// The icon set: our own drawings on a 16 × 16 grid, stroked in the colour of the text beside them.
enum Icon: String, CaseIterable, Sendable {
    case accounts, agents, tickets, integrations, settings, search, sync
    case clock, check, cross, warning, danger, note, lock, forward, reply, outside, copy, chevronRight, chevronDown
    case up, down, filter, people, key, list, portal, mail, phone, chat, star, attachment, plus, trash, user, calendar, activity, pause,
        dash

    /// The drawing; it only decorates, so words must stand beside it.
    var html: HTML { Self.plainDrawings[self] ?? .empty }
    var small: HTML { Self.smallDrawings[self] ?? .empty }
    var large: HTML { drawn(.class("icon", "large")) }
    var spinning: HTML { drawn(.class("icon", "spin")) }

    private static let plainDrawings = drawings(.class("icon"))
    private static let smallDrawings = drawings(.class("icon", "small"))

    private static func drawings(_ attribute: Attribute) -> [Icon: HTML] {
        Dictionary(uniqueKeysWithValues: allCases.map { ($0, $0.drawn(attribute).frozen) })
    }

    /// The drawing with the words a screen reader says in its place.
    func html(named name: String) -> HTML {
        html + span(name, .class("said"))
    }

    private func drawn(_ attribute: Attribute) -> HTML {
        svg(attribute, .viewBox("0 0 16 16"), .ariaHidden, .focusable(false)) { shape }
    }

    private var shape: HTML {
        switch self {
        case .search: circle(.cx(7), .cy(7), .r(4.2)) + path(.d("M10.2 10.2 14 14"))
        case .clock: circle(.cx(8), .cy(8), .r(6)) + path(.d("M8 4.6V8l2.4 1.6"))
        case .user: circle(.cx(8), .cy(5.4), .r(2.7)) + path(.d("M2.8 13.6c.6-2.7 2.6-4 5.2-4s4.6 1.3 5.2 4"))
        default: path(.d(line))
        }
    }

    /// The commands of icons that are one line.
    private var line: String {
        switch self {
        case .accounts: "M2.5 13.5v-9l5-2v11M7.5 6.5h6v7M1.5 13.5h13M4.6 6.5h.8M4.6 9.5h.8M10.2 9.2h.8"
        case .agents:
            "M3 9V7.5a5 5 0 0 1 10 0V9M3 8.5h1.6v3.6H3.8A1.3 1.3 0 0 1 2.5 10.8V9"
                + "M13 8.5h-1.6v3.6h.8a1.3 1.3 0 0 0 1.3-1.3V9M12 12.4c-.5 1.1-1.6 1.7-3 1.7"
        case .tickets: "M2 4.5h12v2.3a1.3 1.3 0 0 0 0 2.4v2.3H2V9.2a1.3 1.3 0 0 0 0-2.4zM9.8 4.8v1M9.8 7.5v1M9.8 10.2v1"
        case .integrations: "M5.5 2v3M10.5 2v3M3.8 5h8.4v2.6A4.2 4.2 0 0 1 8 11.8 4.2 4.2 0 0 1 3.8 7.6zM8 11.8V14"
        case .settings:
            "M2 4.5h6.5M12 4.5h2M2 11.5h2M7.5 11.5H14"
                + "M10.2 2.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4M5.8 9.8a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4"
        case .sync: "M13.4 7A5.5 5.5 0 0 0 3.6 4.7L2.4 6M2.4 2.8V6h3.2M2.6 9a5.5 5.5 0 0 0 9.8 2.3l1.2-1.3M13.6 13.2V10h-3.2"
        case .check: "M3 8.6l3.2 3.2L13 4.8"
        case .cross: "M4 4l8 8M12 4l-8 8"
        case .warning: "M8 2.4 14.4 13.4H1.6zM8 6.6v3M8 11.5v.1"
        case .danger: "M5.4 2h5.2L14 5.4v5.2L10.6 14H5.4L2 10.6V5.4zM8 5v3.6M8 10.9v.1"
        case .note: "M3 2.5h7l3 3v8H3zM5.5 7.5h5M5.5 10.3h3.2"
        case .lock: "M4 7.2h8v6H4zM5.6 7.2V5.4a2.4 2.4 0 0 1 4.8 0v1.8"
        case .forward: "M9.5 3.5 13.5 7.5l-4 4M13.2 7.5H6.5A4 4 0 0 0 2.5 11.5v1"
        case .reply: "M6.5 3.5 2.5 7.5l4 4M2.8 7.5h6.7a4 4 0 0 1 4 4v1"
        case .outside: "M6.5 3.5h-3v9h9v-3M9 2.5h4.5V7M13.2 2.8 7.5 8.5"
        case .copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3"
        case .chevronRight: "M6 3.5 10.5 8 6 12.5"
        case .chevronDown: "M3.5 6 8 10.5 12.5 6"
        case .up: "M8 13V3.5M4 7.2l4-4 4 4"
        case .down: "M8 3v9.5M4 8.8l4 4 4-4"
        case .filter: "M2 4h12M4.5 8h7M6.8 12h2.4"
        case .people:
            "M6 7.4a2.4 2.4 0 1 0 0-4.8 2.4 2.4 0 0 0 0 4.8M1.6 13c.4-2.4 2.1-3.6 4.4-3.6s4 1.2 4.4 3.6"
                + "M10.8 3a2.3 2.3 0 0 1 0 4.2M12 9.8c1.4.4 2.2 1.5 2.5 3.2"
        case .key: "M10.2 2.4a3.4 3.4 0 1 1-2.4 5.8L2.6 13.4v-2.2M5 11l1.4 1.4"
        case .list: "M5.5 4h8.5M5.5 8h8.5M5.5 12h8.5M2.3 4h.1M2.3 8h.1M2.3 12h.1"
        case .portal: "M2 3h12v10H2zM2 6h12M4 4.5h.1M5.8 4.5h.1"
        case .mail: "M2 3.8h12v8.4H2zM2.3 4.2 8 8.8l5.7-4.6"
        case .phone:
            "M4 2.5h2L7.2 5.4 5.6 6.6a7.5 7.5 0 0 0 3.8 3.8l1.2-1.6 2.9 1.2v2"
                + "c0 .8-.7 1.5-1.5 1.4C7 13 3 9 2.6 4c-.1-.8.6-1.5 1.4-1.5z"
        case .chat: "M2.5 3h11v7.5H7L4 13.2v-2.7H2.5z"
        case .star: "M8 2.2l1.8 3.7 4 .6-2.9 2.8.7 4L8 11.4l-3.6 1.9.7-4L2.2 6.5l4-.6z"
        case .attachment: "M12.8 7.4 7.6 12.6a3 3 0 0 1-4.3-4.3L8.8 2.9a2 2 0 0 1 2.9 2.9L6.4 11a1 1 0 0 1-1.4-1.4l4.8-4.9"
        case .plus: "M8 3v10M3 8h10"
        case .trash: "M3 4.5h10M6 4.5v-2h4v2M4.2 4.5l.6 9h6.4l.6-9M6.8 7v4M9.2 7v4"
        case .calendar: "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3"
        case .activity: "M1.8 8.5h3L6.8 3l2.6 10 1.8-4.5h3"
        case .pause: "M5.5 3.5v9M10.5 3.5v9"
        case .dash: "M3.5 8h9"
        case .search, .clock, .user: ""
        }
    }
}
