import Foundation
package import Store
import Synchronization

/// The private PostgreSQL of a test process. It is started when the first test asks for it and ends with the process, however that ends:
/// `Scripts/postgres` stops when nobody holds the other end of its standard input any more.
package actor PostgresServer {
    package static let shared = PostgresServer()

    /// Where it is.
    package struct Place: Sendable {
        /// The folder of its socket, where no password is asked for.
        package var folder: String
        /// On 127.0.0.1, with the password.
        package var port: Int
        package var password: String
        /// The folder of `psql` and the others.
        package var programs: String

        /// Through the socket; a small pool, because many tests run at once.
        package func address(_ database: String, options: String = "pool=6") -> PostgresAddress? {
            let host = folder.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? folder
            return PostgresAddress("postgres://clynto@\(host):\(port)/\(database)?\(options)")
        }

        /// Over TCP, with a password.
        package func network(
            _ database: String, port: Int? = nil, user: String = "clynto", password: String? = nil, options: String = "pool=6"
        ) -> PostgresAddress? {
            PostgresAddress("postgres://\(user):\(password ?? self.password)@127.0.0.1:\(port ?? self.port)/\(database)?\(options)")
        }
    }

    /// What a test's database begins as.
    package enum Template: String, Sendable { case empty, migrated, partitioned }

    package struct NotStarted: Error, CustomStringConvertible {
        package var description: String
    }

    private var start: Task<Place, any Error>?
    private var helper: HelperProcess?
    private var admin: PostgresDatabase?
    private var templates: [Template: Task<String, any Error>] = [:]
    private var made = 0
    private let turns = Turns(10)

    /// Starts it if need be.
    package func place() async throws -> Place {
        if let start { return try await start.value }
        let task = Task { try await launch() }
        start = task
        return try await task.value
    }

    /// Runs `body` with the address of a fresh database, and drops it.
    package nonisolated func withDatabase(from template: Template, _ body: (PostgresAddress) async throws -> Void) async throws {
        await turns.take()
        do {
            let name = try await make(template)
            let dropping = Result { try Self.required(name.address) }
            do {
                try await body(try dropping.get())
            } catch {
                await drop(name.name)
                throw error
            }
            await drop(name.name)
        } catch {
            await turns.giveBack()
            throw error
        }
        await turns.giveBack()
    }

    // MARK: Databases

    private func make(_ template: Template) async throws -> (name: String, address: PostgresAddress?) {
        let place = try await place()
        let source = try await name(of: template)
        made += 1
        let name = "test_\(made)"
        try await admin?.runAlone("CREATE DATABASE \(name) TEMPLATE \(source)")
        return (name, place.address(name))
    }

    /// In the background: the test need not wait for it, and the server's folder goes in the end anyway.
    private func drop(_ name: String) {
        let admin = admin
        Task { try? await admin?.runAlone("DROP DATABASE \(name) WITH (FORCE)") }
    }

    private func name(of template: Template) async throws -> String {
        if template == .empty { return "template0" }
        if let task = templates[template] { return try await task.value }
        let task = Task { try await build(template) }
        templates[template] = task
        return try await task.value
    }

    private func build(_ template: Template) async throws -> String {
        let name = "clynto_\(template.rawValue)"
        try await admin?.runAlone("CREATE DATABASE \(name) TEMPLATE template0")
        let database = PostgresDatabase(try Self.required(try await place().address(name)))
        try await Migrations.apply(to: database)
        TenantTables.note(try await database.read { try Partitions.tenantTables($0) })
        if template == .partitioned { try await Partitions.spread(database) }
        try await database.close()
        return name
    }

    private static func required(_ address: PostgresAddress?) throws -> PostgresAddress {
        guard let address else { throw NotStarted(description: "The server's address cannot be read.") }
        return address
    }

    // MARK: Starting

    private func launch() async throws -> Place {
        let helper = try await HelperProcess("Scripts/postgres")
        self.helper = helper
        let words = helper.firstLine.split(whereSeparator: \.isWhitespace).map(String.init)
        guard words.count == 4, let port = Int(words[1]) else {
            throw NotStarted(description: "Scripts/postgres did not start a server. Run it by hand to see why.")
        }
        let place = Place(folder: words[0], port: port, password: words[2], programs: words[3])
        let admin = PostgresDatabase(try Self.required(place.address("postgres", options: "pool=4&pool_wait=300")))
        self.admin = admin
        return place
    }
}

/// So many at once; the rest wait in line.
private actor Turns {
    private var free: Int
    private var line: [CheckedContinuation<Void, Never>] = []

    init(_ count: Int) { free = count }

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { line.append($0) }
        }
    }

    func giveBack() {
        if line.isEmpty {
            free += 1
        } else {
            line.removeFirst().resume()
        }
    }
}
