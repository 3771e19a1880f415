import Configuration
import Domain

/// Where a value came from.
enum SettingSource: Sendable, Equatable {
    case flag, environment
    /// The path of `clynto.json`.
    case file(String)
    case standard
}

extension SettingSource: CustomStringConvertible {
    var description: String {
        switch self {
        case .flag: "command line"
        case .environment: "environment"
        case .file(let path): path
        case .standard: "default"
        }
    }
}

/// The places a setting may stand in, the one that wins first. All of them hold text; the checks are the same for each.
struct SettingSources: Sendable {
    private var places: [(source: SettingSource, provider: any ConfigProvider)]

    /// - Parameter environment: only the variables that begin with `CLYNTO_` count.
    /// Throws `invalid` for a variable that is not a setting.
    init(flags: [Setting: String], environment: [String: String]) throws {
        let own = environment.filter { $0.key.hasPrefix(Setting.prefix) }
        try Self.refuseUnknown(own.keys.sorted())
        let secrets = Set(Setting.allCases.filter(\.isSecret).map(\.rawValue))
        places = [
            (.flag, Self.provider(named: "flags", flags)),
            (.environment, EnvironmentVariablesProvider(environmentVariables: own, secretsSpecifier: .specific(secrets)))
        ]
    }

    /// Adds `clynto.json` behind what is there.
    mutating func append(_ file: SettingsFile) {
        places.append((.file(file.path), Self.provider(named: file.path, file.values)))
    }

    /// The first place that has a value. An empty one counts as absent, as container files often pass `NAME=`.
    func value(of setting: Setting) throws -> (text: String, source: SettingSource)? {
        for place in places {
            let found = try place.provider.value(forKey: setting.configKey, type: .string).value
            if case .string(let text) = found?.content {
                let trimmed = text.trimmed
                if !trimmed.isEmpty { return (trimmed, place.source) }
            }
        }
        return nil
    }

    private static func provider(named name: String, _ values: [Setting: String]) -> InMemoryProvider {
        let pairs = values.map { ($0.key.configKey, ConfigValue(.string($0.value), isSecret: $0.key.isSecret)) }
        return InMemoryProvider(name: name, values: Dictionary(uniqueKeysWithValues: pairs))
    }

    private static func refuseUnknown(_ names: [String]) throws {
        let unknown = names.filter { Setting(rawValue: $0) == nil }
        guard !unknown.isEmpty else { return }
        let known = Setting.allCases.map(\.rawValue)
        throw Failure(
            .invalid, code: "unknown_setting",
            unknown.map { UnknownName(text: $0, place: nil).sentence(known: known) }.joined(separator: " "),
            fields: unknown.map { Failure.Field($0, "This is not a setting.", code: "unknown") })
    }
}

extension Setting {
    /// Encoded as `CLYNTO_DATABASE_URL` by the environment's provider.
    fileprivate var configKey: AbsoluteConfigKey { AbsoluteConfigKey(["clynto", fileKey]) }
}
