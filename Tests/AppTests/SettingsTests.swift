import Domain
import Foundation
import LanguageModel
import Logging
import Store
import Testing

@testable import App

@Suite("Settings")
struct SettingsTests {
    @Test("Nothing set: every default of the documentation")
    func defaults() throws {
        let settings = try read([:])
        #expect(settings.database == .sqlite(path: "\(Self.emptyFolder)/clynto.sqlite"))
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 8080)
        #expect(settings.publicURL.absoluteString == "http://127.0.0.1:8080")
        #expect(settings.portals == .standard)
        #expect(settings.syncHourUTC == 3)
        #expect(settings.rateReservePercent == 20)
        #expect(settings.languageModel == nil)
        #expect(settings.startingMoment == nil)
        #expect(settings.logLevel == .info)
        #expect(settings.logFormat == .text)
        #expect(settings.notes.isEmpty)
        guard case .file(let path) = settings.keySource else {
            Issue.record("The key should come from a file.")
            return
        }
        #expect(path == "\(Self.emptyFolder)/clynto.key")
    }

    @Test("Without a data directory, ./data")
    func standardDataDirectory() throws {
        #expect(try Settings.read(environment: [:]).dataDirectory == "./data")
    }

    @Test("The flag wins over the environment; variables of others do not matter; an empty value counts as absent")
    func order() throws {
        let environment = ["CLYNTO_DATA_DIR": Self.emptyFolder, "CLYNTO_PORT": "9001", "CLYNTO_HOST": "", "PORT": "1", "HOME": "/"]
        let settings = try Settings.read(flags: [.port: "9002"], environment: environment)
        #expect(settings.port == 9002)
        #expect(settings.host == "127.0.0.1")
        #expect(try Settings.read(environment: environment).port == 9001)
    }

    @Test(
        "A name that is not a setting stops the start with the nearest one",
        arguments: [
            ("CLYNTO_PROT", "CLYNTO_PROT is not a setting. Did you mean CLYNTO_PORT?"),
            ("CLYNTO_HOTS", "CLYNTO_HOTS is not a setting. Did you mean CLYNTO_HOST?"),
            ("CLYNTO_DATABASE", "CLYNTO_DATABASE is not a setting. Did you mean CLYNTO_DATABASE_URL?"),
            ("CLYNTO_LLM_MODLE", "CLYNTO_LLM_MODLE is not a setting. Did you mean CLYNTO_LLM_MODEL?"),
            ("CLYNTO_SYNC_HOUR", "CLYNTO_SYNC_HOUR is not a setting. Did you mean CLYNTO_SYNC_HOUR_UTC?"),
            ("CLYNTO_port", "CLYNTO_port is not a setting. Did you mean CLYNTO_PORT?"),
            (
                "CLYNTO_SOMETHING_ELSE_ENTIRELY",
                "CLYNTO_SOMETHING_ELSE_ENTIRELY is not a setting. Run clynto serve --print-settings to see every name."
            ),
            ("CLYNTO_", "CLYNTO_ is not a setting. Run clynto serve --print-settings to see every name."),
            ("CLYNTO_PRO\u{1B}T", "CLYNTO_PROT is not a setting. Did you mean CLYNTO_PORT?")
        ])
    func unknownName(name: String, sentence: String) {
        let failure = #expect(throws: Failure.self) { try read([name: "1"]) }
        #expect(failure?.kind == .invalid)
        #expect(failure?.code == "unknown_setting")
        #expect(failure?.message == sentence)
    }

    @Test("Every unknown name is told at once")
    func severalUnknownNames() {
        let failure = #expect(throws: Failure.self) { try read(["CLYNTO_PROT": "1", "CLYNTO_HOTS": "x"]) }
        #expect(failure?.fields.map(\.name) == ["CLYNTO_HOTS", "CLYNTO_PROT"])
        #expect(failure?.message.contains("CLYNTO_PORT?") == true)
        #expect(failure?.message.contains("CLYNTO_HOST?") == true)
    }

    @Test(
        "A value that cannot be right names its variable",
        arguments: [
            ("CLYNTO_PORT", "80a", "CLYNTO_PORT must be a whole number from 0 to 65535, not \"80a\"."),
            ("CLYNTO_PORT", "65536", "CLYNTO_PORT must be a whole number from 0 to 65535, not \"65536\"."),
            ("CLYNTO_PORT", "-1", "CLYNTO_PORT must be a whole number from 0 to 65535, not \"-1\"."),
            ("CLYNTO_PORT", "80.5", "CLYNTO_PORT must be a whole number from 0 to 65535, not \"80.5\"."),
            ("CLYNTO_PORT", "99999999999999999999", "CLYNTO_PORT must be a whole number from 0 to 65535, not \"99999999999999999999\"."),
            ("CLYNTO_SYNC_HOUR_UTC", "24", "CLYNTO_SYNC_HOUR_UTC must be a whole number from 0 to 23, not \"24\"."),
            ("CLYNTO_SYNC_HOUR_UTC", "3am", "CLYNTO_SYNC_HOUR_UTC must be a whole number from 0 to 23, not \"3am\"."),
            ("CLYNTO_RATE_RESERVE_PERCENT", "20%", "CLYNTO_RATE_RESERVE_PERCENT must be a whole number from 0 to 90, not \"20%\"."),
            ("CLYNTO_RATE_RESERVE_PERCENT", "91", "CLYNTO_RATE_RESERVE_PERCENT must be a whole number from 0 to 90, not \"91\"."),
            ("CLYNTO_LOG_FORMAT", "xml", "CLYNTO_LOG_FORMAT must be text or json, not \"xml\"."),
            (
                "CLYNTO_LOG_LEVEL", "loud",
                "CLYNTO_LOG_LEVEL must be one of trace, debug, info, notice, warning, error, critical, not \"loud\"."
            ),
            ("CLYNTO_LLM_KIND", "llama", "CLYNTO_LLM_KIND must be openai or anthropic, not \"llama\"."),
            ("CLYNTO_NOW", "yesterday", "CLYNTO_NOW must be an RFC 3339 moment such as 2026-03-09T08:00:00Z, not \"yesterday\"."),
            ("CLYNTO_NOW", "2026-03-09", "CLYNTO_NOW must be an RFC 3339 moment such as 2026-03-09T08:00:00Z, not \"2026-03-09\"."),
            (
                "CLYNTO_HOST", "http://example.com",
                "CLYNTO_HOST must be an address to listen on such as 127.0.0.1 or 0.0.0.0, without scheme and port, not \"http://example.com\"."
            ),
            ("CLYNTO_SECRET_KEY", "c2hvcnQ=", "CLYNTO_SECRET_KEY must be the base64 of 32 bytes."),
            (
                "CLYNTO_DATABASE_URL", "mysql://me:hunter2@db/x",
                "CLYNTO_DATABASE_URL must be like sqlite:///path/to/clynto.sqlite or postgres://user:password@host:5432/name, "
                    + "with %40 for an @ in it."
            ),
            (
                "CLYNTO_DATABASE_URL", "postgres://me:hunter2@db/x?pool=many",
                "CLYNTO_DATABASE_URL must be like sqlite:///path/to/clynto.sqlite or postgres://user:password@host:5432/name, "
                    + "with %40 for an @ in it."
            ),
            (
                "CLYNTO_PUBLIC_URL", "clynto.example.com",
                "CLYNTO_PUBLIC_URL must be an http or https address without a path, such as https://clynto.example.com."
            ),
            (
                "CLYNTO_FRESHDESK_URL", "http://proxy.example.com",
                "CLYNTO_FRESHDESK_URL must be an https address such as https://{subdomain}.freshdesk.com, or http to this machine."
            )
        ])
    func badValue(name: String, value: String, sentence: String) {
        let failure = #expect(throws: Failure.self) { try read([name: value]) }
        #expect(failure?.kind == .invalid)
        #expect(failure?.code == "invalid_setting")
        #expect(failure?.message == sentence)
        #expect(failure?.fields.map(\.name) == [name])
        #expect(failure?.message.contains("hunter2") == false)
    }

    @Test("A bad flag names both the variable and the flag")
    func badFlag() {
        let failure = #expect(throws: Failure.self) { try Settings.read(flags: [.port: "x"], environment: [:]) }
        #expect(failure?.message == "CLYNTO_PORT (--port) must be a whole number from 0 to 65535, not \"x\".")
    }

    @Test("Good values arrive")
    func goodValues() throws {
        let settings = try read([
            "CLYNTO_HOST": "0.0.0.0", "CLYNTO_PORT": "0", "CLYNTO_PUBLIC_URL": "https://clynto.example.com/", "CLYNTO_SYNC_HOUR_UTC": "23",
            "CLYNTO_RATE_RESERVE_PERCENT": "0", "CLYNTO_LOG_LEVEL": "Debug", "CLYNTO_LOG_FORMAT": "json",
            "CLYNTO_DATABASE_URL": "sqlite:///srv/x.sqlite"
        ])
        #expect(settings.host == "0.0.0.0")
        #expect(settings.port == 0)
        #expect(settings.publicURL.absoluteString == "https://clynto.example.com")
        #expect(settings.syncHourUTC == 23)
        #expect(settings.rateReservePercent == 0)
        #expect(settings.logLevel == .debug)
        #expect(settings.logFormat == .json)
        #expect(settings.database == .sqlite(path: "/srv/x.sqlite"))
    }

    @Test("The public address follows the port that was taken, unless it was given")
    func publicURLFollowsPort() throws {
        #expect(try read(["CLYNTO_PORT": "0"]).listening(on: 40_123).publicURL.absoluteString == "http://127.0.0.1:40123")
        #expect(try read(["CLYNTO_HOST": "0.0.0.0", "CLYNTO_PORT": "81"]).publicURL.absoluteString == "http://127.0.0.1:81")
        #expect(try read(["CLYNTO_HOST": "::1"]).publicURL.absoluteString == "http://[::1]:8080")
        let given = try read(["CLYNTO_PUBLIC_URL": "https://clynto.example.com"])
        #expect(given.listening(on: 81).publicURL.absoluteString == "https://clynto.example.com")
        #expect(given.listening(on: 81).port == 81)
    }

    @Test("CLYNTO_NOW is refused when people beyond this machine could meet it")
    func movedClock() throws {
        let moved = ["CLYNTO_NOW": "2026-03-09T08:00:00+02:00"]
        #expect(try read(moved).startingMoment == Date(rfc3339: "2026-03-09T06:00:00Z"))
        let outside = moved.merging(["CLYNTO_PUBLIC_URL": "https://clynto.example.com"]) { $1 }
        let failure = #expect(throws: Failure.self) { try read(outside) }
        #expect(failure?.message.hasPrefix("CLYNTO_NOW is for demos and tests on one machine.") == true)
    }

    @Test("A key and a key file together are refused; one of them arrives")
    func keySources() throws {
        let key = Data(repeating: 7, count: 32).base64EncodedString()
        guard case .value(let secret) = try read(["CLYNTO_SECRET_KEY": key]).keySource else {
            Issue.record("The key should be the given one.")
            return
        }
        #expect(secret.reveal() == key)
        guard case .file(let path) = try read(["CLYNTO_SECRET_KEY_FILE": "/etc/clynto.key"]).keySource else {
            Issue.record("The key should come from the given file.")
            return
        }
        #expect(path == "/etc/clynto.key")
        let failure = #expect(throws: Failure.self) { try read(["CLYNTO_SECRET_KEY": key, "CLYNTO_SECRET_KEY_FILE": "/etc/clynto.key"]) }
        #expect(
            failure?.message
                == "CLYNTO_SECRET_KEY and CLYNTO_SECRET_KEY_FILE are both set, and only one can hold the key. Remove one of them.")
    }

    @Test("A language model needs an address and a model; the rest has defaults")
    func languageModel() throws {
        let half = #expect(throws: Failure.self) { try read(["CLYNTO_LLM_MODEL": "small"]) }
        #expect(half?.message.hasPrefix("A language model is only half set up: CLYNTO_LLM_URL is missing.") == true)
        let model = try read(["CLYNTO_LLM_MODEL": "small", "CLYNTO_LLM_URL": "http://127.0.0.1:11434/v1/"]).languageModel
        #expect(model?.url.absoluteString == "http://127.0.0.1:11434/v1")
        #expect(model?.kind == .openai)
        #expect(model?.key == nil)
    }

    @Test("Printed lines show name, value and source, and never a secret")
    func printed() throws {
        let key = Data(repeating: 7, count: 32).base64EncodedString()
        let settings = try Settings.read(
            flags: [.port: "9000"],
            environment: [
                "CLYNTO_DATA_DIR": Self.emptyFolder, "CLYNTO_SECRET_KEY": key, "CLYNTO_LLM_KEY": "sk-hush",
                "CLYNTO_LLM_URL": "https://llm.example",
                "CLYNTO_LLM_MODEL": "small"
            ])
        let lines = settings.printed
        #expect(lines.count == Setting.allCases.count)
        #expect(zip(lines, Setting.allCases).allSatisfy { $0.hasPrefix($1.rawValue + " ") })
        let words = lines.map { $0.split(separator: " ", omittingEmptySubsequences: true).map(String.init) }
        #expect(words.contains(["CLYNTO_PORT", "9000", "command", "line"]))
        #expect(words.contains(["CLYNTO_HOST", "127.0.0.1", "default"]))
        #expect(words.contains(["CLYNTO_SECRET_KEY", "••••••••", "environment"]))
        #expect(words.contains(["CLYNTO_LLM_KEY", "••••••••", "environment"]))
        #expect(words.contains(["CLYNTO_NOW", "none", "default"]))
        #expect(!lines.joined().contains("hush"))
        #expect(!lines.joined().contains(key))
        #expect(!"\(settings)".contains("hush"))
        #expect(!"\(settings)".contains(key))
    }

    /// A folder without `clynto.json`; nothing is ever written there.
    private static let emptyFolder = "/nonexistent/clynto-settings-tests"

    @discardableResult
    private func read(_ environment: [String: String]) throws -> Settings {
        try Settings.read(environment: environment.merging(["CLYNTO_DATA_DIR": Self.emptyFolder]) { given, _ in given })
    }
}
