// Words, lists and figures.

package func h1(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("h1", attributes, content())
}
package func h1(_ text: String, _ attributes: Attribute...) -> HTML { .element("h1", attributes, .text(text)) }

package func h2(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("h2", attributes, content())
}
package func h2(_ text: String, _ attributes: Attribute...) -> HTML { .element("h2", attributes, .text(text)) }

package func h3(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("h3", attributes, content())
}
package func h3(_ text: String, _ attributes: Attribute...) -> HTML { .element("h3", attributes, .text(text)) }

package func h4(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("h4", attributes, content())
}
package func h4(_ text: String, _ attributes: Attribute...) -> HTML { .element("h4", attributes, .text(text)) }

package func h5(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("h5", attributes, content())
}
package func h5(_ text: String, _ attributes: Attribute...) -> HTML { .element("h5", attributes, .text(text)) }

package func h6(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("h6", attributes, content())
}
package func h6(_ text: String, _ attributes: Attribute...) -> HTML { .element("h6", attributes, .text(text)) }

package func p(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("p", attributes, content())
}
package func p(_ text: String, _ attributes: Attribute...) -> HTML { .element("p", attributes, .text(text)) }

package func span(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("span", attributes, content())
}
package func span(_ text: String, _ attributes: Attribute...) -> HTML { .element("span", attributes, .text(text)) }

package func a(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("a", attributes, content())
}
package func a(_ text: String, _ attributes: Attribute...) -> HTML { .element("a", attributes, .text(text)) }

package func ul(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("ul", attributes, content())
}

package func ol(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("ol", attributes, content())
}

package func li(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("li", attributes, content())
}
package func li(_ text: String, _ attributes: Attribute...) -> HTML { .element("li", attributes, .text(text)) }

package func dl(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("dl", attributes, content())
}

package func dt(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("dt", attributes, content())
}
package func dt(_ text: String, _ attributes: Attribute...) -> HTML { .element("dt", attributes, .text(text)) }

package func dd(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("dd", attributes, content())
}
package func dd(_ text: String, _ attributes: Attribute...) -> HTML { .element("dd", attributes, .text(text)) }

package func strong(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("strong", attributes, content())
}
package func strong(_ text: String, _ attributes: Attribute...) -> HTML { .element("strong", attributes, .text(text)) }

package func em(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("em", attributes, content())
}
package func em(_ text: String, _ attributes: Attribute...) -> HTML { .element("em", attributes, .text(text)) }

package func small(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("small", attributes, content())
}
package func small(_ text: String, _ attributes: Attribute...) -> HTML { .element("small", attributes, .text(text)) }

package func code(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("code", attributes, content())
}
package func code(_ text: String, _ attributes: Attribute...) -> HTML { .element("code", attributes, .text(text)) }

package func kbd(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("kbd", attributes, content())
}
package func kbd(_ text: String, _ attributes: Attribute...) -> HTML { .element("kbd", attributes, .text(text)) }

package func mark(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("mark", attributes, content())
}
package func mark(_ text: String, _ attributes: Attribute...) -> HTML { .element("mark", attributes, .text(text)) }

package func abbr(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("abbr", attributes, content())
}
package func abbr(_ text: String, _ attributes: Attribute...) -> HTML { .element("abbr", attributes, .text(text)) }

package func time(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("time", attributes, content())
}
package func time(_ text: String, _ attributes: Attribute...) -> HTML { .element("time", attributes, .text(text)) }

package func pre(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .preformatted("pre", attributes, content())
}
package func pre(_ text: String, _ attributes: Attribute...) -> HTML { .preformatted("pre", attributes, .text(text)) }

package func blockquote(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("blockquote", attributes, content())
}
package func blockquote(_ text: String, _ attributes: Attribute...) -> HTML { .element("blockquote", attributes, .text(text)) }

package func figure(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("figure", attributes, content())
}

package func figcaption(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("figcaption", attributes, content())
}
package func figcaption(_ text: String, _ attributes: Attribute...) -> HTML { .element("figcaption", attributes, .text(text)) }

package func br(_ attributes: Attribute...) -> HTML { .void("br", attributes) }
package func hr(_ attributes: Attribute...) -> HTML { .void("hr", attributes) }
package func img(_ attributes: Attribute...) -> HTML { .void("img", attributes) }
