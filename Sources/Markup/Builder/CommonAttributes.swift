/// Attributes of any element, of links and of what a page head holds.
extension Attribute {
    /// The class names that are not empty: `.class("row", isOpen ? "open" : "")`. None at all leaves the attribute out.
    package static func `class`(_ names: String...) -> Attribute {
        if names.count == 1 { return names[0].isEmpty ? .none : .value("class", names[0]) }
        let names = names.filter { !$0.isEmpty }
        return names.isEmpty ? .none : .value("class", names.joined(separator: " "))
    }

    package static func id(_ id: String) -> Attribute { .value("id", id) }
    package static func title(_ text: String) -> Attribute { .value("title", text) }
    package static func lang(_ code: String) -> Attribute { .value("lang", code) }
    package static func dir(_ direction: String) -> Attribute { .value("dir", direction) }
    package static func role(_ role: String) -> Attribute { .value("role", role) }
    package static func tabindex(_ index: Int) -> Attribute { .value("tabindex", String(index)) }
    package static func hidden(_ isHidden: Bool = true) -> Attribute { .flag("hidden", isHidden) }
    package static func inert(_ isInert: Bool = true) -> Attribute { .flag("inert", isInert) }
    package static func popover(_ kind: String = "auto") -> Attribute { .value("popover", kind) }
    package static func accesskey(_ key: String) -> Attribute { .value("accesskey", key) }

    /// `aria-hidden="true"` for what only decorates.
    package static let ariaHidden = Attribute.value("aria-hidden", "true")

    /// `aria-current="page"` or nothing.
    package static func currentPage(_ isCurrent: Bool) -> Attribute { isCurrent ? .value("aria-current", "page") : .none }

    package static func href(_ link: Link) -> Attribute { .value("href", link.destination) }
    package static func src(_ link: Link) -> Attribute { .value("src", link.destination) }
    package static func rel(_ relation: String) -> Attribute { .value("rel", relation) }
    package static func target(_ target: String) -> Attribute { .value("target", target) }
    package static func download(_ name: String) -> Attribute { .value("download", name) }
    package static func referrerpolicy(_ policy: String) -> Attribute { .value("referrerpolicy", policy) }

    /// What a link out of the site carries: a new tab that cannot reach back and gets no referrer.
    package static let outside = Attribute.group([.target("_blank"), .rel("noopener noreferrer")])

    package static func charset(_ name: String) -> Attribute { .value("charset", name) }
    package static func content(_ text: String) -> Attribute { .value("content", text) }
    package static func media(_ query: String) -> Attribute { .value("media", query) }
    package static func sizes(_ sizes: String) -> Attribute { .value("sizes", sizes) }
    package static func `as`(_ kind: String) -> Attribute { .value("as", kind) }
    package static func integrity(_ hash: String) -> Attribute { .value("integrity", hash) }
    package static func `async`(_ isAsync: Bool = true) -> Attribute { .flag("async", isAsync) }
    package static func `defer`(_ isDeferred: Bool = true) -> Attribute { .flag("defer", isDeferred) }

    package static func alt(_ text: String) -> Attribute { .value("alt", text) }
    package static func loading(_ manner: String) -> Attribute { .value("loading", manner) }
    package static func datetime(_ time: String) -> Attribute { .value("datetime", time) }
    package static func open(_ isOpen: Bool = true) -> Attribute { .flag("open", isOpen) }
    package static func start(_ number: Int) -> Attribute { .value("start", String(number)) }

    package static func colspan(_ columns: Int) -> Attribute { .value("colspan", String(columns)) }
    package static func rowspan(_ rows: Int) -> Attribute { .value("rowspan", String(rows)) }
    package static func span(_ columns: Int) -> Attribute { .value("span", String(columns)) }
    package static func scope(_ scope: String) -> Attribute { .value("scope", scope) }
    package static func headers(_ ids: String) -> Attribute { .value("headers", ids) }

    /// `aria-sort` of a column head: `ascending`, `descending` or `none`.
    package static func ariaSort(_ order: String) -> Attribute { .value("aria-sort", order) }
}
