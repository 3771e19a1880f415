import ArgumentParser
import Domain
import Foundation
import Logging
import Sandbox
import ServiceLifecycle
import Store
import Sync
import Web

/// `clynto demo`: a simulated portal, a workspace with accounts and three people, and `serve`, in one process on a scratch database.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Shows Clynto with a simulated Freshdesk portal; nothing to configure, nothing is kept.")

    @Option(help: "Port to listen on; the next free one when it is taken, any free one for 0.")
    var port = 8_080
    @OptionGroup var portal: PortalOptions
    @Option(help: "The log's level.")
    var logLevel = "warning"

    /// Ports tried after a taken one.
    private static let attempts = 20

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "clynto-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }

        let environment = ProcessInfo.processInfo.environment
        let sandboxOptions = try portal.sandboxOptions(apiKey: nil, now: try Self.startingMoment())
        let listeningPort = try FreePort.first(from: port, attempts: Self.attempts)
        // A demo is its own world: of the environment only the clock counts, and a language model for Larry.
        let heeded = [Setting.now, .languageModelURL, .languageModelName, .languageModelKey, .languageModelKind].map(\.rawValue)
        var settings = try Settings.read(
            flags: [.dataDirectory: folder.path, .port: String(listeningPort), .logLevel: logLevel],
            environment: environment.filter { heeded.contains($0.key) })
        settings.logFormat.bootstrap(level: settings.logLevel)

        let sandbox = SandboxServer(options: sandboxOptions, port: 0, logger: Logger(label: "clynto.sandbox"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await sandbox.run() }
            let portalPort = try await sandbox.port
            settings.portals = PortalTemplate("http://127.0.0.1:\(portalPort)/{subdomain}") ?? settings.portals
            let installation = try await Installation.open(settings, label: "clynto.demo")
            let people = try await DemoWorkspace.make(installation)
            let suggestion = Site.SuggestedConnection(subdomain: sandboxOptions.subdomain, apiKey: sandboxOptions.apiKey)
            let server = WebServer(site: installation.site(suggesting: suggestion), host: settings.host, port: settings.port)
            group.addTask { try await installation.run([server] + installation.backgroundServices()) }
            let bound = try await server.port
            Self.greet(people, port: bound)
            // The first to end, by a signal or a failure, ends the demo.
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    /// The moment of `CLYNTO_NOW`, at which the simulated portal's clock starts, too; nil when it is not set.
    static func startingMoment() throws -> Date? {
        guard let text = ProcessInfo.processInfo.environment[Setting.now.rawValue] else { return nil }
        guard let moment = Date(rfc3339: text) else { throw Failure(.invalid, "CLYNTO_NOW is not an RFC 3339 moment: \(text)") }
        return moment
    }

    private static func greet(_ people: [DemoWorkspace.Login], port: Int) {
        Console.say(
            "A workspace with customer accounts, and a simulated Freshdesk portal to connect. Nothing is kept after you stop it (Ctrl-C).")
        Console.say()
        for login in people {
            Console.say("  \(login.role.rawValue.padded(8)) \(login.email.padded(26)) password \(login.password.reveal())")
        }
        Console.say()
        if let owner = people.first {
            Console.say("Open http://127.0.0.1:\(port) and sign in as \(owner.email) with the password \(owner.password.reveal())")
        }
    }
}
