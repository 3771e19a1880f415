import AsyncHTTPClient
import Domain
import Foundation
import Freshdesk
import LanguageModel
import Larry
import Logging
import Matching
import ServiceLifecycle
import Store
import Sync
import Web

/// One installation opened: database, keys, and everything built on them. The only place that wires the parts together.
struct Installation: Sendable {
    let settings: Settings
    let database: any Database
    let vault: Vault
    let http: HTTPClient
    let portals: PortalDirectory
    /// Nil when none is configured; then everything works by rules alone.
    let languageModel: LanguageModelClient?
    let clock: SyncClock
    /// Rung when this process has saved something, or has heard that another one has.
    let changes: Bell
    let logger: Logger

    /// Opens the database, brings its schema up to date, and checks that the keys fit it.
    static func open(_ settings: Settings, label: String) async throws -> Installation {
        let logger = Logger(label: label)
        let changes = Bell()
        let database = ObservedDatabase(try settings.database.open(listening: settings.listening)) { changes.ring() }
        do {
            try await UnfinishedCopy.refuse(database)
            try await BackupManifest.refuse(database)
            try useTables(of: settings, logger)
            let steps = try await Migrations.apply(to: database)
            if !steps.isEmpty { logger.info("Schema brought up to date", metadata: ["steps": "\(steps)"]) }
            let vault = try await Vault.open(settings.keySource, database: database)
            for warning in vault.warnings { logger.warning("\(warning.message)") }
            let http = HTTPClient.forPortals()
            let product = ProductClock(beginningAt: settings.startingMoment)
            return Installation(
                settings: settings, database: database, vault: vault, http: http,
                portals: PortalDirectory(
                    template: settings.portals.text, http: http, vault: vault, connections: ConnectionStore(database: database)),
                languageModel: settings.languageModel.map {
                    LanguageModelClient(endpoint: $0.endpoint, http: http, logger: logger)
                },
                clock: SyncClock(product: { product.now() }), changes: changes, logger: logger)
        } catch {
            try? await database.close()
            throw error
        }
    }

    /// Takes newer tables of matching from the data folder, and tells how old those in use are.
    private static func useTables(of settings: Settings, _ logger: Logger) throws {
        let folder = URL(filePath: settings.dataDirectory, directoryHint: .isDirectory)
            .appending(path: "tables", directoryHint: .isDirectory)
        try MatchingTables.use(folder)
        let ages = MatchingTables.ages(on: Day(containing: Date()))
        let metadata = Logger.Metadata(
            ages.map { ($0.name, Logger.MetadataValue.string("\($0.dated)")) }, uniquingKeysWith: { first, _ in first })
        logger.info("Tables of matching", metadata: metadata)
        for age in ages where age.days > MatchingTables.oldestDays {
            logger.warning(
                "A table of matching is old: new providers and platforms are not in it",
                metadata: ["table": "\(age.name)", "dated": "\(age.dated)", "days": "\(age.days)", "folder": "\(folder.path)"])
        }
    }

    func close() async {
        try? await http.shutdown()
        try? await database.close()
    }

    // MARK: Parts

    var connector: Connector {
        Connector(
            database: database, portals: portals, vault: vault, clock: clock, reservePercent: settings.rateReservePercent, logger: logger)
    }

    var engine: SyncEngine { SyncEngine(database: database, portals: portals, clock: clock, logger: logger) }
    var worker: Worker { worker(places: Worker.usualPlaces) }
    var eventWorker: EventWorker { EventWorker(database: database, portals: portals, clock: clock, logger: logger) }
    var noticeSender: NoticeSender {
        NoticeSender(database: database, vault: vault, http: http, publicURL: publicURL, logger: logger)
    }
    var notices: Notices { Notices(database: database, vault: vault, clock: clock, publicURL: publicURL) }
    var scheduler: Scheduler { Scheduler(database: database, schedule: schedule, clock: clock, logger: logger) }
    var larry: Larry { Larry(database: database, model: languageModel) }
    var schedule: Schedule { Schedule(hourUTC: settings.syncHourUTC) }

    /// - Parameter places: how many runs it carries out at once.
    func worker(places: Int) -> Worker {
        Worker(database: database, engine: engine, clock: clock, places: places, logger: logger)
    }

    /// Everything that works in the background.
    func backgroundServices(places: Int = Worker.usualPlaces) -> [any Service] {
        var services: [any Service] = [
            worker(places: places), eventWorker, scheduler, noticeSender, Housekeeping(database: database, clock: clock, logger: logger)
        ]
        if let languageModel { services.append(MatchAdvisor(database: database, model: languageModel, logger: logger)) }
        return services
    }

    /// `CLYNTO_PUBLIC_URL`, without a slash at its end.
    var publicURL: String { settings.publicURL.absoluteString.trimmingSuffix("/") }

    func site(suggesting suggestion: Site.SuggestedConnection? = nil) -> Site {
        let template = settings.portals.text
        let custom =
            settings.portals.isCustomPortal
            ? ConnectionWarning(
                code: "custom_portal_url", message: "Freshdesk is asked at \(template), which is not Freshdesk's own address.")
            : nil
        let connector = connector
        return Site(
            database: database, connector: connector, notices: notices,
            cards: CardReader(
                database: database, connector: connector, schedule: schedule, clock: clock, publicURL: publicURL, customPortal: custom),
            versions: LiveVersions(database: database, bell: changes), clock: clock, publicURL: publicURL,
            ticketURL: { subdomain, ticket in
                let portal = try? PortalAddress(typed: subdomain, template: template)
                return portal?.ticketURL(ticket.rawValue) ?? "https://\(subdomain).freshdesk.com/a/tickets/\(ticket)"
            },
            rehearsal: settings.startingMoment.map { "This installation's clock was set to begin at \($0.rfc3339)." },
            suggestedConnection: suggestion,
            checkKeys: { [vault, database] in try await vault.check(database: database) }, larry: larry, logger: logger)
    }

    /// The workspace of that name; throws `notFound`.
    func workspace(named name: String) async throws -> Workspace { try await Self.workspace(named: name, in: database) }

    static func workspace(named name: String, in database: any Database) async throws -> Workspace {
        guard let workspace = try await WorkspaceStore(database: database).find(name: name) else {
            throw Failure(
                .notFound, "There is no workspace called “\(name)”. Make it with: clynto workspace create \"\(name)\" --owner EMAIL")
        }
        return workspace
    }
}
