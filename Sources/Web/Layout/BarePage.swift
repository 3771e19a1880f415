import Domain
import Foundation
import Markup
import Store

/// A page for those who are not signed in: only the name of the product around it.
struct BarePage: Sendable {
    var pageTitle: String
    var theme: Theme
    var isWide: Bool
    var pretendedNow: Date?
    var content: HTML

    init(
        _ pageTitle: String, theme: Theme = .system, isWide: Bool = false, pretendedNow: Date? = nil, @HTMLBuilder content: () -> HTML
    ) {
        self.pageTitle = pageTitle
        self.theme = theme
        self.isWide = isWide
        self.pretendedNow = pretendedNow
        self.content = content()
    }

    /// The whole document.
    var html: HTML {
        HTML.document(.lang("en"), PageHead.attributes(theme)) {
            PageHead(pageTitle: pageTitle).html
        } body: {
            if let pretendedNow { ClockStrip(now: pretendedNow).html }
            div(.class("bare")) {
                main(.class(isWide ? "wide" : ""), .id("content")) {
                    div(.class("mark")) {
                        img(.src(Asset.icon.link), .alt(""), .width(28), .height(28))
                        span("Clynto")
                    }
                    content
                }
            }
        }
    }
}
