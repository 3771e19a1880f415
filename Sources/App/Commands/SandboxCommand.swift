import ArgumentParser
import Domain
import Foundation
import Logging
import Sandbox
import ServiceLifecycle
import UnixSignals

/// `clynto sandbox`: the simulated Freshdesk portal alone, on loopback.
struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox", abstract: "Runs a simulated Freshdesk portal on 127.0.0.1, for trying out and for tests.")

    @Option(help: "Port to listen on; 0 takes any free one.")
    var port = 9_100
    @Option(help: "The API key that the portal takes; made up and printed when not given.")
    var apiKey: String?
    @OptionGroup var portal: PortalOptions

    func run() async throws {
        LogFormat.text.bootstrap(level: .warning)
        let options = try portal.sandboxOptions(apiKey: apiKey, now: try DemoCommand.startingMoment())
        let server = SandboxServer(options: options, port: port, logger: Logger(label: "clynto.sandbox"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let services = ServiceGroup(
                    configuration: .init(
                        services: [.init(service: PortalService(server: server))], gracefulShutdownSignals: [.sigterm, .sigint],
                        logger: Logger(label: "clynto.sandbox")))
                try await services.run()
            }
            let bound = try await server.port
            Console.say("Simulated Freshdesk portal “\(options.subdomain)” with \(options.tickets) tickets at http://127.0.0.1:\(bound)")
            Console.say("API key: \(options.apiKey)")
            Console.say(
                "Connect to it with CLYNTO_FRESHDESK_URL=http://127.0.0.1:\(bound)/{subdomain} and the subdomain \(options.subdomain).")
            try await group.waitForAll()
        }
    }
}

/// The simulated portal as a service that ends with its group.
struct PortalService: Service {
    let server: SandboxServer

    func run() async throws { try await server.run() }
}

/// How the simulated portal looks and behaves.
struct PortalOptions: ParsableArguments {
    @Option(help: "The same seed makes the same portal.")
    var seed: UInt64 = 1
    @Option(help: "How many tickets the portal has.")
    var tickets = 800
    @Option(help: "How many companies the portal has.")
    var companies = 60
    @Option(help: "Milliseconds before every answer.")
    var latencyMs = 0
    @Option(help: "none, free, growth, growth2026, trial, pro, enterprise, or one of the old hourly plans garden and forest.")
    var plan = "none"
    @Flag(help: "Some tickets lie in trash and spam.")
    var trash = false
    @Option(help: "A fault such as csat_403, or bad_key@40 to begin after 40 requests; may be repeated. See docs/sandbox.md.")
    var fault: [String] = []

    func sandboxOptions(apiKey: String?, now: Date? = nil) throws -> SandboxOptions {
        do {
            var options = SandboxOptions(seed: seed, apiKey: apiKey)
            options.tickets = tickets
            options.companies = companies
            options.latency = latencyMs
            options.plan = try Plan.named(plan)
            options.trash = trash
            options.faults = try fault.map { try Fault(parsing: $0) }
            options.now = now
            return options
        } catch let error as SandboxError {
            throw Failure(.invalid, error.description)
        }
    }
}
