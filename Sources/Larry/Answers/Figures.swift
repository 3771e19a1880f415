import Domain
import Foundation

/// Numbers as answers write them. Everything that writes one here is known to the verifier.
enum Figures {
    static func count(_ value: Double) -> String {
        let digits = Array(String(Int64(value.rounded()).magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    static func counted(_ value: Double, _ noun: String) -> String { "\(count(value)) \(value == 1 ? singular(noun) : noun)" }

    static func singular(_ noun: String) -> String {
        if noun.hasSuffix("ies") { return noun.dropLast(3) + "y" }
        return noun.hasSuffix("uses") ? String(noun.dropLast(2)) : noun.hasSuffix("s") ? String(noun.dropLast()) : noun
    }

    /// At most one decimal: `66.7`, `50`.
    static func decimal(_ value: Double) -> String {
        let tenths = (value * 10).rounded()
        guard abs(tenths) < 9e15 else { return String(value) }
        let whole = Int64(tenths)
        return whole % 10 == 0 ? count(Double(whole / 10)) : "\(count(Double((whole / 10).magnitude))).\((whole % 10).magnitude)"
    }

    static func percent(_ value: Double) -> String { decimal(value) + " %" }

    /// `42 seconds`, `35 minutes`, `3.5 hours`, `2.3 days`.
    static func duration(_ seconds: Double) -> String {
        if seconds < 60 { return unit(seconds.rounded(), "second") }
        if seconds < 3600 { return unit((seconds / 60).rounded(), "minute") }
        if seconds < 2 * 86_400 { return unit(seconds / 3600, "hour") }
        return unit(seconds / 86_400, "day")
    }

    private static func unit(_ value: Double, _ name: String) -> String {
        let text = decimal(value)
        return "\(text) \(name)\(text == "1" ? "" : "s")"
    }

    static func text(_ value: Double, _ measure: SupportQuery.Measure) -> String {
        switch measure {
        case .rows: count(value)
        case .satisfaction: percent(value)
        case .firstResponse, .resolution, .age: duration(value)
        }
    }
}
