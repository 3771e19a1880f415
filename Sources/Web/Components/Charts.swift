import Domain
import Markup

/// Two numbers a week side by side, such as created and resolved.
struct BarChart {
    struct Bar: Sendable, Equatable {
        var text: String
        var first: Int
        var second: Int

        init(_ text: String, _ first: Int, _ second: Int) {
            self.text = text
            self.first = first
            self.second = second
        }
    }

    var heading: String
    var firstName: String
    var secondName: String
    var bars: [Bar]

    init(_ heading: String, first: String, second: String, bars: [Bar]) {
        self.heading = heading
        self.firstName = first
        self.secondName = second
        self.bars = bars
    }

    /// The drawing, its key, and the same numbers as a table that can be opened.
    var html: HTML {
        figure(.class("stack", "tight")) {
            div(.class("legend"), .ariaHidden) {
                key("first", firstName)
                key("second", secondName)
            }
            drawing
            Disclosure("Show as a table", id: "chart-" + heading.lowercased().filter(\.isLetter)) {
                DataTable(
                    heading, columns: [.init("Week of", .lead), .init(firstName, .number), .init(secondName, .number)],
                    rows: bars.map { .init([.text($0.text), .text($0.first.grouped), .text($0.second.grouped)]) }, isCompact: true
                ).html
            }.html
        }
    }

    private static let (width, height, floor) = (640.0, 140.0, 116.0)

    private var drawing: HTML {
        let most = Double(max(1, bars.map { max($0.first, $0.second) }.max() ?? 1))
        let step = (Self.width - 28) / Double(max(1, bars.count))
        let thick = min(16, step * 0.34)
        return svg(.class("chart"), .viewBox(width: Self.width, height: Self.height), .role("img"), .aria("label", words)) {
            svgText(Int(most).grouped, .x(22), .y(12), .textAnchor("end"))
            svgText("0", .x(22), .y(Self.floor + 3), .textAnchor("end"))
            line(.class("axis"), .x1(28), .y1(8), .x2(Self.width), .y2(8))
            line(.class("axis"), .x1(28), .y1(Self.floor), .x2(Self.width), .y2(Self.floor))
            for (index, bar) in bars.enumerated() {
                let middle = 28 + step * (Double(index) + 0.5)
                g {
                    title("\(bar.text): \(bar.first.grouped) \(firstName.lowercased()), \(bar.second.grouped) \(secondName.lowercased())")
                    column(bar.first, of: most, x: middle - thick - 1, width: thick, "first")
                    column(bar.second, of: most, x: middle + 1, width: thick, "second")
                    if index.isMultiple(of: max(1, bars.count / 6)) {
                        svgText(bar.text, .x(middle), .y(Self.height - 6), .textAnchor("middle"))
                    }
                }
            }
        }
    }

    private func column(_ value: Int, of most: Double, x: Double, width: Double, _ name: String) -> HTML {
        let height = max(value > 0 ? 1 : 0, Double(max(0, value)) / most * (Self.floor - 8))
        return rect(.class(name), .x(x), .y(Self.floor - height), .width(width), .height(height), .rx(min(1.5, height / 2)))
    }

    private func key(_ name: String, _ text: String) -> HTML {
        span {
            svg(.class("key"), .viewBox("0 0 10 10")) { rect(.class(name), .width(10), .height(10), .rx(2)) }
            text
        }
    }

    private var words: String {
        "\(heading): \(bars.map(\.first).reduce(0, +).grouped) \(firstName.lowercased()), "
            + "\(bars.map(\.second).reduce(0, +).grouped) \(secondName.lowercased())."
    }
}

/// A line the size of a word.
struct Sparkline {
    var name: String
    var values: [Int]

    init(_ name: String, _ values: [Int]) {
        self.name = name
        self.values = values
    }

    var html: HTML {
        let most = Double(max(1, values.max() ?? 1))
        let step = 96 / Double(max(1, values.count - 1))
        let points = values.enumerated().map { (x: Double($0.offset) * step, y: 22 - Double(max(0, $0.element)) / most * 20) }
        return svg(.class("sparkline"), .viewBox("0 0 96 24"), .role("img"), .aria("label", name)) {
            if points.count > 1 { polyline(.points(points)) }
        }
    }
}

/// Parts of a whole as one stacked bar, with a key that gives the numbers.
struct Distribution {
    struct Part {
        var text: String
        var count: Int
        var link: Link?

        init(_ text: String, _ count: Int, link: Link? = nil) {
            self.text = text
            self.count = count
            self.link = link
        }
    }

    var name: String
    /// Four parts at most are told apart by colour.
    var parts: [Part]

    init(_ name: String, _ parts: [Part]) {
        self.name = name
        self.parts = parts
    }

    var html: HTML {
        figure(.class("stack", "tight")) {
            svg(.class("distribution"), .viewBox("0 0 100 8"), .preserveAspectRatio("none"), .role("img"), .aria("label", words)) {
                for (index, part) in parts.enumerated() where part.count > 0 {
                    rect(.class("p\(min(index, 3))"), .x(start(index)), .width(share(part.count)), .height(8))
                }
            }
            figcaption(.class("legend")) {
                for (index, part) in parts.enumerated() {
                    span {
                        svg(.class("key"), .viewBox("0 0 10 10"), .ariaHidden) {
                            rect(.class("p\(min(index, 3))"), .width(10), .height(10), .rx(2))
                        }
                        if let link = part.link {
                            a("\(part.text) \(part.count.grouped)", .href(link))
                        } else {
                            "\(part.text) \(part.count.grouped)"
                        }
                    }
                }
            }
        }
    }

    private var whole: Int { max(1, parts.map(\.count).reduce(0, +)) }
    private func share(_ count: Int) -> Double { 100 * Double(count) / Double(whole) }
    private func start(_ index: Int) -> Double { share(parts[..<index].map(\.count).reduce(0, +)) }
    private var words: String { name + ": " + parts.map { "\($0.text) \($0.count.grouped)" }.joined(separator: ", ") }
}
