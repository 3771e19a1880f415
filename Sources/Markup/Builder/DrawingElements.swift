// Icons and charts, drawn in SVG inside the page. Give a chart a `title`, an icon `.ariaHidden`.

package func svg(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("svg", attributes, content())
}

package func g(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("g", attributes, content())
}

package func path(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("path", attributes, content())
}

package func circle(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("circle", attributes, content())
}

package func rect(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("rect", attributes, content())
}

package func line(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("line", attributes, content())
}

package func polyline(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("polyline", attributes, content())
}

package func polygon(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("polygon", attributes, content())
}

package func use(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("use", attributes, content())
}

package func svgText(_ attributes: Attribute..., @HTMLBuilder content: Content = HTML.nothing) -> HTML {
    .element("text", attributes, content())
}
package func svgText(_ text: String, _ attributes: Attribute...) -> HTML { .element("text", attributes, .text(text)) }
