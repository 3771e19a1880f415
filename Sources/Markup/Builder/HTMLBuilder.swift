/// Lets an element's content be written as a list of elements and strings, with `if`, `switch` and `for`.
/// A string is escaped; an optional has to be opened first.
@resultBuilder
package enum HTMLBuilder {
    package static func buildExpression(_ html: HTML) -> HTML { html }
    package static func buildExpression(_ text: String) -> HTML { .text(text) }
    package static func buildBlock(_ parts: HTML...) -> HTML { .joined(parts) }
    package static func buildOptional(_ html: HTML?) -> HTML { html ?? .empty }
    package static func buildEither(first: HTML) -> HTML { first }
    package static func buildEither(second: HTML) -> HTML { second }
    package static func buildArray(_ parts: [HTML]) -> HTML { .joined(parts) }
}
