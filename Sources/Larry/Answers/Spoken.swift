/// The figures of a text: its numbers without their grouping, which of them are percentages, and the months and weekdays it names.
struct Spoken: Equatable {
    private(set) var numbers: Set<String> = []
    private(set) var percentages: Set<String> = []
    private(set) var dates: Set<String> = []

    init() {}

    /// Number words count as numbers; “one” is also a pronoun and does not.
    init(_ text: String) {
        var piece = ""
        var last: String?
        for character in text {
            if let digit = character.wholeNumberValue, (0...9).contains(digit) {
                piece += String(digit)
            } else if character == "," || character == ".", !piece.isEmpty {
                piece.append(character)
            } else {
                if let number = take(&piece) { last = number }
                if character == "%", let number = last { percentages.insert(number) }
                if character != " ", character != "\u{a0}" { last = nil }
            }
        }
        _ = take(&piece)
        var before: String?
        for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "," }) {
            let folded = word.lowercased()
            if let number = Numbers.words[folded], number > 1 { numbers.insert(String(number)) }
            if folded.hasPrefix("percent"), let number = before.flatMap(Self.number) { percentages.insert(number) }
            // The month of May is written with a capital; the verb begins no sentence of an answer.
            let name = folded.trimming { $0 == "." || $0 == "," }
            if Self.days.contains(name), name != "may" || word.first == "M" { dates.insert(name) }
            before = String(word)
        }
    }

    mutating func formUnion(_ other: Spoken) {
        numbers.formUnion(other.numbers)
        percentages.formUnion(other.percentages)
        dates.formUnion(other.dates)
    }

    /// Ends the number that was being read.
    private mutating func take(_ piece: inout String) -> String? {
        defer { piece = "" }
        guard let number = Self.number(piece) else { return nil }
        numbers.insert(number)
        return number
    }

    /// In one form: `1,050.0` and `01050` are `1050`.
    private static func number(_ text: String) -> String? {
        var text = text.trimming { $0 == "." || $0 == "," }.replacing(",", with: "")
        guard text.contains(where: \.isNumber) else { return nil }
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        while text.hasPrefix("0"), text.count > 1, !text.hasPrefix("0.") { text.removeFirst() }
        return text
    }

    private static let days: Set<String> = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    ]
}

extension StringProtocol {
    fileprivate func trimming(_ isOutside: (Character) -> Bool) -> String {
        guard let first = firstIndex(where: { !isOutside($0) }), let last = lastIndex(where: { !isOutside($0) }) else { return "" }
        return String(self[first...last])
    }
}
