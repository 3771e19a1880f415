/// What stands between an element's braces.
package typealias Content = () -> HTML

extension HTML {
    /// The content of an element that was given none.
    package static func nothing() -> HTML { .empty }
}

// The parts of a page. Every element function takes its attributes, then its content in braces; an element that usually holds
// nothing but words also takes them as a string. Inside a type that has a property of the same name, write `Markup.summary { … }`.

package func html(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("html", attributes, content())
}

package func head(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("head", attributes, content())
}

package func body(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("body", attributes, content())
}

package func header(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("header", attributes, content())
}

package func nav(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("nav", attributes, content())
}

package func main(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("main", attributes, content())
}

package func section(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("section", attributes, content())
}

package func article(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("article", attributes, content())
}

package func aside(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("aside", attributes, content())
}

package func footer(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("footer", attributes, content())
}

package func div(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("div", attributes, content())
}

package func template(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("template", attributes, content())
}

package func noscript(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("noscript", attributes, content())
}

package func dialog(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("dialog", attributes, content())
}

package func details(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("details", attributes, content())
}

package func summary(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("summary", attributes, content())
}
package func summary(_ text: String, _ attributes: Attribute...) -> HTML { .element("summary", attributes, .text(text)) }

package func meta(_ attributes: Attribute...) -> HTML { .void("meta", attributes) }
package func link(_ attributes: Attribute...) -> HTML { .void("link", attributes) }

/// A script of our own by its address; there is no way to write one inline.
package func script(src: Link, _ attributes: Attribute...) -> HTML { .element("script", [.src(src)] + attributes, .empty) }

/// The title of a page or of a drawing.
package func title(_ text: String) -> HTML { .element("title", [], .text(text)) }
