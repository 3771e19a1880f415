/// One line of Prometheus' text format, or the two that head a family.
struct PrometheusLine: Sendable, Equatable {
    var text: String

    /// What a family of samples is called, its kind and its meaning.
    static func head(_ name: String, _ kind: String, _ help: String) -> PrometheusLine {
        PrometheusLine(text: "# HELP \(name) \(help)\n# TYPE \(name) \(kind)")
    }

    static func sample(_ name: String, _ labels: [(String, String)], _ value: Double) -> PrometheusLine {
        let list = labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
        return PrometheusLine(text: "\(name)\(list.isEmpty ? "" : "{\(list)}") \(number(value))")
    }

    /// Whole numbers without a fraction, as Prometheus' own clients print them.
    static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : value.description
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

extension [PrometheusLine] {
    /// A family of one sample without labels.
    static func gauge(_ name: String, _ help: String, _ value: Double) -> [PrometheusLine] {
        [.head(name, "gauge", help), .sample(name, [], value)]
    }
}
