/// One line of `clynto serve --print-settings`.
struct PrintedSetting: Sendable, Equatable {
    var setting: Setting
    /// As it may be shown: dots in place of a secret, which is dropped here; `none` when there is no value.
    let value: String
    var source: SettingSource

    init(setting: Setting, value: String?, source: SettingSource) {
        self.setting = setting
        self.value = value.map { setting.isSecret ? "••••••••" : Shown.text($0) } ?? "none"
        self.source = source
    }

    /// Lines of three columns: name, value, where it came from.
    static func lines(of settings: [PrintedSetting]) -> [String] {
        let ordered = Setting.allCases.compactMap { setting in settings.first { $0.setting == setting } }
        let nameWidth = ordered.map(\.setting.rawValue.count).max() ?? 0
        let valueWidth = ordered.map(\.value.count).max() ?? 0
        return ordered.map { "\(padded($0.setting.rawValue, nameWidth))  \(padded($0.value, valueWidth))  \($0.source)" }
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
