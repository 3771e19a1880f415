import Domain
import Foundation

extension BinaryInteger {
    /// With thousands separators: `1,204`.
    var grouped: String {
        let digits = Array(String(magnitude))
        var text = self < 0 ? "−" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// The number with its noun: `1 ticket`, `1,204 tickets`. Nouns that do not just take an s give their plural.
    func counted(_ noun: String, _ plural: String? = nil) -> String {
        "\(grouped) \(self == 1 ? noun : plural ?? noun + "s")"
    }
}

extension Total {
    /// `812`, or `10,000+` where counting stopped.
    var text: String { count.grouped + (isExact ? "" : "+") }
}

/// Lengths of time in words.
enum Span {
    /// `42 s`, `3 min 05 s`, `1 h 04 min`; the same words as the script's running clocks.
    static func text(_ seconds: TimeInterval) -> String {
        let whole = bounded(seconds)
        if whole < 60 { return "\(whole) s" }
        let minutes = whole / 60
        if minutes < 60 { return "\(minutes) min \(twoDigits(whole % 60)) s" }
        return "\(minutes / 60) h \(twoDigits(minutes % 60)) min"
    }

    /// One figure for statistics: `42 s`, `3 min`, `1.5 h`, `2.3 days`.
    static func rough(_ seconds: TimeInterval) -> String {
        let whole = bounded(seconds)
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return "\(whole / 60) min" }
        if whole < 2 * 86_400 { return tenths(Double(whole) / 3600) + " h" }
        return tenths(Double(whole) / 86_400) + " days"
    }

    private static func bounded(_ seconds: TimeInterval) -> Int {
        seconds.isFinite ? Int(Swift.min(Swift.max(seconds, 0), 1e12)) : 0
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    private static func tenths(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return tenths.isMultiple(of: 10) || tenths >= 100 ? String(Int(number.rounded())) : "\(tenths / 10).\(tenths % 10)"
    }
}
