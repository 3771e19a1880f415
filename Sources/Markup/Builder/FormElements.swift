// Forms and their controls.

package func form(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("form", attributes, content())
}

package func fieldset(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("fieldset", attributes, content())
}

package func legend(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("legend", attributes, content())
}
package func legend(_ text: String, _ attributes: Attribute...) -> HTML { .element("legend", attributes, .text(text)) }

package func label(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("label", attributes, content())
}
package func label(_ text: String, _ attributes: Attribute...) -> HTML { .element("label", attributes, .text(text)) }

package func select(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("select", attributes, content())
}

package func option(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("option", attributes, content())
}
package func option(_ text: String, _ attributes: Attribute...) -> HTML { .element("option", attributes, .text(text)) }

package func optgroup(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("optgroup", attributes, content())
}

package func datalist(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("datalist", attributes, content())
}

package func textarea(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .preformatted("textarea", attributes, content())
}
package func textarea(_ text: String, _ attributes: Attribute...) -> HTML { .preformatted("textarea", attributes, .text(text)) }

package func button(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("button", attributes, content())
}
package func button(_ text: String, _ attributes: Attribute...) -> HTML { .element("button", attributes, .text(text)) }

package func output(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("output", attributes, content())
}
package func output(_ text: String, _ attributes: Attribute...) -> HTML { .element("output", attributes, .text(text)) }

package func progress(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("progress", attributes, content())
}

package func meter(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("meter", attributes, content())
}

package func input(_ attributes: Attribute...) -> HTML { .void("input", attributes) }
