/// Attributes of icons and charts. Lengths are in the units of the view box, written with at most two decimals.
extension Attribute {
    package static func width(_ length: Double) -> Attribute { .number("width", length) }
    package static func height(_ length: Double) -> Attribute { .number("height", length) }
    package static func viewBox(_ box: String) -> Attribute { .value("viewBox", box) }
    package static func viewBox(width: Double, height: Double) -> Attribute {
        .value("viewBox", "0 0 \(Attribute.written(width)) \(Attribute.written(height))")
    }
    package static func preserveAspectRatio(_ manner: String) -> Attribute { .value("preserveAspectRatio", manner) }
    package static func d(_ commands: String) -> Attribute { .value("d", commands) }
    package static func x(_ length: Double) -> Attribute { .number("x", length) }
    package static func y(_ length: Double) -> Attribute { .number("y", length) }
    package static func dx(_ length: Double) -> Attribute { .number("dx", length) }
    package static func dy(_ length: Double) -> Attribute { .number("dy", length) }
    package static func x1(_ length: Double) -> Attribute { .number("x1", length) }
    package static func y1(_ length: Double) -> Attribute { .number("y1", length) }
    package static func x2(_ length: Double) -> Attribute { .number("x2", length) }
    package static func y2(_ length: Double) -> Attribute { .number("y2", length) }
    package static func cx(_ length: Double) -> Attribute { .number("cx", length) }
    package static func cy(_ length: Double) -> Attribute { .number("cy", length) }
    package static func r(_ length: Double) -> Attribute { .number("r", length) }
    package static func rx(_ length: Double) -> Attribute { .number("rx", length) }
    package static func points(_ points: [(x: Double, y: Double)]) -> Attribute {
        .value("points", points.map { written($0.x) + "," + written($0.y) }.joined(separator: " "))
    }
    package static func fill(_ colour: String) -> Attribute { .value("fill", colour) }
    package static func stroke(_ colour: String) -> Attribute { .value("stroke", colour) }
    package static func strokeWidth(_ length: Double) -> Attribute { .number("stroke-width", length) }
    package static func transform(_ transform: String) -> Attribute { .value("transform", transform) }
    package static func textAnchor(_ anchor: String) -> Attribute { .value("text-anchor", anchor) }
    package static func focusable(_ isFocusable: Bool) -> Attribute { .value("focusable", isFocusable ? "true" : "false") }

    static func number(_ name: String, _ number: Double) -> Attribute { .value(name, written(number)) }

    /// A number with at most two decimals; what is not finite is written as 0, which draws nothing wrong.
    static func written(_ number: Double) -> String {
        guard number.isFinite, abs(number) < 1e12 else { return "0" }
        let hundredths = Int((number * 100).rounded())
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
        return rest < 10 ? "\(sign)\(whole).0\(rest)" : "\(sign)\(whole).\(rest)"
    }
}
