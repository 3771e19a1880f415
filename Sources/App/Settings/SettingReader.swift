import Domain

/// Takes settings one after another out of their sources, checks them, and remembers what it handed out for `--print-settings`.
///
/// A value that does not pass is a `Failure` of kind `invalid` whose sentence names the variable and says what it may be.
struct SettingReader {
    var sources: SettingSources
    private(set) var printed: [PrintedSetting] = []

    init(_ sources: SettingSources) { self.sources = sources }

    /// - Parameters:
    ///   - standard: what counts when nothing is set; nil = no value.
    ///   - check: the value behind the text, or nil when the text is not one.
    ///   - expected: ends the sentence "CLYNTO_PORT must be …".
    ///   - shows: whether the sentence may repeat the text; false where a password may stand in it.
    mutating func optional<Value>(
        _ setting: Setting, expected: String, shows: Bool = true, standard: Value? = nil, print: (Value) -> String,
        check: (String) throws -> Value?
    ) throws -> Value? {
        guard let (text, source) = try sources.value(of: setting) else {
            note(setting, standard.map(print), .standard)
            return standard
        }
        guard let value = try check(text) else {
            let found = shows && !setting.isSecret ? ", not \(Shown.quoted(text))" : ""
            throw Self.failure(setting, "\(Self.name(of: setting, source)) must be \(expected)\(found).")
        }
        note(setting, print(value), source)
        return value
    }

    mutating func required<Value>(
        _ setting: Setting, expected: String, shows: Bool = true, standard: Value, print: (Value) -> String,
        check: (String) throws -> Value?
    ) throws -> Value {
        try optional(setting, expected: expected, shows: shows, standard: standard, print: print, check: check) ?? standard
    }

    mutating func integer(_ setting: Setting, in range: ClosedRange<Int>, standard: Int) throws -> Int {
        let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
        return try required(setting, expected: expected, standard: standard, print: { String($0) }) { text in
            Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }

    mutating func choice<Value: RawRepresentable<String> & CaseIterable>(_ setting: Setting, standard: Value?) throws -> Value? {
        let words = Value.allCases.map(\.rawValue)
        let expected = words.count == 2 ? words.joined(separator: " or ") : "one of " + words.joined(separator: ", ")
        return try optional(setting, expected: expected, standard: standard, print: \.rawValue) { Value(rawValue: $0.lowercased()) }
    }

    /// Any text. Refuses control characters: none of our settings has a use for them.
    mutating func text(_ setting: Setting, standard: String? = nil) throws -> String? {
        try optional(setting, expected: "text without control characters", shows: false, standard: standard, print: { $0 }) { text in
            text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? nil : text
        }
    }

    static func failure(_ setting: Setting, _ sentence: String) -> Failure {
        Failure(.invalid, code: "invalid_setting", sentence, fields: [Failure.Field(setting.rawValue, sentence)])
    }

    /// The variable's name and, when it was not the environment, where its value stands.
    static func name(of setting: Setting, _ source: SettingSource) -> String {
        switch source {
        case .environment, .standard: setting.rawValue
        case .flag: "\(setting.rawValue) (\(setting.flag))"
        case .file(let path): "\(setting.rawValue) (\(setting.fileKey) in \(path))"
        }
    }

    private mutating func note(_ setting: Setting, _ value: String?, _ source: SettingSource) {
        printed.append(PrintedSetting(setting: setting, value: value, source: source))
    }
}
