import Domain
import Foundation
import Logging
import Store

/// Everything the product can be told from outside, read and checked once when a command starts.
struct Settings: Sendable {
    var database: DatabaseAddress
    /// A way to the same PostgreSQL past a pooler, to listen for notifications.
    var listening: DatabaseAddress?
    /// Holds database, key file and `clynto.json`.
    var dataDirectory: String
    var host: String
    /// 0 = any free port.
    var port: Int
    /// Scheme, host and port that links, cookies and the webhook address are built from; no trailing slash.
    var publicURL: URL
    /// Whether `publicURL` was set, or follows from host and port.
    var isPublicURLGiven: Bool
    var keySource: KeySource
    var portals: PortalTemplate
    /// 0–23.
    var syncHourUTC: Int
    /// Share of a portal's request allowance left to others, 0–90.
    var rateReservePercent: Int
    var languageModel: LanguageModelSettings?
    /// `CLYNTO_NOW`: what the product clock shows at the start.
    var startingMoment: Date?
    var logLevel: Logger.Level
    var logFormat: LogFormat
    private var printedSettings: [PrintedSetting]

    private static let standardDataDirectory = "./data"
    private static let standardHost = "127.0.0.1"
    private static let standardPort = 8080
    /// A reserve above this would leave too little to finish a sync.
    private static let reservePercents = 0...90

    /// Reads every setting: flag, then environment, then `clynto.json` in the data directory, then the default.
    ///
    /// Throws `Failure` of kind `invalid`, with a sentence that names the variable and says what to do.
    static func read(flags: [Setting: String] = [:], environment: [String: String]) throws -> Settings {
        try Settings(sources: SettingSources(flags: flags, environment: environment))
    }

    private init(sources: SettingSources) throws {
        var reader = SettingReader(sources)
        dataDirectory = try reader.text(.dataDirectory, standard: Self.standardDataDirectory) ?? Self.standardDataDirectory
        if let file = try SettingsFile.read(inDirectory: dataDirectory) { reader.sources.append(file) }

        database = try reader.required(
            .databaseURL,
            expected: "like sqlite:///path/to/clynto.sqlite or postgres://user:password@host:5432/name, with %40 for an @ in it",
            shows: false, standard: .standard(dataDirectory: dataDirectory), print: \.shown, check: DatabaseAddress.init)
        listening = try reader.optional(
            .databaseListenURL, expected: "like postgres://user:password@host:5432/name, the server behind the pooler", shows: false,
            print: \.shown
        ) { text in PostgresAddress(text).map { .postgresql($0) } }
        host = try reader.required(
            .host, expected: "an address to listen on such as 127.0.0.1 or 0.0.0.0, without scheme and port", standard: Self.standardHost,
            print: { $0 }, check: Self.listeningHost)
        port = try reader.integer(.port, in: 0...65_535, standard: Self.standardPort)

        let local = WebAddress.local(host: host, port: port)
        guard
            let publicURL = try reader.optional(
                .publicURL, expected: "an http or https address without a path, such as https://clynto.example.com", shows: false,
                standard: local, print: \.absoluteString, check: WebAddress.origin)
        else {
            throw SettingReader.failure(.publicURL, "\(Setting.publicURL.rawValue) must be set, because \(host) is no address to open.")
        }
        self.publicURL = publicURL
        isPublicURLGiven = try reader.sources.value(of: .publicURL) != nil

        keySource = try Self.keySource(from: &reader, dataDirectory: dataDirectory)
        portals = try reader.required(
            .freshdeskURL, expected: "an https address such as https://{subdomain}.freshdesk.com, or http to this machine", shows: false,
            standard: .standard, print: \.text, check: PortalTemplate.init)
        syncHourUTC = try reader.integer(.syncHour, in: 0...23, standard: Schedule().hourUTC)
        rateReservePercent = try reader.integer(.rateReserve, in: Self.reservePercents, standard: Connection.defaultReservePercent)
        languageModel = try LanguageModelSettings(from: &reader)
        startingMoment = try reader.optional(
            .now, expected: "an RFC 3339 moment such as 2026-03-09T08:00:00Z", print: \.rfc3339, check: Date.init(rfc3339:))
        logLevel = try reader.choice(.logLevel, standard: .info) ?? .info
        logFormat = try reader.choice(.logFormat, standard: .text) ?? .text
        printedSettings = reader.printed

        guard startingMoment == nil || WebAddress.isLoopback(publicURL) else {
            throw SettingReader.failure(
                .now,
                "\(Setting.now.rawValue) is for demos and tests on one machine. "
                    + "It cannot be used while \(Setting.publicURL.rawValue) points beyond this machine. Remove one of the two."
            )
        }
    }

    /// The settings once the server listens on `port`: the public address follows it unless it was given.
    func listening(on port: Int) -> Settings {
        var settings = self
        settings.port = port
        if !isPublicURLGiven, let url = WebAddress.local(host: host, port: port) { settings.publicURL = url }
        return settings
    }

    /// Lines for `--print-settings`: name, value (dots for a secret), where it came from.
    var printed: [String] { PrintedSetting.lines(of: printedSettings) }

    /// What the operator should be told at the start although nothing is wrong.
    var notes: [String] {
        var notes: [String] = []
        if portals.isCustomPortal {
            notes.append(
                "Freshdesk keys are sent to \(portals.text) instead of freshdesk.com, because \(Setting.freshdeskURL.rawValue) says so.")
        }
        if let model = languageModel, model.key != nil, model.url.scheme?.lowercased() == "http", !WebAddress.isLoopback(model.url) {
            notes.append(
                "The language model's key travels unencrypted to \(model.url.host() ?? ""), because \(Setting.languageModelURL.rawValue) "
                    + "is an http address.")
        }
        if publicURL.scheme == "http", !WebAddress.isLoopback(publicURL) {
            notes.append(
                "Passwords travel unencrypted to \(publicURL.absoluteString). "
                    + "Put it behind HTTPS and set \(Setting.publicURL.rawValue) to the https address."
            )
        }
        return notes
    }

    private static func listeningHost(_ text: String) -> String? {
        let isPlain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._:[]%".contains($0)) }
        // One colon is `host:port`; an IPv6 address has at least two.
        return isPlain && text.count(where: { $0 == ":" }) != 1 ? text.trimmingCharacters(in: CharacterSet(charactersIn: "[]")) : nil
    }

    private static func keySource(from reader: inout SettingReader, dataDirectory: String) throws -> KeySource {
        let key = try reader.optional(.secretKey, expected: "the base64 of 32 bytes", shows: false, print: { _ in "" }) { text in
            // Several keys, newest first, while the key is being changed.
            text.split(whereSeparator: \.isWhitespace).allSatisfy { EncryptionKey(base64: String($0)) != nil } ? Secret(text) : nil
        }
        let standardFile = dataDirectory.hasSuffix("/") ? dataDirectory + "clynto.key" : dataDirectory + "/clynto.key"
        let isFileGiven = try reader.sources.value(of: .secretKeyFile) != nil
        let file = try reader.text(.secretKeyFile, standard: key == nil ? standardFile : nil)
        guard let key else { return .file(file ?? standardFile) }
        guard !isFileGiven else {
            throw SettingReader.failure(
                .secretKey,
                "\(Setting.secretKey.rawValue) and \(Setting.secretKeyFile.rawValue) are both set, "
                    + "and only one can hold the key. Remove one of them."
            )
        }
        return .value(key)
    }
}
