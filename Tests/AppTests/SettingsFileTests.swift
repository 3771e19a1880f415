import Domain
import Foundation
import Logging
import Testing

@testable import App

@Suite("clynto.json")
struct SettingsFileTests {
    @Test("Its values count behind flag and environment, numbers and text alike")
    func order() throws {
        try withFile(#"{"port": 9001, "sync_hour_utc": "5", "log_level": "debug", "host": "0.0.0.0"}"#) { folder in
            let environment = ["CLYNTO_DATA_DIR": folder, "CLYNTO_LOG_LEVEL": "error"]
            let settings = try Settings.read(flags: [.host: "127.0.0.2"], environment: environment)
            #expect(settings.port == 9001)
            #expect(settings.syncHourUTC == 5)
            #expect(settings.logLevel == .error)
            #expect(settings.host == "127.0.0.2")
            #expect(settings.printed.contains { $0.hasPrefix("CLYNTO_PORT ") && $0.hasSuffix("\(folder)/clynto.json") })
        }
    }

    @Test(
        "A broken or wrong file stops the start with a sentence",
        arguments: [
            ("{", "FILE is not a JSON object of settings."),
            ("", "FILE is not a JSON object of settings."),
            ("[1]", "FILE is not a JSON object of settings."),
            ("\u{FEFF}{]", "FILE is not a JSON object of settings."),
            (#"{"prot": 1}"#, "prot in FILE is not a setting. Did you mean port?"),
            (#"{"CLYNTO_PORT": 1}"#, "CLYNTO_PORT in FILE is not a setting. Did you mean port?"),
            (#"{"log-level": "info"}"#, "log-level in FILE is not a setting. Did you mean log_level?"),
            (#"{"llm": {"url": "http://127.0.0.1"}}"#, "llm in FILE is not a setting."),
            (#"{"data_dir": "/tmp"}"#, "data_dir cannot stand in FILE"),
            (#"{"port": true}"#, "port in FILE must be text in quotes or a number."),
            (#"{"port": null}"#, "port in FILE must be text in quotes or a number."),
            (#"{"port": [8080]}"#, "port in FILE must be text in quotes or a number."),
            (#"{"port": 80.5}"#, "CLYNTO_PORT (port in FILE) must be a whole number from 0 to 65535, not \"80.5\"."),
            (#"{"secret_key": "hunter2"}"#, "CLYNTO_SECRET_KEY (secret_key in FILE) must be the base64 of 32 bytes.")
        ])
    func brokenFile(text: String, beginning: String) throws {
        try withFile(text) { folder in
            let failure = #expect(throws: Failure.self) { try Settings.read(environment: ["CLYNTO_DATA_DIR": folder]) }
            #expect(failure?.kind == .invalid)
            #expect(
                failure?.message.hasPrefix(beginning.replacing("FILE", with: "\(folder)/clynto.json")) == true, "\(failure?.message ?? "")")
            #expect(failure?.message.contains("hunter2") == false)
        }
    }

    @Test("No file is fine")
    func absent() throws {
        #expect(try SettingsFile.read(inDirectory: "/nonexistent/clynto-settings-tests") == nil)
    }

    private func withFile(_ text: String, _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "clynto-settings-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(text.utf8).write(to: folder.appending(path: SettingsFile.name))
        try body(folder.path())
    }
}
