import Foundation
import Logging
import Synchronization
import Testing

@testable import App

@Suite("JSON log lines")
struct SettingsLogTests {
    @Test("One line with every member")
    func line() throws {
        let lines = Lines()
        var logger = lines.logger(level: .info)
        logger[metadataKey: "workspace.id"] = "7"
        logger.warning(
            "Sync is late", metadata: ["phase": "tickets", "duration_ms": .stringConvertible(12), "ids": ["1", "2"], "nested": ["a": "b"]])
        let object = try #require(lines.objects().first)
        #expect(object["time"] as? String == "1970-01-01T00:16:40.500Z")
        #expect(object["level"] as? String == "warning")
        #expect(object["label"] as? String == "clynto")
        #expect(object["message"] as? String == "Sync is late")
        #expect(object["error"] == nil)
        let metadata = try #require(object["metadata"] as? [String: Any])
        #expect(metadata["workspace.id"] as? String == "7")
        #expect(metadata["phase"] as? String == "tickets")
        #expect(metadata["duration_ms"] as? String == "12")
        #expect(metadata["ids"] as? [String] == ["1", "2"])
        #expect(metadata["nested"] as? [String: String] == ["a": "b"])
    }

    @Test(
        "Hostile text comes back as it was, on one line of plain characters",
        arguments: [
            "a\"b\\c/d", "line\nbreak\r\ntab\t", "\u{0}\u{1}\u{1B}[31mred\u{7F}\u{85}", "\u{2028}\u{2029}",
            "emoji 🧑‍🚀 and \u{202E}right to left", "\u{FFFD}",
            "\",\"level\":\"critical"
        ])
    func hostileText(text: String) throws {
        let lines = Lines()
        lines.logger(level: .info).info("\(text)", metadata: ["\(text)": "\(text)"])
        let written = try #require(lines.all().first)
        #expect(!written.unicodeScalars.contains { $0.properties.generalCategory == .control || ["\u{2028}", "\u{2029}"].contains($0) })
        let object = try #require(lines.objects().first)
        #expect(object["message"] as? String == text)
        #expect(object["level"] as? String == "info")
        #expect((object["metadata"] as? [String: String]) == [text: text])
    }

    @Test("What is below the level is not written; what the call says wins over the logger's own")
    func levelAndPrecedence() throws {
        let lines = Lines()
        var logger = lines.logger(level: .warning)
        logger[metadataKey: "phase"] = "companies"
        logger.info("Not written")
        logger.error("Written", metadata: ["phase": "tickets"])
        #expect(lines.all().count == 1)
        let metadata = try #require(lines.objects().first?["metadata"] as? [String: String])
        #expect(metadata == ["phase": "tickets"])
    }
}

/// Collects what a handler writes.
private final class Lines: Sendable {
    private let written = Mutex<[String]>([])

    func logger(level: Logger.Level) -> Logger {
        Logger(label: "clynto") { label in
            JSONLogHandler(
                label: label, logLevel: level, readTime: { Date(timeIntervalSince1970: 1_000.5) },
                write: { line in self.written.withLock { $0.append(line) } })
        }
    }

    func all() -> [String] { written.withLock { $0 } }

    func objects() throws -> [[String: Any]] {
        try all().compactMap { try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] }
    }
}
