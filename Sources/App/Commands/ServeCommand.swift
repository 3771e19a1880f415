import ArgumentParser
import Domain
import Foundation
import Logging
import ServiceLifecycle
import Sync
import UnixSignals
import Web

/// `clynto serve`: the web app, the API, the webhook endpoint and, unless told otherwise, the background worker.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serves the web app, the API and the webhook endpoint, and works in the background.")

    @Option(help: "Address to listen on (CLYNTO_HOST).")
    var host: String?
    @Option(help: "Port to listen on; 0 takes any free one (CLYNTO_PORT).")
    var port: Int?
    @Flag(help: "Leave syncs and webhook events to `clynto worker`.")
    var noWorker = false
    @Flag(help: "Print every setting with where it came from, and end.")
    var printSettings = false
    @Option(help: ArgumentHelp("Also serve a signed-in page of so many bytes that never changes.", visibility: .hidden))
    var constantPage: Int?
    @OptionGroup var options: SettingOptions

    func run() async throws {
        var settings = try options.read([.host: host, .port: port.map(String.init)])
        if settings.port == 0 { settings = settings.listening(on: try FreePort.first(from: 0)) }
        if printSettings {
            for line in settings.printed { Console.say(line) }
            return
        }
        let installation = try await Installation.open(settings, label: "clynto.serve")
        for note in settings.notes { installation.logger.notice("\(note)") }
        let server = WebServer(
            site: installation.site(), host: settings.host, port: settings.port, constantPage: constantPage)
        var services: [any Service] = [server, ChangeListener(database: installation.database, bell: installation.changes)]
        if !noWorker { services += installation.backgroundServices() }
        try await installation.run(services)
    }
}

/// `clynto worker`: only the background worker.
struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker", abstract: "Works in the background: schedule, syncs and webhook events.")

    @Option(help: "How many syncs are carried out at once, 1 to 64.")
    var runs = 2 * Worker.usualPlaces
    @OptionGroup var options: SettingOptions

    func validate() throws {
        guard (1...64).contains(runs) else { throw ValidationError("Give --runs a number from 1 to 64.") }
    }

    func run() async throws {
        let settings = try options.read()
        let installation = try await Installation.open(settings, label: "clynto.worker")
        for note in settings.notes { installation.logger.notice("\(note)") }
        try await installation.run(installation.backgroundServices(places: runs))
    }
}

extension Installation {
    /// Runs services until one fails or the process is asked to stop, then closes the installation.
    func run(_ services: [any Service]) async throws {
        let group = ServiceGroup(
            configuration: .init(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: [.sigterm, .sigint], logger: quietLogger))
        do {
            try await group.run()
        } catch {
            await close()
            throw error
        }
        await close()
    }

    private var quietLogger: Logger {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }
}
