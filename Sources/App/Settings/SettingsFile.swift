import Domain
import Foundation

/// `clynto.json`, beside the data: one flat object whose keys are the settings' names without the prefix, in lower case.
struct SettingsFile: Sendable, Equatable {
    var path: String
    /// As text, whatever JSON type it was: checks are the same wherever a value comes from.
    var values: [Setting: String]

    static let name = "clynto.json"

    /// Nil when there is no such file. Throws `invalid` with a sentence when it is broken or names what is not a setting.
    static func read(inDirectory directory: String) throws -> SettingsFile? {
        let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let contents = FileManager.default.contents(atPath: path) else {
            throw Failure(.invalid, code: "invalid_settings_file", "\(path) cannot be read. Check its permissions.")
        }
        return try SettingsFile(path: path, contents: contents)
    }

    init(path: String, contents: Data) throws {
        self.path = path
        let entries: [String: Entry]
        do {
            entries = try JSONDecoder().decode([String: Entry].self, from: contents)
        } catch {
            throw Failure(
                .invalid, code: "invalid_settings_file",
                "\(path) is not a JSON object of settings. It should look like {\"port\": 8080, \"log_level\": \"info\"}.",
                cause: "\(error)")
        }
        try Self.refuseUnknown(entries.keys.sorted(), path: path)
        values = [:]
        for setting in Setting.allCases {
            guard let entry = entries[setting.fileKey] else { continue }
            guard setting.isAllowedInFile else {
                throw Self.failure(
                    setting,
                    "\(setting.fileKey) cannot stand in \(path), because the file is found through it. Set \(setting.rawValue) instead.")
            }
            guard case .text(let text) = entry else {
                throw Self.failure(setting, "\(setting.fileKey) in \(path) must be text in quotes or a number.")
            }
            values[setting] = text
        }
    }

    private static func refuseUnknown(_ keys: [String], path: String) throws {
        let known = Setting.allCases.filter(\.isAllowedInFile).map(\.fileKey)
        let unknown = keys.filter { key in !Setting.allCases.contains { $0.fileKey == key } }
        guard !unknown.isEmpty else { return }
        throw Failure(
            .invalid, code: "unknown_setting",
            unknown.map { UnknownName(text: $0, place: path).sentence(known: known) }.joined(separator: " "),
            fields: unknown.map { Failure.Field($0, "This is not a setting.", code: "unknown") })
    }

    private static func failure(_ setting: Setting, _ sentence: String) -> Failure {
        Failure(.invalid, code: "invalid_setting", sentence, fields: [Failure.Field(setting.rawValue, sentence)])
    }

    private enum Entry: Decodable {
        case text(String)
        /// A list, an object, true, false or null: no setting is one.
        case other

        init(from decoder: any Decoder) throws {
            guard let value = try? decoder.singleValueContainer() else {
                self = .other
                return
            }
            if let text = try? value.decode(String.self) {
                self = .text(text)
            } else if let number = try? value.decode(Int.self) {
                self = .text(String(number))
            } else if let number = try? value.decode(Double.self) {
                self = .text(String(number))
            } else {
                self = .other
            }
        }
    }
}
