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
    @Option(help: "How many portals, demo-1, demo-2 and so on, alike but for seed, size and plan. --plan may then be a list.")
    var portals = 1
    @OptionGroup var portal: PortalOptions

    func validate() throws {
        guard (1...100_000).contains(portals) else { throw ValidationError("Give --portals a number from 1 to 100,000.") }
    }

    /// One portal, or a fleet.
    private func options() throws -> [SandboxOptions] {
        let now = try DemoCommand.startingMoment()
        guard portals > 1 else { return [try portal.sandboxOptions(apiKey: apiKey, now: now)] }
        var base = portal
        base.plan = Plan.unlimited.name
        do {
            return SandboxFleet.options(
                count: portals, base: try base.sandboxOptions(apiKey: apiKey, now: now),
                plans: try portal.plan.split(separator: ",", omittingEmptySubsequences: false).map { try Plan.named(String($0)) },
                hasOneKey: apiKey != nil)
        } catch let error as SandboxError {
            throw Failure(.invalid, error.description)
        }
    }

    func run() async throws {
        LogFormat.text.bootstrap(level: .warning)
        let all = try options()
        let options = all[0]
        let server = SandboxServer(
            first: options, others: Array(all.dropFirst()), port: port, logger: Logger(label: "clynto.sandbox"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let services = ServiceGroup(
                    configuration: .init(
                        services: [.init(service: PortalService(server: server))], gracefulShutdownSignals: [.sigterm, .sigint],
                        logger: Logger(label: "clynto.sandbox")))
                try await services.run()
            }
            let bound = try await server.port
            if all.count == 1 {
                Console.say(
                    "Simulated Freshdesk portal “\(options.subdomain)” with \(options.tickets) tickets at http://127.0.0.1:\(bound)")
            } else {
                Console.say("\(all.count) simulated Freshdesk portals, demo-1 to demo-\(all.count), at http://127.0.0.1:\(bound)")
            }
            Console.say("API key: \(options.apiKey)" + (all.count > 1 && apiKey == nil ? " for demo-1, another one for each" : ""))
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
