package import Domain
package import Foundation

/// People. Global: a person is one e-mail address on the whole installation.
package struct PersonStore: Sendable {
    let database: any Database

    package init(database: any Database) { self.database = database }

    /// Longest accepted name, in characters.
    package static let longestName = 100

    /// Global. Throws `invalid` for a bad address, name or password and `conflict` with code `email_taken`.
    ///
    /// Without a password the person signs in only after an invitation's link has set one.
    package func create(email: String, name: String, password: Secret? = nil, now: Date) async throws -> Person {
        let email = try EmailAddress.folded(email)
        let name = try Self.checked(name)
        let hash = try await Self.hash(password)
        return try await database.write { db in
            let person = Person(id: ID(try db.nextNumber(of: "people", in: .everywhere)), email: email, name: name)
            let added = try db.run(
                """
                INSERT INTO people (id, email, name, password, created_at) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (email) DO NOTHING
                """, person.id, email, name, hash, now)
            guard added == 1 else {
                throw Failure(.conflict, code: "email_taken", "Somebody with this e-mail address is already here.")
            }
            return person
        }
    }

    /// Global. Nil for an unknown address, and for what is no address at all.
    package func find(email: String) async throws -> Person? {
        guard let email = try? EmailAddress.folded(email) else { return nil }
        return try await database.read { db in
            try db.first("SELECT id, email, name FROM people WHERE email = $1", email).map(Person.init)
        }
    }

    /// Global. Throws `notFound`.
    package func get(_ id: ID<Person>) async throws -> Person {
        let row = try await database.read { try $0.first("SELECT id, email, name FROM people WHERE id = $1", id) }
        guard let row else { throw Self.unknown }
        return try Person(row)
    }

    /// Global. The person, when the password is theirs; nil otherwise, after the same time whether or not the address is known.
    ///
    /// A hash made with older parameters is replaced on the way. Ask `SignInStore` first: it slows guessing down.
    package func authenticate(email: String, password: Secret) async throws -> Person? {
        let folded = try? EmailAddress.folded(email)
        let row = try await database.read { db in
            try db.first("SELECT id, email, name, password FROM people WHERE email = $1", folded ?? "")
        }
        let stored: String? = try row?.find("password")
        let fits = await PasswordHasher.shared.verify(password, against: stored ?? Password.dummy)
        guard fits, let row, let stored else { return nil }
        let person = try Person(row)
        if Password.isOutdated(stored) {
            let hash = try await PasswordHasher.shared.hash(password)
            try await database.write { db in
                _ = try db.run("UPDATE people SET password = $3 WHERE id = $1 AND password = $2", person.id, stored, hash)
            }
        }
        return person
    }

    /// Global. Whether the person can sign in with a password yet.
    package func hasPassword(_ id: ID<Person>) async throws -> Bool {
        let row = try await database.read { try $0.first("SELECT password FROM people WHERE id = $1", id) }
        guard let row else { throw Self.unknown }
        return try row.find("password", as: String.self) != nil
    }

    /// Global. Throws `invalid` for an empty or long name, `notFound`.
    package func setName(_ id: ID<Person>, to name: String) async throws {
        let name = try Self.checked(name)
        try await change("UPDATE people SET name = $2 WHERE id = $1", id, name)
    }

    /// Global. Throws `invalid` for a password that is too short or long, `notFound`. Sessions stay; see `SessionStore.deleteAll`.
    package func setPassword(_ id: ID<Person>, to password: Secret) async throws {
        let hash = try await Self.hash(password)
        try await change("UPDATE people SET password = $2 WHERE id = $1", id, hash)
    }

    /// Global. As `setPassword`, for somebody who is signed in: throws `invalid` for the field `current_password` when it is wrong.
    package func changePassword(_ id: ID<Person>, from current: Secret, to password: Secret) async throws {
        try Password.validate(password)
        let row = try await database.read { try $0.first("SELECT password FROM people WHERE id = $1", id) }
        guard let row else { throw Self.unknown }
        let stored: String? = try row.find("password")
        guard await PasswordHasher.shared.verify(current, against: stored ?? Password.dummy), stored != nil else {
            let message = "This is not your current password."
            throw Failure(.invalid, code: "wrong_password", message, fields: [.init("current_password", message, code: "wrong_password")])
        }
        try await setPassword(id, to: password)
    }

    /// Global. Throws `notFound`.
    package func setTheme(_ id: ID<Person>, to theme: Theme) async throws {
        try await change("UPDATE people SET theme = $2 WHERE id = $1", id, theme.rawValue)
    }

    private func change(_ sql: String, _ id: ID<Person>, _ value: String?) async throws {
        let changed = try await database.write { try $0.run(sql, id, value) }
        guard changed == 1 else { throw Self.unknown }
    }

    /// The password's hash; nil for no password. Throws `invalid` when its length does not fit.
    static func hash(_ password: Secret?) async throws -> String? {
        guard let password else { return nil }
        try Password.validate(password)
        return try await PasswordHasher.shared.hash(password)
    }

    private static func checked(_ name: String) throws -> String {
        let name = name.trimmed
        let isOdd = name.unicodeScalars.contains { CharacterSet.controlCharacters.contains($0) }
        guard !name.isEmpty, name.count <= longestName, !isOdd else {
            let message = name.isEmpty ? "Give the person a name." : "Use at most \(longestName) characters on one line."
            throw Failure(.invalid, message, fields: [.init("name", message)])
        }
        return name
    }

    static let unknown = Failure(.notFound, "There is no such person.")
}

/// How a person wants the pages to look.
package enum Theme: String, Sendable, CaseIterable, SQLConvertible {
    /// As the browser says.
    case system
    case light, dark
}

extension Person {
    /// Reads the columns `id`, `email` and `name`.
    init(_ row: Row) throws {
        self.init(id: try row.get("id"), email: try row.get("email"), name: try row.get("name"))
    }
}

extension ID<Workspace> {
    /// Counts what is global.
    static var everywhere: ID<Workspace> { 0 }
}
