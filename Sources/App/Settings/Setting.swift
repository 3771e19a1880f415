/// Every variable the product reads. The raw value is the name in the environment.
enum Setting: String, CaseIterable, Sendable {
    case databaseURL = "CLYNTO_DATABASE_URL"
    case databaseListenURL = "CLYNTO_DATABASE_LISTEN_URL"
    case dataDirectory = "CLYNTO_DATA_DIR"
    case host = "CLYNTO_HOST"
    case port = "CLYNTO_PORT"
    case publicURL = "CLYNTO_PUBLIC_URL"
    case secretKey = "CLYNTO_SECRET_KEY"
    case secretKeyFile = "CLYNTO_SECRET_KEY_FILE"
    case freshdeskURL = "CLYNTO_FRESHDESK_URL"
    case syncHour = "CLYNTO_SYNC_HOUR_UTC"
    case rateReserve = "CLYNTO_RATE_RESERVE_PERCENT"
    case languageModelURL = "CLYNTO_LLM_URL"
    case languageModelName = "CLYNTO_LLM_MODEL"
    case languageModelKey = "CLYNTO_LLM_KEY"
    case languageModelKind = "CLYNTO_LLM_KIND"
    case now = "CLYNTO_NOW"
    case logLevel = "CLYNTO_LOG_LEVEL"
    case logFormat = "CLYNTO_LOG_FORMAT"

    static let prefix = "CLYNTO_"

    /// The name in `clynto.json`: `database_url`.
    var fileKey: String { rawValue.dropFirst(Self.prefix.count).lowercased() }

    /// The name on the command line, of those commands that take it: `--database-url`.
    var flag: String { "--" + fileKey.replacing("_", with: "-") }

    /// Whether the value is never shown.
    var isSecret: Bool {
        switch self {
        case .secretKey, .languageModelKey: true
        default: false
        }
    }

    /// Whether `clynto.json` may hold it.
    var isAllowedInFile: Bool {
        // The file is found through the data directory, so it cannot name it.
        self != .dataDirectory
    }
}
