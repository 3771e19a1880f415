import Domain
import Foundation
import Logging

/// One JSON object a line, for machines: `time`, `level`, `label`, `message`, `source`, `error` and `metadata`.
struct JSONLogHandler: LogHandler {
    var label: String
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let write: @Sendable (String) -> Void
    private let readTime: @Sendable () -> Date

    /// - Parameter write: takes one line without its line break.
    init(
        label: String, logLevel: Logger.Level = .info, metadataProvider: Logger.MetadataProvider? = nil,
        readTime: @escaping @Sendable () -> Date = { Date() }, write: @escaping @Sendable (String) -> Void
    ) {
        self.label = label
        self.logLevel = logLevel
        self.metadataProvider = metadataProvider
        self.readTime = readTime
        self.write = write
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var merged = metadata
        if let provided = metadataProvider?.get() { merged.merge(provided) { $1 } }
        if let explicit = event.metadata { merged.merge(explicit) { $1 } }
        var members = [
            ("time", readTime().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)).jsonQuoted),
            ("level", event.level.rawValue.jsonQuoted),
            ("label", label.jsonQuoted),
            ("message", event.message.description.jsonQuoted),
            ("source", event.source.jsonQuoted)
        ]
        if let error = event.error { members.append(("error", "\(error)".jsonQuoted)) }
        if !merged.isEmpty { members.append(("metadata", LoggedJSON.value(.dictionary(merged)))) }
        write(LoggedJSON.object(members))
    }
}

/// JSON written by hand: an encoder cannot take metadata values, and a log line must not fail.
private enum LoggedJSON {
    static func object(_ members: [(name: String, value: String)]) -> String {
        "{" + members.map { $0.name.jsonQuoted + ":" + $0.value }.joined(separator: ",") + "}"
    }

    static func value(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): text.jsonQuoted
        case .stringConvertible(let convertible): convertible.description.jsonQuoted
        case .array(let values): "[" + values.map(Self.value).joined(separator: ",") + "]"
        case .dictionary(let values): object(values.sorted { $0.key < $1.key }.map { ($0.key, Self.value($0.value)) })
        }
    }
}
